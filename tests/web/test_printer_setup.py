"""Printers found, set up, described, moved and removed, as pages and forms."""

import os
import re

import pytest

from kiosk.services.print_queue import jobs
from kiosk.services.printer_advice import ADVICE
from kiosk.services.printer_profiles import kinds
from kiosk.services.printers import all_printers, printer
from kiosk.web import words
from printers.discovery import NetworkScan
from printers.errors import PrinterError
from printers.profiles import PROFILES
from printers.simulator import Simulator
from tests.printers.jobs import eventually
from tests.support.bazaar import COORDINATOR, COORDINATOR_PIN, close_bazaar, open_bazaar

APPROVAL = {"operator": COORDINATOR, "pin": COORDINATOR_PIN}
FORM = {
    "name": "Depan",
    "address": "tcp://127.0.0.1:9",
    "profile": "generic-58",
    "receipt": "K01",
    **APPROVAL,
}
SEEN = {"columns": "48", "code_page": "16", "qr": "printer", "cut": "yes", "drawer": "yes"}
# Loopback addresses that no other run of the tests on this machine uses.
HOST = f"127.{os.getpid() >> 8 & 0xFF}.{os.getpid() & 0xFF}"


@pytest.fixture
def here(tmp_path):
    installation = open_bazaar(
        tmp_path / "till", environment={"KIOSK_PRINTER_SCAN": f"{HOST}.8/30"}
    )
    yield installation
    close_bazaar(installation)


@pytest.fixture
def front(seller):
    """The address of a printer for Laci 1."""
    return seller.press("/printers", **FORM).headers["HX-Redirect"]


def test_a_search_shows_what_it_finds_and_one_tap_adds_it(here, seller):
    with Simulator(f"{HOST}.9", 9100) as simulator:
        simulator.set_faults(cover_open=True)
        seller.submit("/printers/find/network")
        assert eventually(lambda: not here.under_way.printer_scan.is_running, 20)
        found = seller.look("/printers/find").text
        value = re.search(r'name="found" value="([^"]+)"', found)[1]
        added = seller.submit("/printers/find", found=value, **APPROVAL)

    assert "Tutup" in found
    assert added.location == "/printers/1/setup"
    [kept] = all_printers(here)
    assert (kept.address, kept.tills) == (simulator.address, ("K01",))


def test_a_search_under_way_says_how_far_it_is_and_can_be_stopped(here, seller):
    here.under_way.printer_scan = NetworkScan(["127.0.0.1"] * 6, port=9)

    seller.client.declare("scan")
    running = seller.glance("/printers/find/network").text
    refused = seller.submit("/printers/find/network")
    seller.submit("/printers/find/stop")
    seller.client.declare("scan")
    stopped = seller.glance("/printers/find/network").text

    assert 'hx-trigger="every 1s"' in running
    assert 'max="6" value="0"' in running
    assert refused.status_code == 409
    assert "hx-get" not in stopped


def test_what_was_found_is_added_by_a_coordinator_alone(here, seller):
    answer = seller.press(
        "/printers/find", found="generic-58 null:", operator=COORDINATOR, pin="000000"
    )

    assert answer.status_code == 422
    assert all_printers(here) == []


@pytest.mark.parametrize("found", ["", "generic-58", "kerang tcp://127.0.0.1", "generic-58 lp0"])
def test_something_that_was_never_found_is_not_added(here, seller, found):
    answer = seller.press("/printers/find", found=found, **APPROVAL)

    assert answer.status_code == 422
    assert all_printers(here) == []


def test_a_test_page_leads_back_to_the_questions_about_it(here, seller, front):
    answer = seller.submit(f"{front}/test-page", next=f"{front}/setup")

    assert answer.location == f"{front}/setup"
    assert "HALAMAN UJI" in jobs(here, 1)[0].document


def test_the_answers_about_the_paper_choose_the_kind(here, seller, front):
    answer = seller.press(f"{front}/setup", **SEEN, **APPROVAL)

    assert answer.headers["HX-Redirect"] == front
    assert printer(here, 1).profile.columns == 48
    assert printer(here, 1).profile.qr_native


def test_answers_that_are_missing_are_asked_for_in_place(seller, front):
    answer = seller.press(f"{front}/setup", **{**SEEN, "cut": ""}, **APPROVAL)

    assert answer.status_code == 422


def test_the_drawer_is_tried_from_the_same_form(here, seller, front):
    answer = seller.submit(f"{front}/try-drawer", **APPROVAL)

    assert answer.location == f"{front}/setup"
    assert jobs(here, 1)[0].title == "Drawer test"


def test_trying_the_drawer_leaves_what_was_answered_so_far(seller, front):
    answer = seller.press(f"{front}/try-drawer", **APPROVAL)

    assert "HX-Redirect" not in answer.headers
    assert "Laci diminta terbuka" in answer.text


def test_waiting_jobs_are_sent_to_another_printer_and_the_first_is_taken_away(
    here, seller, front, number
):
    seller.press("/printers", **{**FORM, "name": "Belakang", "receipt": ""})
    seller.buy(number["WB86-KOMPLIT"])
    page = seller.look(f"{front}/remove").text

    seller.submit(f"{front}/reroute", other="2", **APPROVAL)
    seller.submit(f"{front}/remove", **APPROVAL)

    assert 'name="other" value="2"' in page
    assert [job.title for job in jobs(here, 2)] == ["K01-0001"]
    assert [one.name for one in all_printers(here)] == ["Belakang"]
    assert seller.look(front).status_code == 404


