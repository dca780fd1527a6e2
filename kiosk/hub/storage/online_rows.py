"""Lines of online orders as a figure is made of them, with the file each came from.

Read in the order of their key, a bounded number of orders at a time.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple, Self

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select, tuple_

from kiosk.clock import WIB
from kiosk.hub.storage.campaigns import instant, instant_or_none
from kiosk.hub.storage.tables import imports, order_lines, orders

WINDOW: Final = 20_000
_SUMS: Final = ("units", "omzet_rp", "units_final", "omzet_final_rp")
# Values of the columns that the database itself can look for.
_OF_LINES: Final = ("vendor", "product", "category")
_OF_ORDERS: Final = ("event", "channel")
# No order's id holds one.
_SEPARATOR: Final = "\t"


class RowPlace(NamedTuple):
    """The place of an order's line; written with tabs between in an address."""

    source: str
    order_id: str
    n: int

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Read a place from an address, None for anything else."""
        match text[:300].split(_SEPARATOR):
            case [source, order_id, n] if n.isascii() and n.isdigit() and len(n) < 10:  # noqa: PLR2004 - fits a column
                return cls(source.replace("\x00", ""), order_id.replace("\x00", ""), int(n))
        return None

    def __str__(self) -> str:
        return _SEPARATOR.join((self.source, self.order_id, str(self.n)))


@dataclass(frozen=True, slots=True)
class OnlineRow:
    """A line that counts, with its order and the file that told it last; `hour` is WIB."""

    source: str
    order_id: str
    n: int
    channel: str
    event: str
    vendor: str
    product: str
    category: str
    name: str
    status: str
    paid_at: datetime | None
    hour: str
    file_name: str
    as_of: datetime
    units: int
    omzet_rp: int
    units_final: int
    omzet_final_rp: int


def online_rows(
    connection: Connection,
    campaign_id: str,
    values: dict[str, frozenset[str]],
    search: str,
    most: int,
    after: RowPlace | None = None,
) -> tuple[list[OnlineRow], RowPlace | None]:
    """Give at most `most` counted lines with these values, and the place to go on after.

    None says that nothing is left. At most `WINDOW` orders are looked at.
    """
    window = _window(campaign_id, after)
    last = connection.execute(
        select(window.c.source, window.c.order_id)
        .order_by(window.c.source.desc(), window.c.order_id.desc())
        .limit(1)
    ).first()
    if last is None:
        return [], None
    rows = connection.execute(_lines(window, campaign_id, values, search, after).limit(most + 1))
    found = [_row(row) for row in rows.mappings()]
    if len(found) > most:
        kept = found[:most]
        return kept, RowPlace(kept[-1].source, kept[-1].order_id, kept[-1].n)
    is_full = connection.scalar(select(func.count()).select_from(window)) == WINDOW
    return found, RowPlace(last.source, last.order_id, 10**9 - 1) if is_full else None


def _window(campaign_id: str, after: RowPlace | None) -> Any:
    """Give the orders that are looked at this time."""
    place = tuple_(orders.c.source, orders.c.order_id)
    window = select(orders).where(orders.c.campaign == campaign_id)
    if after is not None:
        window = window.where(place >= tuple_(after.source, after.order_id))
    return window.order_by(orders.c.source, orders.c.order_id).limit(WINDOW).subquery("looked_at")


def _lines(
    window: Any,
    campaign_id: str,
    values: dict[str, frozenset[str]],
    search: str,
    after: RowPlace | None,
) -> Any:
    same_order = (
        (order_lines.c.campaign == campaign_id)
        & (order_lines.c.source == window.c.source)
        & (order_lines.c.order_id == window.c.order_id)
    )
    place = (order_lines.c.source, order_lines.c.order_id, order_lines.c.n)
    conditions: list[ColumnElement[bool]] = [or_(*(order_lines.c[name] != 0 for name in _SUMS))]
    conditions += [order_lines.c[name].in_(values[name]) for name in _OF_LINES if name in values]
    conditions += [
        func.coalesce(window.c[name], "").in_(values[name]) for name in _OF_ORDERS if name in values
    ]
    if "hour" in values:
        conditions.append(or_(*(_in_hour(window, hour) for hour in values["hour"])))
    if search:
        like = f"%{_escaped(search.lower())}%"
        texts = (order_lines.c.order_id, order_lines.c.name, order_lines.c.sku)
        conditions.append(or_(*(func.lower(one).like(like, escape="\\") for one in texts)))
    if after is not None:
        conditions.append(tuple_(*place) > tuple_(*after))
    return (
        select(
            order_lines,
            window.c.channel,
            window.c.event,
            window.c.status,
            window.c.paid_at,
            window.c.as_of,
            imports.c.file_name,
        )
        .join(window, same_order)
        .join(imports, imports.c.id == window.c["import"])
        .where(and_(*conditions))
        .order_by(*place)
    )


def _in_hour(window: Any, hour: str) -> ColumnElement[bool]:
    """Want orders paid in an hour of WIB, whose times are written in UTC; '' wants the unpaid."""
    try:
        begins = datetime.strptime(hour, "%Y-%m-%dT%H").replace(tzinfo=WIB)
    except ValueError:
        return window.c.paid_at.is_(None)  # type: ignore[no-any-return] # a column of a subquery
    return window.c.paid_at.startswith(f"{begins.astimezone(UTC):%Y-%m-%dT%H}")  # type: ignore[no-any-return] # a column of a subquery


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _row(row: Any) -> OnlineRow:
    paid_at = instant_or_none(row["paid_at"])
    local = paid_at.astimezone(WIB) if paid_at else None
    return OnlineRow(
        source=row["source"],
        order_id=row["order_id"],
        n=row["n"],
        channel=row["channel"],
        event=row["event"] or "",
        vendor=row["vendor"],
        product=row["product"],
        category=row["category"],
        name=row["name"],
        status=row["status"],
        paid_at=local,
        hour=f"{local:%Y-%m-%dT%H}" if local else "",
        file_name=row["file_name"],
        as_of=instant(row["as_of"]),
        **{name: row[name] for name in _SUMS},
    )
