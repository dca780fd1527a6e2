"""A printer that asks something: in the bar of the selling screen, and on its own page."""

import pytest

from kiosk.storage.print_jobs import Move, jobs_of_printer, move
from tests.support.every_page import Inspector
from tests.support.full_swing import fill, ring_up
from tests.support.till_screen import TillScreen

AT = "2026-11-20T10:05:00+07:00"


@pytest.fixture
def counter(browser, day, request):
    """A coordinator's screen at a till whose receipts wait for a printer."""
    opened = TillScreen(browser, day, fill(day), request.param)
    yield opened.open()
    opened.close()


def leave(day, *states):
    """Put every job of the printer through some states; gives their numbers."""
    with day.here.db.write() as connection:
        found = [job.id for job in jobs_of_printer(connection, 1, 50) if job.state == "waiting"]
        for job in found:
            for before, after in zip(("waiting", *states), states, strict=False):
                assert move(connection, job, Move(before, after), AT)
    return found


def states(day):
    with day.here.db.read() as connection:
        return {job.state for job in jobs_of_printer(connection, 1, 50)}


@pytest.mark.parametrize("counter", ["landscape", "phone"], indirect=True)
def test_old_receipts_are_skipped_in_one_tap_without_leaving_the_order(counter):
    leave(counter.day, "held")
    counter.open()
    counter.add("Wedang Komplit")
    inspector = Inspector(counter.page, ())
    inspector.look("the bar")

    counter.page.locator("#state button").last.click()
    counter.page.wait_for_selector("#state:not(:has(.question))")

    assert states(counter.day) == {"dropped"}
    assert counter.page.locator("#cart").get_by_text("Wedang Komplit").count() == 1
    assert not inspector.wrong, "\n".join(inspector.wrong)


@pytest.mark.parametrize("counter", ["phone"], indirect=True)
def test_the_printers_pages_hold_every_question(counter):
    day = counter.day
    ring_up(day, day.one_more_browser(), "WB86-TUBRUK")
    jobs = leave(day, "printing", "unsure")
    inspector = Inspector(counter.page, ("dark", "sun"))

    for path in ("/", "/printers/1", "/printers/1/history", f"/jobs/{jobs[0]}"):
        counter.open(path)
        inspector.look(path)

    assert not inspector.wrong, "\n".join(inspector.wrong)
