"""A small bazaar for tests: a bundle as the hub sends it, and an installation that took it."""

import itertools
from copy import deepcopy
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from werkzeug.security import generate_password_hash

from kiosk.clock import WIB
from kiosk.domain.ids import uuid7
from kiosk.services.approvals import Approval
from kiosk.services.browsers import assign_till, pair_local
from kiosk.services.bundles import apply_bundle
from kiosk.services.installation import open_installation
from kiosk.services.recording import open_journal
from kiosk.services.shifts import open_shift
from kiosk.services.sign_in import sign_in
from kiosk.settings import read_settings
from kiosk.storage import uploads
from kiosk.storage.data_folder import DATABASE
from kiosk.storage.database import Database
from kiosk.storage.schema import bring_up_to_date

CASHIER, COORDINATOR = (f"00000000-0000-7000-8000-00000000010{n}" for n in (1, 2))
WEDANG, BATIK, KERIPIK = (f"00000000-0000-7000-8000-00000000020{n}" for n in (1, 2, 3))
EVENT = "00000000-0000-7000-8000-000000000301"
CAMPAIGN = "00000000-0000-7000-8000-000000000302"
INSTALLATION = "00000000-0000-7000-8000-000000000303"
DEVICE = "00000000-0000-7000-8000-000000000304"
CASHIER_PIN, COORDINATOR_PIN = "2468", "135790"
# What a cashier adds where something takes a coordinator.
APPROVED = Approval(COORDINATOR, COORDINATOR_PIN)
SECRET = bytes(range(32))

# Static payloads of no real merchant.
WEDANG_QRIS = (
    "00020101021126610014COM.GO-JEK.WWW01189360091400000000010210G0000000010303UMI"
    "51440014ID.CO.QRIS.WWW0215ID10200000000010303UMI5204581253033605802ID"
    "5913WEDANG UJI 866015JAKARTA SELATAN61051211062070703A016304ECDB"
)
BAZAAR_QRIS = (
    "00020101021126570011ID.DANA.WWW011893600915000000000202090000000020303UMI"
    "51440014ID.CO.QRIS.WWW0215ID10200000000020303UMI5204549953033605802ID"
    "5908JAMU UJI6015Jakarta Selatan6105121206304CA55"
)

# Weak on purpose: a test signs in hundreds of times.
_CHEAP_SCRYPT = "scrypt:1024:8:1"

PRODUCTS = (
    (WEDANG, "WB86-KOMPLIT", "Wedang Komplit", "", "Kuliner", 25_000, "pcs"),
    (WEDANG, "WB86-TUBRUK", "Bir Pletok Tubruk", "", "Kuliner", 35_000, "pcs"),
    (WEDANG, "WB86-KOREA", "Wedang Korea", "Es", "Kuliner", 30_000, "pcs"),
    (BATIK, "BTK-ONDEL", "Kain Batik Cap", "Biru", "Fesyen", 175_000, "pcs"),
    (KERIPIK, "KRP-TMP", "Keripik Tempe Sagu", "", "Kuliner", 12_500, "pcs"),
    (KERIPIK, "KRP-CURAH", "Keripik Curah", "", "Kuliner", 85_050, "g"),
)


def product_id(sku: str) -> str:
    """Give the id of one of the bazaar's products."""
    place = [row[1] for row in PRODUCTS].index(sku)
    return f"00000000-0000-7000-8000-0000000004{place:02d}"


