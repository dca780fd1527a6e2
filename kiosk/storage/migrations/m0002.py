"""Schema of step 2: what came back of sales, projected from the journal's refunds."""

from typing import Final

REFUNDS: Final = (
    # A refund belongs to the shift that pays it back. Its sale may be another machine's, so
    # it is no reference. `amount_rp` is goods, `total_rp` money: apart by the rounding.
    """
    CREATE TABLE refunds (
        id TEXT PRIMARY KEY,
        journal INTEGER NOT NULL,
        seq INTEGER NOT NULL,
        sale TEXT NOT NULL,
        shift TEXT NOT NULL REFERENCES shifts (id),
        kind TEXT NOT NULL CHECK (kind IN ('void', 'refund')),
        units INTEGER NOT NULL CHECK (units >= 0),
        amount_rp INTEGER NOT NULL CHECK (amount_rp >= 0),
        rounding_rp INTEGER NOT NULL CHECK (rounding_rp <= 0),
        total_rp INTEGER NOT NULL CHECK (total_rp >= 0)
    ) STRICT, WITHOUT ROWID
    """,
    # Found by sale for its page, and by shift for the reports.
    "CREATE INDEX refunds_of_a_sale ON refunds (sale, journal, seq)",
    "CREATE INDEX refunds_of_a_shift ON refunds (shift)",
    """
    CREATE TRIGGER closed_shifts_pay_nothing_back BEFORE INSERT ON refunds
    WHEN (SELECT closed_at FROM shifts WHERE id = NEW.shift) IS NOT NULL
    BEGIN SELECT RAISE(ABORT, 'a closed shift pays nothing back'); END
    """,
    """
    CREATE TABLE refund_lines (
        refund TEXT NOT NULL REFERENCES refunds (id),
        n INTEGER NOT NULL,
        qty INTEGER NOT NULL CHECK (qty > 0),
        amount_rp INTEGER NOT NULL CHECK (amount_rp >= 0),
        PRIMARY KEY (refund, n)
    ) STRICT, WITHOUT ROWID
    """,
    # By which of the sale's payments the money went back.
    """
    CREATE TABLE refund_payments (
        refund TEXT NOT NULL REFERENCES refunds (id),
        n INTEGER NOT NULL,
        method TEXT NOT NULL,
        amount_rp INTEGER NOT NULL CHECK (amount_rp > 0),
        PRIMARY KEY (refund, n)
    ) STRICT, WITHOUT ROWID
    """,
)
