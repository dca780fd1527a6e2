"""Whose figures a person may see: every query of a mentor is narrowed to her own vendors.

The narrowing is done where statements meet the database, so that no page, export or figure
can forget it. A table with a column `vendor` gives the rows of her vendors alone, one that
is marked open gives all it has, and every other one refuses: what nobody thought about is
not shown.
"""

from dataclasses import dataclass
from typing import Any, Final, cast

from sqlalchemy import Column, Select, Subquery, Table, false, func, select
from sqlalchemy.sql import ClauseElement, visitors
from sqlalchemy.sql.selectable import CompoundSelect

from kiosk.errors import N_, KioskError
from kiosk.hub.storage.tables import OPEN, SCOPE, vendors

KINDS: Final = ("binaan", "kecamatan")
_OPTION: Final = "lapak_scope"


class OutOfScopeError(KioskError):
    """Somebody who sees some vendors only asked for what tells of all."""

    status = 403

    def __init__(self) -> None:
        super().__init__(
            N_("This page tells of more than the vendors you look after. Ask an organiser for it.")
        )


@dataclass(frozen=True, slots=True)
class Scope:
    """The vendors of one guiding office (by its name) or of one kecamatan (by its code).

    Who was merged into one of them is hers too.

    With any other kind, or no value, it holds nobody.
    """

    kind: str
    value: str

    def vendor_ids(self) -> Select[tuple[str]]:
        """Give the query for the ids of the vendors it holds."""
        kept = vendors.alias()
        counts_as = func.coalesce(vendors.c.merged_into, vendors.c.id)
        query = select(vendors.c.id).join(kept, kept.c.id == counts_as)
        if self.kind not in KINDS or not self.value.strip():
            return query.where(false())
        if self.kind == "kecamatan":
            return query.where(kept.c.kecamatan == self.value)
        office = " ".join(self.value.split()).lower()
        return query.where(func.lower(func.trim(kept.c.binaan)) == office)


def narrow(
    connection: Any, statement: Any, parameters: Any, named: Any, options: Any
) -> tuple[Any, Any, Any]:
    """Narrow a statement to its connection's scope, before it is run; see `scoped_options`.

    Raises OutOfScopeError where it touches what cannot be narrowed, or would write.
    """
    scope = {**connection.get_execution_options(), **options}.get(_OPTION)
    if isinstance(scope, Scope):
        statement = _narrowed(statement, scope)
    return statement, parameters, named


def scoped_options(scope: Scope) -> dict[str, Scope]:
    """Give the options of a connection whose statements are narrowed to a scope."""
    return {_OPTION: scope}


def _narrowed(statement: object, scope: Scope) -> ClauseElement:
    if not isinstance(statement, Select | CompoundSelect):
        raise OutOfScopeError
    held: dict[Table, Subquery] = {}

    def replaced(element: Any, **_options: Any) -> Any:
        table = element if isinstance(element, Table) else getattr(element, "table", None)
        if not isinstance(table, Table) or not isinstance(element, Table | Column):
            return None
        if table.info.get(SCOPE) == OPEN:
            return None
        if table not in held:
            held[table] = _rows_in(table, scope)
        return held[table] if element is table else held[table].c[element.key]

    return cast("ClauseElement", visitors.replacement_traverse(statement, {}, replaced))


def _rows_in(table: Table, scope: Scope) -> Subquery:
    """Give the rows of a table that belong to a scope's vendors."""
    column = table.c.id if table is vendors else table.c.get(table.info.get(SCOPE, "vendor"))
    if column is None:
        raise OutOfScopeError
    return select(table).where(column.in_(scope.vendor_ids())).subquery(table.name)
