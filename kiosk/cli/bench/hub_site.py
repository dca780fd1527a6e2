"""A hub with a campaign, its vendors and products, an enrolled device and an organiser."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

from sqlalchemy import Connection

from kiosk.cli.bench import goods
from kiosk.cli.bench.programs import KIOSK, Program, running
from kiosk.clock import SystemClock
from kiosk.domain.money import Rupiah
from kiosk.hub.services.accounts import add_user
from kiosk.hub.services.device_keys import DeviceKeys, new_salt
from kiosk.hub.settings import load_settings
from kiosk.hub.storage.campaigns import Campaign, insert_campaign
from kiosk.hub.storage.devices import Installation, insert_device, insert_installation
from kiosk.hub.storage.enrolments import redeem_code
from kiosk.hub.storage.events import EventPlan, insert_event
from kiosk.hub.storage.migrations import migrate
from kiosk.hub.storage.products import CampaignProduct, insert_product
from kiosk.hub.storage.store import Store
from kiosk.hub.storage.vendors import Vendor, insert_vendor
from kiosk.webtools.sessions import load_secret_key

PRODUCTS: Final = 200
EVENTS: Final = 3
LOGIN: Final = "bench"
PASSWORD: Final = "measured here alone"  # noqa: S105 - of an account that lives for minutes
_CLOCK: Final = SystemClock()
_KELURAHAN: Final = "31.74.01.1001"


@dataclass(frozen=True, slots=True)
class HubSite:
    """Where the hub's data lie, and who its one device is."""

    data: Path
    database_url: str
    device: str
    secret: bytes


def make_hub(data: Path, database_url: str = "") -> HubSite:
    """Set a hub up: on SQLite in its data folder, or at an SQLAlchemy URL."""
    url = load_settings({"KIOSK_DATA": str(data), "KIOSK_HUB_DATABASE": database_url}).database_url
    data.mkdir()
    device, salt = _CLOCK.new_id(), new_salt()
    store = Store.open(url)
    try:
        migrate(store)
        with store.begin() as connection:
            _write_campaign(connection)
            _write_device(connection, device, salt)
        add_user(
            store,
            _CLOCK,
            by="",
            login=LOGIN,
            name="Organiser",
            role="organiser",
            password=PASSWORD,
        )
    finally:
        store.close()
    secret = DeviceKeys(load_secret_key(data)).secret(device, salt)
    return HubSite(data, url, device, secret)


@contextmanager
def serving_hub(site: HubSite) -> Iterator[Program]:
    """Run `kiosk hub` until the block ends, from when its port takes connections."""
    settings = {
        "KIOSK_DATA": str(site.data),
        "KIOSK_HUB_DATABASE": site.database_url,
        "KIOSK_HUB_PORT": "{port}",
    }
    with running([KIOSK, "hub"], site.data.parent, settings) as program:
        program.wait_for_port()
        yield program


def _write_campaign(connection: Connection) -> None:
    now = _CLOCK.now()
    insert_campaign(connection, Campaign(goods.CAMPAIGN, "Jumat Beli Lokal", "", None, now))
    for n in range(EVENTS):
        start = now - timedelta(days=7 * n, hours=9)
        insert_event(
            connection,
            EventPlan(
                id=goods.event_id(n),
                campaign=goods.CAMPAIGN,
                name=f"Bazar Jumat {n + 1}",
                place="Halaman Kantor",
                bazaar_start=start,
                bazaar_end=start + timedelta(hours=10),
                online_start=None,
                online_end=None,
                target_rp=None,
                qris=None,
                cash_rounding_rp=0,
                counts_free_goods=False,
                receipt_header="",
                receipt_footer="",
            ),
        )
    for stall in goods.stalls(PRODUCTS):
        insert_vendor(
            connection,
            Vendor(
                id=stall["id"],
                campaign=goods.CAMPAIGN,
                name=stall["name"],
                owner=stall["vendor"],
                kecamatan=_KELURAHAN[:8],
                kelurahan=_KELURAHAN,
                binaan="",
                stage=None,
                qris=None,
                commission_basis_points=0,
                active=True,
            ),
        )
    for product in goods.products(PRODUCTS):
        vendor, price_rp = product.pop("stall"), Rupiah(product.pop("price_rp"))
        insert_product(
            connection,
            CampaignProduct(
                campaign=goods.CAMPAIGN, vendor=vendor, price_rp=price_rp, active=True, **product
            ),
        )


def _write_device(connection: Connection, device: str, salt: bytes) -> None:
    """Write an installation, and a device as it is after its code was redeemed."""
    now = _CLOCK.now()
    insert_installation(
        connection, Installation(goods.INSTALLATION, goods.event_id(), "Mesin Ukur")
    )
    insert_device(connection, device, goods.INSTALLATION, bytes(32), now)
    redeem_code(connection, device, bytes(32), salt, now)
