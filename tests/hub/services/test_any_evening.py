"""Whatever happens in whatever order, the roll-ups are what a recount of entries and rows gives."""

import json
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import insert, select

from kiosk.clock import WIB
from kiosk.hub.services.claims import decide_claims, open_claims, undo_claims
from kiosk.hub.services.events import open_event, save_event
from kiosk.hub.services.figures import named_figures
from kiosk.hub.services.import_reading import describe_import, read_file_in
from kiosk.hub.services.import_undo import redo_import, undo_import
from kiosk.hub.services.imports import open_import, take_import
from kiosk.hub.services.ingest import receive_segment
from kiosk.hub.services.merging import campaign_merges, merge_vendors, undo_merge
from kiosk.hub.services.opening import every_bazaar_row, every_online_row, open_rekaps
from kiosk.hub.services.projection import rebuild
from kiosk.hub.services.rekaps import add_rekap, campaign_rekaps, undo_rekap
from kiosk.hub.services.wanted import Asked
from kiosk.hub.storage import tables
from kiosk.hub.storage.rekaps import Rekap
from tests.hub.services.building import (
    CAMPAIGN,
    EVENT,
    KEYS,
    VENDOR,
    Journal,
    line,
    refund,
    rows_of,
    sale,
    set_up,
)
from tests.hub.web.steps import SAMPLES

SECOND = "00000000-0000-7000-8000-000000000002"
TWIN = "00000000-0000-7000-8000-0000000000a9"
TOKOPEDIA = (SAMPLES / "tokopedia_tiktok.csv").read_bytes()
ROLLUPS = (
    tables.rollups,
    tables.event_rollups,
    tables.payment_rollups,
    tables.discount_rollups,
    tables.claimed_sales,
    tables.late_rollups,
    tables.shifts,
)
KEPT = {"audit_trail", "users", "places", "alembic_version"}
FRIDAY = datetime(2026, 11, 20, tzinfo=WIB)
SUMS = ("units", "omzet_rp", "units_final", "omzet_final_rp")


