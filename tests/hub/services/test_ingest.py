"""Segments arrive: stored verbatim, counted once, whatever happens on the way."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from kiosk.clock import stamp_utc
from kiosk.domain.entries import canonical_json, first_prev
from kiosk.hub.services.entries import open_stored
from kiosk.hub.services.events import open_event, save_event
from kiosk.hub.services.ingest import HeadDisagreesError, SegmentRefusedError, receive_segment
from kiosk.hub.services.opening import open_bazaar
from kiosk.hub.services.projection import rebuild
from kiosk.hub.services.wanted import Asked
from kiosk.hub.storage import tables
from kiosk.hub.storage.devices import journal_states, revoke_device, trust_device
from kiosk.wire.segments import SegmentError
from tests.hub.services.building import (
    CAMPAIGN,
    DEVICE,
    EVENT,
    JOURNAL,
    KEYS,
    MACHINE,
    Journal,
    entry_id,
    line,
    payments_of,
    refund,
    rows_of,
    sale,
    set_up,
    totals_of,
    tray_of,
)

OTHER_JOURNAL = "00000000-0000-7000-8000-000000000002"


@pytest.fixture
def hub(store, clock):
    set_up(store)

    def receive(segment):
        return receive_segment(store, clock, KEYS, segment)

    receive.store = store
    return receive


@pytest.mark.parametrize("confirmed", [False, True])
def test_money_that_goes_back_comes_off_the_state_it_was_in(hub, confirmed):
    journal = Journal()
    sold = journal.add("sale", sale([line(1, 2)], method="qris"))
    if confirmed:
        journal.add("payment_confirmed", {"sale": sold, "n": 1})
    journal.add("refund", refund(sold, [(1, 1, 12_000)], "qris"))

    hub(journal.segment())

    assert payments_of(hub.store) == {("qris", "final" if confirmed else "claimed"): 12_000}


@pytest.mark.parametrize("n", [None, [1], "1", 7])
def test_a_refund_that_names_no_payment_still_counts(hub, n):
    journal = Journal()
    sold = journal.add("sale", sale([line(1, 2)]))
    strange = refund(sold, [(1, 1, 12_000)])
    strange["payments"][0]["n"] = n
    journal.add("refund", strange)

    hub(journal.segment())

    assert totals_of(hub.store) == (1, 12_000)


def test_a_sale_counts_its_pieces_and_what_its_lines_cost(hub):
    journal = Journal()
    journal.add("sale", sale([line(1, 2), line(2, 350, 80_000, "g", 28_000)], rounding_rp=-50))

    receipt = hub(journal.segment())

    assert (receipt.head_seq, receipt.head_hash) == (2, journal.hash_at(2))
    assert (receipt.stored, receipt.skipped, receipt.reviewed) == (2, 0, ())
    assert totals_of(hub.store) == (3, 52_000)
    assert payments_of(hub.store) == {("cash", "final"): 51_950}


def test_every_entry_is_kept_byte_for_byte(hub):
    journal = Journal()
    journal.add("sale", sale())

    hub(journal.segment())

    assert [row[2] for row in rows_of(hub.store, tables.entries)] == journal.stored


def test_a_segment_sent_again_is_answered_with_the_head_and_changes_nothing(hub):
    journal = Journal()
    journal.add("sale", sale())
    hub(journal.segment())

    again = hub(journal.segment())

    assert (again.head_seq, again.stored, again.skipped) == (2, 0, 2)
    assert totals_of(hub.store) == (2, 24_000)


def test_an_overlap_is_skipped_and_the_rest_is_taken(hub):
    journal = Journal()
    journal.add("sale", sale())
    hub(journal.segment())
    journal.add("sale", sale())

    receipt = hub(journal.segment(2, 3))

    assert (receipt.stored, receipt.skipped) == (1, 1)
    assert totals_of(hub.store) == (4, 48_000)


def test_a_gap_is_answered_with_the_hubs_head_and_stores_nothing(hub):
    journal = Journal()
    for _ in range(3):
        journal.add("sale", sale())
    hub(journal.segment(1, 2))

    with pytest.raises(HeadDisagreesError) as refused:
        hub(journal.segment(4, 4))

    assert (refused.value.reason, refused.value.seq) == ("gap", 2)
    assert refused.value.hash == journal.hash_at(2)
    assert totals_of(hub.store) == (2, 24_000)


def test_a_journal_the_hub_never_heard_of_begins_at_its_first_entry(hub):
    journal = Journal()
    journal.add("sale", sale())

    with pytest.raises(HeadDisagreesError) as refused:
        hub(journal.segment(2, 2))

    assert (refused.value.seq, refused.value.hash) == (0, first_prev(journal.id))


@pytest.mark.parametrize("first", [2, 3])
def test_a_copy_that_sold_on_is_a_fork_and_stores_nothing(hub, first):
    journal, copy = Journal(), Journal()
    journal.add("sale", sale())
    copy.add("sale", sale([line(qty=7)]))
    copy.add("sale", sale())
    hub(journal.segment())

    with pytest.raises(HeadDisagreesError) as refused:
        hub(copy.segment(first))

    assert refused.value.reason == "fork"
    assert totals_of(hub.store) == (2, 24_000)


def test_a_forged_segment_and_an_unknown_device_are_told_apart_from_nobody(hub):
    journal = Journal()

    for segment in (
        journal.segment(secret=b"\x00" * 32),
        journal.segment(device=entry_id(99)),
        journal.segment(device="\x00'; --"),
    ):
        with pytest.raises(SegmentRefusedError) as refused:
            hub(segment)
        assert (refused.value.status, refused.value.reason) == (401, "unknown_device")

    assert rows_of(hub.store, tables.journals) == []


def test_a_journal_of_another_installation_is_refused(hub):
    journal = Journal(installation=entry_id(77))

    with pytest.raises(SegmentRefusedError) as refused:
        hub(journal.segment())

    assert (refused.value.status, refused.value.reason) == (403, "not_bound")


def test_a_training_journal_is_refused(hub):
    with pytest.raises(SegmentRefusedError) as refused:
        hub(Journal(training=True).segment())

    assert (refused.value.status, refused.value.reason) == (403, "training")


def test_a_journal_that_does_not_say_whose_it_is_is_refused(hub):
    journal = Journal(stored=[b"{}"])

    with pytest.raises(SegmentRefusedError):
        hub(journal.segment())


def test_an_entry_changed_on_the_way_is_refused_whole(hub):
    journal = Journal()
    journal.add("sale", sale())
    segment = journal.segment().replace(b'"qty":2', b'"qty":3')

    with pytest.raises(SegmentRefusedError):
        hub(segment)


def test_a_segment_cut_off_anywhere_is_a_framing_error(hub):
    journal = Journal()
    journal.add("sale", sale())
    whole = journal.segment()

    for length in range(0, len(whole) - 1, 97):
        with pytest.raises(SegmentError):
            hub(whole[:length])

    assert rows_of(hub.store, tables.entries) == []


STRANGE = {
    "no JSON": (b"\xff\xfe{", "unreadable"),
    "deep JSON": (b"[" * 30_000, "unreadable"),
    "a version of tomorrow": (canonical_json({"v": 2}), "unreadable"),
    "a number with 6,000 digits": (b'{"v":' + b"9" * 6_000 + b"}", "unreadable"),
}


@pytest.mark.parametrize("strange", STRANGE)
def test_a_strange_entry_is_kept_and_reviewed_and_blocks_nobody(hub, strange):
    stored, reason = STRANGE[strange]
    journal = Journal()
    journal.stored.append(stored)
    journal.add("sale", sale())

    receipt = hub(journal.segment())

    assert [(one.seq, one.reason) for one in receipt.reviewed] == [(2, reason)]
    assert tray_of(hub.store) == [(2, reason)]
    assert totals_of(hub.store) == (2, 24_000)


def deep(levels):
    nested = {}
    for _ in range(levels):
        nested = {"a": nested}
    return nested


BODIES = {
    "an empty body": ({}, "body"),
    "an event nobody knows": (sale(event=entry_id(5)), "unknown_event"),
    "lines that do not make the total": ({**sale(), "total_rp": 1}, "unbalanced"),
    "payments that do not": ({**sale(), "payments": []}, "unbalanced"),
    "a huge quantity": (sale([line(qty=10**30)]), "body"),
    "half a piece as text": (sale([{**line(), "qty": "2"}]), "body"),
    "a truth for a number": (sale([{**line(), "qty": True}]), "body"),
    "a negative total": (sale([line(total_rp=-5)]), "body"),
    "two lines of one number": (sale([line(1), line(1)]), "body"),
    "a NUL in a text": (sale([line(product="\x00")]), "unreadable"),
    "a body without bottom": (deep(300), "body"),
}


@pytest.mark.parametrize("body", BODIES)
def test_a_sale_that_cannot_be_counted_is_reviewed(hub, body):
    document, reason = BODIES[body]
    journal = Journal()
    journal.add_raw(body=document)
    journal.add("sale", sale())

    hub(journal.segment())

    assert tray_of(hub.store) == [(2, reason)]
    assert totals_of(hub.store) == (2, 24_000)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"seq": 9}, "seq"),
        ({"seq": 10**400}, "seq"),
        ({"id": "x"}, "id"),
        ({"kind": "Sale!"}, "kind"),
        ({"kind": "market_weather"}, "unknown_kind"),
        ({"at": "yesterday"}, "unreadable"),
        ({"at": "0001-01-01T00:00:00+14:00"}, "unreadable"),
        ({"at": "2026-11-20T10:00:00"}, "unreadable"),
        ({"till": "\x00"}, "unreadable"),
    ],
)
def test_an_entry_with_a_strange_envelope_is_reviewed(hub, change, reason):
    journal = Journal()
    journal.add_raw(**{"body": sale(), **change})

    hub(journal.segment())

    assert tray_of(hub.store) == [(2, reason)]
    assert totals_of(hub.store) == (0, 0)


def test_a_refund_takes_pieces_and_money_off_the_products_of_its_sale(hub):
    journal = Journal()
    sold = journal.add("sale", sale([line(qty=3)]))
    journal.add("refund", refund(sold, [(1, 1, 12_000)]))

    hub(journal.segment())

    assert totals_of(hub.store) == (2, 24_000)
    assert {row[3] for row in rows_of(hub.store, tables.rollups)} == {line()["stall"]}
    assert payments_of(hub.store) == {("cash", "final"): 24_000}


def test_a_refund_that_comes_before_its_sale_moves_onto_its_products(hub):
    early, late = Journal(), Journal(id=OTHER_JOURNAL)
    sold = late.add("sale", sale([line(qty=3)]))
    early.add("refund", refund(sold, [(1, 1, 12_000)]))

    hub(early.segment())
    before = rows_of(hub.store, tables.rollups)
    hub(late.segment())

    assert [row[3:5] + row[7:9] for row in before] == [("", "", 0, -12_000)]
    assert totals_of(hub.store) == (2, 24_000)
    assert "" not in {row[3] for row in rows_of(hub.store, tables.rollups)}


def test_goods_by_weight_come_back_with_their_last_gram(hub):
    journal = Journal()
    sold = journal.add("sale", sale([line(1, 500, 80_000, "g", 40_000)]))
    journal.add("refund", refund(sold, [(1, 200, 16_000)]))
    hub(journal.segment())
    half = totals_of(hub.store)
    journal.add("refund", refund(sold, [(1, 300, 24_000)]))

    hub(journal.segment())

    assert (half, totals_of(hub.store)) == ((1, 24_000), (0, 0))


def test_what_comes_back_beyond_its_sale_is_reviewed_and_still_counts(hub):
    journal = Journal()
    sold = journal.add("sale", sale([line(qty=1)]))
    journal.add("refund", refund(sold, [(1, 1, 12_000)]))
    journal.add("refund", refund(sold, [(1, 1, 12_000)]))

    hub(journal.segment())

    assert tray_of(hub.store) == [(4, "excess")]
    assert totals_of(hub.store) == (-1, -12_000)


def test_claimed_money_stands_apart_until_it_is_confirmed(hub):
    journal = Journal()
    sold = journal.add("sale", sale(method="qris"))
    hub(journal.segment())
    claimed = payments_of(hub.store)
    journal.add("payment_confirmed", {"sale": sold, "n": 1})

    hub(journal.segment())

    assert claimed == {("qris", "claimed"): 24_000}
    assert payments_of(hub.store) == {("qris", "final"): 24_000}


def test_a_changed_payment_moves_to_its_method_or_to_never_received(hub):
    journal = Journal()
    first = journal.add("sale", sale(method="qris"))
    second = journal.add("sale", sale(method="qris"))
    journal.add("payment_changed", {"sale": first, "n": 1, "method": "cash"})
    journal.add("payment_changed", {"sale": second, "n": 1, "method": None})

    hub(journal.segment())

    assert payments_of(hub.store) == {
        ("cash", "final"): 24_000,
        ("qris", "never_received"): 24_000,
    }


def test_goods_given_away_are_units_only_where_the_event_says_so(store, clock):
    set_up(store, counts_free_goods=True)
    journal = Journal()
    journal.add("sale", sale([line(1, 2), line(2, 3, 0)]))

    receive_segment(store, clock, KEYS, journal.segment())

    assert totals_of(store) == (5, 24_000)


def test_a_shift_opens_and_closes_with_its_difference(hub):
    journal = Journal()
    shift = journal.add("shift_opened", {"event": line and sale()["event"], "float_rp": 100_000})
    journal.add("shift_closed", {"shift": shift, "difference_rp": -500})

    hub(journal.segment())

    [row] = rows_of(hub.store, tables.shifts)
    assert row[0] == shift
    assert row[2] == MACHINE
    assert row[4] == "K01"
    assert row[-1] == -500


def test_an_online_order_handed_over_brings_no_money(hub):
    journal = Journal()
    journal.add("pickup", {"order": "581", "source": "shopee"})

    hub(journal.segment())

    assert rows_of(hub.store, tables.rollups) == []
    assert tray_of(hub.store) == []


def test_the_hub_keeps_when_it_heard_a_device_and_how_far_its_clock_is_off(hub):
    hub(Journal().segment())

    [device] = [row for row in rows_of(hub.store, tables.devices) if row[0] == DEVICE]

    assert device[-1] == 5


def test_a_revoked_device_is_unknown_until_it_is_trusted_again_and_what_it_sent_stays(hub):
    journal = Journal()
    journal.add("sale", sale())
    hub(journal.segment(1, 1))
    with hub.store.begin() as connection:
        revoke_device(connection, DEVICE, datetime(2026, 11, 20, tzinfo=UTC))

    with pytest.raises(SegmentRefusedError) as refused:
        hub(journal.segment(2, 2))

    assert refused.value.status == 401
    assert len(rows_of(hub.store, tables.entries)) == 1
    with hub.store.begin() as connection:
        trust_device(connection, DEVICE)
    hub(journal.segment(2, 2))
    assert len(rows_of(hub.store, tables.entries)) == 2


def test_a_sale_that_comes_when_its_bazaar_is_over_is_flagged_and_counts_on_its_event(hub, clock):
    journal = Journal()
    journal.add("sale", sale([line(qty=2)]))
    hub(journal.segment())
    clock.go_on(hours=12)
    late = journal.add("sale", sale([line(qty=3)]))

    hub(journal.segment())
    hub(journal.segment())
    copy = Journal(id=OTHER_JOURNAL, continues={"journal": JOURNAL, "seq": 1, "hash": "0" * 64})
    copy.add("sale", sale([line(qty=3)]), id_=late)
    hub(copy.segment())

    rows = open_bazaar(hub.store, Asked(CAMPAIGN, "event", EVENT)).rows
    opened = [open_stored(hub.store, CAMPAIGN, JOURNAL, seq).is_late for seq in (2, 3)]
    assert (late_sales(hub.store), opened) == (1, [False, True])
    assert [row.late_at for row in rows] == [clock.now(), None]
    assert totals_of(hub.store) == (5, 60_000)


def test_which_sales_came_late_follows_the_end_of_their_bazaar(hub, clock):
    journal = Journal()
    journal.add("sale", sale())
    hub(journal.segment())
    event = open_event(hub.store, CAMPAIGN, EVENT)
    found = []

    for hours in (-1, 1, 0, -1):
        moved = replace(event, bazaar_end=clock.now() + timedelta(hours=hours))
        save_event(hub.store, clock, "sari", moved)
        found.append(late_sales(hub.store))
    rebuild(hub.store, stamp_utc(clock.now()))

    assert [*found, late_sales(hub.store)] == [1, 0, 0, 1, 1]


def late_sales(store):
    with store.read() as connection:
        (state,) = journal_states(connection, CAMPAIGN).values()
    return state.late_sales
