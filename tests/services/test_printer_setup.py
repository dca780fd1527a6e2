"""Setting printers up: kinds chosen by looking at paper, jobs sent elsewhere, printers removed."""

from dataclasses import replace

import pytest

from kiosk.domain.operators import NotAllowedError
from kiosk.services import carts, paying, sales
from kiosk.services.approvals import Approval
from kiosk.services.paying import PaymentForm
from kiosk.services.print_queue import jobs
from kiosk.services.printer_removal import (
    JobsInDoubtError,
    JobsLeftError,
    SamePrinterError,
    remove_printer,
    reroute,
)
from kiosk.services.printer_setup import NotAllAnsweredError, SeenOnPaper, fit, try_drawer
from kiosk.services.printers import PrinterForm, all_printers, keep_printer, printer, printer_for
from kiosk.services.printing import PrinterUnknownError
from kiosk.storage import journal, print_jobs
from kiosk.storage.print_jobs import Move
from printers.profiles import GENERIC_58, GENERIC_80_48
from tests.support.bazaar import APPROVED, CASHIER, COORDINATOR, numbers

NARROW = SeenOnPaper("32", "none", "picture", "no", "no")


def add(here, browser, name="Depan", profile="generic-80-48", tills=("K01",)):
    form = PrinterForm(name, "tcp://127.0.0.1:9", profile, tills)
    return keep_printer(here, browser, None, form, APPROVED)


def sell(here, browser):
    cart = carts.new_cart(here, browser)
    carts.add(here, cart.id, numbers(here)["WB86-KOMPLIT"], None)
    return paying.pay(here, browser, cart.id, PaymentForm("cash", tendered="50.000")).sale_id


def put(here, job, *moves):
    with here.db.write() as connection:
        for moved in moves:
            assert print_jobs.move(connection, job, moved, "2026-11-20T10:00:01+07:00")


def states(here, number):
    return [job.state for job in jobs(here, number)]


def test_a_paper_that_is_as_the_kind_says_changes_nothing(here, paired):
    number = add(here, paired)

    fitting = fit(here, paired, number, SeenOnPaper("48", "0", "picture", "yes", "yes"), APPROVED)

    assert fitting == GENERIC_80_48
    assert printer(here, number).profile == GENERIC_80_48


def test_a_paper_that_is_another_known_kind_s_makes_it_that_kind(here, paired):
    number = add(here, paired, profile="iware-58")

    fit(here, paired, number, replace(NARROW, drawer="yes"), APPROVED)
    fit(here, paired, number, replace(NARROW, drawer="no"), APPROVED)

    found = printer(here, number).profile
    assert (found.columns, found.has_drawer) == (32, False)


def test_a_paper_no_known_kind_has_describes_one_under_the_printer_s_name(here, paired):
    number = add(here, paired)

    fit(here, paired, number, SeenOnPaper("48", "16", "printer", "no", "yes"), APPROVED)

    found = printer(here, number).profile
    assert found.name == "Depan"
    assert (found.columns, found.has_cutter, found.has_drawer) == (48, False, True)
    assert (found.qr_native, found.code_page, found.code_page_number) == (True, "cp1252", 16)
    assert (found.has_status, found.confirm) == (True, "gs_r")


def test_looking_again_changes_the_printer_s_own_kind_in_its_place(here, paired):
    number = add(here, paired)
    seen = SeenOnPaper("48", "16", "printer", "no", "yes")
    first = fit(here, paired, number, seen, APPROVED)

    second = fit(here, paired, number, replace(seen, columns="42"), APPROVED)

    assert (second.key, second.columns, second.paper_dots) == (first.key, 42, 512)


def test_a_wrong_guess_of_the_paper_s_width_is_put_right(here, paired):
    number = add(here, paired)

    fitting = fit(here, paired, number, NARROW, APPROVED)

    assert (fitting.columns, fitting.paper_dots, fitting.paper_mm) == (32, 384, GENERIC_58.paper_mm)


@pytest.mark.parametrize(
    "seen",
    [
        replace(NARROW, columns=""),
        replace(NARROW, columns="40"),
        replace(NARROW, code_page="7"),
        replace(NARROW, qr="yes"),
        replace(NARROW, cut=""),
        replace(NARROW, drawer="maybe"),
    ],
)
def test_a_question_without_an_answer_is_asked_again(here, paired, seen):
    number = add(here, paired)

    with pytest.raises(NotAllAnsweredError):
        fit(here, paired, number, seen, APPROVED)

    assert printer(here, number).profile == GENERIC_80_48


