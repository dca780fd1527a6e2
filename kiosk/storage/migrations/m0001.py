"""Schema of step 1: the journal, what is projected from it, and what stays local.

`TRUTH` is append-only. `PROJECTIONS` are computed from entry bytes alone and can be
thrown away and made again. `LOCAL` is never rebuilt.
"""

from typing import Final

TRUTH: Final = (
    # One row a journal of this installation; `ordinal` is its short local name, `depth`
    # how many journals it continues.
    """
    CREATE TABLE journals (
        ordinal INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        installation TEXT NOT NULL,
        training INTEGER NOT NULL CHECK (training IN (0, 1)),
        depth INTEGER NOT NULL DEFAULT 0
    ) STRICT
    """,
    # What happened. `stored` is what is hashed and sent.
    """
    CREATE TABLE entries (
        journal INTEGER NOT NULL REFERENCES journals (ordinal),
        seq INTEGER NOT NULL,
        id TEXT NOT NULL,
        kind TEXT NOT NULL,
        stored BLOB NOT NULL,
        hash BLOB NOT NULL CHECK (length(hash) = 32),
        PRIMARY KEY (journal, seq)
    ) STRICT, WITHOUT ROWID
    """,
    # An entry stands right behind the last one: no gap, and no REPLACE of an older one.
    """
    CREATE TRIGGER entries_are_appended BEFORE INSERT ON entries
    WHEN NEW.seq <> 1 + coalesce((SELECT max(seq) FROM entries WHERE journal = NEW.journal), 0)
    BEGIN SELECT RAISE(ABORT, 'a journal entry must follow the last one'); END
    """,
    """
    CREATE TRIGGER entries_are_never_changed BEFORE UPDATE ON entries
    BEGIN SELECT RAISE(ABORT, 'a journal entry is never changed'); END
    """,
    """
    CREATE TRIGGER entries_are_never_removed BEFORE DELETE ON entries
    BEGIN SELECT RAISE(ABORT, 'a journal entry is never removed'); END
    """,
)

