"""Claimed payments: QRIS that a cashier saw announced and nobody has confirmed yet.

A till may say what became of one, in its journal; an organiser may, from the bank's list,
as a decision that is written down here, counts at once and can be taken back. What a till
said comes before it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from kiosk.clock import WIB, Clock
from kiosk.domain.money import Rupiah, total
from kiosk.errors import N_, KioskError
from kiosk.hub.services.accounts import audit
from kiosk.hub.services.campaigns import NotFoundError
from kiosk.hub.services.effects import EventTerms, SaleGroup, said_of_payments
from kiosk.hub.services.projection import count_decided, read_events, sale_groups
from kiosk.hub.services.wanted import searching, word_of
from kiosk.hub.storage.claim_decisions import (
    NEVER_RECEIVED,
    RECEIVED,
    ClaimDecision,
    batch_of,
    find_standing,
    insert_decisions,
    last_decisions,
    undo_decision,
)
from kiosk.hub.storage.claims import find_claimed
from kiosk.hub.storage.store import Store

MOST_SALES: Final = 200
MOST_DECISIONS: Final = 200
LONGEST_EVIDENCE: Final = 200
MOST_SALES_TRAILED: Final = 50


class NothingChosenError(KioskError):
    """A decision about no payment, or about payments that wait no longer."""

    def __init__(self) -> None:
        super().__init__(
            N_("Tick at least one payment that still waits. What waits may have changed meanwhile.")
        )


class DecisionUnknownError(KioskError):
    """A decision that cannot be taken."""

    def __init__(self) -> None:
        super().__init__(N_("Choose whether the payments came or never came."))


@dataclass(frozen=True, slots=True)
class Claim:
    """One claimed payment: on which machine and till, of which sale, and when."""

    sale: str
    n: int
    journal: str
    seq: int
    event: str
    at: datetime
    machine: str
    till: str
    number: str
    method: str
    reference: str
    amount_rp: Rupiah

    @property
    def key(self) -> str:
        """The payment as a form names it."""
        return f"{self.sale}:{self.n}"


@dataclass(frozen=True, slots=True)
class Claims:
    """Some claimed payments, the newest first; `more` is the sale to go on before, '' at the end."""

    claims: list[Claim]
    more: str


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision with what it was about."""

    decision: ClaimDecision
    number: str
    amount_rp: Rupiah
    # What a till said since; then the decision says nothing any more.
    overtaken: bool


def open_claims(
    store: Store,
    campaign_id: str,
    *,
    event: str = "",
    search: str = "",
    before: str = "",
    most: int = MOST_SALES,
) -> Claims:
    """Give the claimed payments of at most `most` sales, of an event or of all."""
    with store.read() as connection:
        found, more = find_claimed(
            connection,
            campaign_id,
            event=event,
            before=before,
            most=most,
            wanted=searching(connection, search),
        )
        groups = sale_groups(connection, [one.sale for one in found], read_events(connection))
    claims = [claim for one in found for claim in _claims(groups[one.sale], one.machine)]
    return Claims(claims, more)


def _claims(group: SaleGroup, machine: str = "") -> list[Claim]:
    """Give the payments of a sale that are claimed still; `machine` is who sent it."""
    sale, said = group.sale, said_of_payments(group)
    if sale is None:
        return []
    return [
        Claim(
            sale.id,
            payment["n"],
            sale.place.journal,
            sale.place.seq,
            sale.body["event"],
            datetime.fromisoformat(sale.at).astimezone(WIB),
            machine,
            sale.till or "",
            word_of(sale.body.get("number")),
            said[payment["n"]][0],
            word_of(payment.get("reference")),
            Rupiah(payment["amount_rp"]),
        )
        for payment in sale.body["payments"]
        if said[payment["n"]][1] == "claimed"
    ]


