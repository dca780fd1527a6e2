"""Staff of an event: a name, a role and a PIN, of which only the scrypt hash is kept."""

from dataclasses import replace

from sqlalchemy import Connection
from werkzeug.security import generate_password_hash

from kiosk.clock import Clock
from kiosk.domain.operators import (
    APPROVER_PIN_DIGITS,
    APPROVERS,
    CASHIER_PIN_DIGITS,
    ROLES,
    pin_is_long_enough,
)
from kiosk.errors import N_
from kiosk.hub.services.campaigns import FieldError, NotFoundError
from kiosk.hub.services.changes import audit_change
from kiosk.hub.storage.events import find_event
from kiosk.hub.storage.staff import EventStaff, find_staff, insert_staff, list_staff, update_staff
from kiosk.hub.storage.store import Store
from kiosk.hub.storage.vendors import find_vendor

LONGEST_PIN_DIGITS = 12


class RoleUnknownError(FieldError):
    """A role that tills do not know."""

    field = "role"

    def __init__(self) -> None:
        super().__init__(N_("Choose one of the roles in the list."))


class StallUnknownError(FieldError):
    """Somebody is to look after the goods of a vendor whom the campaign does not have."""

    field = "vendor"

    def __init__(self) -> None:
        super().__init__(N_("Choose the vendor from the list."))


class PinTooShortError(FieldError):
    """A PIN has too few digits for what its owner may do, too many, or no digits."""

    field = "pin"

    def __init__(self, role: str) -> None:
        self.least = APPROVER_PIN_DIGITS if role in APPROVERS else CASHIER_PIN_DIGITS
        super().__init__(
            N_("Type a PIN of %(least)s to %(most)s digits."),
            least=self.least,
            most=LONGEST_PIN_DIGITS,
        )


class PinMissingError(FieldError):
    """Somebody new, or somebody who may now approve, has no PIN that is long enough."""

    field = "pin"

    def __init__(self, role: str) -> None:
        self.least = APPROVER_PIN_DIGITS if role in APPROVERS else CASHIER_PIN_DIGITS
        super().__init__(
            N_("This role needs a new PIN of at least %(least)s digits."), least=self.least
        )


def event_staff(store: Store, event_id: str) -> list[EventStaff]:
    """Give an event's people by name."""
    with store.read() as connection:
        return list_staff(connection, event_id)


def open_staff(store: Store, event_id: str, staff_id: str) -> EventStaff:
    """Give one person of an event; raises NotFoundError."""
    with store.read() as connection:
        person = find_staff(connection, staff_id)
    if person is None or person.event != event_id:
        raise NotFoundError
    return person


def save_staff(store: Store, clock: Clock, by: str, person: EventStaff, pin: str) -> None:
    """Write somebody, new or changed; an empty `pin` keeps the one there is.

    Raises RoleUnknownError, StallUnknownError, PinTooShortError, and PinMissingError where
    there is no PIN yet or the old one was made for a role that needs fewer digits.
    """
    if person.role not in ROLES:
        raise RoleUnknownError
    if pin and not (pin_is_long_enough(pin, person.role) and len(pin) <= LONGEST_PIN_DIGITS):
        raise PinTooShortError(person.role)
    # Hashing is slow on purpose, so it is done before the store is locked.
    pin_hash = generate_password_hash(pin, method="scrypt") if pin else ""
    with store.begin() as connection:
        before = find_staff(connection, person.id)
        rises = person.role in APPROVERS and (before is None or before.role not in APPROVERS)
        if not pin_hash and (before is None or rises):
            raise PinMissingError(person.role)
        person = replace(person, pin_hash=pin_hash or (before.pin_hash if before else ""))
        write_staff(connection, clock, by, person, new_pin=bool(pin))


def write_staff(
    connection: Connection, clock: Clock, by: str, person: EventStaff, *, new_pin: bool
) -> None:
    """Write somebody with her hash; raises NotFoundError and StallUnknownError."""
    event = find_event(connection, person.event)
    if event is None:
        raise NotFoundError
    seller = find_vendor(connection, person.vendor) if person.vendor else None
    if person.vendor and (seller is None or seller.campaign != event.campaign):
        raise StallUnknownError
    before = find_staff(connection, person.id)
    (insert_staff if before is None else update_staff)(connection, person)
    audit_change(
        connection,
        clock,
        by,
        "staff",
        before=before,
        after=person,
        facts={
            "name": person.name,
            "role": person.role,
            "vendor": person.vendor,
            "active": person.active,
            "new_pin": new_pin,
        },
    )


def set_staff_active(
    store: Store, clock: Clock, by: str, person: EventStaff, *, active: bool
) -> None:
    """Let somebody sign in at the event's tills, or no longer."""
    save_staff(store, clock, by, replace(person, active=active), pin="")