def test_the_drawer_is_tried_by_a_coordinator_alone(here, paired):
    number = add(here, paired, profile="generic-58")

    with pytest.raises(NotAllowedError):
        try_drawer(here, paired, number, Approval())
    try_drawer(here, paired, number, APPROVED)

    [job] = jobs(here, number)
    assert job.title == "Drawer test"
    assert '"drawer"' in job.document


def test_a_drawer_opened_as_a_test_is_in_the_journal_with_who_allowed_it(here, paired):
    number = add(here, paired)

    try_drawer(here, paired, number, APPROVED)

    with here.db.read() as connection:
        current = journal.current(connection)
        head = journal.head(connection, current)
        entry = journal.read_at(connection, current.ordinal, head.seq)
    assert (entry.kind, entry.till) == ("drawer_opened", "K01")
    assert entry.body == {"reason": "test", "printer": "Depan"}
    assert (entry.by.id, entry.approved_by.id) == (CASHIER, COORDINATOR)


def test_what_surely_waits_goes_to_another_printer_and_what_is_in_doubt_stays(here, paired):
    front, back = add(here, paired), add(here, paired, "Belakang", tills=())
    waiting, held, unsure = (sales.sale(here, sell(here, paired)).job for _ in range(3))
    put(here, held.id, Move("waiting", "held"))
    put(here, unsure.id, Move("waiting", "printing"), Move("printing", "unsure"))

    moved = reroute(here, paired, front, back, APPROVED)

    assert moved == 2
    assert states(here, front) == ["unsure"]
    assert {job.id: job.state for job in jobs(here, back)} == {
        waiting.id: "waiting",
        held.id: "held",
    }


def test_jobs_are_never_sent_to_nowhere_or_to_the_same_printer(here, paired):
    front = add(here, paired)

    with pytest.raises(SamePrinterError):
        reroute(here, paired, front, front, APPROVED)
    with pytest.raises(PrinterUnknownError):
        reroute(here, paired, front, 99, APPROVED)
    with pytest.raises(PrinterUnknownError):
        reroute(here, paired, 99, front, APPROVED)


def test_a_printer_that_is_taken_away_is_gone_and_its_history_stays(here, paired):
    front = add(here, paired)
    job = sales.sale(here, sell(here, paired)).job
    put(here, job.id, Move("waiting", "printing"), Move("printing", "printed"))

    remove_printer(here, paired, front, "", APPROVED)

    assert all_printers(here) == []
    assert printer_for(here, "K01") is None
    assert states(here, front) == ["printed"]
    with pytest.raises(PrinterUnknownError):
        printer(here, front)
    assert add(here, paired) != front


def test_a_printer_with_waiting_jobs_asks_what_becomes_of_them(here, paired):
    front, back = add(here, paired), add(here, paired, "Belakang", tills=())
    sale = sell(here, paired)

    with pytest.raises(JobsLeftError, match="1"):
        remove_printer(here, paired, front, "", APPROVED)
    remove_printer(here, paired, front, str(back), APPROVED)

    assert sales.sale(here, sale).job.state == "waiting"
    assert states(here, back) == ["waiting"]


def test_waiting_jobs_of_a_printer_taken_away_can_be_dropped(here, paired):
    front = add(here, paired)
    sale = sell(here, paired)

    remove_printer(here, paired, front, "drop", APPROVED)

    assert sales.sale(here, sale).job.state == "dropped"


@pytest.mark.parametrize("state", ["printing", "unsure", "handed_over"])
def test_a_printer_whose_paper_must_be_looked_at_is_not_taken_away(here, paired, state):
    front = add(here, paired)
    job = sales.sale(here, sell(here, paired)).job
    moves = {
        "printing": [Move("waiting", "printing")],
        "unsure": [Move("waiting", "printing"), Move("printing", "unsure")],
        "handed_over": [Move("waiting", "handed_over")],
    }
    put(here, job.id, *moves[state])

    with pytest.raises(JobsInDoubtError):
        remove_printer(here, paired, front, "drop", APPROVED)


def test_moving_and_removing_takes_a_coordinator(here, paired):
    front, back = add(here, paired), add(here, paired, "Belakang", tills=())

    with pytest.raises(NotAllowedError):
        reroute(here, paired, front, back, Approval())
    with pytest.raises(NotAllowedError):
        remove_printer(here, paired, front, "", Approval())
    with pytest.raises(NotAllowedError):
        fit(here, paired, front, NARROW, Approval())
