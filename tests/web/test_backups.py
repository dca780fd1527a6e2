from kiosk.services.backup_plan import BackupRounds
from tests.support.bazaar import COORDINATOR, COORDINATOR_PIN


def test_a_backup_is_asked_for_seen_to_begin_and_listed_with_its_age(seller, here, number):
    seller.buy(number["WB86-KOMPLIT"])

    assert "Belum ada cadangan" in seller.look("/backups").text
    assert seller.submit("/backups").location == "/backups"
    assert "Pencadangan dimulai" in seller.glance("/backups/state").text
    BackupRounds(here).step()
    page = seller.glance("/backups/state").text

    assert "Cadangan terbaru: baru saja" in page
    assert "hx-trigger" not in page
    assert "lapak-000000000303-20261120-100000-" in page


def test_a_place_takes_a_coordinator_and_a_stick_that_is_gone_stands_in_the_top_bar(
    seller, here, tmp_path
):
    stick = tmp_path / "stick"
    stick.mkdir()
    form = {"where": "folder", "folder": str(stick)}

    assert seller.press("/backups/place", **form).status_code in (403, 422)
    seller.press("/backups/place", **form, operator=COORDINATOR, pin=COORDINATOR_PIN)
    stick.rmdir()
    BackupRounds(here).step()

    assert "sekarang tidak ada" in seller.look("/backups").text
    assert "Cadangan tidak di flashdisk-nya" in seller.glance("/top-bar").text
    assert "Flashdisk cadangan tidak ada" in seller.look("/status").text


def test_a_folder_that_is_none_is_answered_in_place(seller):
    approval = {"operator": COORDINATOR, "pin": COORDINATOR_PIN}

    answer = seller.press("/backups/place", where="folder", folder="stick", **approval)

    assert answer.status_code == 422
    assert "bukan folder" in answer.text
