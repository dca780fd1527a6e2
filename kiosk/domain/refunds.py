"""Refunds: what comes back of a sale, to the last rupiah, however often and in any order.

Everything is computed cumulatively: with k of a line's n pieces back, ⌊total·k/n⌋ has been
paid back for it, so one refund pays the difference to what was paid before, and the last
piece takes the rest. A stall's share goes back in the same measure. A void is a refund of
all lines at once. Prices of bundles are never recomputed. Cash goes back in coins that
there are: what one refund is short of, the next one brings, at the latest the last.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from kiosk.domain.money import ZERO, Rupiah, format_amount, round_cash_down, total
from kiosk.domain.payments import CASH, Payment
from kiosk.domain.sales import Sale, SaleLine, Share
from kiosk.errors import N_, KioskError

KINDS: Final = frozenset({"void", "refund"})


class NothingChosenError(KioskError):
    """A refund without a single piece."""

    def __init__(self) -> None:
        super().__init__(N_("Nothing is chosen yet. Type how many of each product come back."))


class AlreadyRefundedError(KioskError):
    """Everything of a sale has come back before."""

    def __init__(self, number: str) -> None:
        self.number = number
        super().__init__(
            N_("Everything of %(number)s was paid back before. There is nothing left to pay."),
            number=number,
        )


class PartlyRefundedError(KioskError):
    """A sale of which something came back cannot be voided any more."""

    def __init__(self, number: str) -> None:
        self.number = number
        super().__init__(
            N_("Part of %(number)s was paid back before. Take the rest back with “Return”."),
            number=number,
        )


class TooManyBackError(KioskError):
    """More of a line would come back than is still with the buyer."""

    def __init__(self, line: SaleLine, left: int) -> None:
        self.line = line
        self.left = left
        super().__init__(
            N_("Of %(name)s only %(left)s can still come back. Type that or less."),
            name=f"{line.name} {line.variant}".rstrip(),
            left=format_amount(left) + (" g" if line.unit == "g" else ""),
        )


class RefundReasonMissingError(KioskError):
    """Money would go back and nobody said why."""

    def __init__(self) -> None:
        super().__init__(N_("Say why the money goes back: choose a reason or type one."))


class RefundUnbalancedError(ValueError):
    """A refund whose lines, rounding and payments do not agree: never sealed."""


@dataclass(frozen=True, slots=True)
class RefundLine:
    """Pieces (or grams) of the sale's line `n` that come back, and their money."""

    n: int
    qty: int
    amount_rp: Rupiah

    def __post_init__(self) -> None:
        if self.qty < 1 or self.amount_rp < 0:
            raise RefundUnbalancedError("a line gives back something, for nothing at least")


@dataclass(frozen=True, slots=True)
class RefundPayment:
    """Money back by the method of the sale's payment `n`, its `name` too; `payee` pays it out."""

    n: int
    method: str
    payee: str
    amount_rp: Rupiah
    name: str = ""

    def __post_init__(self) -> None:
        if self.amount_rp < 1:
            raise RefundUnbalancedError("a payment back is some money")

    def as_json(self) -> dict[str, Any]:
        """As in the body of a refund: `name` only where the organiser gave one."""
        document = asdict(self)
        if not self.name:
            del document["name"]
        return document


@dataclass(frozen=True, slots=True)
class ComingBack:
    """What comes back: Σ lines + `rounding_rp` = Σ payments, or it does not exist.

    `rounding_rp` is above Rp0 where earlier refunds were short of coins. `shares` are what
    each stall gives up of its own; none of their amounts is negative.
    """

    lines: tuple[RefundLine, ...]
    shares: tuple[Share, ...]
    rounding_rp: Rupiah
    payments: tuple[RefundPayment, ...]

    def __post_init__(self) -> None:
        if not self.lines:
            raise NothingChosenError
        if len({line.n for line in self.lines}) != len(self.lines):
            raise RefundUnbalancedError("a line stands twice")
        lines_rp = total(line.amount_rp for line in self.lines)
        if lines_rp + self.rounding_rp != self.total_rp:
            raise RefundUnbalancedError("lines and rounding do not make the money")
        for share in self.shares:
            parts = (share.discount_rp, share.commission_rp, share.net_rp)
            if min(parts) < 0 or sum(parts) != share.gross_rp:
                raise RefundUnbalancedError("a stall's share does not add up")

    @property
    def total_rp(self) -> Rupiah:
        """The money the buyer gets."""
        return total(payment.amount_rp for payment in self.payments)


