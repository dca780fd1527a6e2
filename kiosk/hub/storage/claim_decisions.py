"""Decisions about claimed payments as rows: what stands, and what was taken back."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, RowMapping, Select, insert, select, update

from kiosk.clock import stamp_utc
from kiosk.hub.storage.campaigns import instant, instant_or_none
from kiosk.hub.storage.tables import claim_decisions, users

RECEIVED: Final = "final"
NEVER_RECEIVED: Final = "never_received"
_AT_ONCE: Final = 500

# By the number of a sale's payment: `final` or `never_received`.
Decided = Mapping[int, str]


@dataclass(frozen=True, slots=True)
class ClaimDecision:
    """What somebody said of payment `n` of a sale, and what made them say so."""

    id: str
    sale: str
    n: int
    decision: str
    evidence: str
    at: datetime
    by: str
    name: str = ""
    undone_at: datetime | None = None


def decided_of(connection: Connection, sale_ids: Iterable[str]) -> dict[str, dict[int, str]]:
    """Give what stands about these sales' payments."""
    found: defaultdict[str, dict[int, str]] = defaultdict(dict)
    wanted = sorted(set(sale_ids))
    for start in range(0, len(wanted), _AT_ONCE):
        rows = connection.execute(
            select(claim_decisions.c.sale, claim_decisions.c.n, claim_decisions.c.decision).where(
                claim_decisions.c.sale.in_(wanted[start : start + _AT_ONCE]),
                claim_decisions.c.undone_at.is_(None),
            )
        )
        for row in rows:
            found[row.sale][row.n] = row.decision
    return dict(found)


def decisions_about(connection: Connection, sale_ids: Sequence[str]) -> list[ClaimDecision]:
    """Give every decision about these sales, also those taken back, the newest first."""
    found = []
    for start in range(0, len(sale_ids), _AT_ONCE):
        rows = connection.execute(
            _named().where(claim_decisions.c.sale.in_(sale_ids[start : start + _AT_ONCE]))
        )
        found += [_decision(row) for row in rows.mappings()]
    return sorted(found, key=lambda one: (one.at, one.id), reverse=True)


def find_standing(connection: Connection, decision_id: str) -> ClaimDecision | None:
    """Give a decision that stands, None where there is none of this id."""
    row = (
        connection.execute(
            _named().where(
                claim_decisions.c.id == decision_id, claim_decisions.c.undone_at.is_(None)
            )
        )
        .mappings()
        .first()
    )
    return _decision(row) if row else None


def batch_of(connection: Connection, decision: ClaimDecision) -> list[ClaimDecision]:
    """Give what still stands of the decisions that somebody took at the same moment."""
    rows = connection.execute(
        _named().where(
            claim_decisions.c.at == stamp_utc(decision.at),
            claim_decisions.c.by == decision.by,
            claim_decisions.c.undone_at.is_(None),
        )
    )
    return [_decision(row) for row in rows.mappings()]


def last_decisions(connection: Connection, most: int) -> list[ClaimDecision]:
    """Give the decisions that stand, the newest first, at most `most`."""
    rows = connection.execute(
        _named()
        .where(claim_decisions.c.undone_at.is_(None))
        .order_by(claim_decisions.c.at.desc(), claim_decisions.c.id)
        .limit(most)
    )
    return [_decision(row) for row in rows.mappings()]


def _named() -> Select[Any]:
    return select(claim_decisions, users.c.name).outerjoin(
        users, users.c.id == claim_decisions.c.by
    )


def insert_decisions(connection: Connection, decisions: Sequence[ClaimDecision]) -> None:
    """Write decisions that stand from now on."""
    if decisions:
        connection.execute(
            insert(claim_decisions),
            [
                {
                    name: value
                    for name, value in (asdict(one) | {"at": stamp_utc(one.at)}).items()
                    if name not in {"name", "undone_at"}
                }
                for one in decisions
            ],
        )


def undo_decision(connection: Connection, decision_id: str, by: str, at: datetime) -> None:
    """Write that a decision does not stand any more."""
    connection.execute(
        update(claim_decisions)
        .where(claim_decisions.c.id == decision_id)
        .values(undone_at=stamp_utc(at), undone_by=by)
    )


def _decision(row: RowMapping) -> ClaimDecision:
    return ClaimDecision(
        row["id"],
        row["sale"],
        row["n"],
        row["decision"],
        row["evidence"],
        instant(row["at"]),
        row["by"],
        row["name"] or "",
        instant_or_none(row["undone_at"]),
    )
