"""A store with rows in it, as it stood before goods had barcodes, brought up to date."""

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext

from kiosk.hub.services.bundles import bundle_of
from kiosk.hub.storage.migrations import FOLDER, migrate
from kiosk.hub.storage.sheets import sheets
from kiosk.hub.storage.store import Store
from kiosk.hub.storage.tables import metadata

AT = "2021-11-26T03:00:00+00:00"
END = "2021-11-26T11:00:00+00:00"
CAMPAIGN, EVENT, VENDOR, MACHINE, PRODUCT, RINA = (
    f"019a9f3e-5b00-7000-8000-00000000000{n}" for n in range(1, 7)
)
ROWS = {
    "campaigns": {"id": CAMPAIGN, "name": "Beli Lokal", "target_rp": 105_000_000, "created_at": AT},
    "places": {"code": "31.74.99", "kind": "kecamatan", "name": "Uji", "parent": None},
    "users": {
        "id": "u", "login": "panitia", "name": "Panitia", "role": "organiser",
        "password_hash": "scrypt$", "wrong_tries": 2, "wait_until": AT,
    },
    "audit_trail": {
        "id": "a", "at": AT, "by": "Panitia", "action": "changed", "subject": EVENT, "facts": "{}",
    },
    "enrolment_tries": {"source": "10.0.0.7", "tries": 3, "since": AT},
    "nonces": {"nonce": "n", "expires_at": AT},
    "events": {
        "id": EVENT, "campaign": CAMPAIGN, "name": "Bazar Jumat", "place": "Halaman",
        "bazaar_start": AT, "bazaar_end": END, "cash_rounding_rp": 100,
        "counts_free_goods": True, "receipt_header": "Jumat\nBeli Lokal", "receipt_footer": "",
    },
    "vendors": {
        "id": VENDOR, "campaign": CAMPAIGN, "name": "Wedang Uji", "owner": "Bu Uji",
        "kecamatan": "31.74.99", "kelurahan": "31.74.99.1001", "stage": 2,
        "commission_basis_points": 250, "active": True,
    },
    "installations": {"id": MACHINE, "event": EVENT, "name": "Mesin 1"},
    "products": {
        "id": PRODUCT, "campaign": CAMPAIGN, "vendor": VENDOR, "sku": "WDG-1", "name": "Wedang",
        "variant": "Hangat", "category": "Kuliner", "price_rp": 25_000, "unit": "pcs",
        "active": True,
    },
    "staff": {
        "id": RINA, "event": EVENT, "name": "Rina", "role": "cashier", "pin_hash": "scrypt:x",
        "active": True,
    },
    "devices": {
        "id": "d", "installation": MACHINE, "enrolled_at": AT, "secret_salt": b"\x00salt",
        "clock_skew_seconds": -4,
    },
    "tills": {"installation": MACHINE, "code": "K01", "name": "Laci 1", "stall": VENDOR},
    "journals": {
        "id": "j", "installation": MACHINE, "head_seq": 1, "head_hash": b"\xff" * 32,
        "last_heard_at": AT,
    },
    "entries": {
        "journal": "j", "seq": 1, "stored": b'{"v":1}', "hash": b"\xff" * 32, "arrived_at": AT,
    },
    "counted_entries": {
        "id": "x", "journal": "j", "seq": 1, "kind": "sale", "content_hash": b"\x01" * 32,
        "subject": "x",
    },
    "rollups": {
        "campaign": CAMPAIGN, "event": EVENT, "channel": "bazaar", "vendor": VENDOR, "product": PRODUCT,
        "category": "Kuliner", "hour": "2021-11-26T10", "units": 3_484,
        "omzet_rp": 105_000_000, "units_final": 3_484, "omzet_final_rp": 105_000_000,
    },
    "event_rollups": {
        "campaign": CAMPAIGN, "event": EVENT, "channel": "bazaar", "vendor": VENDOR, "product": PRODUCT,
        "category": "Kuliner", "units": 3_484, "omzet_rp": 105_000_000,
        "units_final": 3_484, "omzet_final_rp": 105_000_000,
    },
    "payment_rollups": {
        "campaign": CAMPAIGN, "event": EVENT, "method": "cash", "state": "final", "payments": 431,
        "amount_rp": 105_000_000,
    },
    "shifts": {
        "id": "t", "journal": "j", "installation": MACHINE, "event": EVENT, "till": "K01",
        "opened_at": AT, "opened_by": "Rina", "closed_at": END, "difference_rp": -3_000,
    },
    "review_tray": {
        "journal": "j", "seq": 1, "reason": "clock", "fact": "{}", "arrived_at": AT,
    },
    "imports": {
        "id": "m", "campaign": CAMPAIGN, "source": "shopee", "file_name": "Order.csv",
        "file_sha256": "00", "imported_at": AT, "imported_by": "Panitia", "as_of": AT,
        "orders": 1, "problems": 0, "state": "taken", "reading": b"{}",
    },
    "orders": {
        "campaign": CAMPAIGN, "source": "shopee", "order_id": "o", "import": "m",
        "channel": "shopee", "state": "completed", "status": "Selesai", "paid_at": AT,
        "event": EVENT, "as_of": AT,
    },
    "order_lines": {
        "campaign": CAMPAIGN, "source": "shopee", "order_id": "o", "n": 1, "product": PRODUCT,
        "vendor": VENDOR, "category": "Kuliner", "name": "Wedang", "sku": "WDG-1", "units": 2,
        "omzet_rp": 50_000, "units_final": 2, "omzet_final_rp": 50_000,
    },
    "product_matches": {
        "campaign": CAMPAIGN, "source": "shopee", "marketplace_key": "WDG-1", "product": PRODUCT,
    },
    "sheets": {
        "id": "h", "campaign": CAMPAIGN, "kind": "products", "file_name": "produk.xlsx",
        "read_at": AT, "taken_at": AT, "state": "taken", "file": b"PK\x03\x04", "changes": "[]",
    },
}  # fmt: skip


