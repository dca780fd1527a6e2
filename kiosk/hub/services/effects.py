"""What entries do to the totals: pure, from their bytes alone, so that it can be taken back.

Entries that speak of one sale (it, its refunds, what became of its payments) are taken
together: what they do depends on which of them there are, never on the order in which
they came. The same holds for a shift's opening and closing.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from kiosk.domain.lines import count_units
from kiosk.hub.services.readings import LARGEST_RP, LONGEST_WORD, Reading

CHANNEL: Final = "bazaar"
OUTSIDE: Final = ""


class EventTerms(NamedTuple):
    """What counting needs of an event."""

    campaign: str
    counts_free_goods: bool


class RollupKey(NamedTuple):
    """Under what a line counts; `hour` is WIB, `2026-11-20T10`."""

    campaign: str
    event: str
    channel: str
    vendor: str
    product: str
    category: str
    hour: str


class PaymentKey(NamedTuple):
    """Under what a payment counts."""

    campaign: str
    event: str
    method: str
    state: str


class DiscountKey(NamedTuple):
    """Under what a discount counts; `bearer` is a vendor or `bazaar`."""

    campaign: str
    event: str
    bearer: str
    reason: str


@dataclass(slots=True)
class Effects:
    """Sums by key. For the bazaar what is sementara is final too, so there is one of each."""

    units: Counter[RollupKey] = field(default_factory=Counter)
    omzet_rp: Counter[RollupKey] = field(default_factory=Counter)
    payments: Counter[PaymentKey] = field(default_factory=Counter)
    amount_rp: Counter[PaymentKey] = field(default_factory=Counter)
    discounts: Counter[DiscountKey] = field(default_factory=Counter)
    discount_rp: Counter[DiscountKey] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class ShiftState:
    """A shift as its opening and closing entries tell it."""

    id: str
    journal: str
    event: str
    till: str
    opened_at: str
    opened_by: str
    closed_at: str | None
    difference_rp: int | None


def count_sale(
    effects: Effects,
    sign: int,
    sale: Reading | None,
    links: Sequence[Reading],
    events: Mapping[str, EventTerms],
) -> list[Reading]:
    """Add what a sale and the entries that speak of it count; gives refunds beyond the sale.

    Without its sale a refund takes its money off its own event, under no product; a word
    on a payment waits. The excess of a refund counts like the rest.
    """
    links = sorted(links, key=lambda link: (link.at, link.id))
    refunds = [link for link in links if link.kind == "refund"]
    said = _said_of_payments(sale, links) if sale else {}
    if sale is not None:
        _count_lines(effects, sign, sale, events)
        _count_payments(effects, sign, sale, said, events)
        _count_discounts(effects, sign, sale, events)
    return _count_refunds(effects, sign, sale, said, refunds, events)


def _count_lines(
    effects: Effects, sign: int, sale: Reading, events: Mapping[str, EventTerms]
) -> None:
    event = sale.body["event"]
    terms = events[event]
    for line in sale.body["lines"]:
        key = _line_key(terms.campaign, event, line, sale.hour)
        if line["total_rp"] or terms.counts_free_goods:
            effects.units[key] += sign * count_units([(line["qty"], line["unit"])])
        effects.omzet_rp[key] += sign * line["total_rp"]


def _line_key(campaign: str, event: str, line: Mapping[str, Any], hour: str) -> RollupKey:
    return RollupKey(
        campaign, event, CHANNEL, line["stall"], line["product"], line["category"], hour
    )


def _said_of_payments(sale: Reading, links: Iterable[Reading]) -> dict[int, tuple[str, str]]:
    """Give each payment's method and state after all that was said of it, by its number."""
    said = {
        payment["n"]: (payment["method"], payment["state"]) for payment in sale.body["payments"]
    }
    for link in links:
        n = link.body.get("n")
        if link.kind == "payment_confirmed" and n in said:
            said[n] = (said[n][0], "final")
        elif link.kind == "payment_changed" and n in said:
            method = link.body.get("method")
            said[n] = (method, "final") if method else (said[n][0], "never_received")
    return said


