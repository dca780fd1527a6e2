"""Reading a marketplace's file: it waits then, and counts nothing until it is taken.

The file itself is never kept, since it names buyers: what waits is what was read of it.
"""

import hashlib
from collections.abc import Generator
from dataclasses import replace
from datetime import datetime
from typing import Final

from kiosk.clock import Clock
from kiosk.errors import N_
from kiosk.hub.marketplaces import Limits, RowProblem, read_export_steps
from kiosk.hub.marketplaces.stored import to_stored
from kiosk.hub.services.campaigns import FieldError, NotFoundError
from kiosk.hub.services.column_mappings import mapped_layouts
from kiosk.hub.services.imports import audit_import
from kiosk.hub.storage.imports import Import, describe_dry_run, find_same_file, insert_import
from kiosk.hub.storage.store import Store
from kiosk.hub.storage.vendors import find_vendor

IMPORT_LIMITS: Final = Limits(file_bytes=64 << 20, unpacked_bytes=768 << 20, rows=150_000)
_LONGEST_NAME: Final = 120


class FileTakenError(FieldError):
    """The very same file was counted before."""

    field = "file"

    def __init__(self, file_name: str, at: datetime) -> None:
        self.file_name = file_name
        super().__init__(
            N_("This very file was counted on %(at)s, as %(name)s. Choose a newer export."),
            at=f"{at:%d-%m-%Y %H.%M} WIB",
            name=file_name,
        )


class AsOfInFutureError(FieldError):
    """A file is said to be as of a time that has not come: it would outdo every later file."""

    field = "as_of"

    def __init__(self) -> None:
        super().__init__(N_("This lies in the future. Say when the file was exported."))


class ShopUnknownError(FieldError):
    """A form names a shop that the campaign does not have."""

    field = "shop"

    def __init__(self) -> None:
        super().__init__(N_("Choose a vendor of this campaign, or several vendors."))


class NoOrdersError(FieldError):
    """A file is an export and holds no order at all."""

    field = "file"

    def __init__(self, file_name: str) -> None:
        super().__init__(
            N_("%(name)s holds no orders. Export a period that has some."), name=file_name
        )


class NothingReadableError(FieldError):
    """Not one row of a file could be read; the first says why."""

    field = "file"

    def __init__(self, file_name: str, problem: RowProblem) -> None:
        self.file_name = file_name
        self.problem = problem
        super().__init__(
            N_("No row of %(name)s could be read. Row %(row)s, “%(column)s”: %(reason)s"),
            name=file_name,
            row=problem.row,
            column=problem.column,
            reason=problem.reason,
        )


def short_name(file_name: str) -> str:
    """Give a file's name without its folders, cut where no honest one ends."""
    return file_name.replace("\\", "/").rpartition("/")[2][:_LONGEST_NAME] or "export"


def read_file_in(
    store: Store, clock: Clock, by: str, campaign_id: str, file_name: str, data: bytes
) -> Import:
    """Read an uploaded file and keep it as a dry run; nothing of it counts yet.

    The same bytes twice give the dry run that is waiting already. Raises FileTakenError
    where they were counted, NoOrdersError, NothingReadableError, and what `read_export`
    raises.
    """
    return finish(read_file_steps(store, clock, by, campaign_id, file_name, data))


def finish(steps: Generator[int, None, Import]) -> Import:
    """Go through the steps of reading to their end, and give what came of them."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            entry: Import = end.value
            return entry


def read_file_steps(
    store: Store, clock: Clock, by: str, campaign_id: str, file_name: str, data: bytes
) -> Generator[int, None, Import]:
    """Do what `read_file_in` does, giving now and then how many rows are read.

    Let go between two steps it has stored nothing.
    """
    name = short_name(file_name)
    digest = hashlib.sha256(data).hexdigest()
    with store.read() as connection:
        mapped = mapped_layouts(connection)
    export = yield from read_export_steps(name, data, IMPORT_LIMITS, mapped)
    if not export.orders:
        left_out = [problem for problem in export.problems if not problem.counted]
        raise NothingReadableError(name, left_out[0]) if left_out else NoOrdersError(name)
    now = clock.now()
    with store.begin() as connection:
        same = find_same_file(connection, campaign_id, digest)
        if same is not None and same.state == "taken":
            raise FileTakenError(same.file_name, same.imported_at)
        if same is not None:
            return same
        entry = Import(
            id=clock.new_id(),
            campaign=campaign_id,
            source=export.source,
            file_name=name,
            file_sha256=digest,
            imported_at=now,
            imported_by=by,
            as_of=export.as_of or now,
            orders=len(export.orders),
            problems=len(export.problems),
            state="dry_run",
        )
        insert_import(connection, entry, to_stored(export))
        audit_import(connection, clock, by, "file read", entry)
    return entry


def describe_import(
    store: Store, clock: Clock, by: str, entry: Import, as_of: datetime, shop: str
) -> Import:
    """Say of a waiting file as of when it is and whose shop it is from ('' for several).

    Raises AsOfInFutureError, ShopUnknownError, and NotFoundError where it waits no more.
    """
    # A hub whose clock is behind still takes what the file itself says.
    if as_of > max(clock.now(), entry.as_of):
        raise AsOfInFutureError
    described = replace(entry, as_of=as_of, shop=shop)
    if described == entry:
        return entry
    with store.begin() as connection:
        vendor = find_vendor(connection, shop) if shop else None
        if shop and (vendor is None or vendor.campaign != entry.campaign):
            raise ShopUnknownError
        if not describe_dry_run(connection, entry.id, as_of, shop):
            raise NotFoundError
        audit_import(connection, clock, by, "file described", described)
    return described
