"""The evening of an event: what it comes to so far, beside earlier ones as far in, and who is missing.

Hours are those of the roll-ups: compared is what every event had after as many whole hours.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from kiosk.clock import WIB, Clock
from kiosk.domain.money import Rupiah
from kiosk.hub.services.campaigns import NotFoundError
from kiosk.hub.storage.events import EventPlan, list_events
from kiosk.hub.storage.imports import Counted, figures_by
from kiosk.hub.storage.store import Store
from kiosk.hub.storage.vendors import Vendor, list_vendors


@dataclass(frozen=True, slots=True)
class Compared:
    """An earlier event: what it had as many hours in, and in the end.

    `change_percent` is what tonight is above or below it, None where it had nothing then.
    """

    event: EventPlan
    then: Counted
    whole: Counted
    change_percent: int | None


@dataclass(frozen=True, slots=True)
class Evening:
    """An event's figures now; `hours` are the whole hours since it began, None once it is over.

    `so_far` is what it had after those hours, which is what is compared.
    """

    event: EventPlan
    counted: Counted
    hours: int | None
    so_far: Counted
    earlier: list[Compared]
    absent: list[Vendor]
    vendors: int

    @property
    def target_percent(self) -> int:
        """How much of the event's target is reached, 0 where it has none."""
        target = self.event.target_rp or Rupiah(0)
        return self.counted.omzet_rp * 100 // target if target else 0


def open_evening(
    store: Store, clock: Clock, campaign_id: str, event_id: str = ""
) -> Evening | None:
    """Give an event's evening: the one named, else the last that began; None where none did.

    Raises NotFoundError for an event that the campaign has not.
    """
    now = clock.now()
    with store.read() as connection:
        events = list_events(connection, campaign_id)
        event = _chosen(events, event_id, now)
        if event is None:
            return None
        by_hour = _by_event(connection, campaign_id)
        sold = figures_by(connection, campaign_id, ("vendor",), event=event.id)
        vendors = [one for one in list_vendors(connection, campaign_id) if one.active]
    absent = [one for one in vendors if sold.get((one.id,), Counted()) == Counted()]
    hours = _hours_in(event, now)
    so_far = _after(by_hour, event, hours)
    earlier = [
        _compared(by_hour, one, hours, so_far)
        for one in events
        if _begins(one) < _begins(event) and by_hour.get(one.id)
    ]
    return Evening(
        event, _after(by_hour, event, None), hours, so_far, earlier, absent, len(vendors)
    )


def _chosen(events: Sequence[EventPlan], event_id: str, now: datetime) -> EventPlan | None:
    if event_id:
        found = next((one for one in events if one.id == event_id), None)
        if found is None:
            raise NotFoundError
        return found
    return max((one for one in events if _begins(one) <= now), key=_begins, default=None)


def _begins(event: EventPlan) -> datetime:
    return min(event.bazaar_start, event.online_start or event.bazaar_start)


def _hours_in(event: EventPlan, now: datetime) -> int | None:
    ends = max(event.bazaar_end, event.online_end or event.bazaar_end)
    if now >= ends:
        return None
    return max(0, int((now - _begins(event)) / timedelta(hours=1)))


def _by_event(connection: Connection, campaign_id: str) -> dict[str, dict[str, Counted]]:
    found: dict[str, dict[str, Counted]] = {}
    for (event, hour), counted in figures_by(connection, campaign_id, ("event", "hour")).items():
        found.setdefault(event, {})[hour] = counted
    return found


def _after(
    by_hour: Mapping[str, Mapping[str, Counted]], event: EventPlan, hours: int | None
) -> Counted:
    """Give what an event had so many hours after it began, None for all of it.

    What has no hour (nobody paid it at a time) counts in the end alone.
    """
    of_event = by_hour.get(event.id, {})
    if hours is None:
        return sum(of_event.values(), Counted())
    until = (_begins(event) + timedelta(hours=hours)).astimezone(WIB)
    last = f"{until:%Y-%m-%dT%H}"
    return sum((one for hour, one in of_event.items() if hour and hour < last), Counted())


def _compared(
    by_hour: Mapping[str, Mapping[str, Counted]],
    event: EventPlan,
    hours: int | None,
    tonight: Counted,
) -> Compared:
    then = _after(by_hour, event, hours)
    change = (tonight.omzet_rp - then.omzet_rp) * 100
    percent = None if then.omzet_rp <= 0 else round(change / then.omzet_rp)
    return Compared(event, then, _after(by_hour, event, None), percent)
