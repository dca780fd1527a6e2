"""Log lines: one an event, for a person, without secrets."""

import io
import logging

import pytest

from kiosk.log import log_named
from kiosk.webtools.logs import HIDDEN, configure_logging


@pytest.fixture
def written():
    """The log's stream; the suite's own logging is put back afterwards."""
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    stream = io.StringIO()
    configure_logging(stream)
    yield stream
    root.handlers, root.level = handlers, level


def test_an_event_is_one_line_with_its_facts(written):
    log_named("printers").info("print job parked", job=812, printer="front")

    line = written.getvalue()
    assert line.endswith(" print job parked job=812 printer=front\n")
    assert line.count("\n") == 1


def test_what_a_person_typed_cannot_begin_a_line_of_its_own(written):
    log_named("till").warning("name\nrefused", name="a\r\n2026-01-01 paid\u2028x")

    assert written.getvalue().count("\n") == 1
    assert "WARNING name refused" in written.getvalue()


@pytest.mark.parametrize(
    "fact", ["pin", "new_pin", "password", "device_secret", "csrf_token", "KEY"]
)
def test_a_secret_is_never_written(written, fact):
    log_named("till").info("signed in", **{fact: "482913"})

    assert "482913" not in written.getvalue()
    assert HIDDEN in written.getvalue()


def test_the_standard_librarys_lines_look_the_same(written):
    logging.getLogger("gunicorn.error").info("listening on %s", "127.0.0.1")

    assert written.getvalue().endswith(" listening on 127.0.0.1\n")


def test_an_events_text_is_no_pattern_to_fill(written):
    log_named("till").info("100 %s of it", name="%d")

    assert written.getvalue().endswith(" 100 %s of it name=%d\n")


def test_a_fault_says_where_it_happened(written):
    try:
        {}["sale"]
    except KeyError:
        log_named("pages").exception("page failed", fault="1a2b")

    assert "ERROR page failed fault=1a2b\nTraceback" in written.getvalue()
    assert "KeyError: 'sale'" in written.getvalue()
