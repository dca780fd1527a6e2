"""Change that buyers left: as a tip or a donation, in the drawer and outside omzet."""

from dataclasses import dataclass

from kiosk.domain.money import Rupiah
from kiosk.domain.tips import Reason
from kiosk.storage.database import Connection


@dataclass(frozen=True, slots=True)
class TipRow:
    """Change left of one sale, by the entry that says so; one that was undone is not listed."""

    entry: str
    reason: Reason
    amount_rp: Rupiah


@dataclass(frozen=True, slots=True)
class TipSum:
    """What was left in a shift for one reason, less what was undone."""

    reason: Reason
    times: int
    amount_rp: Rupiah


def tips_of_sale(connection: Connection, sale_id: str) -> list[TipRow]:
    """List what was left of a sale's change, oldest first."""
    rows = connection.execute(
        """
        SELECT entry, reason, amount_rp
        FROM tips
        WHERE sale = :sale
            AND undoes IS NULL
            AND entry NOT IN (SELECT undoes FROM tips WHERE sale = :sale AND undoes IS NOT NULL)
        ORDER BY entry
        """,
        {"sale": sale_id},
    )
    return [TipRow(row["entry"], row["reason"], Rupiah(row["amount_rp"])) for row in rows]


def is_known(connection: Connection, entry_id: str) -> bool:
    """Say whether an entry left change, also where that was undone since."""
    row = connection.execute(
        "SELECT 1 FROM tips WHERE entry = :entry", {"entry": entry_id}
    ).fetchone()
    return row is not None


def tips_of_shift(connection: Connection, shift_id: str) -> list[TipSum]:
    """Add up what was left in a shift, by reason; reasons of which all was undone stand too."""
    rows = connection.execute(
        """
        SELECT reason, sum(CASE WHEN undoes IS NULL THEN 1 ELSE -1 END) AS times,
            sum(amount_rp) AS amount_rp
        FROM tips
        WHERE shift = :shift
        GROUP BY reason
        ORDER BY reason DESC
        """,
        {"shift": shift_id},
    )
    return [TipSum(row["reason"], row["times"], Rupiah(row["amount_rp"])) for row in rows]
