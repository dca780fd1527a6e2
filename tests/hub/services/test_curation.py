"""Ranking: what sells stays, what does not needs help, what ran out is not called weak."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert, select

from kiosk.hub.services.curation import (
    PRODUCTS,
    VENDORS,
    NothingToAcceptError,
    accept,
    ranking,
    save_rule,
    take_back,
)
from kiosk.hub.services.curation_rule import (
    AtEvent,
    Rule,
    RuleNumberError,
    RuleOrderError,
    check_rule,
    judge,
    trend_of,
)
from kiosk.hub.services.ingest import receive_segment
from kiosk.hub.storage import tables
from kiosk.hub.storage.scope import Scope
from tests.hub.services.building import (
    CAMPAIGN,
    EVENT,
    KEYS,
    PRODUCT,
    VENDOR,
    Journal,
    line,
    sale,
    set_up,
)

SECOND_EVENT = "00000000-0000-7000-8000-0000000000e2"
OTHER = "00000000-0000-7000-8000-0000000000b2"


def seen(*amounts, ran_out=()):
    return [AtEvent(amount, n in ran_out) for n, amount in enumerate(amounts)]


@pytest.mark.parametrize(
    ("events", "proposal", "reason"),
    [
        (seen(9), "early", "few_events"),
        (seen(5, 5), "stay", "sells"),
        (seen(1, 1, ran_out=(0,)), "stay", "ran_out"),
        (seen(1, 1, 1, ran_out=(0,)), "watch", "ran_out_once"),
        (seen(3, 2), "watch", "between"),
        (seen(0, 3), "watch", "rising"),
        (seen(2, 1), "help", "weak"),
        (seen(0, 0, 0, 0), "help", "weak"),
    ],
)
def test_a_judgement_says_what_and_why(events, proposal, reason):
    found = judge(events, 5, 2, Rule())

    assert (found.proposal, found.reason) == (proposal, reason)


@given(
    amounts=st.lists(st.integers(0, 1000), min_size=2, max_size=8),
    more=st.integers(1, 1000),
    place=st.integers(0, 7),
)
def test_whoever_sells_more_is_never_judged_worse(amounts, more, place):
    order = {"help": 0, "watch": 1, "stay": 2}
    better = list(amounts)
    better[-1 - place % (len(amounts) // 2)] += more

    before, after = (judge(seen(*one), 50, 20, Rule()) for one in (amounts, better))

    assert order[after.proposal] >= order[before.proposal]


@given(st.lists(st.integers(0, 1000), max_size=8))
def test_a_trend_turned_round_is_the_other_one(amounts):
    turned = {"rising": "falling", "falling": "rising", "steady": "steady"}

    found = trend_of(amounts, 0)

    assert trend_of(amounts[::-1], 0) == turned[found]


def test_a_rule_that_cannot_be_is_refused_at_its_number():
    for rule in (replace(Rule(), events=0), replace(Rule(), least_events=5)):
        with pytest.raises(RuleNumberError):
            check_rule(rule)
    with pytest.raises(RuleOrderError):
        check_rule(replace(Rule(), keep_units=2))


@pytest.fixture
def two_bazaars(store, clock):
    """Two bazaars that are over: one product sold at both, the other never."""
    set_up(store)
    with store.begin() as connection:
        for table, id_, changes in (
            (tables.events, SECOND_EVENT, {"bazaar_start": "2026-11-19T00:00:00.000+00:00"}),
            (tables.products, OTHER, {"sku": "JHE-1", "name": "Jahe"}),
        ):
            one = EVENT if table is tables.events else PRODUCT
            row = connection.execute(select(table).where(table.c.id == one)).mappings().one()
            connection.execute(insert(table).values({**row, "id": id_, **changes}))
    clock.go_on(days=1)
    journal = Journal()
    journal.add("sale", sale([line(qty=6)]))
    journal.add("sale", sale([line(qty=5)], event=SECOND_EVENT))
    receive_segment(store, clock, KEYS, journal.segment())
    store.journal = journal
    return store


def judged(store, clock, kind=PRODUCTS):
    rows = ranking(store, clock, CAMPAIGN, kind).rows
    return {row.name: row for row in rows}


def test_products_are_judged_over_the_events_that_had_their_vendor(two_bazaars, clock):
    found = judged(two_bazaars, clock)

    assert list(found) == ["Wedang uwuh", "Jahe"]
    assert [row.judgement.proposal for row in found.values()] == ["stay", "help"]
    assert [one.amount for one in found["Wedang uwuh"].seen.values()] == [5, 6]
    vendor = judged(two_bazaars, clock, VENDORS)["Wedang Sari"]
    assert (vendor.judgement.proposal, vendor.omzet_rp) == ("help", 132_000)


def test_what_a_till_called_sold_out_is_not_weak(two_bazaars, clock):
    two_bazaars.journal.add("stock_moved", {"product": OTHER, "move": "sold_out"})
    receive_segment(two_bazaars, clock, KEYS, two_bazaars.journal.segment())

    judgement = judged(two_bazaars, clock)["Jahe"].judgement

    assert (judgement.proposal, judgement.reason) == ("stay", "ran_out")
    seen_by_mentor = two_bazaars.scoped(Scope("kecamatan", "31.74.01"))
    assert judged(seen_by_mentor, clock)["Jahe"].judgement == judgement
    assert judged(two_bazaars.scoped(Scope("kecamatan", "31.74.02")), clock) == {}


def test_an_accepted_proposal_takes_a_product_off_sale_until_it_is_taken_back(two_bazaars, clock):
    row = judged(two_bazaars, clock)["Jahe"]

    decision = accept(two_bazaars, clock, "sari", CAMPAIGN, row, "laku sedikit")

    after = judged(two_bazaars, clock)["Jahe"]
    assert after.accepted.reason == "laku sedikit"
    assert not active(two_bazaars)
    with pytest.raises(NothingToAcceptError):
        accept(two_bazaars, clock, "sari", CAMPAIGN, after, "lagi")
    take_back(two_bazaars, clock, "sari", CAMPAIGN, decision)
    assert active(two_bazaars)
    assert judged(two_bazaars, clock)["Jahe"].accepted is None


def test_another_rule_judges_otherwise(two_bazaars, clock):
    save_rule(two_bazaars, clock, "sari", CAMPAIGN, replace(Rule(), keep_units=9, help_units=0))

    found = judged(two_bazaars, clock)

    assert [row.judgement.proposal for row in found.values()] == ["watch", "watch"]


def active(store):
    with store.read() as connection:
        return connection.scalar(
            select(tables.products.c.active).where(tables.products.c.id == OTHER)
        )


def test_a_vendor_who_needs_help_is_on_the_list_and_sells_on(two_bazaars, clock):
    row = judged(two_bazaars, clock, VENDORS)["Wedang Sari"]

    accept(two_bazaars, clock, "sari", CAMPAIGN, row, "omzet kecil")

    after = judged(two_bazaars, clock, VENDORS)["Wedang Sari"]
    assert after.accepted.vendor == VENDOR
    assert active(two_bazaars)
