"""Product matches as rows, and the order lines that still belong to no product."""

from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from kiosk.domain.money import Rupiah
from kiosk.hub.storage.tables import order_lines, product_matches


@dataclass(frozen=True, slots=True)
class Match:
    """What a marketplace's listing is in the campaign."""

    source: str
    key: str
    product: str


@dataclass(frozen=True, slots=True)
class UnmatchedListing:
    """A listing whose counted lines belong to no product yet, with what they are worth."""

    source: str
    key: str
    name: str
    lines: int
    units: int
    omzet_rp: Rupiah


def read_matches(connection: Connection, campaign_id: str, source: str) -> dict[str, str]:
    """Give the product of every remembered listing of a source, by the listing's key."""
    rows = connection.execute(
        select(product_matches.c.marketplace_key, product_matches.c.product).where(
            product_matches.c.campaign == campaign_id, product_matches.c.source == source
        )
    )
    return dict(rows.all())


def list_matches(connection: Connection, campaign_id: str) -> list[Match]:
    """Give every remembered match of a campaign."""
    rows = connection.execute(
        select(product_matches)
        .where(product_matches.c.campaign == campaign_id)
        .order_by(product_matches.c.source, product_matches.c.marketplace_key)
    )
    return [Match(row["source"], row["marketplace_key"], row["product"]) for row in rows.mappings()]


def save_match(connection: Connection, campaign_id: str, match: Match) -> None:
    """Remember a match, in place of an earlier one for the same listing."""
    forget_match(connection, campaign_id, match.source, match.key)
    connection.execute(
        product_matches.insert().values(
            campaign=campaign_id,
            source=match.source,
            marketplace_key=match.key,
            product=match.product,
        )
    )


def forget_match(connection: Connection, campaign_id: str, source: str, key: str) -> None:
    """Forget what a listing was said to be."""
    connection.execute(
        product_matches.delete().where(
            product_matches.c.campaign == campaign_id,
            product_matches.c.source == source,
            product_matches.c.marketplace_key == key,
        )
    )


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
            order_lines.c.product == "",
            order_lines.c.units > 0,
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
            order_lines.c.product == "",
            order_lines.c.units > 0,
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
