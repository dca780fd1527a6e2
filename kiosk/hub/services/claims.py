"""Claimed payments: QRIS that a cashier saw announced and nobody has confirmed yet.

They are only listed here, with what it takes to find them in a bank's statement. What
becomes of one is said at its till, where the journal is.
"""

from collections import defaultdict
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from kiosk.clock import WIB
from kiosk.domain.money import Rupiah, total
from kiosk.hub.services.effects import EventTerms
from kiosk.hub.services.projection import read_events
from kiosk.hub.services.readings import LONGEST_WORD, Place, Problem, Reading, read
from kiosk.hub.storage.claims import ClaimingSale, claiming_sales
from kiosk.hub.storage.counted import CountedCopy, copies_by_subject
from kiosk.hub.storage.events import list_events
from kiosk.hub.storage.store import Store

MOST_SALES: Final = 1_000
_SETTLING: Final = frozenset({"payment_confirmed", "payment_changed"})


@dataclass(frozen=True, slots=True)
class Claim:
    """One claimed payment: on which machine and till, of which sale, and when."""

    at: datetime
    machine: str
    till: str
    number: str
    method: str
    reference: str
    amount_rp: Rupiah


@dataclass(frozen=True, slots=True)
class EventClaims:
    """The claimed payments of one event, the newest first."""

    event: str
    claims: list[Claim]

    @property
    def amount_rp(self) -> Rupiah:
        """What they come to."""
        return total(claim.amount_rp for claim in self.claims)


def campaign_claims(store: Store, campaign_id: str) -> tuple[list[EventClaims], bool]:
    """Give a campaign's claims by event, and whether older sales were left out.

    At most `MOST_SALES` sales are looked at, the last that arrived.
    """
    with store.read() as connection:
        names = {event.id: event.name for event in list_events(connection, campaign_id)}
        sales = claiming_sales(connection, list(names), MOST_SALES + 1)
        events = read_events(connection)
        settled = {
            (link.subject, link.body["n"])
            for copy in copies_by_subject(connection, (sale.id for sale in sales))
            if isinstance(link := _read(copy, events), Reading) and link.kind in _SETTLING
        }
    by_event: defaultdict[str, list[Claim]] = defaultdict(list)
    for sale in sales[:MOST_SALES]:
        found = _read(sale, events)
        if isinstance(found, Reading):
            by_event[found.body["event"]] += _claims(sale, found, settled)
    listed = [
        EventClaims(names[event], sorted(claims, key=lambda claim: claim.at, reverse=True))
        for event, claims in by_event.items()
        if claims and event in names
    ]
    return listed, len(sales) > MOST_SALES


def _read(copy: ClaimingSale | CountedCopy, events: Mapping[str, EventTerms]) -> Reading | Problem:
    """Read a counted entry; its rank among copies matters to nobody here."""
    return read(copy.stored, Place(copy.journal, copy.seq, b"", 0), events)


def _claims(
    sale: ClaimingSale, found: Reading, settled: Container[tuple[str | None, int]]
) -> Iterator[Claim]:
    """Give the payments of a sale that are claimed still."""
    for payment in found.body["payments"]:
        if payment["state"] == "claimed" and (sale.id, payment["n"]) not in settled:
            yield Claim(
                datetime.fromisoformat(found.at).astimezone(WIB),
                sale.machine,
                found.till or "",
                _word(found.body.get("number")),
                payment["method"],
                _word(payment.get("reference")),
                Rupiah(payment["amount_rp"]),
            )


def _word(value: object) -> str:
    """Give a text of an entry that nothing has checked, '' for what is none."""
    return value[:LONGEST_WORD] if isinstance(value, str) else ""
