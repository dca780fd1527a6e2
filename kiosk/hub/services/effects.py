"""What entries do to the totals: pure, from their bytes alone, so that it can be taken back.

Entries that speak of one sale (it, its refunds, what became of its payments) are taken
together: what they do depends on which of them there are, never on the order in which
they came. The same holds for a shift's opening and closing.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from kiosk.domain.lines import count_units
from kiosk.hub.services.readings import LARGEST_RP, LONGEST_WORD, Reading

CHANNEL: Final = "bazaar"
# Paid at the bazaar and fetched later; the sale says so by a flag of the same name.
PREORDER: Final = "preorder"
OUTSIDE: Final = ""


class EventTerms(NamedTuple):
    """What counting needs of an event; `bazaar_end` is UTC."""

    campaign: str
    counts_free_goods: bool
    bazaar_end: str


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


class LateKey(NamedTuple):
    """Under what a sale counts that came when its bazaar was over."""

    event: str
    journal: str


@dataclass(slots=True)
class Effects:
    """Sums by key. For the bazaar what is sementara is final too, so there is one of each."""

    units: Counter[RollupKey] = field(default_factory=Counter)
    omzet_rp: Counter[RollupKey] = field(default_factory=Counter)
    payments: Counter[PaymentKey] = field(default_factory=Counter)
    amount_rp: Counter[PaymentKey] = field(default_factory=Counter)
    discounts: Counter[DiscountKey] = field(default_factory=Counter)
    discount_rp: Counter[DiscountKey] = field(default_factory=Counter)
    late: Counter[LateKey] = field(default_factory=Counter)


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


class LinePart(NamedTuple):
    """What one line of a sale, or of a refund, counts; `of` is the entry that says so.

    `line` is the sale's line, None for a refund whose sale is not known.
    """

    of: Reading
    n: int
    line: Mapping[str, Any] | None
    key: RollupKey
    units: int
    omzet_rp: int


class PaymentPart(NamedTuple):
    """What one payment of a sale, or of a refund, counts; `of` is the entry that says so."""

    of: Reading
    n: int
    key: PaymentKey
    payments: int
    amount_rp: int


class DiscountPart(NamedTuple):
    """What one discount of a sale counts; `line` is the sale's line it came off, None for none."""

    of: Reading
    line: Mapping[str, Any] | None
    key: DiscountKey
    amount_rp: int


@dataclass(frozen=True, slots=True)
class SaleGroup:
    """A sale (None while it is not here) with the entries that speak of it, in their order.

    `decided` is what an organiser said of claimed payments, by number: `final` or
    `never_received`; what a till said of the same payment comes before it.
    """

    sale: Reading | None
    links: Sequence[Reading]
    decided: Mapping[int, str]

    @classmethod
    def of(
        cls, sale: Reading | None, links: Iterable[Reading], decided: Mapping[int, str]
    ) -> "SaleGroup":
        """Give a sale's group; in which order its links came makes no difference."""
        return cls(sale, sorted(links, key=lambda link: (link.at, link.id)), decided)

    @property
    def refunds(self) -> list[Reading]:
        """Give what came back of the sale."""
        return [link for link in self.links if link.kind == "refund"]


def count_sale(
    effects: Effects, sign: int, group: SaleGroup, events: Mapping[str, EventTerms]
) -> list[Reading]:
    """Add what a sale and the entries that speak of it count; gives refunds beyond the sale.

    Without its sale a refund takes its money off its own event, under no product; a word
    on a payment waits. The excess of a refund counts like the rest.
    """
    for part in line_parts(group, events):
        effects.units[part.key] += sign * part.units
        effects.omzet_rp[part.key] += sign * part.omzet_rp
    for paid in payment_parts(group, events):
        effects.payments[paid.key] += sign * paid.payments
        effects.amount_rp[paid.key] += sign * paid.amount_rp
    for given in discount_parts(group, events):
        effects.discounts[given.key] += sign
        effects.discount_rp[given.key] += sign * given.amount_rp
    if group.sale is not None and is_late(group.sale, events):
        effects.late[LateKey(group.sale.body["event"], group.sale.journal)] += sign
    return _beyond(group)


def is_late(sale: Reading, events: Mapping[str, EventTerms]) -> bool:
    """Say whether a sale came when its bazaar was over; it counts on its own event all the same."""
    return sale.place.arrived_at > events[sale.body["event"]].bazaar_end


def line_parts(group: SaleGroup, events: Mapping[str, EventTerms]) -> Iterator[LinePart]:
    """Give what each line of the sale and of its refunds counts."""
    sale = group.sale
    if sale is not None:
        event = sale.body["event"]
        terms = events[event]
        for line in sale.body["lines"]:
            counts = line["total_rp"] or terms.counts_free_goods
            units = count_units([(line["qty"], line["unit"])]) if counts else 0
            key = _line_key(terms.campaign, sale, line, sale.hour)
            yield LinePart(sale, line["n"], line, key, units, line["total_rp"])
    if any(link.kind == "refund" for link in group.links):
        yield from _refunded_lines(group, events)


