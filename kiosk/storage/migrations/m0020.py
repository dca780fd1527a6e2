"""Schema of step 20: refunds whose cash is rounded to coins, and made good by a later one."""

from typing import Final

ROUNDED_REFUNDS: Final = (
    # The same rows; what refers to them moves along by itself, and back.
    "DROP TRIGGER closed_shifts_pay_nothing_back",
    "DROP INDEX refunds_of_a_sale",
    "DROP INDEX refunds_of_a_shift",
    "ALTER TABLE refunds RENAME TO refunds_before",
    "ALTER TABLE refund_lines RENAME TO refund_lines_before",
    "ALTER TABLE refund_payments RENAME TO refund_payments_before",
    # The rounding is above 0 where a refund brings what those before it were short of.
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
        rounding_rp INTEGER NOT NULL,
        total_rp INTEGER NOT NULL CHECK (total_rp >= 0)
    ) STRICT, WITHOUT ROWID
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
    """
    CREATE TABLE refund_payments (
        refund TEXT NOT NULL REFERENCES refunds (id),
        n INTEGER NOT NULL,
        method TEXT NOT NULL,
        amount_rp INTEGER NOT NULL CHECK (amount_rp > 0),
        PRIMARY KEY (refund, n)
    ) STRICT, WITHOUT ROWID
    """,
    "INSERT INTO refunds SELECT * FROM refunds_before",
    "INSERT INTO refund_lines SELECT * FROM refund_lines_before",
    "INSERT INTO refund_payments SELECT * FROM refund_payments_before",
    "DROP TABLE refund_lines_before",
    "DROP TABLE refund_payments_before",
    "DROP TABLE refunds_before",
    "CREATE INDEX refunds_of_a_sale ON refunds (sale, journal, seq)",
    "CREATE INDEX refunds_of_a_shift ON refunds (shift)",
    """
    CREATE TRIGGER closed_shifts_pay_nothing_back BEFORE INSERT ON refunds
    WHEN (SELECT closed_at FROM shifts WHERE id = NEW.shift) IS NOT NULL
    BEGIN SELECT RAISE(ABORT, 'a closed shift pays nothing back'); END
    """,
)
