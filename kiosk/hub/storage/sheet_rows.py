"""Rows that a set-up sheet added: whether anything hangs on one, and taking it away again."""

from sqlalchemy import ColumnElement, Connection, delete, exists, or_, select

from kiosk.hub.storage.tables import (
    added_products,
    campaigns,
    devices,
    event_rollups,
    events,
    installations,
    journals,
    metadata,
    offer_products,
    offers,
    order_lines,
    orders,
    product_matches,
    products,
    receipt_papers,
    shifts,
    staff,
    tills,
    vendors,
)


def is_product_used(connection: Connection, product_id: str) -> bool:
    """Say whether anything was sold or added under a product, or matched to it."""
    return _any(
        connection,
        exists().where(event_rollups.c.product == product_id),
        exists().where(order_lines.c.product == product_id),
        exists().where(product_matches.c.product == product_id),
        exists().where(added_products.c.product == product_id),
        exists().where(offer_products.c.product == product_id),
    )


def is_vendor_used(connection: Connection, vendor_id: str) -> bool:
    """Say whether a vendor has products, a till of her own, or sales."""
    return _any(
        connection,
        exists().where(products.c.vendor == vendor_id),
        exists().where(offers.c.vendor == vendor_id),
        exists().where(staff.c.vendor == vendor_id),
        exists().where(tills.c.stall == vendor_id),
        exists().where(event_rollups.c.vendor == vendor_id),
        exists().where(order_lines.c.vendor == vendor_id),
        exists().where(vendors.c.merged_into == vendor_id),
    )


def delete_product(connection: Connection, product_id: str) -> None:
    """Take a product away that nothing refers to."""
    connection.execute(delete(products).where(products.c.id == product_id))


def delete_vendor(connection: Connection, vendor_id: str) -> None:
    """Take a vendor away whom nothing refers to."""
    connection.execute(delete(vendors).where(vendors.c.id == vendor_id))


def is_event_used(connection: Connection, event_id: str) -> bool:
    """Say whether an event has people, machines, shifts, sales or orders."""
    return _any(
        connection,
        exists().where(staff.c.event == event_id),
        exists().where(installations.c.event == event_id),
        exists().where(shifts.c.event == event_id),
        exists().where(orders.c.event == event_id),
        exists().where(event_rollups.c.event == event_id),
    )


def is_till_used(connection: Connection, till_id: str) -> bool:
    """Say whether a till's machine was ever given a code, or sent anything."""
    machine = till_id.partition("/")[0]
    return _any(
        connection,
        exists().where(devices.c.installation == machine),
        exists().where(journals.c.installation == machine),
    )


def delete_event(connection: Connection, event_id: str) -> None:
    """Take an event away to which nothing belongs, with what would stand on its receipts."""
    connection.execute(delete(receipt_papers).where(receipt_papers.c.event == event_id))
    connection.execute(delete(events).where(events.c.id == event_id))


def delete_staff(connection: Connection, staff_id: str) -> None:
    """Take somebody away from an event's staff."""
    connection.execute(delete(staff).where(staff.c.id == staff_id))


def delete_till(connection: Connection, till_id: str) -> None:
    """Take a till away that nothing belongs to, and its machine with its last one."""
    machine, _slash, code = till_id.partition("/")
    connection.execute(delete(tills).where(tills.c.installation == machine, tills.c.code == code))
    left = exists().where(tills.c.installation == machine)
    connection.execute(delete(installations).where(installations.c.id == machine, ~left))


def campaign_of_machine(connection: Connection, machine: str) -> str | None:
    """Give the campaign of a machine's event."""
    return connection.scalar(
        select(events.c.campaign)
        .join(installations, installations.c.event == events.c.id)
        .where(installations.c.id == machine)
    )


def is_campaign_used(connection: Connection, campaign_id: str) -> bool:
    """Say whether anything at all was set up, counted or read in a campaign."""
    columns = (table.c.get("campaign") for table in metadata.tables.values())
    return _any(
        connection,
        *(exists().where(column == campaign_id) for column in columns if column is not None),
    )


def delete_campaign(connection: Connection, campaign_id: str) -> None:
    """Take a campaign away in which there is nothing."""
    connection.execute(delete(campaigns).where(campaigns.c.id == campaign_id))


def delete_offer(connection: Connection, offer_id: str) -> None:
    """Take an offer away; sales keep its name."""
    connection.execute(delete(offer_products).where(offer_products.c.offer == offer_id))
    connection.execute(delete(offers).where(offers.c.id == offer_id))


def _any(connection: Connection, *conditions: ColumnElement[bool]) -> bool:
    return bool(connection.scalar(select(or_(*conditions))))