@pytest.fixture
def older(store_url):
    """A store whose newest step is 0003, with a row in every table it had."""
    opened = Store.open(store_url)
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    with opened.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0003")
        for table, row in ROWS.items():
            names = ", ".join(f'"{name}"' for name in row)
            values = ", ".join(f":{name}" for name in row)
            connection.execute(sa.text(f"INSERT INTO {table} ({names}) VALUES ({values})"), row)
    yield opened
    opened.close()


def all_rows(store):
    """Give every table's rows as they are stored, those the program brings itself left out."""
    with store.read() as connection:
        names = set(sa.inspect(connection).get_table_names()) - {"alembic_version"}
        return {
            name: [
                dict(row)
                for row in connection.execute(sa.text(f"SELECT * FROM {name}")).mappings()
                if not (name == "places" and row["code"] != ROWS["places"]["code"])
            ]
            for name in names
        }


def test_an_older_store_had_a_row_in_each_of_its_tables(older):
    held = all_rows(older)

    assert held.keys() == ROWS.keys()
    assert {name for name, rows in held.items() if len(rows) != 1} == set()


def test_an_upgrade_keeps_every_row_and_adds_only_what_is_empty(older):
    before = all_rows(older)

    migrate(older)

    after = all_rows(older)
    kept = {
        name: [{column: row[column] for column in rows[0]} for row in after[name]]
        for name, rows in before.items()
    }
    new = {name: rows for name, rows in after.items() if name not in before}
    assert kept == before
    assert not any(new.values())


def test_an_upgraded_store_has_exactly_the_tables_that_are_described(older):
    migrate(older)

    with older.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, metadata)
    assert differences == []
    assert sheets in metadata.sorted_tables


def test_a_machine_of_an_upgraded_store_is_told_of_its_event_as_before(older):
    migrate(older)

    told = bundle_of(older, MACHINE)

    (product,) = told.products
    assert (product.sku, product.price_rp, product.barcode, product.stock) == (
        "WDG-1", 25_000, "", None,
    )  # fmt: skip
    assert (told.texts.header, told.texts.language) == (["Jumat", "Beli Lokal"], "id")
    assert (list(told.offers), [till.id for till in told.tills]) == ([], ["K01"])
