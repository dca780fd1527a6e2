import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.entries import (
    LARGEST_ENTRY_BYTES,
    Entry,
    EntryNotReadableError,
    EntryTooLargeError,
    Operator,
    Sealed,
    find_fault,
    first_prev,
    read_entry,
    seal,
)

JOURNAL = "019aa000-0000-7000-8000-000000000001"

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**18), 10**18) | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=8,
)
bodies = st.dictionaries(words, plain, max_size=4)


def entry(seq=1, body=None, **changes):
    facts = {
        "kind": "sale",
        "seq": seq,
        "id": "019aa000-0000-7000-8000-00000000000a",
        "at": "2026-11-20T10:42:00.000+07:00",
        "by": Operator("019aa000-0000-7000-8000-00000000000b", "Rina"),
        "approved_by": None,
        "till": "K03",
        "body": {} if body is None else body,
    }
    return Entry(**{**facts, **changes})


def sealed_journal(entry_bodies):
    prev = first_prev(JOURNAL)
    journal = []
    for seq, body in enumerate(entry_bodies, start=1):
        stored = entry(seq, body).stored_bytes()
        prev = seal(prev, stored)
        journal.append(Sealed(seq, stored, prev))
    return journal


def test_an_entry_is_stored_exactly_as_the_format_says():
    stored = entry(7, {"b": [1, "é"], "a": None}).stored_bytes()

    assert stored.decode() == (
        '{"approved_by":null,"at":"2026-11-20T10:42:00.000+07:00","body":{"a":null,"b":[1,"é"]},'
        '"by":{"id":"019aa000-0000-7000-8000-00000000000b","name":"Rina"},'
        '"id":"019aa000-0000-7000-8000-00000000000a","kind":"sale","seq":7,"till":"K03","v":1}'
    )


def test_the_first_hash_follows_from_the_journals_own_id():
    prev = hashlib.sha256(b"lapak journal v1\n" + JOURNAL.encode()).digest()

    assert first_prev(JOURNAL) == prev
    assert seal(prev, b"{}") == hashlib.sha256(prev + b"{}").digest()


@given(bodies)
def test_an_entry_reads_back_as_it_was_written(body):
    written = entry(3, body)

    assert read_entry(written.stored_bytes()) == written


@pytest.mark.parametrize("body", [{"x": 1.5}, {"x": [float("nan")]}, {"x": {"y": float("inf")}}])
def test_a_fraction_is_never_sealed(body):
    with pytest.raises(ValueError, match="floats"):
        entry(body=body).stored_bytes()


def test_an_entry_above_64_kib_is_refused():
    with pytest.raises(EntryTooLargeError):
        entry(body={"note": "x" * LARGEST_ENTRY_BYTES}).stored_bytes()


@pytest.mark.parametrize(
    "stored",
    [
        b"",
        b"\xff",
        b"[]",
        b'"sale"',
        b"{" * 5_000,
        b'{"v":1}',
        entry().stored_bytes().replace(b'"v":1', b'"v":2'),
        entry().stored_bytes().replace(b'"v":1', b'"v":true'),
        entry().stored_bytes().replace(b'"seq":1', b'"seq":1.5'),
        entry().stored_bytes().replace(b'"seq":1', b'"seq":0'),
        entry().stored_bytes().replace(b'"body":{}', b'"body":[]'),
        entry().stored_bytes().replace(b'"name":"Rina"', b'"name":1'),
    ],
)
def test_bytes_that_are_no_entry_say_so(stored):
    with pytest.raises(EntryNotReadableError):
        read_entry(stored)


@given(st.lists(bodies, max_size=8))
def test_an_untouched_journal_has_no_fault(entry_bodies):
    assert find_fault(JOURNAL, sealed_journal(entry_bodies)) is None


@given(st.lists(bodies, min_size=1, max_size=6), st.data())
def test_a_changed_entry_is_found_at_its_place(entry_bodies, data):
    journal = sealed_journal(entry_bodies)
    place = data.draw(st.integers(0, len(journal) - 1))
    old = journal[place]
    document = json.loads(old.stored)
    document["body"] = {**document["body"], "total_rp": 1, "changed": True}
    changed = json.dumps(document, sort_keys=True, separators=(",", ":")).encode()
    journal[place] = Sealed(old.seq, changed, old.hash)

    fault = find_fault(JOURNAL, journal)

    assert fault is not None
    assert fault.seq == old.seq


@given(st.lists(bodies, min_size=2, max_size=6), st.data())
def test_a_removed_entry_is_found_at_its_place(entry_bodies, data):
    journal = sealed_journal(entry_bodies)
    place = data.draw(st.integers(0, len(journal) - 2))
    del journal[place]

    fault = find_fault(JOURNAL, journal)

    assert fault is not None
    assert fault.seq == place + 1


@given(st.lists(bodies, min_size=2, max_size=6), st.data())
def test_two_entries_that_changed_places_are_found(entry_bodies, data):
    journal = sealed_journal([{**body, "n": n} for n, body in enumerate(entry_bodies)])
    place = data.draw(st.integers(0, len(journal) - 2))
    first, second = journal[place], journal[place + 1]
    journal[place] = Sealed(first.seq, second.stored, first.hash)
    journal[place + 1] = Sealed(second.seq, first.stored, second.hash)

    fault = find_fault(JOURNAL, journal)

    assert fault is not None
    assert fault.seq == place + 1


def test_an_entry_that_says_it_stands_elsewhere_is_found_though_its_hash_is_right():
    stored = entry(5).stored_bytes()
    journal = [Sealed(1, stored, seal(first_prev(JOURNAL), stored))]

    fault = find_fault(JOURNAL, journal)

    assert fault is not None
    assert "says it is entry 5" in fault.fact
