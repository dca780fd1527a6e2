"""Every page of the hub, on a desk, a tablet and a phone: names, roles, contrast, targets, width."""

import io

import pytest

from kiosk.hub.services.ingest import receive_segment
from tests.hub.services.building import (
    CAMPAIGN,
    DEVICE,
    EVENT,
    JOURNAL,
    KEYS,
    MACHINE,
    PRODUCT,
    STAFF,
    VENDOR,
    Journal,
    line,
    sale,
    set_up,
)
from tests.hub.web.steps import SAMPLES, sign_in
from tests.hub.web.test_mappings import FILE, filled_in, upload
from tests.hub.web.test_rekaps import PNG
from tests.support.every_page import Inspector, addresses, is_page
from tests.support.program_maps import HUB_LEFT_OUT
from tests.support.till_screen import SIZES


def map_columns(organiser, campaign):
    """Explain a file of no known kind; give the signature it is remembered by."""
    page = upload(organiser, campaign, FILE).text
    given = filled_in(page, channel="Bukalapak")
    upload(organiser, campaign, FILE, 303, **given)
    return given["signature"]


def type_total_in(organiser, campaign):
    """Type a total in, with a photo of the sales book; give its id."""
    typed = {"event": EVENT, "units": "12", "told_by": "Bu Sari", "on_top": "1"}
    photo = {"evidence": (io.BytesIO(PNG), "buku.png")}
    organiser.post(f"{campaign}/rekaps/new", typed | photo)
    return organiser._last(f"{campaign}/rekaps", r"/rekaps/(%s)/undo")


@pytest.fixture
def examples(store, clock, organiser):
    """A hub with something of everything, and an example of each part of an address."""
    set_up(store)
    journal = Journal()
    journal.add("sale", sale([line(qty=2)]))
    journal.add("sale", sale(total_rp=1))
    receive_segment(store, clock, KEYS, journal.segment())
    campaign = f"/campaigns/{CAMPAIGN}"
    offer = {"name": "2 sehat", "skus": "WDG-1", "pieces": "2", "price_rp": "20.000"}
    organiser.post(f"{campaign}/offers/new", offer | {"borne_by": "stall"})
    name = "shopee_order_all.csv"
    taken = organiser.upload(campaign, name, (SAMPLES / name).read_bytes())
    organiser.post(f"{taken}/take")
    name = "tokopedia_tiktok.csv"
    file = organiser.upload(campaign, name, (SAMPLES / name).read_bytes())
    download = organiser.client.get(f"{campaign}/sheets/products/download")
    sheet = organiser.upload(campaign, "x.xlsx", download.data, page="sheets/products")
    organiser.post(f"{campaign}/reports/versions", {"event": EVENT, "status": "sementara"})
    return {
        "n": 1,
        "language": "id",
        "month": "2026-11",
        "table": "recap",
        "ending": "csv",
        "campaign_id": CAMPAIGN,
        "event_id": EVENT,
        "vendor_id": VENDOR,
        "product_id": PRODUCT,
        "installation_id": MACHINE,
        "device_id": DEVICE,
        "code": "K01",
        "staff_id": STAFF,
        "offer_id": organiser._last(f"{campaign}/offers", r"/offers/(%s)\""),
        "import_id": file.rpartition("/")[2],
        "source": "shopee",
        "order_id": "261120DUMMY01",
        "kind": "products",
        "by": "vendor",
        "rest": "none",
        "journal_id": JOURNAL,
        "signature": map_columns(organiser, campaign),
        "rekap_id": type_total_in(organiser, campaign),
        "sheet_id": sheet.rpartition("/")[2],
        "journal": JOURNAL,
        "seq": 3,
        "reason": "unbalanced",
        "user_id": organiser._last("/people", r"/people/(%s)\""),
    }


def test_every_page_is_accessible_and_fits(page, app, examples, address):
    page.emulate_media(reduced_motion="reduce")
    inspector = Inspector(page, themes=("dark",), sizes=tuple(SIZES))
    page.goto(f"{address}/sign-in")
    inspector.look("/sign-in")
    sign_in(page, address)

    for path in addresses(app, examples, HUB_LEFT_OUT).values():
        if is_page(page, address + path):
            assert page.goto(address + path).status < 400, path
            inspector.look(path)

    assert not inspector.wrong, "\n".join(inspector.wrong)
