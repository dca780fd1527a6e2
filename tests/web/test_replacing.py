"""A fresh machine takes a lost one's place, by its pages alone."""

import pytest

from kiosk.services.backups import back_up
from kiosk.services.journals import export
from tests.support.bazaar import CASHIER, COORDINATOR
from tests.web.conftest import visitor_of


@pytest.fixture
def newcomer(fresh):
    """Somebody before the fresh machine, on the machine itself."""
    return visitor_of(fresh)


def replace(newcomer, fresh, **form):
    answer = newcomer.submit("/setup/replace", **form)
    assert answer.location == "/setup/replace", answer.text
    fresh.under_way.replacement.thread.join()
    assert newcomer.glance("/setup/replace/state").headers["HX-Redirect"] == "/setup/replace"
    return newcomer.look("/setup/replace").text


def test_a_backup_brings_every_sale_back_and_a_coordinator_gets_the_first_pin(
    seller, here, number, fresh, newcomer, tmp_path
):
    for _ in range(2):
        seller.buy(number["WB86-KOMPLIT"])
    made = back_up(here.settings, here.clock, tmp_path / "usb")

    assert "menggantikan mesin lain" in newcomer.look("/setup").text
    said = replace(newcomer, fresh, typed=str(made.path))

    assert "2 transaksi sudah kembali" in said
    assert "huruf B" in said
    newcomer.submit("/tills/K01")
    assert "belum ada yang punya PIN" in newcomer.look("/sign-in").text
    refused = newcomer.press("/pins", person=COORDINATOR, new="1234", again="1234")
    assert refused.status_code == 422
    refused = newcomer.press("/pins", person=CASHIER, new="1234", again="1234")
    assert refused.status_code == 403
    newcomer.press("/pins", person=COORDINATOR, new="975310", again="975310")
    newcomer.sign_in(COORDINATOR, "975310")
    newcomer.buy(number["WB86-KOMPLIT"])
    assert "K01B-0001" in newcomer.look("/sales").text
    newcomer.press("/pins", person=CASHIER, new="1234", again="1234")
    assert newcomer.sign_in(CASHIER, "1234").status_code == 204
    assert newcomer.press("/pins", person=CASHIER, new="4321", again="4321").status_code != 204


def test_files_of_a_stick_bring_every_sale_back(seller, here, number, fresh, newcomer, tmp_path):
    seller.buy(number["WB86-KOMPLIT"])
    export(here, tmp_path / "usb")

    said = replace(newcomer, fresh, typed=str(tmp_path / "usb"))

    assert "1 transaksi sudah kembali" in said
    assert newcomer.submit("/setup/replace", typed=str(tmp_path / "usb")).status_code == 422


def test_a_damaged_file_is_named_and_what_holds_is_restored_when_the_loss_is_accepted(
    seller, here, number, fresh, newcomer, tmp_path
):
    for _ in range(2):
        seller.buy(number["WB86-KOMPLIT"])
    made = back_up(here.settings, here.clock, tmp_path / "usb")
    broken = bytearray(made.path.read_bytes())
    place = broken.rindex(b'"kind":"sale"')
    broken[place + 8 : place + 12] = b"salt"
    made.path.write_bytes(broken)

    said = replace(newcomer, fresh, typed=str(made.path))

    assert "Isinya tidak utuh" in said
    assert "was changed" in said
    said = replace(newcomer, fresh, typed=str(made.path), accepts_loss="1")
    assert "transaksi sudah kembali" in said
    assert "Tidak kembali" in said


@pytest.mark.parametrize("typed", ["", "x.db", "/etc", "/etc/passwd", "/\0", "/nowhere/lapak.db"])
def test_what_is_no_source_is_said_to_be_none(newcomer, typed):
    answer = newcomer.press("/setup/replace", typed=typed)

    assert answer.status_code == 422
    assert "bukan cadangan" in answer.text


def test_a_machine_that_sells_is_never_restored_over(seller):
    assert seller.look("/setup/replace").request.path == "/"
    assert seller.press("/setup/replace", typed="/tmp").status_code == 422


def test_a_hub_that_does_not_answer_is_said_and_what_was_typed_stays(fresh, newcomer):
    form = {"from": "hub", "hub_url": "http://127.0.0.1:9", "code": "ABCD-EFGH-IJKL-MNOP"}

    said = replace(newcomer, fresh, **form)

    assert 'role="alert"' in said
    assert "ABCD-EFGH-IJKL-MNOP" in newcomer.look("/setup/replace").text
    assert newcomer.submit("/setup/replace/forget").location == "/setup/replace"
    assert "ABCD" not in newcomer.look("/setup/replace").text
