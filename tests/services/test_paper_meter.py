"""The paper meter against the paper itself, and what a printer says of its roll."""

import pytest
from hypothesis import given, settings

from kiosk.services.paper_meter import hear_state, roll_view
from kiosk.storage import printers, rolls
from kiosk.storage.rolls import RollRow
from printers.encode import encode
from printers.errors import PrinterError
from printers.layout import lay_out
from printers.measure import paper_rows
from printers.profiles import EPSON_TM, GENERIC_58, SIMULATOR
from printers.simulator import Machine
from tests.printers.strategies import documents
from tests.support.bazaar import close_bazaar, open_bazaar

AT = "2026-11-20T10:00:00+07:00"
LONG_USED_ROWS = 100_000


@pytest.fixture
def connection(tmp_path):
    here = open_bazaar(tmp_path / "till")
    with here.db.write() as opened:
        printers.add(opened, "Depan", "null:", "simulator")
        yield opened
    close_bazaar(here)


def use(connection, rows):
    connection.execute("INSERT INTO printer_rolls (printer, used_rows) VALUES (1, ?)", [rows])


def say(connection, state):
    hear_state(connection, 1, state, AT)
    printers.remember_state(connection, 1, state, "")


@given(documents)
@settings(max_examples=40, deadline=None)
def test_what_is_counted_is_what_comes_out_of_the_printer(document):
    for kind in (SIMULATOR, GENERIC_58, EPSON_TM):
        try:
            laid_out = lay_out(document, kind.columns)
            payload = encode(laid_out, kind)
        except PrinterError:
            continue
        machine = Machine(kind)
        machine.receive(payload, 0.0)
        machine.advance(0.0)

        white_rows = payload.count(b"\x1dv0")
        assert abs(machine.printed_rows - paper_rows(laid_out, kind)) <= white_rows


def test_the_last_tenth_of_a_roll_is_a_warning():
    rows = [RollRow(length_mm=10_000, used_rows=used_mm * 8) for used_mm in (8_999, 9_000, 12_000)]

    views = [roll_view(row, GENERIC_58, "ready") for row in rows]

    assert [view.is_low for view in views] == [False, True, True]
    assert [view.left_mm for view in views] == [1_001, 1_000, 0]


def test_a_sensor_is_believed_more_than_the_count():
    nearly_used_up = RollRow(length_mm=10_000, used_rows=9_500 * 8, has_sensor=True)

    assert not roll_view(nearly_used_up, GENERIC_58, "ready").is_low
    assert roll_view(RollRow(), GENERIC_58, "near_end").is_low


def test_a_printer_that_said_its_roll_ends_has_a_sensor(connection):
    say(connection, "near_end")

    assert rolls.roll(connection, 1).has_sensor


def test_a_roll_reloaded_after_it_ran_out_is_a_new_one(connection):
    use(connection, LONG_USED_ROWS)

    say(connection, "paper_out")
    say(connection, "ready")

    roll = rolls.roll(connection, 1)
    assert (roll.used_rows, roll.used_rows_before) == (0, LONG_USED_ROWS)


def test_a_new_roll_somebody_spoke_of_is_not_counted_as_two(connection):
    use(connection, LONG_USED_ROWS)
    say(connection, "paper_out")
    rolls.put_in(connection, 1, AT)

    say(connection, "ready")

    assert rolls.roll(connection, 1).used_rows_before == LONG_USED_ROWS


def test_what_was_printed_on_the_wrong_new_roll_counts_on_the_old_one(connection):
    use(connection, LONG_USED_ROWS)
    rolls.put_in(connection, 1, AT)
    connection.execute("UPDATE printer_rolls SET used_rows = 500")

    taken_back = rolls.take_back(connection, 1)

    assert taken_back
    assert rolls.roll(connection, 1).used_rows == LONG_USED_ROWS + 500
    assert not rolls.take_back(connection, 1)
