"""The journal's commands, as an operator types them, beside a running till."""

import pytest

from kiosk.clock import SystemClock
from kiosk.services import carts, paying
from kiosk.services.paying import PaymentForm
from tests.support.bazaar import close_bazaar, numbers, open_bazaar, open_till


@pytest.fixture
def folder(tmp_path):
    """A till's folder with three sales in it; nobody has it open."""
    here = open_bazaar(tmp_path / "till", SystemClock())
    at_till = open_till(here)
    for _ in range(3):
        cart = carts.new_cart(here, at_till)
        carts.add(here, cart.id, numbers(here)["WB86-KOMPLIT"], None)
        paying.pay(here, at_till, cart.id, PaymentForm("cash"))
    close_bazaar(here)
    return tmp_path / "till"


def run(launcher, folder, *arguments):
    program = launcher.kiosk(*arguments, health=None, KIOSK_DATA=str(folder))
    return program.wait(), program.log()


def test_verify_says_in_words_that_nothing_is_missing_also_beside_the_till(launcher, folder):
    launcher.kiosk("till", KIOSK_DATA=str(folder), KIOSK_PORT="{port}")

    status, said = run(launcher, folder, "journal", "verify")

    assert status == 0
    assert "3 sales, unbroken, none removed" in said


def test_export_writes_a_file_for_the_hub_also_beside_the_till(launcher, folder, tmp_path):
    launcher.kiosk("till", KIOSK_DATA=str(folder), KIOSK_PORT="{port}")

    status, said = run(launcher, folder, "journal", "export", str(tmp_path / "usb"))

    (written,) = (tmp_path / "usb").glob("*.lapak.gz")
    assert status == 0
    assert str(written) in said


def test_rebuild_finds_every_table_as_it_was(launcher, folder):
    status, said = run(launcher, folder, "journal", "rebuild")

    assert status == 0
    assert "every table is as it was" in said


def test_rebuild_does_not_touch_a_running_tills_tables(launcher, folder):
    launcher.kiosk("till", KIOSK_DATA=str(folder), KIOSK_PORT="{port}")

    status, said = run(launcher, folder, "journal", "rebuild")

    assert status == 1
    assert "is in use by another till" in said


def test_a_folder_without_a_till_is_said_to_be_one(launcher, tmp_path):
    status, said = run(launcher, tmp_path / "empty", "journal", "verify")

    assert status == 1
    assert "there is no till" in said