class AnyEvening(RuleBasedStateMachine):
    """Two tills, a marketplace, an organiser; some of it late, some twice, some taken back."""

    store = None
    clock = None
    counted_again = 0

    def __init__(self):
        super().__init__()
        empty(self.store)
        set_up(self.store)
        with self.store.begin() as connection:
            twin = {"id": TWIN, "campaign": CAMPAIGN, "name": "Wedang sari"}
            place = {"kecamatan": "31.74.07", "kelurahan": "31.74.07.1001"}
            connection.execute(insert(tables.vendors).values(**twin, **place))
        self.journals = [Journal(), Journal(id=SECOND)]
        self.sent = [0, 0]
        self.sales = []
        self.decided = []
        self.files = []

    @initialize(qty=st.integers(2, 5), days_old=st.integers(1, 3))
    def begin(self, qty, days_old):
        """Give every sequence something to work on: each kind of sale, a refund, a file."""
        self.sell(0, qty, 12_000, "pcs", VENDOR, "cash", [], sends=True)
        self.sell(1, qty, 500, "g", TWIN, "qris", [], sends=True)
        self.sell(1, qty, 12_000, "pcs", TWIN, "qris", ["preorder"], sends=False)
        self.give_back(1, 0, all_of_it=False)
        self.import_file(qty - 1, days_old)

    @rule(
        till=st.integers(0, 1),
        qty=st.integers(1, 5),
        price_rp=st.sampled_from([0, 500, 12_000]),
        unit=st.sampled_from(["pcs", "g"]),
        stall=st.sampled_from([VENDOR, TWIN]),
        method=st.sampled_from(["cash", "qris"]),
        flags=st.sampled_from([[], ["preorder"]]),
        sends=st.booleans(),
    )
    def sell(self, till, qty, price_rp, unit, stall, method, flags, sends):
        sold = [line(1, qty, price_rp, unit) | {"stall": stall}, line(2, 1)]
        id_ = self.journals[till].add("sale", sale(sold, method=method, flags=flags))
        self.sales.append((id_, qty, price_rp, method))
        if sends:
            self._send(till, self.sent[till] + 1, len(self.journals[till].stored))

    @precondition(lambda self: self.sales)
    @rule(till=st.integers(0, 1), which=st.integers(0, 50), all_of_it=st.booleans())
    def give_back(self, till, which, all_of_it):
        id_, qty, price_rp, method = self.sales[which % len(self.sales)]
        back = qty if all_of_it else 1
        self.journals[till].add("refund", refund(id_, [(1, back, back * price_rp)], method))
        self._send(till, self.sent[till] + 1, len(self.journals[till].stored))

    @precondition(lambda self: self.sales)
    @rule(
        till=st.integers(0, 1),
        which=st.integers(0, 50),
        word=st.sampled_from(["confirmed", "transfer", None]),
    )
    def say_of_payment(self, till, which, word):
        id_ = self.sales[which % len(self.sales)][0]
        if word == "confirmed":
            self.journals[till].add("payment_confirmed", {"sale": id_, "n": 1})
        else:
            self.journals[till].add("payment_changed", {"sale": id_, "n": 1, "method": word})

    @rule(till=st.integers(0, 1), again=st.integers(0, 3), held_back=st.integers(0, 2))
    def upload(self, till, again, held_back):
        last = len(self.journals[till].stored) - held_back
        first = max(1, self.sent[till] + 1 - again)
        if first <= last and last >= self.sent[till]:
            self._send(till, first, last)

    def _send(self, till, first, last):
        segment = self.journals[till].segment(first, last)
        receive_segment(self.store, self.clock, KEYS, segment)
        self.sent[till] = last

    @rule(pieces=st.integers(1, 4), days_old=st.integers(1, 3))
    def import_file(self, pieces, days_old):
        data = TOKOPEDIA.replace(
            b",Default,3,1,25000,75000", b",Default,%d,1,25000,75000" % pieces
        ) + b"\n" * (len(self.files) + 1)
        entry = read_file_in(self.store, self.clock, "sari", CAMPAIGN, "pesanan.csv", data)
        as_of = FRIDAY - timedelta(days=days_old)
        described = describe_import(self.store, self.clock, "sari", entry, as_of, "")
        take_import(self.store, self.clock, "sari", described)
        self.files.append(entry.id)
        self.clock.go_on(minutes=1)

    @precondition(lambda self: self.files)
    @rule(which=st.integers(0, 9))
    def undo_or_redo_file(self, which):
        entry = open_import(self.store, CAMPAIGN, self.files[which % len(self.files)])
        (undo_import if entry.counts else redo_import)(self.store, self.clock, "sari", entry)

    @rule(hours=st.sampled_from([None, (0, 9), (9, 24), (0, 24)]), free=st.booleans())
    def change_event(self, hours, free):
        event = open_event(self.store, CAMPAIGN, EVENT)
        start, end = [FRIDAY + timedelta(hours=one) for one in hours] if hours else (None, None)
        changed = replace(event, online_start=start, online_end=end, counts_free_goods=free)
        save_event(self.store, self.clock, "sari", changed)

    @rule(came=st.booleans())
    def decide(self, came):
        claims = open_claims(self.store, CAMPAIGN).claims[:2]
        if claims:
            word = "final" if came else "never_received"
            keys = [claim.key for claim in claims]
            self.decided += decide_claims(
                self.store, self.clock, "sari", CAMPAIGN, keys, word, "bank"
            )

    @precondition(lambda self: self.decided)
    @rule()
    def undo_decision(self):
        last = self.decided.pop()
        undo_claims(self.store, self.clock, "sari", CAMPAIGN, last.id, batch=False)

    @rule(units=st.integers(1, 9), gives_way=st.booleans(), vendor=st.sampled_from([VENDOR, TWIN]))
    def type_in(self, units, gives_way, vendor):
        words = {"told_by": "Ibu Sari", "note": "nota", "evidence_name": ""}
        figures = {"units": units, "omzet_rp": units * 1_000, "gives_way": gives_way}
        made = {"made_at": self.clock.now(), "made_by": "sari"}
        rekap = Rekap(
            self.clock.new_id(), CAMPAIGN, EVENT, self._standing(vendor), **figures, **words, **made
        )
        add_rekap(self.store, self.clock, "sari", rekap, None, on_top=True)

    @rule(which=st.integers(0, 9))
    def undo_or_redo_typed_in(self, which):
        rekaps = [one for one, _sold in campaign_rekaps(self.store, CAMPAIGN)]
        if rekaps:
            one = rekaps[which % len(rekaps)]
            undo_rekap(self.store, self.clock, "sari", one, undone=one.undone_at is None)

    @rule()
    def merge_or_part(self):
        standing = [
            row.merge for row in campaign_merges(self.store, CAMPAIGN) if not row.merge.undone_at
        ]
        if standing:
            undo_merge(self.store, self.clock, "sari", CAMPAIGN, standing[0].id)
        else:
            merge_vendors(self.store, self.clock, "sari", CAMPAIGN, gone=TWIN, kept=VENDOR)

    def _standing(self, vendor):
        merged = any(not row.merge.undone_at for row in campaign_merges(self.store, CAMPAIGN))
        return VENDOR if merged else vendor

    @invariant()
    def totals_are_what_entries_and_rows_say(self):
        counted = Counter()
        for row in rows_of(self.store, tables.event_rollups):
            counted[row[2]] += row[7] * 1_000_000_000 + row[6]
        expected = recounted(self.store, self.journals, self.sent)

        assert +counted == +expected

    def teardown(self):
        before = {table.name: rows_of(self.store, table) for table in ROLLUPS}
        for group in ("vendor", "event", "hour"):
            for one in named_figures(self.store, CAMPAIGN, group):
                asked = Asked(CAMPAIGN, group, one.key)
                assert opened(self.store, asked) == (one.counted.units, one.counted.omzet_rp)

        rebuild(self.store, "2026-11-21T04:00:00.000+00:00")

        assert {table.name: rows_of(self.store, table) for table in ROLLUPS} == before
        type(self).counted_again += 1


