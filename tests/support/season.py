"""A season whose totals are known before it is sold: eight Fridays, sixty vendors, three marketplaces.

`python -m tests.support.season [LINES]` sends 40,000 lines through the hub's own doors (segments
out of order and twice, exports twice over) into a new SQLite file, or into the database that
KIOSK_HUB_DATABASE names, and says whether every figure is what it was made to be.
"""

import os
import sys
import tempfile
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from kiosk.clock import WIB, SystemClock, stamp
from kiosk.domain.money import Rupiah
from kiosk.hub.services.events import save_event
from kiosk.hub.services.figures import campaign_total, named_figures
from kiosk.hub.services.import_reading import read_file_in
from kiosk.hub.services.imports import take_import
from kiosk.hub.services.ingest import receive_segment
from kiosk.hub.storage import products, vendors
from kiosk.hub.storage.events import EventPlan
from kiosk.hub.storage.migrations import migrate
from kiosk.hub.storage.products import CampaignProduct
from kiosk.hub.storage.store import Store
from kiosk.hub.storage.vendors import Vendor
from tests.hub.marketplaces.files import SHOPEE, TOKOPEDIA_TIKTOK, csv_file, sample_rows
from tests.hub.services.building import CAMPAIGN, KEYS, Journal, line, refund, sale, set_up

LINES = 40_000
FRIDAYS = 8
VENDORS = 60
PRODUCTS_EACH = 3
MACHINES = 2
FIRST_FRIDAY = datetime(2026, 9, 4, tzinfo=WIB)
CHANNELS = (("bazaar", "tokopedia", "tiktok", "shopee"), (70, 12, 8, 10))
GROUPS = ("channel", "event", "vendor", "kecamatan", "product")


def made_id(kind, number):
    return f"00000000-0000-7000-8{kind:03x}-{number:012x}"


@dataclass
class Season:
    """What is sold where, and what every figure has to be: (group, key) → [units, omzet]."""

    lines: int = LINES
    expected: dict = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    journals: list = field(default_factory=list)
    files: list = field(default_factory=list)

    def __post_init__(self):
        self.rng = Random(20211126)
        sold = [self._line(number) for number in range(self.lines)]
        for friday in range(FRIDAYS):
            here = [one for one in sold if one["friday"] == friday]
            self._sell([one for one in here if one["channel"] == "bazaar"], friday)
            for shop, channels in ((tokopedia, {"tokopedia", "tiktok"}), (shopee, {"shopee"})):
                rows = [shop(one) for one in here if one["channel"] in channels]
                name = TOKOPEDIA_TIKTOK if shop is tokopedia else SHOPEE
                if rows:
                    header = sample_rows(name)[0]
                    cells = [[row.get(title, "") for title in header] for row in rows]
                    self.files.append((name, [header, *cells]))

    def _line(self, number):
        """Draw a line and add it to what is expected; a cancelled one counts nowhere."""
        product = self.rng.randrange(VENDORS * PRODUCTS_EACH)
        [channel] = self.rng.choices(*CHANNELS)
        friday = number % FRIDAYS
        one = {"n": number, "friday": friday, "product": product, "channel": channel}
        one["qty"] = self.rng.randint(1, 4)
        one["price_rp"] = 5_000 + 500 * (product % 40)
        one["cancelled"] = channel != "bazaar" and self.rng.random() < 0.05
        one["at"] = FIRST_FRIDAY + timedelta(days=7 * friday, minutes=420 + number % 590)
        if not one["cancelled"]:
            self._expect(one, one["qty"])
        return one

    def _expect(self, one, pieces):
        vendor = one["product"] % VENDORS
        keys = {
            "channel": one["channel"],
            "event": made_id(1, one["friday"]),
            "vendor": made_id(2, vendor),
            "kecamatan": kecamatan_of(vendor),
            "product": made_id(3, one["product"]),
        }
        for named in keys.items():
            self.expected[named][0] += pieces
            self.expected[named][1] += pieces * one["price_rp"]

    def _sell(self, lines, friday):
        """Ring three lines up a sale, at two machines; of every twentieth a piece comes back."""
        tills = [Journal(id=made_id(4, 1 + friday * MACHINES + n)) for n in range(MACHINES)]
        for place, start in enumerate(range(0, len(lines), 3)):
            some = lines[start : start + 3]
            till = tills[place % MACHINES]
            body = sale(
                [till_line(n, one) for n, one in enumerate(some, 1)], event=made_id(1, friday)
            )
            sold = till.add("sale", body, at=stamp(some[0]["at"]))
            if place % 20 == 0:
                price_rp = some[0]["price_rp"]
                back = refund(sold, [(1, 1, price_rp)]) | {"event": made_id(1, friday)}
                tills[(place + 1) % MACHINES].add("refund", back)
                self._expect(some[0], -1)
        self.journals += tills


def till_line(n, one):
    known = {"product": made_id(3, one["product"]), "stall": made_id(2, one["product"] % VENDORS)}
    return line(n, one["qty"], one["price_rp"]) | known