def _refunded_lines(group: SaleGroup, events: Mapping[str, EventTerms]) -> Iterator[LinePart]:
    sale = group.sale
    lines = {line["n"]: line for line in sale.body["lines"]} if sale else {}
    refunded_qty: Counter[int] = Counter()
    for refund in group.refunds:
        event = (sale or refund).body["event"]
        terms = events[event]
        for part in refund.body["lines"]:
            n, units = part["n"], 0
            refunded_qty[n] += part["qty"]
            line = lines.get(n)
            if sale is None or line is None:
                key = RollupKey(terms.campaign, event, CHANNEL, "", "", "", refund.hour)
            else:
                key = _line_key(terms.campaign, sale, line, refund.hour)
                if line["total_rp"] or terms.counts_free_goods:
                    units = _refunded_units(line, part["qty"], refunded_qty[n])
            yield LinePart(refund, n, line, key, -units, -part["amount_rp"])


def _line_key(campaign: str, sale: Reading, line: Mapping[str, Any], hour: str) -> RollupKey:
    return RollupKey(
        campaign,
        sale.body["event"],
        channel_of(sale),
        line["stall"],
        line["product"],
        line["category"],
        hour,
    )


def channel_of(sale: Reading) -> str:
    """Say where a sale counts: what is fetched later stands apart from what was sold."""
    flags = sale.body.get("flags")
    return PREORDER if isinstance(flags, list) and PREORDER in flags else CHANNEL


def said_of_payments(group: SaleGroup) -> dict[int, tuple[str, str]]:
    """Give each payment's method and state after all that was said of it, by its number."""
    if group.sale is None:
        return {}
    said = {
        payment["n"]: (payment["method"], payment["state"])
        for payment in group.sale.body["payments"]
    }
    for number, state in group.decided.items():
        if number in said and said[number][1] == "claimed":
            said[number] = (said[number][0], state)
    for link in group.links:
        n = link.body.get("n")
        if link.kind == "payment_confirmed" and n in said:
            said[n] = (said[n][0], "final")
        elif link.kind == "payment_changed" and n in said:
            method = link.body.get("method")
            said[n] = (method, "final") if method else (said[n][0], "never_received")
    return said


def waits_for_money(group: SaleGroup) -> bool:
    """Say whether a payment of the sale is claimed still."""
    return any(state == "claimed" for _method, state in said_of_payments(group).values())


def payment_parts(group: SaleGroup, events: Mapping[str, EventTerms]) -> Iterator[PaymentPart]:
    """Give what each payment of the sale and of its refunds counts."""
    sale, said = group.sale, said_of_payments(group)
    if sale is not None:
        event = sale.body["event"]
        for payment in sale.body["payments"]:
            key = PaymentKey(events[event].campaign, event, *said[payment["n"]])
            amount_rp = payment["amount_rp"]
            yield PaymentPart(sale, payment["n"], key, int(amount_rp >= 0), amount_rp)
    for refund in group.refunds:
        event = (sale or refund).body["event"]
        for place, payment in enumerate(refund.body["payments"], 1):
            state = _state_paid_back(payment, said)
            key = PaymentKey(events[event].campaign, event, payment["method"], state)
            yield PaymentPart(refund, place, key, 0, -abs(payment["amount_rp"]))


def _beyond(group: SaleGroup) -> list[Reading]:
    """Give the refunds that took back more than their sale had sold."""
    if group.sale is None:
        return []
    sold = {line["n"]: line["qty"] for line in group.sale.body["lines"]}
    refunded_qty: Counter[int] = Counter()
    beyond = []
    for refund in group.refunds:
        for part in refund.body["lines"]:
            refunded_qty[part["n"]] += part["qty"]
        if any(refunded_qty[part["n"]] > sold.get(part["n"], 0) for part in refund.body["lines"]):
            beyond.append(refund)
    return beyond


def discount_parts(group: SaleGroup, events: Mapping[str, EventTerms]) -> Iterator[DiscountPart]:
    """Give what a sale gave, whatever came back of it; what is no discount counts nothing."""
    sale = group.sale
    if sale is None:
        return
    event = sale.body["event"]
    lines = {line["n"]: line for line in sale.body["lines"]}
    given = sale.body.get("discounts")
    for one in given if isinstance(given, list) else ():
        match one:
            case {"amount_rp": int(amount_rp), "borne_by": str(bearer), "reason": str(reason)} if (
                0 < amount_rp <= LARGEST_RP
            ):
                key = DiscountKey(
                    events[event].campaign, event, bearer[:LONGEST_WORD], reason[:LONGEST_WORD]
                )
                n = one.get("line")
                yield DiscountPart(
                    sale, lines.get(n) if isinstance(n, int) else None, key, amount_rp
                )


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
