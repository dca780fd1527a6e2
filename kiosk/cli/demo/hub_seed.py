"""Setting the demonstration's program up at the hub, as an organiser would have."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

from kiosk.cli.demo.exports import export_file
from kiosk.cli.demo.logo import logo_picture
from kiosk.cli.demo.offers import OFFERS, DemoOffer
from kiosk.cli.demo.products import PRODUCTS
from kiosk.cli.demo.program import (
    CAMPAIGN,
    CAMPAIGN_MADE_AT,
    CITY,
    EVENTS,
    FRIDAY_INSTALLATION,
    INSTALLATIONS,
    STAFF,
    DemoEvent,
    DemoInstallation,
    made_id,
)
from kiosk.cli.demo.vendors import BAZAAR_QRIS, VENDORS
from kiosk.clock import Clock
from kiosk.domain.methods import STANDARD, Method
from kiosk.domain.money import Rupiah
from kiosk.hub.services.accounts import add_user
from kiosk.hub.services.campaigns import save_campaign
from kiosk.hub.services.devices import make_code, save_installation, save_till
from kiosk.hub.services.events import save_event
from kiosk.hub.services.import_reading import read_file_in
from kiosk.hub.services.imports import take_import
from kiosk.hub.services.offers import save_offer
from kiosk.hub.services.products import save_product
from kiosk.hub.services.receipts import ReceiptWords, save_logo, save_words
from kiosk.hub.services.staff import save_staff
from kiosk.hub.services.vendors import save_vendor
from kiosk.hub.services.versions import freeze
from kiosk.hub.storage.campaigns import Campaign
from kiosk.hub.storage.devices import Installation, InstallationTill
from kiosk.hub.storage.events import EventPlan
from kiosk.hub.storage.offers import CampaignOffer
from kiosk.hub.storage.products import CampaignProduct
from kiosk.hub.storage.scope import Scope
from kiosk.hub.storage.staff import EventStaff
from kiosk.hub.storage.store import Store
from kiosk.hub.storage.vendors import Vendor

CAMPAIGN_ID: Final = made_id("campaign")
_YEARS_TARGET_RP: Final = Rupiah(150_000_000)
_RECEIPT_FOOTER: Final = "Penukaran: 7 hari, di lapak ini"
_RECEIPT_CONTACT: Final = "meja panitia"


@dataclass(frozen=True, slots=True)
class HubSignIn:
    """Somebody who signs in at the hub of the demonstration."""

    login: str
    password: str
    name: str
    role: str
    scope: Scope | None = None


# The demonstration listens on this machine alone, and prints these at start.
HUB_SIGN_INS: Final = (
    HubSignIn("panitia", "beli-lokal-2021", "Panitia Jakarta Selatan", "organiser"),
    HubSignIn(
        "pendamping",
        "wedang-komplit",
        "Pendamping Jakpreneur",
        "mentor",
        Scope("kecamatan", "31.74.07"),
    ),
    HubSignIn("tamu", "lihat-lihat-saja", "Tamu Kantor", "viewer"),
)


@dataclass(frozen=True, slots=True)
class Organiser:
    """The hub's store and clock, and the account in whose name things are set up."""

    store: Store
    clock: Clock
    user: str


def sign_up(store: Store, clock: Clock) -> Organiser:
    """Make the accounts, and go on as the organiser."""
    users = [
        add_user(
            store,
            clock,
            by="demo",
            login=one.login,
            name=one.name,
            role=one.role,
            password=one.password,
            scope=one.scope,
        )
        for one in HUB_SIGN_INS
    ]
    return Organiser(store, clock, users[0].id)


def set_up_program(organiser: Organiser) -> None:
    """Write the campaign, its vendors and goods, its events with people and machines."""
    store, clock, user = organiser.store, organiser.clock, organiser.user
    campaign = Campaign(CAMPAIGN_ID, CAMPAIGN, CITY, _YEARS_TARGET_RP, CAMPAIGN_MADE_AT)
    save_campaign(store, clock, user, campaign)
    for vendor in _vendors():
        save_vendor(store, clock, user, vendor)
    for product in _products():
        save_product(store, clock, user, product)
    for offer in OFFERS:
        save_offer(store, clock, user, _offer(offer), offer.skus)
    for event in EVENTS:
        save_event(store, clock, user, _event(event))
        _write_receipt(organiser, _event(event))
        _hire(organiser, event)
    for machine in (*INSTALLATIONS, FRIDAY_INSTALLATION):
        _place_machine(organiser, machine)


def enrolment_code(organiser: Organiser, machine: DemoInstallation) -> str:
    """Make a code for a machine's device, as it would be read out to a volunteer."""
    return make_code(organiser.store, organiser.clock, organiser.user, machine.id).groups


