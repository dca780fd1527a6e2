"""The trail: what was done at the hub, by whom and when, found again and read in plain words.

What a change made of something stands in its facts under `changes`: each field with what it
was and what it became. The store refuses to change or drop a line (see the migrations).
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, RowMapping, func, or_, select

from kiosk.clock import WIB, stamp_utc
from kiosk.hub.storage.campaigns import instant
from kiosk.hub.storage.store import Store
from kiosk.hub.storage.tables import audit_trail, users
from kiosk.hub.storage.vendors import contains

PAGE: Final = 100
_LONGEST_VALUE: Final = 120
# What no trail may tell, what is no news, and what is too long to be read.
_LEFT_OUT: Final = frozenset({"id", "campaign", "pin_hash", "event", "qris", "logo"})


@dataclass(frozen=True, slots=True)
class TrailQuery:
    """What is looked for: words, a person's id, a kind of subject, days in WIB; '' is all."""

    words: str = ""
    by: str = ""
    about: str = ""
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class TrailEntry:
    """One line: `changes` are field, before, after; `facts` is what else was kept."""

    id: str
    at: datetime
    name: str
    action: str
    subject: str
    label: str
    changes: tuple[tuple[str, str, str], ...]
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class TrailPage:
    """Some lines, the last first; `older` asks for those before them, '' where there are none."""

    lines: list[TrailEntry]
    older: str


def differences(before: object | None, after: object) -> dict[str, list[Any]]:
    """Give what differs between two values of one dataclass; of something new, all it says."""
    new = asdict(after)  # type: ignore[call-overload] # a dataclass, which has no name of its own
    old = asdict(before) if before is not None else {}  # type: ignore[call-overload] # as above
    return {
        name: [_fact(old.get(name)), _fact(value)]
        for name, value in new.items()
        if name not in _LEFT_OUT and old.get(name) != value and (old or value not in ("", None))
    }


def _fact(value: object) -> object:
    """Give a value as JSON keeps it, short enough to be read."""
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, datetime):
        return value.astimezone(WIB).isoformat(" ", "minutes")
    if isinstance(value, list | tuple | dict):
        return json.dumps(value, ensure_ascii=False, default=str)[:_LONGEST_VALUE]
    return str(value)[:_LONGEST_VALUE]


def search_trail(store: Store, query: TrailQuery, before: str = "", most: int = PAGE) -> TrailPage:
    """Give the lines that a query finds, from the one before the line `before` on."""
    chosen = list(_conditions(query))
    statement = (
        select(audit_trail, func.coalesce(users.c.name, audit_trail.c.by).label("name"))
        .outerjoin(users, users.c.id == audit_trail.c.by)
        .where(*chosen)
        .order_by(audit_trail.c.at.desc(), audit_trail.c.id.desc())
        .limit(most + 1)
    )
    at, _dash, line_id = before.partition("_")
    if line_id:
        same = (audit_trail.c.at == at) & (audit_trail.c.id < line_id)
        statement = statement.where(or_(audit_trail.c.at < at, same))
    with store.read() as connection:
        rows = connection.execute(statement).mappings().all()
    shown = rows[:most]
    older = f"{shown[-1]['at']}_{shown[-1]['id']}" if len(rows) > most else ""
    return TrailPage([_entry(row) for row in shown], older)


def trail_people(store: Store) -> list[tuple[str, str]]:
    """Give who ever did something here, by name."""
    with store.read() as connection:
        rows = connection.execute(select(users.c.id, users.c.name).order_by(users.c.name))
        return [(row.id, row.name) for row in rows]


def _conditions(query: TrailQuery) -> Iterator[ColumnElement[bool]]:
    if query.words:
        pattern = contains(query.words)
        columns = (audit_trail.c.facts, audit_trail.c.action, audit_trail.c.subject, users.c.name)
        yield or_(*(func.lower(column).like(pattern, escape="\\") for column in columns))
    if query.by:
        yield audit_trail.c.by == query.by
    if query.about:
        yield audit_trail.c.action.startswith(f"{query.about} ", autoescape=True)
    if query.first:
        yield audit_trail.c.at >= _midnight(query.first)
    if query.last:
        yield audit_trail.c.at < _midnight(query.last + timedelta(days=1))


def _midnight(day: date) -> str:
    return stamp_utc(datetime(day.year, day.month, day.day, tzinfo=WIB))


def _entry(row: RowMapping) -> TrailEntry:
    facts: dict[str, Any] = json.loads(row["facts"])
    changes = facts.pop("changes", {})
    label = next((facts.pop(name) for name in ("name", "file", "login") if facts.get(name)), "")
    return TrailEntry(
        row["id"],
        instant(row["at"]),
        row["name"],
        row["action"],
        row["subject"],
        str(label),
        tuple((name, _words(old), _words(new)) for name, (old, new) in changes.items()),
        {name: _words(value) for name, value in facts.items() if value not in (None, "", [])},
    )


def _words(value: object) -> str:
    if value is None or value == "":
        return "–"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
