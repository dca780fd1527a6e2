"""`kiosk printer list` and `test`: the till's printers from a terminal."""

import pytest
from click.testing import CliRunner

from kiosk.cli.printer import printer
from kiosk.services.printer_profiles import keep_kind, kind
from kiosk.services.printers import PrinterForm, keep_printer, print_test_page
from printers.simulator import Simulator
from tests.printers.jobs import eventually
from tests.services.test_printer_profiles import OURS, form_of
from tests.support.bazaar import APPROVED, close_bazaar, open_bazaar, open_till


@pytest.fixture
def here(tmp_path):
    installation = open_bazaar(tmp_path / "till")
    yield installation
    close_bazaar(installation)


@pytest.fixture
def say(tmp_path, monkeypatch):
    """Runs a command on the till's folder; what it said."""
    monkeypatch.setenv("KIOSK_DATA", str(tmp_path / "till"))
    return lambda *words: CliRunner().invoke(printer, words)


def add(here, address, profile="generic-58"):
    browser = open_till(here)
    return keep_printer(
        here, browser, None, PrinterForm("Depan", address, profile, ("K01",)), APPROVED
    )


def test_a_till_without_printers_says_how_to_add_one(here, say):
    assert "no printer yet" in say("list").output


def test_the_list_says_where_each_prints_for_whom_and_what_waits(here, say):
    print_test_page(here, add(here, "null:"))

    said = say("list").output

    for words in ("Depan", "null:", "generic-58", "unknown", "receipt: K01", "1 waiting"):
        assert words in said


def test_a_till_s_printer_is_tried_by_its_name_as_the_kind_it_is_kept_as(here, say):
    browser = open_till(here)
    ours = keep_kind(here, browser, None, form_of(OURS), APPROVED)
    assert kind(here, ours).columns == 30
    with Simulator() as simulator:
        keep_printer(
            here, browser, None, PrinterForm("Depan", simulator.address, ours, ()), APPROVED
        )
        said = say("test", "Depan")

        assert said.exit_code == 0, said.output
        assert eventually(
            lambda: any("30 columns" in getattr(one, "text", "") for one in simulator.paper)
        )


def test_an_address_is_tried_before_there_is_a_till(tmp_path, monkeypatch):
    monkeypatch.setenv("KIOSK_DATA", str(tmp_path / "none"))
    paper = tmp_path / "job.bin"

    said = CliRunner().invoke(printer, ["test", f"file://{paper}", "--profile", "generic-58"])

    assert said.exit_code == 0
    assert b"TEST PAGE" in paper.read_bytes()


@pytest.mark.parametrize("words", [("lp0",), ("null:", "--profile", "kerang")])
def test_what_cannot_be_tried_is_one_sentence(here, say, words):
    said = say("test", *words)

    assert said.exit_code != 0
    assert "Traceback" not in said.output
