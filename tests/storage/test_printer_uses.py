"""Which printer prints what, in rows."""

import pytest

from kiosk.storage import printers
from kiosk.storage.printer_uses import (
    PURPOSES,
    assign,
    printer_for,
    printer_of_stall,
    stalls_of_printer,
    uses_of_printer,
)
from tests.support.bazaar import BATIK, WEDANG, close_bazaar, open_bazaar


@pytest.fixture
def connection(tmp_path):
    here = open_bazaar(tmp_path / "till")
    with here.db.write() as connection:
        yield connection
    close_bazaar(here)


@pytest.fixture
def front(connection):
    return printers.add(connection, "Depan", "null:", "generic-58")


@pytest.fixture
def kitchen(connection):
    return printers.add(connection, "Dapur", "null:", "generic-80-48")


def found(connection, till):
    return {purpose: printer_for(connection, till, purpose) for purpose in PURPOSES}


def test_a_till_without_a_printer_has_none_for_anything(connection):
    assert set(found(connection, "K01").values()) == {None}


def test_reports_and_labels_come_out_with_the_receipts_and_slips_do_not(connection, front):
    assign(connection, front, {"receipt": ["K01"]}, ())

    assert found(connection, "K01") == {
        "receipt": front, "slip": None, "report": front, "label": front
    }  # fmt: skip


def test_each_purpose_may_have_a_printer_of_its_own(connection, front, kitchen):
    assign(connection, front, {"receipt": ["K01"]}, ())
    assign(connection, kitchen, {"slip": ["K01"], "report": ["K01"]}, ())

    assert found(connection, "K01") == {
        "receipt": front, "slip": kitchen, "report": kitchen, "label": front
    }  # fmt: skip


def test_a_purpose_has_one_printer_and_the_last_word_counts(connection, front, kitchen):
    assign(connection, front, {"receipt": ["K01", "K02"]}, (WEDANG, BATIK))

    assign(connection, kitchen, {"receipt": ["K02"]}, (BATIK,))

    assert uses_of_printer(connection, front)["receipt"] == ("K01",)
    assert stalls_of_printer(connection, front) == (WEDANG,)
    assert printer_of_stall(connection, BATIK) == kitchen


def test_a_stall_without_a_printer_has_none(connection):
    assert printer_of_stall(connection, WEDANG) is None