def test_a_printer_with_waiting_jobs_is_not_taken_away_unasked(here, seller, front, number):
    seller.buy(number["WB86-KOMPLIT"])

    answer = seller.submit(f"{front}/remove", **APPROVAL)

    assert answer.status_code == 409
    assert len(all_printers(here)) == 1


def test_every_known_kind_has_a_page_and_can_be_copied(seller):
    listed = seller.look("/printers/kinds").text

    for key in PROFILES:
        assert f"/printers/kinds/{key}" in listed
        assert seller.look(f"/printers/kinds/{key}").status_code == 200
        assert seller.look(f"/printers/kinds/new?like={key}").status_code == 200
    assert seller.look("/printers/kinds/kerang").status_code == 404
    assert seller.look("/printers/kinds/new?like=kerang").status_code == 404


def form_on(page):
    """What a kind's form holds, as a browser would send it."""
    values = dict(re.findall(r'<input id="\w+" name="(\w+)"[^>]*value="([^"]*)"', page))
    values |= {
        name: re.search(rf'<select id="{name}".*?<option(?: value="([^"]*)")? selected>([^<]*)',
                        page, re.DOTALL)
        for name in ("confirm", "code_page")
    }  # fmt: skip
    return {name: found if isinstance(found, str) else found[1] or found[2]
            for name, found in values.items()}  # fmt: skip


def test_a_kind_of_ones_own_is_copied_described_changed_and_deleted(here, seller):
    form = form_on(seller.look("/printers/kinds/new?like=generic-80-42").text)
    kind = {**form, "name": "Printer warung", "can": ["has_cutter"], **APPROVAL}

    seller.press("/printers/kinds", **kind)
    described = kinds(here)[0]
    seller.press(f"/printers/kinds/{described.key}", **{**kind, "columns": "40"})
    changed = kinds(here)[0]
    seller.submit(f"/printers/kinds/{described.key}/delete", **APPROVAL)

    assert (described.name, described.columns, described.has_drawer) == (
        "Printer warung", 42, False
    )  # fmt: skip
    assert (changed.key, changed.columns) == (described.key, 40)
    assert [one.key for one in kinds(here)] == list(PROFILES)


def test_a_kind_no_printer_can_be_is_refused_in_place(here, seller):
    form = form_on(seller.look("/printers/kinds/new").text)

    answer = seller.press("/printers/kinds", **{**form, "name": "X", "columns": "0"}, **APPROVAL)

    assert answer.status_code == 422
    assert len(kinds(here)) == len(PROFILES)


def test_a_receipt_is_handed_over_to_the_tablet_s_app_and_asked_after(here, seller, number):
    seller.press("/printers", **{**FORM, "name": "Tablet", "address": "rawbt:"})
    seller.buy(number["WB86-KOMPLIT"])
    waiting = seller.look("/printers/1").text

    page = seller.submit("/jobs/1/hand-over", next="/printers/1").location
    opened = seller.look(page).text
    asked = seller.look("/printers/1").text
    seller.submit("/jobs/came-out", jobs="1", next="/printers/1")

    assert "/jobs/1/hand-over" in waiting
    assert 'href="intent:base64,' in opened
    assert "#Intent;scheme=rawbt;package=ru.a402d.rawbtprinter;end;" in opened
    assert "Open it again" in asked or "Buka lagi" in asked
    assert jobs(here, 1)[0].state == "printed"


def test_the_bar_of_a_till_that_prints_by_a_tap_says_so(seller, number):
    seller.press("/printers", **{**FORM, "name": "Tablet", "address": "rawbt:"})
    seller.buy(number["WB86-KOMPLIT"])

    assert "Ketuk untuk menyerahkan" in seller.glance("/top-bar").text


@pytest.mark.parametrize(
    "path",
    ["/printers/99/setup", "/printers/99/remove", "/jobs/99/hand-over"],
)
def test_what_is_not_there_is_a_404(seller, path):
    assert seller.look(path).status_code == 404


def test_every_failure_on_the_way_to_paper_has_its_words_and_what_to_do():
    of_documents = {
        "bad_profile", "bad_document", "too_long", "unprintable", "bad_image", "bad_logo", "logo_too_large",
        "barcode_too_wide", "qr_too_large", "no_drawer",
    }  # fmt: skip
    of_the_way = {error.reason for error in PrinterError.__subclasses__()} - of_documents

    assert of_the_way <= words.PRINTERS.keys()
    assert of_the_way - {"interrupted"} == ADVICE.keys() - {"near_end"}


def test_numbers_no_printer_and_no_job_can_have_are_answered_like_others_that_are_not_there(
    seller, front
):
    endless = "9" * 30

    older = seller.look(f"{front}/history?before={endless}")
    sent = seller.press(f"{front}/reroute", other=endless, **APPROVAL)
    gone = seller.press(f"{front}/remove", waiting=endless, **APPROVAL)

    assert [older.status_code, sent.status_code, gone.status_code] == [200, 404, 204]
