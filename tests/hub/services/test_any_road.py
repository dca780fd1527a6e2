"""Whatever road segments take, the hub ends with the same journals and the same totals."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from kiosk.hub.services.ingest import HeadDisagreesError, receive_segment
from kiosk.hub.services.projection import rebuild
from kiosk.hub.storage import tables
from tests.hub.services.building import (
    KEYS,
    Journal,
    entry_id,
    line,
    refund,
    rows_of,
    sale,
    set_up,
    totals_of,
    tray_of,
)

SECOND = "00000000-0000-7000-8000-000000000002"
THIRD = "00000000-0000-7000-8000-000000000003"
COUNTED = (
    tables.rollups,
    tables.event_rollups,
    tables.payment_rollups,
    tables.shifts,
    tables.counted_entries,
)
EMPTIED = (
    tables.rollups,
    tables.event_rollups,
    tables.payment_rollups,
    tables.shifts,
    tables.review_tray,
    tables.counted_entries,
    tables.entries,
    tables.journals,
)
MANY = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture
def hub(store, clock):
    set_up(store)

    def receive(segment):
        return receive_segment(store, clock, KEYS, segment)

    receive.store = store
    return receive


def empty(store):
    with store.begin() as connection:
        for table in EMPTIED:
            connection.execute(delete(table))


def counted(store):
    return {table.name: rows_of(store, table) for table in COUNTED}


def deliver(receive, segments):
    """Send segments until each was taken, as tills do: what is early comes again later."""
    waiting = list(segments)
    while waiting:
        late = []
        for segment in waiting:
            try:
                receive(segment)
            except HeadDisagreesError as error:
                if error.reason != "gap":
                    raise
                late.append(segment)
        assert len(late) < len(waiting)
        waiting = late


def friday():
    """Two machines' journals with everything that speaks of something else, across both."""
    first, second = Journal(), Journal(id=SECOND)
    shift = first.add("shift_opened", {"event": sale()["event"], "day": "2026-11-20"})
    cash = first.add("sale", sale([line(1, 3), line(2, 500, 80_000, "g", 40_000)]))
    qris = second.add("sale", sale(method="qris"))
    first.add("refund", refund(qris, [(1, 1, 12_000)], "qris"))
    second.add("refund", refund(cash, [(1, 1, 12_000)]))
    second.add("refund", refund(cash, [(2, 250, 20_000)]))
    first.add("refund", refund(cash, [(2, 250, 20_000)]))
    first.add("payment_confirmed", {"sale": qris, "n": 1})
    second.add("payment_changed", {"sale": cash, "n": 1, "method": "transfer"})
    first.add_raw(body={"strange": True})
    first.add("shift_closed", {"shift": shift, "difference_rp": 1_000})
    second.add("sale", sale([line(qty=7)]))
    return first, second


@st.composite
def roads(draw, journals):
    """Cuts of each journal, each sent one to five times, in any order."""
    segments = []
    for journal in journals:
        length = len(journal.stored)
        cuts = sorted(draw(st.sets(st.integers(2, length), max_size=4)))
        for first, last in zip([1, *cuts], [*(cut - 1 for cut in cuts), length], strict=True):
            begin = draw(st.integers(1, first))
            segments += [journal.segment(begin, last)] * draw(st.integers(1, 5))
    return draw(st.permutations(segments))


FRIDAY = friday()


@MANY
@given(segments=roads(FRIDAY))
def test_segments_cut_anywhere_sent_often_and_in_any_order_give_the_same_totals(hub, segments):
    empty(hub.store)
    deliver(hub, [journal.segment() for journal in FRIDAY])
    expected = counted(hub.store)
    empty(hub.store)

    deliver(hub, segments)

    assert counted(hub.store) == expected
    heads = {row[0]: (row[2], bytes(row[3])) for row in rows_of(hub.store, tables.journals)}
    assert heads == {
        journal.id: (len(journal.stored), journal.hash_at(len(journal.stored)))
        for journal in FRIDAY
    }


@MANY
@given(segments=roads(FRIDAY))
def test_a_rebuild_gives_what_stood_there_before(hub, segments):
    empty(hub.store)
    deliver(hub, segments)
    before = counted(hub.store)

    rebuild(hub.store, "2026-11-20T04:00:00.000+00:00")

    assert counted(hub.store) == before


def forks():
    """One sale sold under one id with different content in three journals, and doubles of it."""
    root = Journal()
    root.add("sale", sale([line(qty=1)]), entry_id(1))
    root.add("sale", sale([line(qty=2)]), entry_id(2))
    ahead = {"journal": root.id, "seq": 1, "hash": root.hash_at(1).hex()}
    second = Journal(id=SECOND, continues=ahead)
    second.add("sale", sale([line(qty=1)]), entry_id(1))
    second.add("sale", sale([line(qty=50)]), entry_id(2))
    second.add("sale", sale([line(qty=4)]), entry_id(3))
    second.add("payment_changed", {"sale": entry_id(3), "n": 1, "method": "debit"})
    further = {"journal": SECOND, "seq": 2, "hash": second.hash_at(2).hex()}
    third = Journal(id=THIRD, continues=further)
    third.add("sale", sale([line(qty=900)]), entry_id(3))
    third.add("sale", sale([line(qty=2)]), entry_id(2))
    return root, second, third


FORKS = forks()


@MANY
@given(segments=roads(FORKS))
def test_of_a_conflict_the_copy_nearest_the_first_journal_counts_in_any_order(hub, segments):
    empty(hub.store)

    deliver(hub, segments)

    assert totals_of(hub.store) == (1 + 2 + 4, 7 * 12_000)
    assert [(row[0], row[4]) for row in rows_of(hub.store, tables.journals)] == [
        (journal.id, depth) for depth, journal in enumerate(FORKS)
    ]
    assert {reason for _, reason in tray_of(hub.store)} == {"conflict", "fork"}
    before = counted(hub.store)
    rebuild(hub.store, "2026-11-20T04:00:00.000+00:00")
    assert counted(hub.store) == before


def test_the_same_entry_in_a_continued_journal_counts_once(hub):
    root, second, _third = FORKS
    hub(root.segment())

    receipt = hub(second.segment(1, 2))

    assert [one.reason for one in receipt.reviewed] == ["fork"]
    assert totals_of(hub.store) == (3, 36_000)
