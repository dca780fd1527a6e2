"""What follows from a change of the catalogue made at the bazaar: so far, of QRIS codes.

A `catalogue_changed` says `what` changed; a reader passes over what it does not know.
"""

from collections.abc import Callable
from typing import Any, Final

from kiosk.domain.entries import Entry


def apply_catalogue_changed(connection: Any, _journal: int, entry: Entry) -> None:
    """Project `catalogue_changed`."""
    apply = _CHANGES.get(entry.body.get("what", ""))
    if apply:
        apply(connection, entry)


def _apply_qris_code(connection: Any, entry: Entry) -> None:
    """Another code for a payee: '' is none, null the organiser's own again, without amounts."""
    body = entry.body
    connection.execute("DELETE FROM qris_codes WHERE payee = :payee", {"payee": body["payee"]})
    if body["payload"] is not None:
        _keep(connection, {**body, "fills": False})


def _apply_qris_amount(connection: Any, entry: Entry) -> None:
    """Whether the amount is filled into a payee's code."""
    _keep(connection, {"payload": None, **entry.body})


def _keep(connection: Any, change: dict[str, Any]) -> None:
    connection.execute(
        """
        INSERT INTO qris_codes (payee, payload, replaced, fills)
        VALUES (:payee, :payload, :replaced, :fills)
        ON CONFLICT (payee) DO UPDATE SET fills = excluded.fills
        """,
        {name: change[name] for name in ("payee", "payload", "replaced", "fills")},
    )


_CHANGES: Final[dict[str, Callable[[Any, Entry], None]]] = {
    "qris_code": _apply_qris_code,
    "qris_amount": _apply_qris_amount,
}
