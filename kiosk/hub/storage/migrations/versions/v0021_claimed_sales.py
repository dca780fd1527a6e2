"""Which sales have a payment that is claimed still, found without looking through all of them."""

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

_AT_ONCE = 1_000
# A million entries do not lie in memory at once.
_IN_PAGES = {"yield_per": _AT_ONCE}
# What somebody said of a payment, whatever it was: it is claimed no longer.
_SAID = """
SELECT c.subject AS sale, e.stored FROM counted_entries c
JOIN entries e ON e.journal = c.journal AND e.seq = c.seq
WHERE c.kind IN ('payment_confirmed', 'payment_changed') AND c.subject IS NOT NULL"""
_SALES = """
SELECT c.id, e.stored FROM counted_entries c
JOIN entries e ON e.journal = c.journal AND e.seq = c.seq
WHERE c.kind = 'sale'"""


def upgrade() -> None:
    """Make the table, and find what is claimed among all that arrived so far."""
    table = op.create_table(
        "claimed_sales",
        sa.Column("sale", sa.Text(), nullable=False),
        sa.Column("campaign", sa.Text(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("sale", name=op.f("pk_claimed_sales")),
    )
    op.create_index("ix_claimed_sales_campaign_sale", "claimed_sales", ["campaign", "sale"])
    rows = list(_claimed(op.get_bind()))
    for start in range(0, len(rows), _AT_ONCE):
        op.bulk_insert(table, rows[start : start + _AT_ONCE])


def _claimed(connection: sa.Connection) -> Iterator[dict[str, str]]:
    said = _said(connection)
    events = connection.execute(sa.text("SELECT id, campaign FROM events"))
    campaigns = {row.id: row.campaign for row in events}
    for sale, stored in connection.execute(sa.text(_SALES), execution_options=_IN_PAGES):
        if b'"state":"claimed"' not in bytes(stored):
            continue
        body = _body(stored)
        claimed = {one.get("n") for one in body["payments"] if one.get("state") == "claimed"}
        if claimed - said[sale]:
            yield {"sale": sale, "campaign": campaigns[body["event"]], "event": body["event"]}


def _said(connection: sa.Connection) -> defaultdict[str, set[Any]]:
    """Give by sale the numbers of the payments that somebody said something of."""
    said: defaultdict[str, set[Any]] = defaultdict(set)
    for sale, stored in connection.execute(sa.text(_SAID), execution_options=_IN_PAGES):
        said[sale].add(_body(stored).get("n"))
    decided = "SELECT sale, n FROM claim_decisions WHERE undone_at IS NULL"
    for sale, n in connection.execute(sa.text(decided)):
        said[sale].add(n)
    return said


def _body(stored: bytes) -> dict[str, Any]:
    body: dict[str, Any] = json.loads(bytes(stored))["body"]
    return body
