"""The roll-ups: sums that a page reads instead of sales."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Connection, delete

from kiosk.hub.storage.store import upsert_add
from kiosk.hub.storage.tables import payment_rollups, rollups

ROLLUP_KEY: Final = ("campaign", "event", "channel", "vendor", "product", "category", "hour")
ROLLUP_SUMS: Final = ("units", "omzet_rp", "units_final", "omzet_final_rp")
PAYMENT_KEY: Final = ("campaign", "event", "method", "state")
PAYMENT_SUMS: Final = ("payments", "amount_rp")


def add_to_rollups(connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    """Add what lines count; each key once, sums of either sign."""
    upsert_add(connection, rollups, ROLLUP_KEY, ROLLUP_SUMS, rows)


def add_to_payments(connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    """Add what payments count; each key once, sums of either sign."""
    upsert_add(connection, payment_rollups, PAYMENT_KEY, PAYMENT_SUMS, rows)


def forget_rollups(connection: Connection) -> None:
    """Take every sum away, for a rebuild."""
    connection.execute(delete(rollups))
    connection.execute(delete(payment_rollups))
