"""Staff of an event as rows; a PIN is kept as its scrypt hash alone."""

from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping, func, insert, select, update

from kiosk.hub.storage.tables import staff


@dataclass(frozen=True, slots=True)
class EventStaff:
    """Somebody who may sign in at the event's tills; `vendor` is whose goods she looks after."""

    id: str
    event: str
    name: str
    role: str
    pin_hash: str
    active: bool
    vendor: str = ""


def _person(row: RowMapping) -> EventStaff:
    return EventStaff(**dict(row))


def list_staff(connection: Connection, event_id: str) -> list[EventStaff]:
    """Give an event's people by name."""
    rows = connection.execute(
        select(staff)
        .where(staff.c.event == event_id)
        .order_by(func.lower(staff.c.name), staff.c.id)
    )
    return [_person(row) for row in rows.mappings()]


def find_staff(connection: Connection, staff_id: str) -> EventStaff | None:
    """Give one person, or None if there is nobody of this id."""
    row = connection.execute(select(staff).where(staff.c.id == staff_id)).mappings().first()
    return _person(row) if row else None


def insert_staff(connection: Connection, person: EventStaff) -> None:
    """Write a new person."""
    connection.execute(
        insert(staff).values(
            id=person.id,
            event=person.event,
            name=person.name,
            role=person.role,
            pin_hash=person.pin_hash,
            active=person.active,
            vendor=person.vendor,
        )
    )


def update_staff(connection: Connection, person: EventStaff) -> None:
    """Write everything of a person but the event."""
    connection.execute(
        update(staff)
        .where(staff.c.id == person.id)
        .values(
            name=person.name,
            role=person.role,
            pin_hash=person.pin_hash,
            active=person.active,
            vendor=person.vendor,
        )
    )