def empty(store):
    with store.begin() as connection:
        for table in reversed(tables.metadata.sorted_tables):
            if table.name not in KEPT:
                connection.execute(table.delete())


def recounted(store, journals, sent):
    """Count by channel from what was sent, from the rows of orders and of paper, and nothing else."""
    entries = [
        json.loads(stored)
        for journal, last in zip(journals, sent, strict=True)
        for stored in journal.stored[:last]
    ]
    free = dict(events_free(store))
    sales = {one["id"]: one["body"] for one in entries if one["kind"] == "sale"}
    found = Counter()
    back = Counter()
    for body in sales.values():
        channel = "preorder" if body["flags"] else "bazaar"
        for one in body["lines"]:
            pieces = 1 if one["unit"] == "g" else one["qty"]
            counts = one["total_rp"] > 0 or free[body["event"]]
            found[channel] += one["total_rp"] * 1_000_000_000 + pieces * counts
    for one in entries:
        if one["kind"] != "refund":
            continue
        body = sales.get(one["body"]["sale"])
        channel = "preorder" if body and body["flags"] else "bazaar"
        for part in one["body"]["lines"]:
            found[channel] -= part["amount_rp"] * 1_000_000_000
            sold = body and body["lines"][part["n"] - 1]
            if sold and (sold["total_rp"] > 0 or free[body["event"]]):
                key = (one["body"]["sale"], part["n"])
                before, back[key] = back[key], back[key] + part["qty"]
                last_gram = before < sold["qty"] <= back[key]
                found[channel] -= int(last_gram) if sold["unit"] == "g" else part["qty"]
    with store.read() as connection:
        lines = connection.execute(
            select(tables.orders.c.channel, *(tables.order_lines.c[name] for name in SUMS)).join(
                tables.orders,
                (tables.orders.c.campaign == tables.order_lines.c.campaign)
                & (tables.orders.c.source == tables.order_lines.c.source)
                & (tables.orders.c.order_id == tables.order_lines.c.order_id),
            )
        )
        for row in lines:
            found[row.channel] += row.omzet_rp * 1_000_000_000 + row.units
    for one, sold in campaign_rekaps(store, CAMPAIGN):
        gives_way = one.gives_way and (sold.units or sold.omzet_rp)
        if one.undone_at is None and not gives_way:
            found["rekap"] += one.omzet_rp * 1_000_000_000 + one.units
    return found


def events_free(store):
    with store.read() as connection:
        rows = connection.execute(select(tables.events.c.id, tables.events.c.counts_free_goods))
        return [(row.id, bool(row.counts_free_goods)) for row in rows]


def opened(store, asked):
    """Add up what a figure opens to."""
    rows = [*every_bazaar_row(store, asked), *every_online_row(store, asked)]
    rows += open_rekaps(store, asked)
    return sum(row.units for row in rows), sum(row.omzet_rp for row in rows)


def test_totals_are_right_after_any_sequence_of_an_evening(store, clock):
    machine = type("Evening", (AnyEvening,), {"store": store, "clock": clock})

    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=6,
            stateful_step_count=16,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )

    assert machine.counted_again >= 6


def test_a_typed_in_total_gives_way_to_the_tills_of_the_one_it_was_merged_into(store, clock):
    evening = type("Evening", (AnyEvening,), {"store": store, "clock": clock})()
    evening.sell(0, 1, 12_000, "pcs", VENDOR, "cash", [], sends=True)
    evening.type_in(3, True, TWIN)
    counted_apart = totals_by_channel(store)

    evening.merge_or_part()
    counted_as_one = totals_by_channel(store)
    evening.totals_are_what_entries_and_rows_say()
    evening.merge_or_part()

    assert counted_apart["rekap"] == 3
    assert counted_as_one["rekap"] == 0
    assert totals_by_channel(store) == counted_apart
    evening.teardown()


def test_what_came_back_beyond_its_sale_leaves_no_empty_row_where_it_is_moved(store, clock):
    evening = type("Evening", (AnyEvening,), {"store": store, "clock": clock})()
    evening.sell(0, 1, 12_000, "pcs", VENDOR, "cash", [], sends=True)
    evening.sell(0, 2, 12_000, "pcs", TWIN, "cash", [], sends=True)
    evening.give_back(0, 1, all_of_it=True)
    evening.give_back(0, 1, all_of_it=False)

    evening.merge_or_part()

    evening.teardown()


def totals_by_channel(store):
    units = Counter()
    for row in rows_of(store, tables.event_rollups):
        units[row[2]] += row[6]
    return units
