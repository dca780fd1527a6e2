import json
import re

import pytest

from kiosk.services.print_queue import jobs
from kiosk.services.printers import all_printers
from kiosk.services.printers import printer as printer_view
from kiosk.services.printing import paper_log
from kiosk.storage.print_jobs import Move, move
from printers.paper import PaperCut, PaperLine, piece_to_row
from tests.support.bazaar import COORDINATOR, COORDINATOR_PIN, KERIPIK

FORM = {
    "name": "Depan",
    "address": "tcp://127.0.0.1:9",
    "profile": "generic-58",
    "receipt": "K01",
    "operator": COORDINATOR,
    "pin": COORDINATOR_PIN,
}


@pytest.fixture
def printer(seller):
    """The address of a printer for Laci 1."""
    return seller.press("/printers", **FORM).headers["HX-Redirect"]


def leave_unsure(here, job_id):
    """Let the program have died while a job went out."""
    with here.db.write() as connection:
        assert move(
            connection, job_id, Move("waiting", "printing", ""), "2026-11-20T10:00:01+07:00"
        )
        assert move(connection, job_id, Move("printing", "unsure", ""), "2026-11-20T10:00:02+07:00")


def test_no_printer_yet_is_one_sentence_and_a_form(seller):
    page = seller.look("/printers").text

    assert 'class="empty panel"' in page
    assert 'name="address"' in page


def test_a_printer_that_was_added_stands_in_the_list(seller, printer):
    assert "Depan" in seller.look("/printers").text


@pytest.mark.parametrize("wrong", [{"address": "lp0"}, {"name": ""}, {"profile": "kerang"}])
def test_a_printer_that_cannot_be_is_refused_in_place(seller, wrong):
    answer = seller.press("/printers", **{**FORM, **wrong})

    assert answer.status_code == 422
    assert answer.headers["HX-Retarget"] == "#message"


def test_a_printer_s_settings_are_changed(seller, printer):
    seller.press(printer, **{**FORM, "name": "Belakang"})

    assert "Belakang" in seller.look(printer).text


def test_a_printer_takes_a_coordinator(here, seller):
    answer = seller.press("/printers", **{**FORM, "pin": "000000"})

    assert answer.status_code == 422
    assert all_printers(here) == []


def test_a_printer_is_set_for_purposes_and_stalls(here, seller, printer):
    seller.press(printer, **{**FORM, "slip": "K02", "stall": KERIPIK, "label": "K99"})

    kept = printer_view(here, 1)
    page = seller.look(printer).text

    assert kept.uses == {"receipt": ("K01",), "slip": ("K02",), "report": (), "label": ()}
    assert kept.stalls == (KERIPIK,)
    assert re.search(rf'value="{KERIPIK}" checked', page)


def test_a_test_page_is_queued_and_shown(seller, printer):
    seller.submit(f"{printer}/test-page")

    page = seller.look(printer).text

    assert "/jobs/cancel" in page
    assert seller.glance(f"{printer}/jobs").status_code == 200


def test_a_waiting_job_is_let_go(here, seller, printer):
    seller.submit(f"{printer}/test-page")
    [job] = jobs(here, 1)

    seller.submit("/jobs/cancel", jobs=job.id, next=printer)

    assert jobs(here, 1)[0].state == "dropped"


def test_a_receipt_in_doubt_asks_in_the_top_bar_and_takes_an_answer(here, seller, printer, number):
    seller.buy(number["WB86-KOMPLIT"])
    [job] = jobs(here, 1)
    leave_unsure(here, job.id)

    asked = seller.glance("/top-bar").text
    seller.submit("/jobs/came-out", jobs=job.id, next="/")

    assert "K01-0001" in asked
    assert "/jobs/again" in asked
    assert jobs(here, 1)[0].state == "printed"


def test_a_receipt_that_did_not_come_out_is_printed_again_as_a_copy(here, seller, printer, number):
    seller.buy(number["WB86-KOMPLIT"])
    [job] = jobs(here, 1)
    leave_unsure(here, job.id)

    seller.submit("/jobs/again", jobs=job.id, next=printer)

    assert "SALINAN" in seller.look(printer).text


def test_an_answer_given_twice_is_said_and_changes_nothing(here, seller, printer, number):
    seller.buy(number["WB86-KOMPLIT"])
    [job] = jobs(here, 1)
    leave_unsure(here, job.id)
    seller.submit("/jobs/came-out", jobs=job.id, next="/")

    assert seller.submit("/jobs/came-out", jobs=job.id, next="/").status_code == 409


def test_the_virtual_printer_s_paper_comes_out_piece_by_piece(here, seller, printer):
    log = paper_log(here, 1)
    log.parent.mkdir(parents=True, exist_ok=True)
    rows = [piece_to_row(piece) for piece in (PaperLine("Terima kasih"), PaperCut())]
    log.write_text("".join(f"{json.dumps(row)}\n" for row in rows))

    page = seller.look(f"{printer}/paper").text
    seller.client.declare("feed")
    after = re.search(r"after=(\d+)", page)[1]

    assert "Terima kasih" in page
    assert after == "2"
    assert seller.client.htmx("GET", f"{printer}/paper?after=2").status_code == 204
    assert "<svg" in seller.client.htmx("GET", f"{printer}/paper?after=1").text


def test_a_printer_that_is_not_there_is_a_404(seller):
    for path in ("/printers/99", "/printers/99/paper", "/printers/99/jobs"):
        assert seller.look(path).status_code == 404
    assert seller.submit("/jobs/came-out", jobs="99").status_code == 404


def test_an_answer_never_leads_off_this_machine(here, seller, printer):
    seller.submit(f"{printer}/test-page")

    answer = seller.submit("/jobs/cancel", jobs="1", next="https://elsewhere.example/")

    assert answer.location == "/"
