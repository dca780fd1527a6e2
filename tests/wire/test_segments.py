import gzip
import hashlib
import hmac
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.entries import first_prev, seal
from kiosk.wire.segments import (
    LARGEST_SEGMENT_BYTES,
    SegmentError,
    SegmentHeader,
    SegmentTooLargeError,
    fit,
    pack,
    read_segment,
    unpack,
    unpack_file,
    write_segment,
)

JOURNAL = "019aa000-0000-7000-8000-000000000001"
DEVICE = "019aa000-0000-7000-8000-000000000002"
SECRET = bytes(range(32))

stored_entries = st.lists(
    st.binary(min_size=1).filter(lambda b: b"\n" not in b), min_size=1, max_size=8
)


def segment_of(entries, first=1, prev=None):
    prev = prev or first_prev(JOURNAL)
    head = prev
    for stored in entries:
        head = seal(head, stored)
    header = SegmentHeader(
        JOURNAL, DEVICE, first, len(entries), prev, head, "2026-11-20T10:00:00.000+07:00"
    )
    return write_segment(header, entries, SECRET)


def test_a_segment_is_written_exactly_as_the_format_says():
    data = segment_of([b'{"a":1}', b'{"b":2}'])

    lines = data.split(b"\n")
    prev = first_prev(JOURNAL)
    head = seal(seal(prev, b'{"a":1}'), b'{"b":2}')
    assert lines[0].decode() == (
        f'{{"lapak_segment":1,"journal":"{JOURNAL}","device":"{DEVICE}","first":1,"count":2,'
        f'"prev":"{prev.hex()}","head":"{head.hex()}","made_at":"2026-11-20T10:00:00.000+07:00"}}'
    )
    assert lines[1:3] == [b'{"a":1}', b'{"b":2}']
    signed = b"\n".join(lines[:3]) + b"\n"
    mac = hmac.new(SECRET, signed, hashlib.sha256).hexdigest()
    assert json.loads(lines[3]) == {"hmac": mac}
    assert lines[4:] == [b""]


@given(stored_entries)
def test_a_segment_reads_back_with_its_signature_and_its_chain(entries):
    segment = read_segment(unpack(pack(segment_of(entries))))

    assert list(segment.entries) == entries
    assert segment.is_signed_with(SECRET)
    assert not segment.is_signed_with(bytes(32))
    assert segment.hashes()[-1] == segment.header.head


@given(stored_entries, st.data())
def test_a_segment_cut_anywhere_is_refused(entries, data):
    whole = segment_of(entries)
    cut = data.draw(st.integers(0, len(whole) - 1))

    with pytest.raises(SegmentError):
        read_segment(whole[:cut])


@given(stored_entries, st.data())
def test_any_changed_byte_breaks_framing_signature_or_chain(entries, data):
    whole = bytearray(segment_of(entries))
    place = data.draw(st.integers(0, len(whole) - 1))
    whole[place] ^= data.draw(st.integers(1, 255))

    try:
        segment = read_segment(bytes(whole))
    except SegmentError:
        return
    assert not segment.is_signed_with(SECRET)


def test_a_journals_first_segment_begins_where_its_id_says():
    other = segment_of([b"{}"], prev=bytes(32))

    with pytest.raises(SegmentError, match="its own id"):
        read_segment(other).hashes()


def test_a_bomb_is_not_unpacked():
    bomb = gzip.compress(bytes(LARGEST_SEGMENT_BYTES * 20))

    with pytest.raises(SegmentTooLargeError):
        unpack(bomb)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"\x1f\x8b\x08broken"])
def test_what_is_no_gzip_is_refused(data):
    with pytest.raises(SegmentError):
        unpack(data)


def test_a_file_holds_one_gzip_member_a_segment():
    segments = [segment_of([b"{}"]), segment_of([b'{"a":1}', b"{}"])]

    found = list(unpack_file(b"".join(map(pack, segments))))

    assert found == segments


def test_a_file_that_ends_too_early_gives_its_whole_segments_first():
    segments = [segment_of([b"{}"]), segment_of([b'{"a":1}'])]
    data = b"".join(map(pack, segments))[:-9]

    found = []
    with pytest.raises(SegmentError, match="middle of a segment"):
        found.extend(unpack_file(data))
    for_sure = unpack_file(data)
    assert next(for_sure) == segments[0]


def test_a_segment_takes_no_more_than_fits():
    small = fit(b"{}" for _ in range(5_000))
    large = fit(b"x" * 60_000 for _ in range(1_000))

    assert len(small) == 1_000
    assert len(segment_of(large)) <= LARGEST_SEGMENT_BYTES
    assert len(large) > 60


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("first", 0),
        ("first", True),
        ("first", 10**30),
        ("count", "2"),
        ("count", 1.0),
        ("journal", 7),
        ("prev", "zz"),
        ("head", "é" * 64),
        ("lapak_segment", 2),
    ],
)
def test_a_header_with_a_wrong_field_is_refused(field, value):
    lines = segment_of([b"{}"]).split(b"\n")
    header = {**json.loads(lines[0]), field: value}
    data = b"\n".join([json.dumps(header).encode(), *lines[1:]])

    with pytest.raises(SegmentError):
        read_segment(data)