def tokopedia(one):
    price_rp, qty = one["price_rp"], one["qty"]
    moment = f"{one['at']:%d/%m/%Y %H:%M:%S}\t"
    status = "Dibatalkan" if one["cancelled"] else "Selesai"
    return {
        "Order ID": f"58{one['n']:016d}\t",
        "Order Status": status,
        "Order Substatus": status,
        "Cancelation/Return Type": "Cancel" if one["cancelled"] else "",
        "Normal or Pre-order": "Normal",
        "SKU ID": f"17{one['product']:017d}\t",
        "Seller SKU": f"SKU-{one['product']}",
        "Product Name": f"Barang {one['product']}",
        "Variation": "Default",
        "Quantity": str(qty),
        "Sku Quantity of return": "0",
        "SKU Unit Original Price": str(price_rp),
        "SKU Subtotal Before Discount": str(price_rp * qty),
        "SKU Platform Discount": "0",
        "SKU Seller Discount": "0",
        "SKU Subtotal After Discount": str(price_rp * qty),
        "Order Amount": str(price_rp * qty + 11_000),
        "Order Refund Amount": "0",
        "Created Time": moment,
        "Paid Time": moment,
        "Delivered Time": moment,
        "Purchase Channel": "Tokopedia" if one["channel"] == "tokopedia" else "TikTok Shop",
        "Tokopedia Invoice Number": f"INV/{one['n']}" if one["channel"] == "tokopedia" else "",
    }


def shopee(one):
    price, total = (
        f"{sum_rp:,}".replace(",", ".")
        for sum_rp in (one["price_rp"], one["price_rp"] * one["qty"])
    )
    moment = f"{one['at']:%Y-%m-%d %H:%M}"
    return {
        "No. Pesanan": f"26SEASON{one['n']}",
        "Status Pesanan": "Batal" if one["cancelled"] else "Selesai",
        "Waktu Pesanan Dibuat": moment,
        "Waktu Pembayaran Dilakukan": moment,
        "Nama Produk": f"Barang {one['product']}",
        "Nomor Referensi SKU": f"SKU-{one['product']}",
        "Harga Awal": price,
        "Harga Setelah Diskon": price,
        "Jumlah": str(one["qty"]),
        "Returned quantity": "0",
        "Subtotal Pesanan": total,
        "Total Diskon": "0",
        "Total Pembayaran": total,
        "Waktu Pesanan Selesai": moment,
    }


def kecamatan_of(vendor):
    return f"31.74.{1 + vendor % 10:02d}"


def hold(store, clock, season):
    """Set the campaign up and send everything through the hub's doors, late and twice."""
    set_up(store)
    with store.begin() as connection:
        for number in range(VENDORS):
            place = kecamatan_of(number)
            words = (f"Lapak {number}", "Ibu", place, f"{place}.1001", "PPKUKM", None, None, 0)
            row = Vendor(made_id(2, number), CAMPAIGN, *words, active=True)
            vendors.insert_vendor(connection, row)
        for number in range(VENDORS * PRODUCTS_EACH):
            owner = made_id(2, number % VENDORS)
            words = (f"SKU-{number}", f"Barang {number}", "", "Kuliner", Rupiah(5_000), "pcs")
            row = CampaignProduct(made_id(3, number), CAMPAIGN, owner, *words, active=True)
            products.insert_product(connection, row)
    for number in range(FRIDAYS):
        save_event(store, clock, "sari", friday_plan(number))
    segments = [
        journal.segment(first, min(first + 199, len(journal.stored)))
        for journal in season.journals
        for first in range(1, len(journal.stored) + 1, 200)
    ]
    for segment in [*segments, *segments[::-1]]:
        receive_segment(store, clock, KEYS, segment)
    for name, rows in season.rng.sample(season.files, len(season.files)):
        for some in (rows, rows[: len(rows) // 2 + 1]):
            entry = read_file_in(store, clock, "sari", CAMPAIGN, name, csv_file(some))
            take_import(store, clock, "sari", entry)


def friday_plan(number):
    day = FIRST_FRIDAY + timedelta(days=7 * number)
    hours = [day + timedelta(hours=one) for one in (7, 17, 0, 48)]
    return EventPlan(
        made_id(1, number),
        CAMPAIGN,
        f"Jumat {number + 1}",
        "",
        *hours,
        None,
        None,
        0,
        False,
        "",
        "",
    )


def differences(store, season):
    """Give every figure that is not what it was made to be: group, key, expected, counted."""
    found = {
        (group, one.key): [one.counted.units, one.counted.omzet_rp]
        for group in GROUPS
        for one in named_figures(store, CAMPAIGN, group)
    }
    keys = sorted(found.keys() | season.expected.keys())
    return [
        (*key, season.expected.get(key, [0, 0]), found.get(key, [0, 0]))
        for key in keys
        if season.expected.get(key, [0, 0]) != found.get(key, [0, 0])
    ]


def main():
    lines = int(sys.argv[1]) if len(sys.argv) > 1 else LINES
    season = Season(lines)
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(os.environ.get("KIOSK_HUB_DATABASE", f"sqlite:///{folder}/hub.db"))
        migrate(store)
        hold(store, SystemClock(), season)
        wrong = differences(store, season)
        total = campaign_total(store, CAMPAIGN)
        store.close()
    kinds = Counter(group for group, _key in season.expected)
    said = [f"{lines} lines: {total.units} units, Rp{total.omzet_rp}; figures {dict(kinds)}"]
    said += [f"differs: {one}" for one in wrong]
    said.append(f"{len(wrong)} figures differ" if wrong else "every figure is as made")
    sys.stdout.write("\n".join(said) + "\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
