"""A printer that is a file writes into its folder, and into nothing else of the machine."""

import pytest

from kiosk.services.print_files import PrintFileElsewhereError, check_address, open_way
from kiosk.settings import SettingsError, read_settings
from printers.errors import OutsideFolderError


@pytest.fixture
def settings(tmp_path):
    data = tmp_path / "till"
    data.mkdir()
    return read_settings({"KIOSK_DATA": str(data)})


def test_a_file_in_its_folder_is_written(settings):
    path = settings.data / "printed" / "receipts.bin"

    way = open_way(settings, f"file://{path}")
    way.open()
    way.write(b"STRUK", 1)
    way.close()

    assert path.read_bytes() == b"STRUK"


@pytest.mark.parametrize("name", ["till.db", "secret-key", "printed/../till.db", "printed/x/y"])
def test_no_other_file_of_the_data_folder_is_a_printer(settings, name):
    address = f"file://{settings.data}/{name}"

    with pytest.raises(PrintFileElsewhereError) as refused:
        check_address(settings, address)

    assert str(settings.data / "printed") in str(refused.value)


def test_a_link_that_leads_out_of_the_folder_is_followed_before_it_is_judged(settings):
    folder = settings.data / "printed"
    folder.mkdir()
    (folder / "receipts.bin").symlink_to(settings.data / "till.db")

    with pytest.raises(OutsideFolderError):
        open_way(settings, f"file://{folder}/receipts.bin")

    assert not (settings.data / "till.db").exists()


def test_the_folder_can_be_another_one(tmp_path, settings):
    folder = tmp_path / "spool"
    folder.mkdir()
    elsewhere = read_settings({"KIOSK_DATA": str(settings.data), "KIOSK_PRINT_FOLDER": str(folder)})

    check_address(elsewhere, f"file://{folder}/receipts.bin")

    with pytest.raises(PrintFileElsewhereError):
        check_address(elsewhere, f"file://{settings.data}/printed/receipts.bin")
    with pytest.raises(SettingsError, match="KIOSK_PRINT_FOLDER"):
        read_settings({"KIOSK_DATA": str(settings.data), "KIOSK_PRINT_FOLDER": "no/such"})
