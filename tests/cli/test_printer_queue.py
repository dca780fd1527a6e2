"""Printers on the console: how each is and what is open, and being one."""

import json

import pytest
import urllib3
from click.testing import CliRunner

from kiosk.cli.commands import kiosk
from kiosk.services.print_queue import jobs
from kiosk.services.printers import PrinterForm, keep_printer
from kiosk.storage.print_jobs import Move, move
from tests.support.bazaar import APPROVED, close_bazaar, open_bazaar, open_till
from tests.support.processes import free_port
from tests.workers.selling import sell

AT = "2026-11-20T10:00:00+07:00"


@pytest.fixture
def here(tmp_path):
    """Three receipts at the front printer: one waits, one is unsure, one is held."""
    installation = open_bazaar(tmp_path / "till")
    browser = open_till(installation)
    form = PrinterForm("Depan", "null:", "generic-58", ("K01",))
    keep_printer(installation, browser, None, form, APPROVED)
    for _ in range(3):
        sell(installation, browser)
    unsure, held, _ = (job.id for job in jobs(installation, 1))
    with installation.db.write() as connection:
        move(connection, unsure, Move("waiting", "printing"), AT)
        move(connection, unsure, Move("printing", "unsure"), AT)
        move(connection, held, Move("waiting", "held"), AT)
    yield installation
    close_bazaar(installation)


def run(here, *command):
    return CliRunner().invoke(kiosk, command, env={"KIOSK_DATA": str(here.folder.path)})


def test_the_list_says_how_each_printer_is_and_what_is_open(here):
    said = run(here, "printer", "list").output

    for words in ("Depan", "1 waiting", "1 unsure", "1 held", "100 % of the roll left"):
        assert words in said


def test_the_doctor_sends_people_to_a_printer_that_asks(here):
    answer = run(here, "doctor")

    assert (
        "LOOK  Printer: Depan · Not asked yet · 1 waiting · 1 to look for · 1 held back"
        in answer.output
    )
    assert "Answer on its page." in answer.output


def test_a_fault_nobody_knows_is_refused_before_anything_listens():
    answer = CliRunner().invoke(
        kiosk, ["printer", "simulate", "--port", str(free_port()), "--fault", "smoke=1"]
    )

    assert answer.exit_code != 0
    assert "smoke" in str(answer.exception)


def test_a_virtual_printer_begins_as_it_is_told_and_has_a_panel(launcher):
    panel = free_port()
    printer = launcher.kiosk(
        "printer", "simulate", "--port", "{port}", "--control", str(panel),
        "--fault", "cover_open=1", "--roll", "100", health=None,
    )  # fmt: skip
    with urllib3.PoolManager(retries=urllib3.Retry(40, backoff_factor=0.1)) as pool:
        told = json.loads(pool.request("GET", f"http://127.0.0.1:{panel}/state").data)

    assert told["faults"]["cover_open"]
    assert told["faults"]["paper_rows"] == 800
    assert told["address"].endswith(str(printer.port))