@dataclass(frozen=True, slots=True)
class CameBack:
    """What of a sale came back earlier: pieces (or grams) by line, and the money paid for it."""

    pieces: Mapping[int, int] = field(default_factory=dict)
    cash_rp: Rupiah = ZERO
    other_rp: Rupiah = ZERO


@dataclass(frozen=True, slots=True)
class Refund:
    """A refund as sealed; `shift` is the one that pays it back, `event` that of the sale."""

    id: str
    kind: str
    sale: str
    sale_journal: str
    number: str
    event: str
    shift: str
    reason: str
    back: ComingBack

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"a refund is none of kind {self.kind!r}")
        if not self.reason.strip():
            raise RefundReasonMissingError

    def as_body(self) -> dict[str, Any]:
        """Give the body of its `refund` entry; the entry's id is the refund's id."""
        return {
            "kind": self.kind,
            "sale": self.sale,
            "sale_journal": self.sale_journal,
            "number": self.number,
            "event": self.event,
            "shift": self.shift,
            "reason": self.reason,
            "lines": [asdict(line) for line in self.back.lines],
            "shares": [asdict(share) for share in self.back.shares],
            "rounding_rp": self.back.rounding_rp,
            "payments": [payment.as_json() for payment in self.back.payments],
        }


def everything(sale: Sale) -> dict[int, int]:
    """Name all pieces of a sale, by line."""
    return {line.n: line.qty for line in sale.lines}


def take_back_all(sale: Sale, before: CameBack) -> ComingBack:
    """Void a sale: all that was paid for it goes back as it came.

    Raises AlreadyRefundedError and PartlyRefundedError where something came back `before`.
    """
    if any(before.pieces.values()):
        is_all = all(before.pieces.get(line.n, 0) >= line.qty for line in sale.lines)
        raise (AlreadyRefundedError if is_all else PartlyRefundedError)(sale.number)
    return take_back(sale, before, everything(sale))


def take_back(
    sale: Sale, before: CameBack, pieces: Mapping[int, int], step_rp: int = 0
) -> ComingBack:
    """Compute what `pieces` (by line) bring the buyer, after those that came back `before`.

    The money never exceeds what was paid, whichever line comes first: what the till had
    rounded off is taken off the last rupiahs. It goes back in cash as far as cash was
    paid, then by the other methods in their order; cash in steps of `step_rp`, until all
    of it is back. Raises AlreadyRefundedError, TooManyBackError, NothingChosenError.
    """
    earlier = before.pieces
    if all(earlier.get(line.n, 0) >= line.qty for line in sale.lines):
        raise AlreadyRefundedError(sale.number)
    after = {line.n: earlier.get(line.n, 0) + pieces.get(line.n, 0) for line in sale.lines}
    for line in sale.lines:
        if after[line.n] > line.qty:
            raise TooManyBackError(line, line.qty - earlier.get(line.n, 0))
    lines = tuple(
        RefundLine(
            n=line.n,
            qty=pieces[line.n],
            amount_rp=Rupiah(_back(line, after[line.n]) - _back(line, earlier.get(line.n, 0))),
        )
        for line in sale.lines
        if pieces.get(line.n)
    )
    payments = tuple(_payments(sale, before, _money(sale, after), step_rp))
    paid_rp = total(payment.amount_rp for payment in payments)
    return ComingBack(
        lines=lines,
        shares=_shares(sale, earlier, after),
        rounding_rp=Rupiah(paid_rp - total(line.amount_rp for line in lines)),
        payments=payments,
    )


