"""What a printer says, sorted out byte by byte."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printers.errors import OfflineError
from printers.status import Replies, Reply, StatusLink
from tests.printers.jobs import QUICK

WELL = b"\x12"
UNASKED = b"\x10\x00\x00\x00"


class Talkative:
    """A printer whose every answer is known, and which may talk without end."""

    answers = True
    bytes_sent = 0

    def __init__(self, answers, chatter=b""):
        self._answers = answers
        self._chatter = chatter
        self._due = b""

    def write(self, data, _timeout_seconds):
        self._due += self._answers[data[2]]

    def read(self, _timeout_seconds):
        due, self._due = self._due, b""
        return due + self._chatter


@given(st.binary(max_size=60), st.integers(1, 7))
def test_no_bytes_upset_the_reader_and_no_cut_of_them_changes_the_replies(data, step):
    whole = Replies().feed(data)

    reader = Replies()
    parts = [reader.feed(data[at : at + step]) for at in range(0, len(data), step)]

    assert [reply for part in parts for reply in part] == whole


@given(st.lists(st.sampled_from((UNASKED, b"\x11", b"\x13", b"\xff", b"\x37\x22abcd\x00"))))
def test_a_status_byte_is_found_among_what_was_not_asked_for(noise):
    replies = Replies().feed(b"".join(noise) + WELL)

    assert replies[-1] == Reply("status", WELL)


@pytest.mark.parametrize(
    ("said", "replies"),
    [
        (b"\x12", [Reply("status", b"\x12")]),
        (b"\x7e", [Reply("status", b"\x7e")]),
        (b"\x10\x00\x00\x00", []),
        (b"\x18\x00\x0c\x0f\x0c", [Reply("gs_r", b"\x0c")]),
        (b"\x10\x00\x12", [Reply("gs_r", b"\x00"), Reply("status", b"\x12")]),
        (b"\x37\x22!!!!\x00", [Reply("process_id", b"!!!!")]),
        (b"\x37\x22!!\x12", [Reply("status", b"\x12")]),
        (b"\x37\x22!!!!\x12", [Reply("status", b"\x12")]),
        (b"\x37\x12", [Reply("status", b"\x12")]),
        (b"\x11\x13\xff", []),
    ],
)
def test_each_reply_is_known_by_its_bits(said, replies):
    found = [reply for reply in Replies().feed(said) if reply.data not in {b'"', b"!"}]

    assert found == replies


def test_a_printer_that_never_stops_talking_is_still_asked():
    printer = Talkative({1: WELL, 2: WELL, 4: b"\x1e"}, chatter=UNASKED * 10)

    near_end = StatusLink(printer, QUICK.reply).preflight()

    assert near_end


def test_a_printer_that_is_offline_without_a_cause_says_so():
    printer = Talkative({1: b"\x1a", 2: WELL, 4: WELL})

    with pytest.raises(OfflineError):
        StatusLink(printer, QUICK.reply).preflight()
