"""Product matches as rows, and the order lines that still belong to no product."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, and_, exists, func, select

from kiosk.domain.money import Rupiah
from kiosk.hub.storage.tables import order_lines, product_matches, vendor_matches


@dataclass(frozen=True, slots=True)
class Match:
    """What a marketplace's listing is in the campaign: a product, or only whose it is.

    Matches of one `batch` were remembered in one go.
    """

    source: str
    key: str
    product: str = ""
    vendor: str = ""
    batch: str = ""


@dataclass(frozen=True, slots=True)
class UnmatchedListing:
    """A listing whose counted lines belong to no product yet, with what they are worth."""

    source: str
    key: str
    name: str
    lines: int
    units: int
    omzet_rp: Rupiah


def read_matches(connection: Connection, campaign_id: str, source: str) -> dict[str, Match]:
    """Give what is remembered of a source's listings, by the listing's key."""
    return {
        match.key: match
        for match in list_matches(connection, campaign_id)
        if match.source == source
    }


def list_matches(connection: Connection, campaign_id: str, batch: str = "") -> list[Match]:
    """Give every remembered match of a campaign, or those of one batch."""
    found: list[Match] = []
    for table in (product_matches, vendor_matches):
        statement = select(table).where(table.c.campaign == campaign_id)
        if batch:
            statement = statement.where(table.c.batch == batch)
        for row in connection.execute(statement).mappings():
            key = row["marketplace_key"]
            product, vendor = row.get("product", ""), row.get("vendor", "")
            found.append(Match(row["source"], key, product, vendor, row["batch"]))
    return sorted(found, key=lambda match: (match.source, match.key))


def save_match(connection: Connection, campaign_id: str, match: Match) -> None:
    """Remember a match, in place of an earlier one for the same listing."""
    forget_match(connection, campaign_id, match.source, match.key)
    values = {
        "campaign": campaign_id,
        "source": match.source,
        "marketplace_key": match.key,
        "batch": match.batch,
    }
    if match.product:
        connection.execute(product_matches.insert().values(values | {"product": match.product}))
    else:
        connection.execute(vendor_matches.insert().values(values | {"vendor": match.vendor}))


def forget_match(connection: Connection, campaign_id: str, source: str, key: str) -> None:
    """Forget what a listing was said to be."""
    for table in (product_matches, vendor_matches):
        connection.execute(
            table.delete().where(
                table.c.campaign == campaign_id,
                table.c.source == source,
                table.c.marketplace_key == key,
            )
        )


def _undecided() -> ColumnElement[bool]:
    """Pick the counted lines of listings of which nobody has said anything."""
    said = exists().where(
        vendor_matches.c.campaign == order_lines.c.campaign,
        vendor_matches.c.source == order_lines.c.source,
        vendor_matches.c.marketplace_key == order_lines.c.sku,
    )
    return and_(order_lines.c.product == "", order_lines.c.units > 0, ~said)


def list_unmatched(connection: Connection, campaign_id: str) -> list[UnmatchedListing]:
    """Give the listings of counted lines without a product, the largest omzet first."""
    worth = func.sum(order_lines.c.omzet_rp)
    rows = connection.execute(
        select(
            order_lines.c.source,
            order_lines.c.sku,
            func.min(order_lines.c.name),
            func.count(),
            func.sum(order_lines.c.units),
            worth,
        )
        .where(
            order_lines.c.campaign == campaign_id,
            _undecided(),
        )
        .group_by(order_lines.c.source, order_lines.c.sku)
        .order_by(worth.desc(), order_lines.c.sku)
    )
    return [
        UnmatchedListing(source, key, name, lines, int(units), Rupiah(int(omzet_rp)))
        for source, key, name, lines, units, omzet_rp in rows
    ]


def count_unmatched(connection: Connection, campaign_id: str) -> int:
    """Count the listings that `list_unmatched` would give."""
    listings = (
        select(order_lines.c.source, order_lines.c.sku)
        .where(
            order_lines.c.campaign == campaign_id,
            _undecided(),
        )
        .distinct()
        .subquery()
    )
    return connection.scalar(select(func.count()).select_from(listings)) or 0


def listing_names(connection: Connection, campaign_id: str) -> dict[tuple[str, str], str]:
    """Give the name of every listing that was ever imported, by source and key."""
    rows = connection.execute(
        select(order_lines.c.source, order_lines.c.sku, func.min(order_lines.c.name))
        .where(order_lines.c.campaign == campaign_id)
        .group_by(order_lines.c.source, order_lines.c.sku)
    )
    return {(source, key): name for source, key, name in rows}