def _back(line: SaleLine, pieces: int) -> Rupiah:
    """Give what so many pieces of a line have brought back, all in all."""
    return Rupiah(line.total_rp * pieces // line.qty)


def _money(sale: Sale, pieces: Mapping[int, int]) -> Rupiah:
    """Give the money that is due back for `pieces`, all in all."""
    lines_rp = total(_back(line, pieces.get(line.n, 0)) for line in sale.lines)
    return min(lines_rp, sale.total_rp)


def _shares(sale: Sale, before: Mapping[int, int], after: Mapping[int, int]) -> tuple[Share, ...]:
    """Give what each stall gives up now; a stall none of whose goods come back is left out."""
    touched = {line.stall for line in sale.lines if after[line.n] > before.get(line.n, 0)}
    return tuple(
        _less(_share_back(sale, share, after), _share_back(sale, share, before))
        for share in sale.shares
        if share.stall in touched
    )


def _share_back(sale: Sale, share: Share, pieces: Mapping[int, int]) -> Share:
    """Give what a stall has given up once `pieces` are back, all in all.

    Discount first, then commission of what is left, each rounded down: so no part ever
    shrinks as more comes back, and all of it is back with the last piece.
    """
    gross_rp = total(
        Rupiah(line.gross_rp * pieces.get(line.n, 0) // line.qty)
        for line in sale.lines
        if line.stall == share.stall
    )
    discount_rp = Rupiah(share.discount_rp * gross_rp // share.gross_rp if share.gross_rp else 0)
    left_rp = gross_rp - discount_rp
    basis_rp = share.gross_rp - share.discount_rp
    commission_rp = Rupiah(share.commission_rp * left_rp // basis_rp if basis_rp else 0)
    net_rp = Rupiah(left_rp - commission_rp)
    return Share(share.stall, gross_rp, discount_rp, commission_rp, net_rp, share.rule)


def _less(after: Share, before: Share) -> Share:
    return Share(
        stall=after.stall,
        gross_rp=Rupiah(after.gross_rp - before.gross_rp),
        discount_rp=Rupiah(after.discount_rp - before.discount_rp),
        commission_rp=Rupiah(after.commission_rp - before.commission_rp),
        net_rp=Rupiah(after.net_rp - before.net_rp),
        rule=after.rule,
    )


def _payments(
    sale: Sale, before: CameBack, money_rp: Rupiah, step_rp: int
) -> Iterator[RefundPayment]:
    """Say by which methods money goes back until `money_rp` has, all in all: cash first."""
    kept = _kept(sale.payments)
    cash = [one for one in kept if one[0].method == CASH]
    others = [one for one in kept if one[0].method != CASH]
    cash_kept_rp = total(kept_rp for _, kept_rp in cash)
    cash_rp = Rupiah(max(before.cash_rp, min(money_rp, cash_kept_rp)))
    if cash_rp < cash_kept_rp:
        cash_rp = Rupiah(cash_rp + round_cash_down(Rupiah(cash_rp - before.cash_rp), step_rp))
    yield from _spread(cash, before.cash_rp, cash_rp)
    yield from _spread(others, before.other_rp, Rupiah(max(0, money_rp - cash_kept_rp)))


def _spread(
    kept: Iterable[tuple[Payment, Rupiah]], before_rp: Rupiah, after_rp: Rupiah
) -> Iterator[RefundPayment]:
    """Pay back what lies between two sums, one payment after the other."""
    reached_rp = ZERO
    for payment, kept_rp in kept:
        amount_rp = _between(reached_rp, kept_rp, after_rp) - _between(
            reached_rp, kept_rp, before_rp
        )
        reached_rp = Rupiah(reached_rp + kept_rp)
        if amount_rp:
            yield RefundPayment(
                payment.n, payment.method, payment.payee, Rupiah(amount_rp), payment.name
            )


def _kept(payments: Iterable[Payment]) -> list[tuple[Payment, Rupiah]]:
    """Give what stayed of each payment: cash given back was of the one before it."""
    kept: list[tuple[Payment, Rupiah]] = []
    for payment in payments:
        if not payment.gives_back:
            kept.append((payment, payment.amount_rp))
            continue
        over_rp = -payment.amount_rp
        for place in range(len(kept) - 1, -1, -1):
            brought, stayed_rp = kept[place]
            taken_rp = min(over_rp, stayed_rp)
            kept[place] = (brought, Rupiah(stayed_rp - taken_rp))
            over_rp -= taken_rp
    return kept


def _between(reached_rp: Rupiah, kept_rp: Rupiah, money_rp: Rupiah) -> int:
    """Give how much of a payment has gone back, when those before it made `reached_rp`."""
    return max(0, min(kept_rp, money_rp - reached_rp))
