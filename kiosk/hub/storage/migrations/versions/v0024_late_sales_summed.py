"""Late sales as a sum like every other: of the copies that count, as the bazaars end now.

They were counted as they came, so that a copy of a sale was counted again.
"""

import json
from collections import Counter

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

_AT_ONCE = 1_000
# Every sale that might be late; which event it belongs to stands in its bytes alone.
_SALES = """
    SELECT entries.journal, entries.stored, entries.arrived_at
    FROM counted_entries
    JOIN entries ON entries.journal = counted_entries.journal AND entries.seq = counted_entries.seq
    WHERE counted_entries.kind = 'sale'
        AND entries.arrived_at > (SELECT min(bazaar_end) FROM events)
"""


def upgrade() -> None:
    """Make the sums, from what is here, and let the number go."""
    late_rollups = op.create_table(
        "late_rollups",
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("journal", sa.Text(), nullable=False),
        sa.Column("sales", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("event", "journal", name=op.f("pk_late_rollups")),
    )
    found = [
        {"event": event, "journal": journal, "sales": sales}
        for (event, journal), sales in _late_sales(op.get_bind()).items()
    ]
    op.bulk_insert(late_rollups, found)
    op.drop_column("journals", "late_sales")


def _late_sales(connection: sa.Connection) -> Counter[tuple[str, str]]:
    ends: dict[str, str] = dict(
        connection.execute(sa.text("SELECT id, bazaar_end FROM events")).all()
    )
    late: Counter[tuple[str, str]] = Counter()
    for journal, stored, arrived_at in connection.execute(
        sa.text(_SALES), execution_options={"yield_per": _AT_ONCE}
    ):
        event = json.loads(bytes(stored))["body"]["event"]
        late[event, journal] += arrived_at > ends[event]
    return +late
