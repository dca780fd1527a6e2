"""Events: their bazaar and online windows, their receipt words, and windows that overlap.

An online line belongs to the event whose online window holds its payment time; where
windows overlap the latest start wins, and saving says so.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from kiosk.clock import Clock, stamp, stamp_utc
from kiosk.domain.qris import read_static
from kiosk.errors import N_
from kiosk.hub.services.campaigns import FieldError, NotFoundError
from kiosk.hub.services.changes import audit_change
from kiosk.hub.services.projection import recount
from kiosk.hub.storage.campaigns import find_campaign, instant
from kiosk.hub.storage.events import (
    EventPlan,
    event_as_row,
    find_event,
    insert_event,
    list_events,
    update_event,
)
from kiosk.hub.storage.imports import rewrite_orders
from kiosk.hub.storage.late_sales import recount_late
from kiosk.hub.storage.orders import OnlineOrder
from kiosk.hub.storage.store import Store

# The coarsest step that leaves no coin in circulation unused.
LARGEST_ROUNDING_RP = 1000


class BazaarWindowError(FieldError):
    """A bazaar ends before it begins."""

    field = "bazaar_end"

    def __init__(self) -> None:
        super().__init__(N_("The bazaar ends before it begins. Choose a later end."))


class OnlineWindowIncompleteError(FieldError):
    """An online window has a start without an end, or the other way about."""

    def __init__(self, missing: str) -> None:
        self.field = missing
        super().__init__(
            N_("Give start and end of the online window, or leave both empty for none.")
        )


class OnlineWindowError(FieldError):
    """An online window ends before it begins."""

    field = "online_end"

    def __init__(self) -> None:
        super().__init__(N_("The online window ends before it begins. Choose a later end."))


class RoundingError(FieldError):
    """A step that cash is not rounded to."""

    field = "cash_rounding_rp"

    def __init__(self) -> None:
        super().__init__(N_("Cash is rounded down to at most Rp1.000. Choose a smaller step."))


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two online windows that share some time, and which event counts it."""

    winner: EventPlan
    other: EventPlan


def check_event(event: EventPlan) -> None:
    """Refuse an event that cannot be: raises FieldError, or QrisError for its code."""
    if event.bazaar_start >= event.bazaar_end:
        raise BazaarWindowError
    if (event.online_start is None) != (event.online_end is None):
        raise OnlineWindowIncompleteError("online_end" if event.online_start else "online_start")
    if event.online_start and event.online_end and event.online_start >= event.online_end:
        raise OnlineWindowError
    if not 0 <= event.cash_rounding_rp <= LARGEST_ROUNDING_RP:
        raise RoundingError
    if event.qris is not None:
        read_static(event.qris)


def event_at(events: Iterable[EventPlan], instant: datetime) -> EventPlan | None:
    """Give the event whose online window [start, end) holds an instant, or None.

    Of overlapping windows the latest start wins, then the higher id.
    """
    holding = [
        event
        for event in events
        if event.online_start
        and event.online_end
        and event.online_start <= instant < event.online_end
    ]
    return max(holding, key=_precedence, default=None)


def _precedence(event: EventPlan) -> tuple[str, str]:
    return (stamp(event.online_start) if event.online_start else "", event.id)


def overlaps(events: Iterable[EventPlan]) -> list[Overlap]:
    """Find every pair of online windows that share some time."""
    online = [event for event in events if event.online_start and event.online_end]
    online.sort(key=_precedence)
    return [
        Overlap(winner=later, other=earlier)
        for place, later in enumerate(online)
        for earlier in online[:place]
        if later.online_start and earlier.online_end and later.online_start < earlier.online_end
    ]


def campaign_events(store: Store, campaign_id: str) -> list[EventPlan]:
    """Give a campaign's events, the latest bazaar first."""
    with store.read() as connection:
        return list_events(connection, campaign_id)


def open_event(store: Store, campaign_id: str, event_id: str) -> EventPlan:
    """Give one event of a campaign; raises NotFoundError."""
    with store.read() as connection:
        event = find_event(connection, event_id)
    if event is None or event.campaign != campaign_id:
        raise NotFoundError
    return event


def save_event(store: Store, clock: Clock, by: str, event: EventPlan) -> list[Overlap]:
    """Write an event, new or changed, and give the overlaps it is part of.

    Raises what `check_event` raises, and NotFoundError for an unknown campaign.
    """
    every = store.retrying(lambda connection: write_event(connection, clock, by, event))
    return [pair for pair in overlaps(every) if event.id in (pair.winner.id, pair.other.id)]


def write_event(connection: Connection, clock: Clock, by: str, event: EventPlan) -> list[EventPlan]:
    """Do `save_event` within the caller's transaction; gives all of the campaign's events."""
    check_event(event)
    if find_campaign(connection, event.campaign) is None:
        raise NotFoundError
    before = find_event(connection, event.id)
    (insert_event if before is None else update_event)(connection, event)
    audit_change(
        connection,
        clock,
        by,
        "event",
        before=before,
        after=event,
        pack=event_as_row,
        facts={
            "name": event.name,
            "bazaar": f"{stamp(event.bazaar_start)}/{stamp(event.bazaar_end)}",
            "online": f"{stamp(event.online_start)}/{stamp(event.online_end)}"
            if event.online_start and event.online_end
            else "",
            "nmid": read_static(event.qris).nmid if event.qris else "",
            "nmid_before": read_static(before.qris).nmid if before and before.qris else "",
        },
    )
    every = list_events(connection, event.campaign)
    if before is None or _window(before) != _window(event):
        _count_by_windows(connection, event.campaign, every)
    if before and before.bazaar_end != event.bazaar_end:
        recount_late(connection, event.id, stamp_utc(event.bazaar_end))
    if before and before.counts_free_goods != event.counts_free_goods:
        recount(connection, stamp_utc(clock.now()))
    return every


def _window(event: EventPlan) -> tuple[datetime | None, datetime | None]:
    return event.online_start, event.online_end


def _count_by_windows(
    connection: Connection, campaign_id: str, events: Sequence[EventPlan]
) -> None:
    """Put the online orders there are under the events whose windows now hold them."""

    def change(_source: str, order: OnlineOrder) -> OnlineOrder:
        event = event_at(events, instant(order.paid_at)) if order.paid_at else None
        return replace(order, event=event.id if event else "")

    rewrite_orders(connection, campaign_id, change)
