"""A printer's queue on screen: what is held, what is asked, what was printed, and its roll."""

import pytest

from kiosk.services.print_queue import jobs
from kiosk.storage import printers, rolls
from kiosk.storage.print_jobs import Move, move
from tests.support.bazaar import COORDINATOR, COORDINATOR_PIN

FORM = {
    "name": "Depan",
    "address": "tcp://127.0.0.1:9",
    "profile": "generic-58",
    "receipt": "K01",
    "operator": COORDINATOR,
    "pin": COORDINATOR_PIN,
}
AT = "2026-11-20T10:05:00+07:00"


@pytest.fixture
def printer(seller):
    """The address of a printer for Laci 1."""
    return seller.press("/printers", **FORM).headers["HX-Redirect"]


@pytest.fixture
def sold(here, seller, printer, number):
    """Three receipts that wait, the oldest first."""
    for _ in range(3):
        seller.buy(number["WB86-KOMPLIT"])
    return sorted(job.id for job in jobs(here, 1))


def pass_through(here, job_ids, *states):
    with here.db.write() as connection:
        for job_id in job_ids:
            for before, after in zip(("waiting", *states), states, strict=False):
                assert move(connection, job_id, Move(before, after), AT)


def states(here):
    return [job.state for job in reversed(jobs(here, 1))]


def numbers(job_ids):
    return " ".join(map(str, job_ids))


def test_old_receipts_are_printed_in_one_tap_on_the_top_bar(here, seller, sold):
    pass_through(here, sold, "held")

    asked = seller.glance("/top-bar").text
    seller.submit("/jobs/print", jobs=numbers(sold), next="/")

    assert f'value="{numbers(sold)}"' in asked
    assert "3 struk lama" in asked
    assert states(here) == ["waiting"] * 3


def test_the_status_page_says_how_a_printer_is_and_what_to_do(here, seller, sold):
    pass_through(here, sold, "held")

    held = seller.look("/status").text
    with here.db.write() as connection:
        printers.remember_state(connection, 1, "paper_out", "")
    empty = seller.look("/status").text

    assert "Depan · Belum diketahui · 3 ditahan" in held
    assert "Cetak atau lewati" in held
    assert "Depan · Kertas habis · 3 ditahan" in empty
    assert "Pasang gulungan baru" in empty


def test_an_answer_in_the_bar_leaves_the_page_and_what_was_typed_there(here, seller, sold):
    pass_through(here, sold, "printing", "unsure")
    token = seller.token()
    seller.client.declare("state")

    answer = seller.client.htmx(
        "POST",
        "/jobs/came-out",
        data={"jobs": numbers(sold)},
        headers={"X-CSRFToken": token, "HX-Target": "state"},
    )

    assert 'id="state"' in answer.text
    assert "/jobs/" not in answer.text
    assert "HX-Redirect" not in answer.headers


def test_a_dead_printer_says_so_before_it_asks_about_old_receipts(here, seller, sold):
    pass_through(here, sold[:1], "held")
    with here.db.write() as connection:
        connection.execute("UPDATE printers SET state = 'paper_out'")

    bar = seller.glance("/top-bar").text

    assert "Kertas habis, 2 menunggu" in bar
    assert "/jobs/print" not in bar


def test_old_receipts_are_skipped_one_by_one_on_the_printers_page(here, seller, printer, sold):
    pass_through(here, sold, "held")
    page = seller.look(printer).text

    seller.submit("/jobs/skip", jobs=sold[1], next=printer)

    in_the_bar, for_all = 1, 1
    assert page.count('formaction="/jobs/print"') == in_the_bar + for_all + len(sold)
    assert states(here) == ["held", "dropped", "held"]


def test_several_receipts_in_doubt_are_answered_at_once(here, seller, printer, sold):
    pass_through(here, sold, "printing", "unsure")

    asked = seller.glance("/top-bar").text
    seller.submit("/jobs/came-out", jobs=numbers(sold), next="/")

    assert "3 cetakan" in asked
    assert states(here) == ["printed"] * 3


def test_everything_that_waits_is_let_go_at_once(here, seller, printer, sold):
    page = seller.look(printer).text

    seller.submit("/jobs/cancel", jobs=numbers(sold), next=printer)

    assert f'value="{numbers(sold)}"' in page
    assert states(here) == ["dropped"] * 3


@pytest.mark.parametrize("wrong", ["", "x", "-1", "9" * 30, "1;2"])
def test_an_answer_about_no_job_is_refused(seller, printer, wrong):
    assert seller.submit("/jobs/cancel", jobs=wrong, next="/").status_code in (404, 409)


def test_a_receipt_is_found_by_its_number_with_its_picture_and_story(here, seller, printer, sold):
    pass_through(here, sold[:1], "printing", "unsure")
    seller.submit("/jobs/again", jobs=sold[0], next="/")

    found = seller.look(f"{printer}/history?q=0001").text
    nothing = seller.look(f"{printer}/history?q=9999").text
    told = seller.look(f"/jobs/{sold[0]}").text

    assert "K01-0001" in found
    assert "K01-0002" not in found
    assert "K01-0001" not in nothing
    assert "<svg" in told
    assert "SALINAN" in told
    assert "Rina" in told


def test_a_document_nobody_can_read_is_said_and_not_shown(here, seller, printer, sold):
    with here.db.write() as connection:
        connection.execute("UPDATE print_jobs SET document = '{}' WHERE id = ?", [sold[0]])

    page = seller.look(f"/jobs/{sold[0]}")

    assert page.status_code == 200
    assert "<svg viewBox" not in page.text


def test_a_queue_that_did_not_change_is_not_sent_again(seller, printer, sold):
    page = seller.glance(f"{printer}/jobs").text
    seen = page.split("seen=")[1].split('"')[0]

    assert seller.glance(f"{printer}/jobs?seen={seen}").status_code == 204


def test_a_roll_that_is_nearly_used_up_is_said_and_a_new_one_is_one_tap(here, seller, printer):
    with here.db.write() as connection:
        connection.execute("UPDATE printers SET state = 'ready'")
        connection.execute("INSERT INTO printer_rolls (printer, used_rows) VALUES (1, 150000)")

    low = seller.glance("/top-bar").text
    seller.submit(f"{printer}/roll")
    fresh = seller.glance("/top-bar").text
    seller.submit(f"{printer}/roll/undo")

    assert "Kertas hampir habis" in low
    assert "Kertas hampir habis" not in fresh
    assert "Kertas hampir habis" in seller.glance("/top-bar").text


def test_the_length_of_a_roll_is_kept_and_checked(here, seller, printer):
    seller.press(f"{printer}/roll/length", metres="12")
    wrong = [seller.press(f"{printer}/roll/length", metres=text) for text in ("", "0", "1,5", "x")]

    with here.db.read() as connection:
        kept = rolls.roll(connection, 1).length_mm
    assert kept == 12_000
    assert {answer.status_code for answer in wrong} == {422}
