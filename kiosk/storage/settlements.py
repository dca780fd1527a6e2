"""What stalls are owed of an event, added up from sales, refunds and settlements."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kiosk.domain.catalogue import BAZAAR
from kiosk.domain.entries import Entry
from kiosk.domain.money import ZERO, Rupiah
from kiosk.domain.settlements import Settlement, StallAccount, read_settlement
from kiosk.storage import journal
from kiosk.storage.database import Connection
from kiosk.storage.refunds import read_refund

_FIELDS = tuple(StallAccount.__slots__)


@dataclass(frozen=True, slots=True)
class EventDays:
    """An event shifts were opened for here, with its first and last day (`YYYY-MM-DD`)."""

    event: str
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class SealedSettlement:
    """A settlement read back from its entry; `undone` where a later one took it back."""

    settlement: Settlement
    entry: Entry
    undone: bool


@dataclass(frozen=True, slots=True)
class SettledCash:
    """What a shift's drawer handed to stalls, less what they brought; counter-entries count none."""

    times: int
    amount_rp: Rupiah


NOTHING_SETTLED: Final = SettledCash(0, ZERO)


def events_sold(connection: Connection) -> list[EventDays]:
    """List the events this machine sold at, newest first."""
    rows = connection.execute(
        """
        SELECT event, min(day) AS first, max(day) AS last
        FROM shifts
        GROUP BY event
        ORDER BY last DESC, event
        """
    )
    return [EventDays(row["event"], row["first"], row["last"]) for row in rows]


def accounts(connection: Connection, event: str) -> dict[str, StallAccount]:
    """Add up each stall's account; those nothing was sold of are left out.

    What came back counts at the event in whose shift it did: there its money went.
    """
    sums: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for stall, field, amount_rp in _moved(connection, event):
        sums[stall][field] += amount_rp
    return {
        stall: StallAccount(**{field: Rupiah(parts[field]) for field in _FIELDS})
        for stall, parts in sums.items()
    }


def settlements_of_stall(connection: Connection, event: str, stall: str) -> list[SealedSettlement]:
    """List a stall's settlements from their entries' own bytes, newest first."""
    rows = connection.execute(
        """
        SELECT journal, seq, EXISTS (
            SELECT 1 FROM settlements AS later WHERE later.undoes = settlements.entry
        ) AS undone
        FROM settlements
        WHERE event = :event AND stall = :stall
        ORDER BY journal DESC, seq DESC
        """,
        {"event": event, "stall": stall},
    ).fetchall()
    return [_sealed(connection, row) for row in rows]


def settlement(connection: Connection, entry_id: str) -> SealedSettlement | None:
    """Give one settlement by its entry."""
    row = connection.execute(
        """
        SELECT journal, seq, EXISTS (
            SELECT 1 FROM settlements AS later WHERE later.undoes = settlements.entry
        ) AS undone
        FROM settlements
        WHERE entry = :entry
        """,
        {"entry": entry_id},
    ).fetchone()
    return _sealed(connection, row) if row else None


def settled_cash(connection: Connection, shift_id: str) -> SettledCash:
    """Add up what left a shift's drawer for stalls."""
    row = connection.execute(
        """
        SELECT count(*) FILTER (WHERE undoes IS NULL) AS handed,
            count(*) FILTER (WHERE undoes IS NOT NULL) AS undone,
            coalesce(sum(amount_rp), 0) AS amount_rp
        FROM settlements
        WHERE shift = :shift AND amount_rp != 0
        """,
        {"shift": shift_id},
    ).fetchone()
    return SettledCash(max(0, row["handed"] - row["undone"]), Rupiah(row["amount_rp"]))


def _sealed(connection: Connection, row: Connection) -> SealedSettlement:
    entry = journal.read_at(connection, row["journal"], row["seq"])
    return SealedSettlement(read_settlement(entry.body), entry, bool(row["undone"]))


def _moved(connection: Connection, event: str) -> Iterator[tuple[str, str, int]]:
    """Give what changed an account, as (stall, field, signed amount)."""
    at = {"event": event}
    for row in connection.execute(_SHARES, at):
        for field in ("gross_rp", "discount_rp", "commission_rp"):
            yield row["stall"], field, row[field]
    for row in connection.execute(_PAID, {**at, "bazaar": BAZAAR}):
        yield row["payee"], "received_rp", row["amount_rp"]
    for row in connection.execute(_HANDED, at):
        yield row["stall"], "handed_rp", row["amount_rp"]
    for row in connection.execute(_REFUNDS, at).fetchall():
        back = read_refund(journal.read_at(connection, row["journal"], row["seq"])).back
        for share in back.shares:
            for field in ("gross_rp", "discount_rp", "commission_rp"):
                yield share.stall, field, -getattr(share, field)
        for part in back.payments:
            if part.payee != BAZAAR:
                yield part.payee, "received_rp", -part.amount_rp


_SHARES = """
    SELECT stall, sum(gross_rp) AS gross_rp, sum(discount_rp) AS discount_rp,
        sum(commission_rp) AS commission_rp
    FROM shifts
    JOIN sales ON sales.shift = shifts.id
    JOIN sale_shares ON sale_shares.sale = sales.id
    WHERE shifts.event = :event
    GROUP BY stall
"""
_PAID = """
    SELECT payments.payee, sum(payments.amount_rp) AS amount_rp
    FROM shifts
    JOIN sales ON sales.shift = shifts.id
    JOIN payments ON payments.sale = sales.id
    WHERE shifts.event = :event AND payments.payee != :bazaar
    GROUP BY payments.payee
"""
_HANDED = """
    SELECT stall, sum(amount_rp) AS amount_rp
    FROM settlements
    WHERE event = :event
    GROUP BY stall
"""
_REFUNDS = """
    SELECT refunds.journal, refunds.seq
    FROM shifts
    JOIN refunds ON refunds.shift = shifts.id
    WHERE shifts.event = :event
"""
