"""Column mappings: an organiser says once what the columns of an unknown file are."""

from collections.abc import Mapping

from sqlalchemy import Connection

from kiosk.clock import Clock
from kiosk.errors import N_
from kiosk.hub.marketplaces.layout import Layout
from kiosk.hub.marketplaces.mapped import NEEDED, ColumnMapping, layout_of
from kiosk.hub.services.accounts import audit
from kiosk.hub.services.campaigns import FieldError, NotFoundError
from kiosk.hub.storage import column_mappings as rows
from kiosk.hub.storage.column_mappings import SavedMapping
from kiosk.hub.storage.store import Store

# What a channel is not called: sales at the bazaar and totals typed in have these names.
_RESERVED = frozenset({"bazaar", "bazar", "preorder", "rekap"})


class ColumnMissingError(FieldError):
    """A mapping lacks a column that no total can do without."""

    def __init__(self, fact: str) -> None:
        self.field = f"col-{fact}"
        super().__init__(N_("Say which column holds this; no total can do without it."))


class ChannelReservedError(FieldError):
    """A marketplace is called like something else in the totals."""

    field = "channel"

    def __init__(self) -> None:
        super().__init__(N_("The totals use this name for something else. Choose another."))


def check_mapping(mapping: ColumnMapping) -> None:
    """Refuse a mapping that cannot give a total: raises ColumnMissingError or ChannelReservedError."""
    if mapping.channel.casefold() in _RESERVED:
        raise ChannelReservedError
    for facts in NEEDED:
        if not any(fact in mapping.columns for fact in facts):
            raise ColumnMissingError(facts[0])


def mapped_layouts(connection: Connection) -> dict[str, Layout]:
    """Give the layouts that were made by hand, by header signature."""
    return {
        saved.mapping.signature: layout_of(saved.mapping)
        for saved in rows.list_mappings(connection)
    }


def every_mapping(store: Store) -> list[SavedMapping]:
    """Give every mapping, by the marketplace's name."""
    with store.read() as connection:
        return rows.list_mappings(connection)


def open_mapping(store: Store, signature: str) -> SavedMapping:
    """Give the mapping of a header; raises NotFoundError."""
    with store.read() as connection:
        saved = rows.find_mapping(connection, signature)
    if saved is None:
        raise NotFoundError
    return saved


def remember_mapping(store: Store, clock: Clock, by: str, mapping: ColumnMapping) -> None:
    """Remember what a file's columns are, for it and every later one; raises what `check_mapping` raises."""
    check_mapping(mapping)
    with store.begin() as connection:
        rows.save_mapping(connection, SavedMapping(mapping, clock.now(), by))
        audit(
            connection,
            clock,
            by=by,
            action="columns mapped",
            subject=mapping.signature,
            facts={"marketplace": mapping.channel, **_facts(mapping)},
        )


def forget_mapping(store: Store, clock: Clock, by: str, signature: str) -> None:
    """Forget a mapping; what was imported by it stays. Raises NotFoundError."""
    with store.begin() as connection:
        if not rows.delete_mapping(connection, signature):
            raise NotFoundError
        audit(connection, clock, by=by, action="mapping forgotten", subject=signature)


def _facts(mapping: ColumnMapping) -> Mapping[str, object]:
    return {
        "columns": dict(mapping.columns),
        "words": dict(mapping.words),
        "dates": mapping.dates,
        "amounts": mapping.amounts,
    }
