"""Undoing an import: its orders go back to what the other counted files say of them.

What counts of an order is decided by the files that count and by nothing else, so a file
may be undone from the middle of several, and be counted once more, in any order: the
totals are those of the files that are left, as if the others had never come.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sqlalchemy import Connection

from kiosk.clock import Clock
from kiosk.errors import N_, KioskError
from kiosk.hub.marketplaces import Order
from kiosk.hub.services.campaigns import NotFoundError
from kiosk.hub.services.imports import audit_import, kept_export, plan_against, store_orders
from kiosk.hub.storage.imports import (
    Import,
    is_kept,
    list_imports,
    mark_counting,
    mark_undone,
)
from kiosk.hub.storage.orders import drop_orders, lock_orders, orders_of_kept_files
from kiosk.hub.storage.store import Store

# An order by the export that tells it and its id there.
Key = tuple[str, str]


class ImportNotKeptError(KioskError):
    """A file was counted by an older hub, which kept nothing to go back to."""

    def __init__(self, file_name: str) -> None:
        self.file_name = file_name
        super().__init__(
            N_("%(name)s was counted before the hub kept what it read, so it cannot be undone."),
            name=file_name,
        )


@dataclass(frozen=True, slots=True)
class _Version:
    """An order as one file tells it."""

    entry: Import
    order: Order

    @property
    def key(self) -> Key:
        return self.entry.source, self.order.order_id


def undo_import(store: Store, clock: Clock, by: str, entry: Import) -> None:
    """Take a counted file out; its orders are again what the other files say, or gone.

    Raises ImportNotKeptError, and NotFoundError where it does not count (any more).
    """

    def undo(connection: Connection) -> None:
        if not mark_undone(connection, entry.id, clock.now(), by):
            raise NotFoundError
        _count_anew(connection, entry)
        audit_import(connection, clock, by, "file undone", entry)

    _locked(store, entry, undo)


def redo_import(store: Store, clock: Clock, by: str, entry: Import) -> None:
    """Count an undone file once more; a newer file's orders stay as they are.

    Raises ImportNotKeptError, and NotFoundError where it is not undone (any more).
    """

    def redo(connection: Connection) -> None:
        if not mark_counting(connection, entry.id):
            raise NotFoundError
        _count_anew(connection, entry)
        audit_import(connection, clock, by, "file counted again", entry)

    _locked(store, entry, redo)


def _locked(store: Store, entry: Import, step: Callable[[Connection], None]) -> None:
    def locked(connection: Connection) -> None:
        if not is_kept(connection, entry.id):
            raise ImportNotKeptError(entry.file_name)
        lock_orders(connection)
        step(connection)

    store.retrying(locked)


def _count_anew(connection: Connection, entry: Import) -> None:
    """Bring every order that a file names to what the files that count now say of it."""
    standing = sorted(
        (one for one in list_imports(connection, entry.campaign) if one.counts),
        key=lambda one: (one.as_of, one.imported_at, one.id),
    )
    keys: set[Key] = set()
    invoices: set[str] = set()
    _reach(keys, invoices, _versions(connection, entry))
    versions = _touching(connection, standing, keys, invoices)
    _let_go(connection, entry, keys)
    winners: defaultdict[str, list[Order]] = defaultdict(list)
    for version in _newest(versions):
        winners[version.entry.id].append(version.order)
    for one in standing:
        if one.id in winners:
            store_orders(connection, one, plan_against(connection, one, winners[one.id], ()))


def _versions(connection: Connection, entry: Import) -> list[_Version]:
    return [_Version(entry, order) for order in kept_export(connection, entry).orders]


def _reach(keys: set[Key], invoices: set[str], versions: Iterable[_Version]) -> None:
    for version in versions:
        keys.add(version.key)
        if version.order.invoice_number:
            invoices.add(version.order.invoice_number)


def _touching(
    connection: Connection, standing: Iterable[Import], keys: set[Key], invoices: set[str]
) -> list[_Version]:
    """Give all that the counting files say of these orders, the oldest first.

    An order that shares an invoice number is reached too, and so is what that one shares:
    `keys` and `invoices` grow until they hold all that belongs together.
    """
    while True:
        reached = len(keys) + len(invoices)
        found = [
            version
            for one in standing
            for version in _kept_versions(connection, one)
            if version.key in keys or version.order.invoice_number in invoices
        ]
        _reach(keys, invoices, found)
        if len(keys) + len(invoices) == reached:
            return found


def _kept_versions(connection: Connection, entry: Import) -> Iterable[_Version]:
    """Give a file's orders; one that was counted by an older hub says nothing any more."""
    return _versions(connection, entry) if is_kept(connection, entry.id) else ()


def _newest(versions: Iterable[_Version]) -> Iterable[_Version]:
    """Choose one version of every order, as counting the files one after another does.

    Of one export the newest counts, of equally new files the one counted last; of two
    exports of one order the newer, of equally new ones the first.
    """
    chosen: dict[Key, _Version] = {}
    by_invoice: dict[str, Key] = {}
    for version in versions:
        invoice = version.order.invoice_number
        twin = chosen.get(by_invoice.get(invoice, version.key))
        if twin is not None and twin.entry.source != version.entry.source:
            if twin.entry.as_of >= version.entry.as_of:
                continue
            del chosen[twin.key]
        chosen[version.key] = version
        if invoice:
            by_invoice[invoice] = version.key
    return chosen.values()


def _let_go(connection: Connection, entry: Import, keys: set[Key]) -> None:
    """Take these orders out, except those that only a file knew whose reading was not kept."""
    by_source: defaultdict[str, list[str]] = defaultdict(list)
    for source, order_id in keys:
        by_source[source].append(order_id)
    for source, order_ids in by_source.items():
        replayed = orders_of_kept_files(connection, entry.campaign, source, order_ids)
        drop_orders(connection, entry.campaign, source, replayed)
