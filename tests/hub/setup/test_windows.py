"""Which event an instant belongs to, for all windows."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kiosk.clock import WIB
from kiosk.hub.services.events import event_at, overlaps
from kiosk.hub.storage.events import EventPlan

MIDNIGHT = datetime(2026, 11, 20, tzinfo=WIB)


def event(name, start_hour, hours):
    start = MIDNIGHT + timedelta(hours=start_hour)
    return EventPlan(
        name, "c", name, "", MIDNIGHT, MIDNIGHT + timedelta(hours=10), start, start + timedelta(hours=hours),
        None, None, 0, counts_free_goods=False, receipt_header="", receipt_footer="",
    )  # fmt: skip


events = st.lists(st.tuples(st.integers(0, 100), st.integers(1, 50)), max_size=6).map(
    lambda spans: [event(f"e{n}", start, hours) for n, (start, hours) in enumerate(spans)]
)


def test_a_window_holds_its_start_and_not_its_end():
    friday = event("friday", 0, 24)

    assert event_at([friday], MIDNIGHT) == friday
    assert event_at([friday], MIDNIGHT + timedelta(hours=24)) is None


def test_of_overlapping_windows_the_latest_start_wins():
    long, short = event("long", 0, 48), event("short", 10, 5)

    assert event_at([short, long], MIDNIGHT + timedelta(hours=11)) == short
    assert event_at([short, long], MIDNIGHT + timedelta(hours=20)) == long
    assert [(pair.winner, pair.other) for pair in overlaps([short, long])] == [(short, long)]


@given(events, st.integers(0, 200))
def test_the_order_in_which_events_are_told_decides_nothing(plans, hour):
    instant = MIDNIGHT + timedelta(hours=hour)

    assert event_at(plans, instant) == event_at(plans[::-1], instant)


@given(events, st.integers(0, 200))
def test_two_windows_that_hold_one_instant_are_said_to_overlap(plans, hour):
    instant = MIDNIGHT + timedelta(hours=hour)
    holding = [one for one in plans if one.online_start <= instant < one.online_end]

    pairs = {frozenset((pair.winner.id, pair.other.id)) for pair in overlaps(plans)}

    assert all(
        frozenset((one.id, other.id)) in pairs
        for one in holding
        for other in holding
        if one.id != other.id
    )