def bundle_document(version: str = "0123456789abcdef", **changes) -> dict:
    """Give a bundle as JSON; `changes` replace whole fields."""
    stalls = (
        (WEDANG, "Wedang Uji 86", "Ibu Uji", WEDANG_QRIS, 0),
        (BATIK, "Batik Uji", "Pak Uji", None, 1_000),
        (KERIPIK, "Keripik Uji", "Ibu Contoh", None, 250),
    )
    document = {
        "lapak_bundle": 1,
        "version": version,
        "installation_name": "Mesin 7",
        "campaign": {"id": CAMPAIGN, "name": "Jumat Beli Lokal"},
        "event": {
            "id": EVENT,
            "name": "Bazar Jumat",
            "place": "Kantor Wali Kota",
            "bazaar_start": "2026-11-20T07:00:00+07:00",
            "bazaar_end": "2026-11-20T17:00:00+07:00",
            "qris": BAZAAR_QRIS,
            "cash_rounding_rp": 100,
        },
        "tills": [
            {"id": "K01", "name": "Laci 1", "stall": None},
            {"id": "K02", "name": "Laci 2", "stall": WEDANG},
        ],
        "stalls": [
            {
                "id": id_,
                "name": name,
                "vendor": vendor,
                "kelurahan": "Melawai",
                "qris": qris,
                "commission_basis_points": basis_points,
            }
            for id_, name, vendor, qris, basis_points in stalls
        ],
        "products": [
            {
                "id": product_id(sku),
                "stall": stall,
                "sku": sku,
                "name": name,
                "variant": variant,
                "category": category,
                "price_rp": price_rp,
                "unit": unit,
            }
            for stall, sku, name, variant, category, price_rp, unit in PRODUCTS
        ],
        "staff": [
            {
                "id": id_,
                "name": name,
                "role": role,
                "pin_hash": generate_password_hash(pin, method=_CHEAP_SCRYPT),
            }
            for id_, name, role, pin in (
                (CASHIER, "Rina", "cashier", CASHIER_PIN),
                (COORDINATOR, "Bu Sri", "coordinator", COORDINATOR_PIN),
            )
        ],
        "texts": {"header": ["Jumat Beli Lokal"], "footer": ["Tukar barang: lapak 3"]},
    }
    return {**deepcopy(document), **changes}


class SteadyClock:
    """A clock that moves only when told to; its ids are unique and ascending."""

    def __init__(self, start: str = "2026-11-20T10:00:00+07:00") -> None:
        self.instant = datetime.fromisoformat(start).astimezone(WIB)
        self._ids = itertools.count(1)

    def now(self) -> datetime:
        return self.instant

    def monotonic(self) -> float:
        return self.instant.timestamp()

    def new_id(self) -> str:
        unix_ms = int(self.instant.timestamp() * 1000)
        return uuid7(unix_ms, next(self._ids).to_bytes(10, "big"))

    def pass_seconds(self, seconds: float) -> None:
        self.instant += timedelta(seconds=seconds)


@cache
def empty_file() -> bytes:
    """The file of a till that has its tables and nothing else, made once for all tests."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / DATABASE
        database = Database(path)
        bring_up_to_date(database)
        database.close()
        return path.read_bytes()


def lay_empty_file(path):
    """Spare a new till its steps; a file that is there stays."""
    if not path.exists():
        path.parent.mkdir(0o700, parents=True, exist_ok=True)
        path.write_bytes(empty_file())


def open_bazaar(folder, clock=None, bundle=None, environment=None):
    """Open an installation in `folder` that is enrolled at no hub that answers."""
    settings = read_settings({"KIOSK_DATA": str(folder), **(environment or {})})
    lay_empty_file(settings.data / DATABASE)
    here = open_installation(settings, clock or SteadyClock())
    here.folder.keep_secret(SECRET)
    with here.db.write() as connection:
        uploads.begin_enrolment(connection, "http://127.0.0.1:9", "0" * 64)
        uploads.finish_enrolment(connection, DEVICE, INSTALLATION)
        open_journal(here, connection, INSTALLATION)
        apply_bundle(here, connection, bundle or bundle_document())
    return here


def open_till(here, till="K01", operator=CASHIER, pin=CASHIER_PIN, float_text="200.000"):
    """Pair a browser, set it to a till, sign in and open its shift."""
    browser = assign_till(here, pair_local(here), till)
    browser = sign_in(here, browser, operator, pin)
    open_shift(here, browser, float_text)
    return browser


def close_bazaar(here):
    """Let go of the folder and the file."""
    here.db.close()
    here.folder.release()


def numbers(here):
    """Give the short number of each product by SKU."""
    with here.db.read() as connection:
        return {row["sku"]: row["number"] for row in connection.execute("SELECT * FROM products")}
