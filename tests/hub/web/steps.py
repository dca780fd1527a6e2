"""What an organiser does in a browser, as short as a test's first part should be."""

import csv
import io
import re
from pathlib import Path

PASSWORD = "rahasia-sekali"
SAMPLES = Path(__file__).parents[1] / "marketplaces" / "samples"
QRIS = (
    "00020101021126610014COM.GO-JEK.WWW01189360091400000000010210G0000000010303UMI51440014ID.CO.QRIS.WWW"
    "0215ID10200000000010303UMI5204581253033605802ID5913WEDANG UJI 866015JAKARTA SELATAN61051211062070703A01"
    "6304ECDB"
)
OTHER_QRIS = (
    "00020101021126570011ID.DANA.WWW011893600915000000000202090000000020303UMI51440014ID.CO.QRIS.WWW"
    "0215ID10200000000020303UMI5204549953033605802ID5908JAMU UJI6015Jakarta Selatan6105121206304CA55"
)
UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
FRIDAY = {
    "name": "Jumat 20 November",
    "place": "Kantor Wali Kota",
    "bazaar_start": "2026-11-20T07:00",
    "bazaar_end": "2026-11-20T17:00",
    "online_start": "2026-11-20T00:00",
    "online_end": "2026-11-21T00:00",
    "cash_rounding_rp": "100",
}
VENDOR = {
    "name": "Wedang Batavia 86",
    "kelurahan": "31.74.07.1001",
    "stage": "5",
    "commission": "7,5",
}


class Organiser:
    """A signed-in client, with the forms an organiser fills in."""

    def __init__(self, client):
        self.client = client

    def get(self, path, status=200):
        response = self.client.get(path)
        assert response.status_code == status, response.text[:800]
        return response.text

    def post(self, path, data=None, status=303):
        response = self.client.post(path, data=data or {})
        assert response.status_code == status, response.text[:2000]
        return response

    def campaign(self, name="Jumat Beli Lokal", target="150.000.000"):
        answer = self.post(
            "/campaigns/new", {"name": name, "city": "Jakarta Selatan", "target_rp": target}
        )
        return answer.location

    def event(self, campaign, **changes):
        self.post(f"{campaign}/events/new", FRIDAY | changes)
        return f"{campaign}/events/" + self._last(f"{campaign}/events", r"/events/(%s)/staff")

    def vendor(self, campaign, **changes):
        self.post(f"{campaign}/vendors/new", VENDOR | changes)
        name = changes.get("name", VENDOR["name"])
        return self._beside(f"{campaign}/vendors?q={name}", r"/vendors/(%s)\"")

    def product(self, campaign, vendor, sku, name, price="25.000", **changes):
        self.post(
            f"{campaign}/products/new",
            {
                "vendor": vendor,
                "sku": sku,
                "name": name,
                "category": "Kuliner",
                "unit": "pcs",
                "price_rp": price,
            }
            | changes,
        )
        return self._beside(f"{campaign}/products?q={sku}", r"/products/(%s)\"")

    def upload(self, campaign, name, data, status=303, page="imports"):
        # Written by hand: the test client keeps a large form in a file that it never closes.
        head = f'--x\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
        response = self.client.post(
            f"{campaign}/{page}",
            data=head.encode() + data + b"\r\n--x--\r\n",
            content_type="multipart/form-data; boundary=x",
        )
        assert response.status_code == status, response.text[:2000]
        return response.location if status == 303 else response.text

    def _last(self, path, pattern):
        return re.findall(pattern % UUID, self.get(path))[0]

    def _beside(self, path, pattern):
        return re.findall(pattern % UUID, self.get(path))[0]


def figures(html):
    """Give a page's tables as rows of cell texts, tags and double spaces away."""
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", html, re.DOTALL)
    return [
        [
            " ".join(re.sub(r"<[^>]+>", " ", cell).split())
            for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)
        ]
        for row in rows
    ]


def read_csv(text):
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


def sign_in(page, address):
    page.goto(f"{address}/sign-in")
    page.get_by_label("Nama pengguna").fill("sari")
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.locator("main button").click()