def decide_claims(
    store: Store,
    clock: Clock,
    by: str,
    campaign_id: str,
    keys: Sequence[str],
    decision: str,
    evidence: str,
) -> list[ClaimDecision]:
    """Say of claimed payments (`sale:n`) that they came, or never came; gives what was written.

    Those that wait no longer are passed over; raises NothingChosenError where none is left,
    and DecisionUnknownError.
    """
    if decision not in {RECEIVED, NEVER_RECEIVED}:
        raise DecisionUnknownError
    wanted = set(keys)

    def decide(connection: Connection) -> list[ClaimDecision]:
        claims = _waiting(connection, campaign_id, wanted)
        now = clock.now()
        rows = [
            ClaimDecision(clock.new_id(), one.sale, one.n, decision, evidence, now, by)
            for one in claims
        ]
        count_decided(
            connection, {one.sale for one in claims}, lambda: insert_decisions(connection, rows)
        )
        facts = {
            "decision": decision,
            "evidence": evidence,
            "payments": len(rows),
            "amount_rp": total(one.amount_rp for one in claims),
            "sales": sorted({one.number for one in claims})[:MOST_SALES_TRAILED],
        }
        audit(connection, clock, by=by, action="payments decided", subject=campaign_id, facts=facts)
        return rows

    return store.retrying(decide)


def _waiting(connection: Connection, campaign_id: str, keys: set[str]) -> list[Claim]:
    """Give those of a campaign's payments (`sale:n`) that wait still.

    Raises NothingChosenError where none does.
    """
    events = read_events(connection)
    groups = sale_groups(connection, {key.partition(":")[0] for key in keys}, events)
    claims = [
        claim
        for group in groups.values()
        if _is_of(group, campaign_id, events)
        for claim in _claims(group)
        if claim.key in keys
    ]
    if not claims:
        raise NothingChosenError
    return claims


def undo_claims(
    store: Store, clock: Clock, by: str, campaign_id: str, decision_id: str, *, batch: bool
) -> int:
    """Take a decision back, or with `batch` all that were taken with it; says how many.

    Raises NotFoundError where it does not stand, or is of another campaign.
    """

    def undo(connection: Connection) -> int:
        decision = find_standing(connection, decision_id)
        if decision is None:
            raise NotFoundError
        rows = batch_of(connection, decision) if batch else [decision]
        events = read_events(connection)
        groups = sale_groups(connection, {one.sale for one in rows}, events)
        if not all(_is_of(group, campaign_id, events) for group in groups.values()):
            raise NotFoundError
        now = clock.now()

        def write() -> None:
            for one in rows:
                undo_decision(connection, one.id, by, now)

        count_decided(connection, groups, write)
        facts = {"decision": decision.decision, "payments": len(rows)}
        audit(
            connection, clock, by=by, action="payments undecided", subject=campaign_id, facts=facts
        )
        return len(rows)

    return store.retrying(undo)


def decided_claims(store: Store, campaign_id: str) -> list[Decided]:
    """Give the last decisions that stand in a campaign, the newest first."""
    with store.read() as connection:
        decisions = last_decisions(connection, MOST_DECISIONS)
        events = read_events(connection)
        groups = sale_groups(connection, {one.sale for one in decisions}, events)
    return [
        _decided(one, groups[one.sale])
        for one in decisions
        if _is_of(groups[one.sale], campaign_id, events)
    ]


def _decided(decision: ClaimDecision, group: SaleGroup) -> Decided:
    assert group.sale is not None
    payments = {one["n"]: one["amount_rp"] for one in group.sale.body["payments"]}
    said = said_of_payments(group).get(decision.n, ("", ""))
    spoken = any(
        link.kind in {"payment_confirmed", "payment_changed"} and link.body.get("n") == decision.n
        for link in group.links
    )
    return Decided(
        decision,
        word_of(group.sale.body.get("number")),
        Rupiah(payments.get(decision.n, 0)),
        overtaken=spoken and said[1] != decision.decision,
    )


def _is_of(group: SaleGroup, campaign_id: str, events: dict[str, EventTerms]) -> bool:
    return group.sale is not None and events[group.sale.body["event"]].campaign == campaign_id
