"""QRIS as it is shown: the bundle's codes, and what a coordinator changed of them here."""

from dataclasses import dataclass

from kiosk.domain.catalogue import BAZAAR, Event, Stall
from kiosk.storage.database import Connection


@dataclass(frozen=True, slots=True)
class CodeRow:
    """A payee's standing payload, None for none; `bundle` is the hub's where this is not it.

    `fills` says whether the amount is filled in.
    """

    payee: str
    name: str
    payload: str | None
    bundle: str | None
    fills: bool

    @property
    def is_changed(self) -> bool:
        """Whether a coordinator put another code in place of the hub's."""
        return self.payload != self.bundle


def codes(connection: Connection, event: Event, stalls: dict[str, Stall]) -> dict[str, CodeRow]:
    """Give every payee's code: the stalls' by id, and the bazaar's own."""
    own = {row["payee"]: row for row in connection.execute("SELECT * FROM qris_codes")}
    from_bundle = [(BAZAAR, event.name, event.qris, False)]
    from_bundle += [
        (stall.id, stall.name, stall.qris, stall.qris_fills) for stall in stalls.values()
    ]
    found = {}
    for payee, name, payload, fills in from_bundle:
        row = own.get(payee)
        here = payload if row is None or row["payload"] is None else row["payload"] or None
        found[payee] = CodeRow(payee, name, here, payload, bool(row["fills"] if row else fills))
    return found
