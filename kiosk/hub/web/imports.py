"""Pages of online orders: read a file, see what it would do, count it or drop it."""

from typing import Any, Final

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug import Response

from kiosk.errors import KioskError
from kiosk.hub.services import imports as service
from kiosk.hub.services.campaigns import open_campaign
from kiosk.hub.services.events import campaign_events
from kiosk.hub.services.matching import choices, count_unmatched_listings
from kiosk.hub.services.products import campaign_products
from kiosk.hub.web.forms import Form, RequiredError, answer_form
from kiosk.hub.web.notices import done
from kiosk.hub.web.parts import hub_parts
from kiosk.hub.web.signin import actor

blueprint = Blueprint("imports", __name__, url_prefix="/campaigns/<campaign_id>/imports")

TITLES: Final = {
    "tokopedia_tiktok": "Tokopedia & TikTok Shop",
    "shopee": "Shopee",
    "tokopedia_classic": "Tokopedia (Laporan Penjualan)",
    "tokopedia_legacy": "Tokopedia",
    "lazada": "Lazada",
}
CHANNELS: Final = {
    "bazaar": "Bazar",
    "tokopedia": "Tokopedia",
    "tiktok": "TikTok Shop",
    "shopee": "Shopee",
    "lazada": "Lazada",
}
# The file, and a little for the form around it.
_UPLOAD_BYTES: Final = service.IMPORT_LIMITS.file_bytes + (1 << 16)


@blueprint.url_value_preprocessor
def _allow_a_file(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Let this one address take a file; it runs before the form is first looked at."""
    if endpoint == "hub.imports.show_all" and request.method == "POST":
        request.max_content_length = _UPLOAD_BYTES


@blueprint.route("", methods=["GET", "POST"])
def show_all(campaign_id: str) -> Response:
    """GET …/imports: the files. POST: read one and go on to what it would do."""
    hub = hub_parts()
    campaign = open_campaign(hub.store, campaign_id)

    def save(form: Form) -> str:
        file = request.files.get("file")
        if file is None or not file.filename:
            form.refuse(RequiredError(), "file")
        form.check()
        assert file is not None
        assert file.filename
        data = file.read()
        file.close()
        try:
            entry = service.read_file_in(
                hub.store, hub.clock, actor(), campaign_id, file.filename, data
            )
        except KioskError as error:
            form.refuse(error, "file")
            form.check()
            raise
        return url_for(".show", campaign_id=campaign_id, import_id=entry.id)

    return answer_form(
        "hub/imports/list.html",
        {},
        save,
        campaign=campaign,
        imports=service.campaign_imports(hub.store, campaign_id),
        titles=TITLES,
        unmatched=count_unmatched_listings(hub.store, campaign_id),
    )


@blueprint.get("/<import_id>")
def show(campaign_id: str, import_id: str) -> str:
    """GET …/imports/<id>: what a waiting file would do, or what a counted one was."""
    hub = hub_parts()
    campaign = open_campaign(hub.store, campaign_id)
    entry = service.open_import(hub.store, campaign_id, import_id)
    title = TITLES.get(entry.source, entry.source)
    if entry.state == "taken":
        return render_template(
            "hub/imports/taken.html", campaign=campaign, entry=entry, title=title
        )
    dry = service.dry_run(hub.store, entry)
    products = [row.product for row in campaign_products(hub.store, campaign_id)]
    return render_template(
        "hub/imports/show.html",
        campaign=campaign,
        entry=entry,
        title=title,
        dry=dry,
        not_counted=_not_counted(dry),
        unmatched=choices(
            products,
            [
                (entry.source, one.key, one.name, one.counted.units, one.counted.omzet_rp)
                for one in dry.unmatched
            ],
        ),
        products=[product for product in products if product.active],
        product_names={product.id: product.label for product in products},
        event_names={event.id: event.name for event in campaign_events(hub.store, campaign_id)},
        channels=CHANNELS,
        how_words=_how_words(),
    )


def _not_counted(dry: service.DryRun) -> list[tuple[str, int]]:
    plan = dry.plan
    return [
        (_("Cancelled orders"), plan.in_state("cancelled")),
        (_("Orders not paid yet"), plan.in_state("unpaid")),
        (_("Orders of unknown status, for you to look at"), plan.in_state("unknown")),
        (_("Orders the hub knows from a newer file"), len(plan.of_fate("older"))),
        (_("Orders counted from another export"), len(plan.of_fate("elsewhere"))),
        (_("Rows that could not be read"), sum(not row.counted for row in dry.problems)),
    ]


def _how_words() -> dict[str, str]:
    return {
        "remembered": _("an earlier match"),
        "sku_id": _("SKU ID"),
        "seller_sku": _("the seller's SKU"),
    }


@blueprint.post("/<import_id>/take")
def take(campaign_id: str, import_id: str) -> Response:
    """POST …/imports/<id>/take: count the file."""
    hub = hub_parts()
    entry = service.open_import(hub.store, campaign_id, import_id)
    if entry.state != "taken":
        service.take_import(hub.store, hub.clock, actor(), entry)
        done(_("%(file)s is counted.", file=entry.file_name))
    return redirect(url_for(".show", campaign_id=campaign_id, import_id=import_id), 303)


@blueprint.post("/<import_id>/drop")
def drop(campaign_id: str, import_id: str) -> Response:
    """POST …/imports/<id>/drop: let a waiting file go."""
    hub = hub_parts()
    entry = service.open_import(hub.store, campaign_id, import_id)
    service.drop_import(hub.store, hub.clock, actor(), entry)
    done(_("%(file)s was dropped; nothing of it was counted.", file=entry.file_name))
    return redirect(url_for(".show_all", campaign_id=campaign_id), 303)
