"""What the hub's tables are made of: their one metadata, and the columns that many of them have."""

from typing import Final

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, MetaData, Text, text

metadata: Final = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)

# How a table is seen by somebody who looks after some vendors only (see `storage.scope`): by
# its column `vendor` if it has one, by the column named here, or openly, as it tells of none.
# A table that says nothing and has no such column is not shown to her at all.
SCOPE: Final = "scope"
OPEN: Final = ""
OPENLY: Final = {SCOPE: OPEN}


def row_id() -> Column[str]:
    """Give a row's own id, a UUID text."""
    return Column("id", Text, primary_key=True)


def belongs_to(owner: str) -> Column[str]:
    """Give what a row is part of: the id of a `campaign`, an `event`, a `vendor`, …."""
    return Column(owner, ForeignKey(f"{owner}s.id"), nullable=False, index=True)


def told(name: str) -> Column[str]:
    """Give a text that every row has to have."""
    return Column(name, Text, nullable=False)


def words(name: str) -> Column[str]:
    """Give a text that may be left out; it is '' then, never null."""
    return Column(name, Text, nullable=False, server_default="")


def whole(name: str) -> Column[int]:
    """Give a count, a place or a sum of rupiah that every row has to have."""
    return Column(name, BigInteger, nullable=False)


def switch(name: str) -> Column[bool]:
    """Give what is off until somebody switches it on."""
    return Column(name, Boolean, nullable=False, server_default=text("false"))


def active() -> Column[bool]:
    """Give whether a row is still in use; one with a history is not taken away."""
    return Column("active", Boolean, nullable=False, server_default=text("true"))


def index_where(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    """Give an index of the rows for which `where` holds, in both stores."""
    condition = text(where)
    return Index(name, *columns, unique=unique, sqlite_where=condition, postgresql_where=condition)


def undoable() -> list[Column[str]]:
    """Give when and by whom something was decided, and whether it was taken back since."""
    return [told("at"), told("by"), Column("undone_at", Text), words("undone_by")]


def sums() -> list[Column[int]]:
    """Give what is added up: all that counts, and of it what is final."""
    return [whole(name) for name in ("units", "omzet_rp", "units_final", "omzet_final_rp")]