PROJECTIONS: Final = (
    # The event of the newest bundle, one row, with the campaign and the organiser's words.
    """
    CREATE TABLE catalogue (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        version TEXT NOT NULL,
        installation_name TEXT NOT NULL,
        campaign_id TEXT NOT NULL,
        campaign_name TEXT NOT NULL,
        event_id TEXT NOT NULL,
        event_name TEXT NOT NULL,
        event_place TEXT NOT NULL,
        bazaar_start TEXT NOT NULL,
        bazaar_end TEXT NOT NULL,
        qris TEXT,
        cash_rounding_rp INTEGER NOT NULL,
        header TEXT NOT NULL,
        footer TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE stalls (
        id TEXT PRIMARY KEY,
        place INTEGER NOT NULL,
        name TEXT NOT NULL,
        vendor TEXT NOT NULL,
        kelurahan TEXT NOT NULL,
        qris TEXT,
        commission_basis_points INTEGER NOT NULL,
        active INTEGER NOT NULL CHECK (active IN (0, 1))
    ) STRICT, WITHOUT ROWID
    """,
    # `number` is the short local name in addresses, given in order of first appearance.
    """
    CREATE TABLE products (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        place INTEGER NOT NULL,
        stall TEXT NOT NULL,
        sku TEXT NOT NULL,
        name TEXT NOT NULL,
        variant TEXT NOT NULL,
        category TEXT NOT NULL,
        price_rp INTEGER NOT NULL CHECK (price_rp >= 0),
        unit TEXT NOT NULL CHECK (unit IN ('pcs', 'g')),
        active INTEGER NOT NULL CHECK (active IN (0, 1))
    ) STRICT
    """,
    """
    CREATE TABLE tills (
        id TEXT PRIMARY KEY,
        place INTEGER NOT NULL,
        name TEXT NOT NULL,
        stall TEXT,
        active INTEGER NOT NULL CHECK (active IN (0, 1))
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE operators (
        id TEXT PRIMARY KEY,
        place INTEGER NOT NULL,
        name TEXT NOT NULL,
        role TEXT NOT NULL CHECK (role IN ('cashier', 'vendor', 'coordinator', 'organiser')),
        active INTEGER NOT NULL CHECK (active IN (0, 1))
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE shifts (
        id TEXT PRIMARY KEY,
        journal INTEGER NOT NULL,
        till TEXT NOT NULL,
        event TEXT NOT NULL,
        day TEXT NOT NULL,
        opened_at TEXT NOT NULL,
        opened_by TEXT NOT NULL,
        float_rp INTEGER NOT NULL CHECK (float_rp >= 0),
        closed_at TEXT,
        closed_by TEXT,
        counted_rp INTEGER,
        expected_rp INTEGER,
        reason TEXT,
        head TEXT
    ) STRICT, WITHOUT ROWID
    """,
    # A till has at most one open shift.
    "CREATE UNIQUE INDEX one_open_shift ON shifts (till) WHERE closed_at IS NULL",
    """
    CREATE TRIGGER closed_shifts_are_frozen BEFORE UPDATE ON shifts WHEN OLD.closed_at IS NOT NULL
    BEGIN SELECT RAISE(ABORT, 'a closed shift is never changed'); END
    """,
    """
    CREATE TABLE sales (
        id TEXT PRIMARY KEY,
        journal INTEGER NOT NULL,
        seq INTEGER NOT NULL,
        number TEXT NOT NULL,
        till TEXT NOT NULL,
        shift TEXT NOT NULL REFERENCES shifts (id),
        event TEXT NOT NULL,
        at TEXT NOT NULL,
        cashier TEXT NOT NULL,
        units INTEGER NOT NULL,
        rounding_rp INTEGER NOT NULL CHECK (rounding_rp <= 0),
        total_rp INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    # Found by shift for today's list, newest last.
    "CREATE INDEX sales_of_a_shift ON sales (shift, seq)",
    """
    CREATE TRIGGER closed_shifts_sell_nothing BEFORE INSERT ON sales
    WHEN (SELECT closed_at FROM shifts WHERE id = NEW.shift) IS NOT NULL
    BEGIN SELECT RAISE(ABORT, 'a closed shift sells nothing'); END
    """,
    """
    CREATE TABLE sale_lines (
        sale TEXT NOT NULL REFERENCES sales (id),
        n INTEGER NOT NULL,
        product TEXT NOT NULL,
        sku TEXT NOT NULL,
        name TEXT NOT NULL,
        variant TEXT NOT NULL,
        category TEXT NOT NULL,
        stall TEXT NOT NULL,
        qty INTEGER NOT NULL CHECK (qty > 0),
        unit TEXT NOT NULL,
        price_rp INTEGER NOT NULL,
        discount_rp INTEGER NOT NULL,
        total_rp INTEGER NOT NULL,
        note TEXT NOT NULL,
        PRIMARY KEY (sale, n)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE sale_shares (
        sale TEXT NOT NULL REFERENCES sales (id),
        stall TEXT NOT NULL,
        gross_rp INTEGER NOT NULL,
        discount_rp INTEGER NOT NULL,
        commission_rp INTEGER NOT NULL,
        net_rp INTEGER NOT NULL,
        rule TEXT NOT NULL,
        PRIMARY KEY (sale, stall)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE payments (
        sale TEXT NOT NULL REFERENCES sales (id),
        n INTEGER NOT NULL,
        method TEXT NOT NULL,
        payee TEXT NOT NULL,
        amount_rp INTEGER NOT NULL,
        tendered_rp INTEGER,
        change_rp INTEGER,
        nmid TEXT,
        state TEXT NOT NULL CHECK (state IN ('final', 'claimed')),
        reference TEXT,
        PRIMARY KEY (sale, n)
    ) STRICT, WITHOUT ROWID
    """,
    # The drawer as a ledger of signed movements: float, cash that stayed, cash moved.
    """
    CREATE TABLE drawer (
        shift TEXT NOT NULL REFERENCES shifts (id),
        entry TEXT NOT NULL,
        kind TEXT NOT NULL,
        amount_rp INTEGER NOT NULL,
        PRIMARY KEY (shift, entry, kind)
    ) STRICT, WITHOUT ROWID
    """,
    # Pieces (or grams) that left and came, per product; negative where more was sold than came.
    """
    CREATE TABLE stock (
        product TEXT PRIMARY KEY,
        sold INTEGER NOT NULL,
        received INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    # Receipt numbers are gapless per journal, till and the shift's opening day.
    """
    CREATE TABLE number_counters (
        journal INTEGER NOT NULL,
        till TEXT NOT NULL,
        day TEXT NOT NULL,
        last INTEGER NOT NULL,
        PRIMARY KEY (journal, till, day)
    ) STRICT, WITHOUT ROWID
    """,
    # How often a receipt was printed again.
    """
    CREATE TABLE reprints (
        entry TEXT PRIMARY KEY,
        sale TEXT NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
)

LOCAL: Final = (
    """
    CREATE TABLE browsers (
        id TEXT PRIMARY KEY,
        till TEXT,
        operator TEXT,
        cart TEXT,
        theme TEXT NOT NULL DEFAULT 'auto',
        paired_at TEXT NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE pairing_codes (
        code TEXT PRIMARY KEY,
        expires_at TEXT NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    # Wrong PINs and pairing codes in a row, by who is tried and from where.
    """
    CREATE TABLE tries (
        subject TEXT NOT NULL,
        source TEXT NOT NULL,
        wrong INTEGER NOT NULL,
        wait_until TEXT NOT NULL,
        PRIMARY KEY (subject, source)
    ) STRICT, WITHOUT ROWID
    """,
    # Scrypt hashes from the bundle; never in a journal or a backup.
    """
    CREATE TABLE staff_secrets (
        operator TEXT PRIMARY KEY,
        pin_hash TEXT NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    # A cart is a row, so a crash keeps it; its id becomes the sale's.
    """
    CREATE TABLE carts (
        id TEXT PRIMARY KEY,
        till TEXT NOT NULL,
        label INTEGER NOT NULL,
        version INTEGER NOT NULL DEFAULT 0,
        opened_at TEXT NOT NULL,
        state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'paid'))
    ) STRICT, WITHOUT ROWID
    """,
    # The open carts of a till, for the queue on its screen.
    "CREATE INDEX open_carts ON carts (till, label) WHERE state = 'open'",
    """
    CREATE TABLE cart_lines (
        cart TEXT NOT NULL REFERENCES carts (id) ON DELETE CASCADE,
        n INTEGER NOT NULL,
        product INTEGER NOT NULL,
        qty INTEGER NOT NULL CHECK (qty > 0),
        note TEXT NOT NULL DEFAULT '',
        PRIMARY KEY (cart, n),
        UNIQUE (cart, product)
    ) STRICT, WITHOUT ROWID
    """,
    # What a cart was before each change, so that the last one can be taken back, and the
    # tap that made it, so that a tap sent twice counts once.
    """
    CREATE TABLE cart_changes (
        cart TEXT NOT NULL REFERENCES carts (id) ON DELETE CASCADE,
        version INTEGER NOT NULL,
        tap TEXT,
        before TEXT NOT NULL,
        PRIMARY KEY (cart, version)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE UNIQUE INDEX one_change_a_tap ON cart_changes (cart, tap) WHERE tap IS NOT NULL",
    # Parts of a split already taken; they become the sale's payments when nothing is left due.
    """
    CREATE TABLE cart_payments (
        cart TEXT NOT NULL REFERENCES carts (id) ON DELETE CASCADE,
        n INTEGER NOT NULL,
        method TEXT NOT NULL,
        payee TEXT NOT NULL,
        amount_rp INTEGER NOT NULL,
        tendered_rp INTEGER,
        change_rp INTEGER,
        nmid TEXT,
        reference TEXT,
        PRIMARY KEY (cart, n)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE printers (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE,
        address TEXT NOT NULL,
        profile TEXT NOT NULL,
        state TEXT NOT NULL DEFAULT 'unknown',
        fact TEXT NOT NULL DEFAULT ''
    ) STRICT
    """,
    # Which printer a till's receipts come out of.
    """
    CREATE TABLE printer_tills (
        till TEXT PRIMARY KEY,
        printer INTEGER NOT NULL REFERENCES printers (id) ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID
    """,
    # A job keeps its document, and from before the first byte the very bytes it sends.
    """
    CREATE TABLE print_jobs (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        printer INTEGER NOT NULL REFERENCES printers (id),
        title TEXT NOT NULL,
        sale TEXT,
        priority INTEGER NOT NULL,
        document TEXT NOT NULL,
        stamp TEXT,
        state TEXT NOT NULL DEFAULT 'waiting'
            CHECK (state IN ('waiting', 'printing', 'printed', 'unsure', 'held', 'failed', 'dropped')),
        reason TEXT NOT NULL DEFAULT '',
        confirmed INTEGER NOT NULL DEFAULT 0,
        payload BLOB,
        bytes_sent INTEGER,
        created_at TEXT NOT NULL,
        changed_at TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX jobs_to_do ON print_jobs (printer, priority, id) WHERE state IN ('waiting', 'printing', 'unsure', 'held')",
    "CREATE INDEX jobs_of_a_sale ON print_jobs (sale) WHERE sale IS NOT NULL",
    # Where each journal stands at the hub, and when to try again.
    """
    CREATE TABLE uploads (
        journal INTEGER PRIMARY KEY REFERENCES journals (ordinal),
        sent_seq INTEGER NOT NULL DEFAULT 0,
        last_sent_at TEXT
    ) STRICT
    """,
    # Who this device is to the hub; its secret is a file, never a row.
    """
    CREATE TABLE enrolment (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        hub_url TEXT NOT NULL,
        request TEXT NOT NULL,
        device TEXT,
        installation TEXT,
        failures INTEGER NOT NULL DEFAULT 0,
        next_try_at TEXT,
        problem TEXT,
        problem_since TEXT
    ) STRICT
    """,
)
