"""The hub's lists as tables: what is set up, what came in, and what waits for a hand."""

from datetime import datetime

from flask_babel import gettext as _

from kiosk.hub.services.claims import open_claims
from kiosk.hub.services.devices import devices_page, review_tray
from kiosk.hub.services.events import campaign_events
from kiosk.hub.services.imports import campaign_imports
from kiosk.hub.services.offers import campaign_offers
from kiosk.hub.services.products import campaign_products
from kiosk.hub.services.rekaps import campaign_rekaps
from kiosk.hub.services.vendors import campaign_vendors
from kiosk.hub.services.versions import campaign_versions
from kiosk.hub.storage.campaigns import Campaign
from kiosk.hub.web.channels import TITLES
from kiosk.hub.web.fact_words import fact_words
from kiosk.hub.web.parts import hub_parts
from kiosk.hub.web.payment_words import method_words
from kiosk.hub.web.table_reports import TableReport
from kiosk.webtools.i18n import format_short_moment


def events(campaign: Campaign) -> TableReport:
    """Give the events with their windows and targets."""
    return TableReport(
        _("Events"),
        [_("Event"), _("Place"), _("Bazaar from"), _("to"), _("Online from"), _("to"), _("Target")],
        [
            (
                one.name,
                one.place,
                _when(one.bazaar_start),
                _when(one.bazaar_end),
                _when(one.online_start),
                _when(one.online_end),
                int(one.target_rp or 0),
            )
            for one in campaign_events(hub_parts().store, campaign.id)
        ],
    )


def vendors(campaign: Campaign) -> TableReport:
    """Give the vendors with where they come from and who guides them."""
    return TableReport(
        _("Vendors"),
        [
            _("Stall"),
            _("Owner"),
            _("Kecamatan"),
            _("Kelurahan"),
            _("Kelurahan code"),
            _("Guiding office"),
            _("Stage"),
            _("Products"),
        ],
        [
            (
                row.vendor.name,
                row.vendor.owner,
                row.kecamatan,
                row.kelurahan,
                row.vendor.kelurahan,
                row.vendor.binaan,
                f"P{row.vendor.stage}" if row.vendor.stage else "",
                row.products,
            )
            for row in campaign_vendors(hub_parts().store, campaign.id)
        ],
    )


def products(campaign: Campaign) -> TableReport:
    """Give the products with their prices."""
    return TableReport(
        _("Products"),
        [_("SKU"), _("Barcode"), _("Product"), _("Vendor"), _("Category"), _("Price"), _("State")],
        [
            (
                row.product.sku,
                row.product.barcode,
                row.product.label,
                row.vendor,
                row.product.category,
                int(row.product.price_rp),
                _("on sale") if row.product.active else _("not on sale"),
            )
            for row in campaign_products(hub_parts().store, campaign.id)
        ],
    )


def offers(campaign: Campaign) -> TableReport:
    """Give the offers and their goods."""
    return TableReport(
        _("Offers"),
        [_("Offer"), _("Vendor"), _("Goods"), _("Pieces"), _("Price")],
        [
            (
                row.offer.name,
                row.vendor,
                ", ".join(row.skus),
                row.offer.pieces,
                int(row.offer.price_rp),
            )
            for row in campaign_offers(hub_parts().store, campaign.id)
        ],
    )


def machines(campaign: Campaign) -> TableReport:
    """Give the machines: what each has sent, and when it was last heard."""
    hub = hub_parts()
    return TableReport(
        _("Machines"),
        [_("Machine"), _("Event"), _("Tills"), _("State"), _("Last heard")],
        [
            (
                one.installation.name,
                one.event.name,
                ", ".join(till.code for till in one.tills),
                _("complete") if one.is_complete else _("not complete"),
                _when(one.last_heard_at) or _("never"),
            )
            for one in devices_page(hub.store, hub.clock, campaign.id)
        ],
    )


def imports(campaign: Campaign) -> TableReport:
    """Give the files that were imported, those undone too."""
    return TableReport(
        _("Imported files"),
        [
            _("Marketplace"),
            _("File"),
            _("Imported"),
            _("As of"),
            _("Orders"),
            _("State"),
            _("Fingerprint (SHA-256)"),
        ],
        [
            (
                TITLES.get(one.source, one.source),
                one.file_name,
                _when(one.imported_at),
                _when(one.as_of),
                one.orders,
                _("counted") if one.counts else _("not counted"),
                one.file_sha256,
            )
            for one in campaign_imports(hub_parts().store, campaign.id)
        ],
    )


def rekaps(campaign: Campaign) -> TableReport:
    """Give the totals that were typed in from paper."""
    store = hub_parts().store
    names = {row.vendor.id: row.vendor.name for row in campaign_vendors(store, campaign.id)}
    bazaars = {one.id: one.name for one in campaign_events(store, campaign.id)}
    return TableReport(
        _("Totals typed in"),
        [_("Event"), _("Vendor"), _("Units"), _("Omzet (Rp)"), _("Told by"), _("Note"), _("State")],
        [
            (
                bazaars.get(one.event, one.event),
                names.get(one.vendor, one.vendor),
                one.units,
                int(one.omzet_rp),
                one.told_by,
                one.note,
                _("counted") if one.counted else _("not counted"),
            )
            for one, _sold in campaign_rekaps(store, campaign.id)
        ],
    )


def claims(campaign: Campaign) -> TableReport:
    """Give the payments that are claimed and not confirmed."""
    return TableReport(
        _("Claimed payments"),
        [
            _("Time"),
            _("Machine"),
            _("Till"),
            _("Receipt"),
            _("Way to pay"),
            _("Reference"),
            _("Amount (Rp)"),
        ],
        [
            (
                _when(one.at),
                one.machine,
                one.till,
                one.number,
                method_words(one.method),
                one.reference,
                int(one.amount_rp),
            )
            for one in open_claims(hub_parts().store, campaign.id).claims
        ],
    )


def review(campaign: Campaign) -> TableReport:
    """Give the review tray."""
    return TableReport(
        _("Review"),
        [_("Arrived"), _("Machine"), _("Entry"), _("Reason"), _("Fact"), _("Decision")],
        [
            (
                _when(one.arrived_at),
                one.machine,
                one.seq,
                one.reason,
                fact_words(one.fact),
                one.decision or _("waits"),
            )
            for one in review_tray(hub_parts().store, campaign.id)
        ],
    )


def versions(campaign: Campaign) -> TableReport:
    """Give the frozen versions."""
    store = hub_parts().store
    bazaars = {one.id: one.name for one in campaign_events(store, campaign.id)}
    return TableReport(
        _("Frozen versions"),
        [_("Version"), _("Frozen"), _("About"), _("Figures"), _("By"), _("Fingerprint (SHA-256)")],
        [
            (
                str(one.n),
                _when(one.at),
                bazaars.get(one.event, "") or _("All events"),
                one.status,
                one.by,
                one.sha256,
            )
            for one in campaign_versions(store, campaign.id)
        ],
    )


def _when(moment: datetime | None) -> str:
    return format_short_moment(moment) if moment else ""
