"""A small campaign in a store, and a till's journal made by hand, for the hub's tests."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import insert, select

from kiosk.domain.entries import Entry, Operator, canonical_json, first_prev, seal
from kiosk.hub.services.device_keys import DeviceKeys, new_salt
from kiosk.hub.storage import tables
from kiosk.wire.segments import SegmentHeader, write_segment

CAMPAIGN = "00000000-0000-7000-8000-0000000000c1"
EVENT = "00000000-0000-7000-8000-0000000000e1"
VENDOR = "00000000-0000-7000-8000-0000000000a1"
PRODUCT = "00000000-0000-7000-8000-0000000000b1"
MACHINE = "00000000-0000-7000-8000-0000000000d1"
DEVICE = "00000000-0000-7000-8000-0000000000f1"
JOURNAL = "00000000-0000-7000-8000-000000000001"
STAFF = "00000000-0000-7000-8000-0000000000aa"
HUB_KEY = "the hub's key in tests, long enough for anybody"
KEYS = DeviceKeys(HUB_KEY)
SALT = b"\x01" * 32
SECRET = KEYS.secret(DEVICE, SALT)
AT = "2026-11-20T10:15:00.000+07:00"
OPENED = "2026-11-20T00:00:00.000+00:00"


def set_up(store, *, counts_free_goods=False):
    """One campaign with an event, a vendor, a product, a machine and an enrolled device."""
    rows: list[tuple[Any, dict[str, Any]]] = [
        (tables.campaigns, {"id": CAMPAIGN, "name": "Jumat Beli Lokal", "created_at": OPENED}),
        (
            tables.events,
            {
                "id": EVENT,
                "campaign": CAMPAIGN,
                "name": "Bazar Jumat",
                "bazaar_start": "2026-11-20T00:00:00.000+00:00",
                "bazaar_end": "2026-11-20T10:00:00.000+00:00",
                "counts_free_goods": counts_free_goods,
            },
        ),
        (
            tables.vendors,
            {
                "id": VENDOR,
                "campaign": CAMPAIGN,
                "name": "Wedang Sari",
                "owner": "Ibu Sari",
                "kecamatan": "31.74.01",
                "kelurahan": "31.74.01.1001",
            },
        ),
        (
            tables.products,
            {
                "id": PRODUCT,
                "campaign": CAMPAIGN,
                "vendor": VENDOR,
                "sku": "WDG-1",
                "name": "Wedang uwuh",
                "category": "kuliner",
                "price_rp": 12_000,
            },
        ),
        (
            tables.staff,
            {
                "id": STAFF,
                "event": EVENT,
                "name": "Dewi",
                "role": "cashier",
                "pin_hash": "scrypt:32768:8:1$salt$00",
            },
        ),
        (tables.installations, {"id": MACHINE, "event": EVENT, "name": "Mesin 1"}),
        (tables.tills, {"installation": MACHINE, "code": "K01", "name": "Kasir 1"}),
        (tables.devices, {"id": DEVICE, "installation": MACHINE, "secret_salt": SALT}),
    ]
    with store.begin() as connection:
        for table, row in rows:
            connection.execute(insert(table).values(**row))


def add_device(store, device_id, installation):
    """Another enrolled device; gives its secret."""
    salt = new_salt()
    with store.begin() as connection:
        connection.execute(
            insert(tables.devices).values(id=device_id, installation=installation, secret_salt=salt)
        )
    return KEYS.secret(device_id, salt)


def entry_id(number):
    return f"00000000-0000-7000-9000-{number:012x}"


def line(n=1, qty=2, price_rp=12_000, unit="pcs", total_rp=None, product=PRODUCT):
    return {
        "n": n,
        "product": product,
        "sku": "WDG-1",
        "name": "Wedang uwuh",
        "variant": "",
        "category": "kuliner",
        "stall": VENDOR,
        "qty": qty,
        "unit": unit,
        "price_rp": price_rp,
        "discount_rp": 0,
        "total_rp": qty * price_rp if total_rp is None else total_rp,
        "note": "",
    }


def sale(lines=None, method="cash", rounding_rp=0, event=EVENT, **changes):
    lines = [line()] if lines is None else lines
    total_rp = sum(one["total_rp"] for one in lines) + rounding_rp
    payment = {
        "n": 1,
        "method": method,
        "payee": "bazaar",
        "amount_rp": total_rp,
        "tendered_rp": total_rp if method == "cash" else None,
        "change_rp": 0 if method == "cash" else None,
        "state": "claimed" if method == "qris" else "final",
        "reference": None,
    }
    body = {
        "number": "K01-0001",
        "event": event,
        "shift": entry_id(0xFFFF),
        "lines": lines,
        "discounts": [],
        "shares": [],
        "rounding_rp": rounding_rp,
        "total_rp": total_rp,
        "payments": [payment],
        "flags": [],
    }
    return {**body, **changes}


def refund(sale_id, parts, method="cash"):
    """Parts are (n, qty, amount_rp)."""
    return {
        "sale": sale_id,
        "sale_journal": JOURNAL,
        "event": EVENT,
        "lines": [{"n": n, "qty": qty, "amount_rp": amount} for n, qty, amount in parts],
        "shares": [],
        "payments": [{"n": 1, "method": method, "amount_rp": sum(part[2] for part in parts)}],
    }


@dataclass
class Journal:
    """A till's journal; entries are added, segments cut anywhere out of it."""

    id: str = JOURNAL
    installation: str = MACHINE
    training: bool = False
    continues: dict[str, Any] | None = None
    device: str = DEVICE
    secret: bytes = SECRET
    stored: list[bytes] = field(default_factory=list)

    def __post_init__(self) -> None:
        if not self.stored:
            self.add(
                "journal_opened",
                {
                    "installation": self.installation,
                    "training": self.training,
                    "software": "lapak test",
                    "continues": self.continues,
                },
                id_=self.id,
            )

    def add(self, kind, body, id_=None, at=AT, seq=None):
        seq = seq or len(self.stored) + 1
        entry = Entry(
            kind=kind,
            seq=seq,
            id=id_ or entry_id(seq + 1000 * int(self.id[-4:], 16)),
            at=at,
            by=Operator(STAFF, "Dewi"),
            approved_by=None,
            till="K01",
            body=body,
        )
        self.stored.append(entry.stored_bytes())
        return entry.id

    def add_raw(self, **changes):
        """An entry as nobody should write it."""
        document = {
            "v": 1,
            "kind": "sale",
            "seq": len(self.stored) + 1,
            "id": entry_id(len(self.stored) + 1),
            "at": AT,
            "by": None,
            "approved_by": None,
            "till": "K01",
            "body": {},
            **changes,
        }
        self.stored.append(canonical_json(document))

    def hash_at(self, seq):
        found = first_prev(self.id)
        for stored in self.stored[:seq]:
            found = seal(found, stored)
        return found

    def segment(self, first=1, last=None, secret=None, device=None):
        last = last or len(self.stored)
        header = SegmentHeader(
            journal=self.id,
            device=device or self.device,
            first=first,
            count=last - first + 1,
            prev=self.hash_at(first - 1),
            head=self.hash_at(last),
            made_at="2026-11-20T10:30:05.000+07:00",
        )
        return write_segment(header, self.stored[first - 1 : last], secret or self.secret)


def rows_of(store, table):
    """All of a table, in an order that does not depend on the store."""
    with store.read() as connection:
        return sorted((tuple(row) for row in connection.execute(select(*table.c))), key=repr)


def totals_of(store):
    """(units, omzet) of everything."""
    rolled = rows_of(store, tables.rollups)
    return sum(row[7] for row in rolled), sum(row[8] for row in rolled)


def payments_of(store):
    """{(method, state): amount}."""
    return {row[2:4]: row[5] for row in rows_of(store, tables.payment_rollups) if row[5]}


def tray_of(store):
    """[(seq, reason)]."""
    return sorted((row[1], row[2]) for row in rows_of(store, tables.review_tray))