def import_online_sales(
    rng: Random, organiser: Organiser, events: Sequence[DemoEvent], tell: Callable[[str], None]
) -> None:
    """Import the export file of each event that sold something online, and count it."""
    store, clock, user = organiser.store, organiser.clock, organiser.user
    for event in events:
        if event.online:
            tell(f"Importing the online orders of {event.name} …")
            name = f"pesanan-{event.key}.csv"
            entry = read_file_in(store, clock, user, CAMPAIGN_ID, name, export_file(rng, event))
            take_import(store, clock, user, entry)


def freeze_totals(organiser: Organiser, status: str) -> None:
    """Freeze the totals as they are now, as for a press text over the whole program."""
    freeze(organiser.store, organiser.clock, organiser.user, CAMPAIGN_ID, "", status)


def _vendors() -> list[Vendor]:
    return [
        Vendor(
            id=made_id(f"vendor {vendor.key}"),
            campaign=CAMPAIGN_ID,
            name=vendor.name,
            owner=vendor.owner,
            kecamatan="",  # follows from the kelurahan
            kelurahan=vendor.kelurahan,
            binaan=vendor.binaan,
            stage=vendor.stage,
            qris=vendor.qris,
            commission_basis_points=0,
            active=True,
            shop_url=vendor.shop_url,
            transfer_account=vendor.transfer_account,
        )
        for vendor in VENDORS
    ]


def _offer(offer: DemoOffer) -> CampaignOffer:
    return CampaignOffer(
        id=made_id(f"offer {offer.name}"),
        campaign=CAMPAIGN_ID,
        vendor="",  # follows from the goods
        name=offer.name,
        products=(),
        pieces=offer.pieces,
        price_rp=offer.price_rp,
        borne_by=offer.borne_by,
        active=True,
    )


def _products() -> list[CampaignProduct]:
    return [
        CampaignProduct(
            id=made_id(f"product {product.sku}"),
            campaign=CAMPAIGN_ID,
            vendor=made_id(f"vendor {product.vendor}"),
            sku=product.sku,
            name=product.name,
            variant=product.variant,
            category=product.category,
            price_rp=product.price_rp,
            unit=product.unit,
            active=True,
            barcode=product.barcode,
            choices=product.choices,
            stock=product.stock,
            open_price=product.open_price,
        )
        for product in PRODUCTS
    ]


_METHODS: Final = (
    *STANDARD[:2],
    Method("transfer", "transfer", account="Bank Contoh 000-123-456, a.n. Panitia Bazar"),
    STANDARD[3],
    Method("ewallet-gopay", "ewallet", "GoPay", state="claimed"),
    Method("voucher-pemkot", "voucher", "Voucher Pemkot"),
)


def _event(event: DemoEvent) -> EventPlan:
    return EventPlan(
        id=event.id,
        campaign=CAMPAIGN_ID,
        name=event.name,
        place=event.place,
        bazaar_start=event.bazaar_start,
        bazaar_end=event.bazaar_end,
        online_start=event.online_start,
        online_end=event.online_end,
        target_rp=event.target_rp,
        qris=BAZAAR_QRIS,
        cash_rounding_rp=event.cash_rounding_rp,
        counts_free_goods=False,
        receipt_header="",
        receipt_footer="",
        methods=_METHODS,
    )


def _write_receipt(organiser: Organiser, event: EventPlan) -> None:
    words = ReceiptWords((CAMPAIGN,), (_RECEIPT_FOOTER,), _RECEIPT_CONTACT, "id")
    save_words(organiser.store, organiser.clock, organiser.user, event, words)
    save_logo(organiser.store, organiser.clock, organiser.user, event, logo_picture())


def _hire(organiser: Organiser, event: DemoEvent) -> None:
    for person in STAFF:
        member = EventStaff(
            id=made_id(f"staff {event.key} {person.name}"),
            event=event.id,
            name=person.name,
            role=person.role,
            pin_hash="",
            active=True,
        )
        save_staff(organiser.store, organiser.clock, organiser.user, member, person.pin)


def _place_machine(organiser: Organiser, machine: DemoInstallation) -> None:
    """Add a machine; the hub gives it its first till, the others follow."""
    store, clock, user = organiser.store, organiser.clock, organiser.user
    event = made_id(f"event {machine.event}")
    save_installation(store, clock, user, Installation(machine.id, event, machine.name))
    for code, name in machine.tills[1:]:
        till = InstallationTill(machine.id, code, name, None)
        save_till(store, clock, user, till, is_new=True)