def _count_payments(
    effects: Effects,
    sign: int,
    sale: Reading,
    said: Mapping[int, tuple[str, str]],
    events: Mapping[str, EventTerms],
) -> None:
    event = sale.body["event"]
    for payment in sale.body["payments"]:
        key = PaymentKey(events[event].campaign, event, *said[payment["n"]])
        effects.payments[key] += sign * (payment["amount_rp"] >= 0)
        effects.amount_rp[key] += sign * payment["amount_rp"]


def _count_discounts(
    effects: Effects, sign: int, sale: Reading, events: Mapping[str, EventTerms]
) -> None:
    """Count what a sale gave, whatever came back of it; what is no discount counts nothing."""
    event = sale.body["event"]
    given = sale.body.get("discounts")
    for one in given if isinstance(given, list) else ():
        match one:
            case {"amount_rp": int(amount_rp), "borne_by": str(bearer), "reason": str(reason)} if (
                0 < amount_rp <= LARGEST_RP
            ):
                key = DiscountKey(
                    events[event].campaign, event, bearer[:LONGEST_WORD], reason[:LONGEST_WORD]
                )
                effects.discounts[key] += sign
                effects.discount_rp[key] += sign * amount_rp


def _count_refunds(
    effects: Effects,
    sign: int,
    sale: Reading | None,
    said: Mapping[int, tuple[str, str]],
    refunds: Iterable[Reading],
    events: Mapping[str, EventTerms],
) -> list[Reading]:
    lines = {line["n"]: line for line in sale.body["lines"]} if sale else {}
    refunded_qty: Counter[int] = Counter()
    beyond = []
    for refund in refunds:
        event = sale.body["event"] if sale else refund.body["event"]
        terms = events[event]
        for part in refund.body["lines"]:
            line = lines.get(part["n"])
            refunded_qty[part["n"]] += part["qty"]
            if line is None:
                key = RollupKey(terms.campaign, event, CHANNEL, "", "", "", refund.hour)
            else:
                key = _line_key(terms.campaign, event, line, refund.hour)
                if line["total_rp"] or terms.counts_free_goods:
                    units = _refunded_units(line, part["qty"], refunded_qty[part["n"]])
                    effects.units[key] -= sign * units
            effects.omzet_rp[key] -= sign * part["amount_rp"]
        for payment in refund.body["payments"]:
            state = _state_paid_back(payment, said)
            paid = PaymentKey(terms.campaign, event, payment["method"], state)
            effects.amount_rp[paid] -= sign * abs(payment["amount_rp"])
        if sale and any(
            part["n"] not in lines or refunded_qty[part["n"]] > lines[part["n"]]["qty"]
            for part in refund.body["lines"]
        ):
            beyond.append(refund)
    return beyond


def _state_paid_back(payment: Mapping[str, Any], said: Mapping[int, tuple[str, str]]) -> str:
    """Say whether money that goes back had come for sure: what was claimed comes off the claimed."""
    n = payment.get("n")
    method, state = said.get(n, ("", "")) if isinstance(n, int) else ("", "")
    return state if method == payment["method"] else "final"


def _refunded_units(line: Mapping[str, Any], qty: int, so_far: int) -> int:
    """Give pieces; of goods by weight one, when the last gram of the line came back."""
    if line["unit"] == "g":
        return int(so_far - qty < line["qty"] <= so_far)
    return qty


def shift_state(opened: Reading | None, closings: Iterable[Reading]) -> ShiftState | None:
    """Give a shift from its entries; without its opening there is none yet."""
    if opened is None:
        return None
    closed = min(closings, key=lambda link: (link.at, link.id), default=None)
    return ShiftState(
        id=opened.id,
        journal=opened.journal,
        event=opened.body["event"],
        till=opened.till or "",
        opened_at=opened.at,
        opened_by=opened.by,
        closed_at=closed.at if closed else None,
        difference_rp=closed.body["difference_rp"] if closed else None,
    )
