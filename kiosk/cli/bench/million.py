"""A file with as many sales as a long campaign makes, written in bulk but true in every row.

Each entry has its place in the hash chain and each sale all its projected rows, a thousand
sales to a shift. What is copied from is one sale that the services themselves made.
"""

import hashlib
import os
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from kiosk.cli.bench import goods
from kiosk.cli.bench.cashier import LINES
from kiosk.cli.bench.installation import opened
from kiosk.cli.bench.programs import NotMeasuredError
from kiosk.clock import stamp
from kiosk.domain.entries import Operator
from kiosk.services import browsers, carts, paying, shifts, sign_in
from kiosk.services.installation import Installation
from kiosk.services.recording import record
from kiosk.storage import journal, uploads
from kiosk.storage.database import Connection

SALES_A_SHIFT: Final = 1_000
MOST_SECONDS: Final = 240
BYTES_A_SALE: Final = 6_000
# The measured cashier sells at K01; what lies in the file was sold at another till.
TILL: Final = "K12"
_TABLES: Final = ("sales", "sale_lines", "sale_shares", "payments", "drawer", "carts")
_KEYS: Final = {"sales": "id", "drawer": "entry", "carts": "id"}


@dataclass(frozen=True, slots=True)
class Pattern:
    """A sale to copy: its entry's bytes, and its rows by table, as the file holds them."""

    id: str
    shift: str
    seq: int
    number: str
    stored: bytes
    rows: dict[str, list[dict[str, Any]]]

    def entry(self, sale: str, shift: str, seq: int, number: str) -> bytes:
        """Give the stored bytes of a copy; every part it changes keeps its meaning."""
        return (
            self.stored.replace(self.id.encode(), sale.encode())
            .replace(self.shift.encode(), shift.encode())
            .replace(f'"seq":{self.seq},'.encode(), f'"seq":{seq},'.encode())
            .replace(f'"{self.number}"'.encode(), f'"{number}"'.encode())
        )


def fill(folder: Path, sales: int) -> int:
    """Write up to `sales` sales into a till's file, sent and durable; says how many.

    It stops early after `MOST_SECONDS`. Raises NotMeasuredError where the disk is too full.
    """
    if shutil.disk_usage(folder).free < sales * BYTES_A_SALE:
        raise NotMeasuredError(f"the disk has no room for a file with {sales} sales")
    give_up_at = time.monotonic() + MOST_SECONDS
    written = 0
    with opened(folder) as here:
        pattern = _make_pattern(here)
        while written < sales and time.monotonic() < give_up_at:
            many = min(SALES_A_SHIFT, sales - written)
            _write_shift(here, pattern, many)
            written += many
        with here.db.write() as connection:
            _mark_sent(here, connection)
        path = here.folder.database
    # Nothing of it may still be on its way to the disk while payments are timed.
    with path.open("rb") as file:
        os.fsync(file.fileno())
    return written


def _make_pattern(here: Installation) -> Pattern:
    """Sell one cart of three lines, and take its entry and its rows."""
    browser = browsers.assign_till(here, browsers.pair_local(here), TILL)
    browser = sign_in.sign_in(here, browser, goods.CASHIER, goods.PIN)
    shifts.open_shift(here, browser, "200000")
    cart = carts.new_cart(here, browser)
    for product in range(1, 1 + LINES):
        carts.add(here, cart.id, product, None)
    paying.pay(here, browser, cart.id, paying.PaymentForm("cash"))
    with here.db.read() as connection:
        rows = {table: _rows(connection, table, cart.id) for table in _TABLES}
        sale = rows["sales"][0]
        stored = connection.execute(
            "SELECT stored FROM entries WHERE id = :id", {"id": cart.id}
        ).fetchone()["stored"]
    shifts.close_shift(here, browser, {}, "counted")
    return Pattern(cart.id, sale["shift"], sale["seq"], sale["number"], stored, rows)


def _rows(connection: Connection, table: str, sale: str) -> list[dict[str, Any]]:
    key = _KEYS.get(table, "sale")
    found = connection.execute(f"SELECT * FROM {table} WHERE {key} = :sale", {"sale": sale})
    return [dict(row) for row in found]


def _write_shift(here: Installation, pattern: Pattern, many: int) -> None:
    """Write one shift from its opening to its closing, in one transaction."""
    with here.db.write() as connection:
        ours = journal.current(connection)
        assert ours is not None
        day = here.clock.now().date().isoformat()
        by = Operator(goods.CASHIER, "Rina")
        opened_with = {"event": goods.event_id(), "day": day, "float_rp": 0}
        shift = record(here, connection, "shift_opened", opened_with, by=by, till=TILL)
        _write_sales(connection, ours, pattern, list(_copies(here, pattern, shift.id, many)))
        _count_numbers(connection, ours.ordinal, day, many, pattern)
        closed_with = {
            "shift": shift.id,
            "counted": {},
            "counted_rp": 0,
            "expected_rp": 0,
            "difference_rp": 0,
            "reason": "",
            "head": "",
        }
        record(here, connection, "shift_closed", closed_with, by=by, till=TILL)


def _copies(
    here: Installation, pattern: Pattern, shift: str, many: int
) -> Iterator[tuple[str, str, str]]:
    """Give id, shift and receipt number of each copy."""
    ids = sorted(here.clock.new_id() for _ in range(many))
    for n, sale in enumerate(ids, start=1):
        yield sale, shift, f"{pattern.number[:-4]}{n:04d}"


def _write_sales(
    connection: Connection,
    ours: journal.Journal,
    pattern: Pattern,
    copies: list[tuple[str, str, str]],
) -> None:
    head = journal.head(connection, ours)
    prev, seq = head.hash, head.seq
    entries = []
    changed: dict[str, list[dict[str, Any]]] = {table: [] for table in _TABLES}
    for sale, shift, number in copies:
        seq += 1
        stored = pattern.entry(sale, shift, seq, number)
        prev = hashlib.sha256(prev + stored).digest()
        entries.append((ours.ordinal, seq, sale, "sale", stored, prev))
        own = {
            "id": sale,
            "sale": sale,
            "entry": sale,
            "shift": shift,
            "seq": seq,
            "number": number,
        }
        for table, rows in pattern.rows.items():
            changed[table] += [
                {name: own.get(name, value) for name, value in row.items()} for row in rows
            ]
    connection.executemany("INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?)", entries)
    for table, many in changed.items():
        marks = ", ".join(f":{name}" for name in many[0])
        connection.executemany(f"INSERT INTO {table} VALUES ({marks})", many)


def _count_numbers(
    connection: Connection, ordinal: int, day: str, many: int, pattern: Pattern
) -> None:
    connection.execute(
        "UPDATE number_counters SET last = last + :many"
        " WHERE journal = :journal AND till = :till AND day = :day",
        {"journal": ordinal, "till": TILL, "day": day, "many": many},
    )
    connection.executemany(
        "UPDATE stock SET sold = sold + :sold WHERE product = :product",
        [
            {"product": line["product"], "sold": line["qty"] * many}
            for line in pattern.rows["sale_lines"]
        ],
    )


def _mark_sent(here: Installation, connection: Connection) -> None:
    """Say that the hub has all of it, as at the start of a campaign's last day."""
    ours = journal.current(connection)
    assert ours is not None
    head = journal.head(connection, ours)
    uploads.remember_sent(connection, ours.ordinal, head.seq, stamp(here.clock.now()))
