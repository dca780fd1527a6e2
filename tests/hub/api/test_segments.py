"""POST /journals/<id>/segments, as docs/api.md promises it."""

import gzip

import pytest

from kiosk.hub.storage import tables
from kiosk.wire.segments import LARGEST_SEGMENT_BYTES, pack, read_segment
from tests.hub.services.building import Journal, entry_id, rows_of, sale, totals_of


@pytest.fixture
def journal():
    made = Journal()
    made.add("sale", sale())
    return made


@pytest.mark.parametrize("gzipped", [False, True])
def test_a_segment_is_answered_with_the_new_head(device, journal, gzipped):
    data = journal.segment()

    answer = (
        device.post(journal.id, pack(data), headers={"Content-Encoding": "gzip"})
        if gzipped
        else device.post(journal.id, data)
    )

    assert answer.status_code == 200
    assert answer.json == {
        "head": {"seq": 2, "hash": journal.hash_at(2).hex()},
        "stored": 2,
        "skipped": 0,
        "review": [],
    }


def test_no_cookie_is_set_and_none_is_needed(device, journal):
    answer = device.send(journal)

    assert "Set-Cookie" not in answer.headers


def test_what_is_strange_comes_back_with_its_reason(device, journal):
    journal.add_raw(body={})

    answer = device.send(journal)

    assert [(one["seq"], one["reason"]) for one in answer.json["review"]] == [(3, "body")]
    assert answer.json["review"][0]["fact"]


def test_a_gap_comes_back_with_the_hubs_head(device, journal):
    answer = device.send(journal, 2)

    assert answer.status_code == 409
    assert answer.json["reason"] == "gap"
    assert answer.json["head"] == {"seq": 0, "hash": journal.hash_at(0).hex()}
    assert answer.json["message"]


def test_a_forged_segment_is_answered_401_and_another_installations_403(device, journal):
    forged = device.post(journal.id, journal.segment(secret=b"\x00" * 32))
    foreign = device.send(Journal(installation=entry_id(7)))

    assert (forged.status_code, forged.json["reason"]) == (401, "unknown_device")
    assert (foreign.status_code, foreign.json["reason"]) == (403, "not_bound")


def test_a_segment_of_another_journal_than_its_address_is_refused(device, journal):
    answer = device.post(entry_id(3), journal.segment())

    assert (answer.status_code, answer.json["reason"]) == (422, "header")


def test_bytes_that_are_no_segment_are_refused_with_a_reason(device, store, journal):
    whole = journal.segment()
    gzip_header = {"Content-Encoding": "gzip"}

    answers = {
        "empty": device.post(journal.id, b""),
        "half": device.post(journal.id, whole[: len(whole) // 2]),
        "no gzip": device.post(journal.id, whole, headers=gzip_header),
        "half a gzip": device.post(journal.id, pack(whole)[:-20], headers=gzip_header),
        "brotli": device.post(journal.id, whole, headers={"Content-Encoding": "br"}),
        "deep": device.post(journal.id, b"[" * 100_000 + b"\n"),
        "huge number": device.post(journal.id, b'{"first":' + b"9" * 5_000 + b"}\n"),
    }

    reasons = {
        name: (answer.status_code, answer.json["reason"]) for name, answer in answers.items()
    }
    assert reasons == {
        "empty": (422, "truncated"),
        "half": (422, "truncated"),
        "no gzip": (422, "gzip"),
        "half a gzip": (422, "truncated"),
        "brotli": (422, "encoding"),
        "deep": (422, "header"),
        "huge number": (422, "header"),
    }
    assert rows_of(store, tables.entries) == []


def test_a_bomb_is_refused_before_it_is_unpacked(device, journal):
    bomb = gzip.compress(b"\n" * (200 * LARGEST_SEGMENT_BYTES // 100))

    answer = device.post(journal.id, bomb, headers={"Content-Encoding": "gzip"})

    assert (answer.status_code, answer.json["reason"]) == (413, "too_large")


def test_more_bytes_than_a_segment_holds_are_refused(device, journal):
    answer = device.post(journal.id, b"x" * (LARGEST_SEGMENT_BYTES + 1))

    assert (answer.status_code, answer.json["reason"]) == (413, "too_large")


def test_the_same_segment_twice_counts_once(device, store, journal):
    device.send(journal)

    again = device.send(journal)

    assert (again.status_code, again.json["skipped"]) == (200, 2)
    assert totals_of(store) == (2, 24_000)


def test_a_restore_reads_back_every_entry_byte_for_byte(device, journal):
    for _ in range(3):
        journal.add("sale", sale())
    device.send(journal)

    answer = device.read(f"/api/v1/journals/{journal.id}/segments?after=2")
    segment = read_segment(answer.data)

    assert segment.is_signed_with(device.secret)
    assert segment.hashes()[-1] == journal.hash_at(5)
    assert list(segment.entries) == journal.stored[2:]
    assert device.read(f"/api/v1/journals/{journal.id}/segments?after=5").status_code == 204


def test_an_address_that_is_none_is_answered_in_json_too(device):
    answer = device.client.get("/api/v1/nowhere/at/all")

    assert (answer.status_code, answer.json["reason"]) == (404, "no_such_address")


def test_a_stranger_on_an_open_network_is_turned_away(device, journal):
    answer = device.send(journal, environ_base={"REMOTE_ADDR": "192.0.2.7"})

    assert (answer.status_code, answer.json["reason"]) == (403, "insecure")
