"""Pages of online orders: read a file, see what it would do, count it or drop it."""

from collections.abc import Callable
from typing import Any, Final

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug import Response

from kiosk.errors import KioskError
from kiosk.hub.services import imports as service
from kiosk.hub.services.accounts import find_user
from kiosk.hub.services.campaigns import FieldError, open_campaign
from kiosk.hub.services.events import campaign_events
from kiosk.hub.services.import_undo import redo_import, undo_import
from kiosk.hub.services.matching import choices, count_unmatched_listings
from kiosk.hub.services.products import campaign_products
from kiosk.hub.services.vendors import campaign_vendors
from kiosk.hub.storage.campaigns import Campaign
from kiosk.hub.storage.imports import Import
from kiosk.hub.web.forms import (
    Form,
    FormRefusedError,
    RequiredError,
    answer_form,
    written_moment,
)
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
    if entry.state == "taken":
        return render_template(
            "hub/imports/taken.html",
            campaign=campaign,
            entry=entry,
            title=TITLES.get(entry.source, entry.source),
            importer=_name(entry.imported_by),
            undoer=_name(entry.undone_by),
            shop=dict(_vendor_choices(campaign_id)).get(entry.shop, ""),
            is_kept=service.is_import_kept(hub.store, entry),
        )
    return _waiting_page(campaign, entry, _about(entry))


def _name(user_id: str) -> str:
    user = find_user(hub_parts().store, user_id)
    return user.name if user else "–"


def _about(entry: Import) -> Form:
    return Form({"as_of": written_moment(entry.as_of), "shop": entry.shop})


def _waiting_page(campaign: Campaign, entry: Import, form: Form) -> str:
    """Show what taking a waiting file would do, and what is said about the file itself."""
    hub = hub_parts()
    dry = service.dry_run(hub.store, entry)
    campaign_id = campaign.id
    products = [row.product for row in campaign_products(hub.store, campaign_id)]
    return render_template(
        "hub/imports/show.html",
        campaign=campaign,
        entry=entry,
        form=form,
        vendors=_vendor_choices(campaign_id),
        title=TITLES.get(entry.source, entry.source),
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
    """POST …/imports/<id>/take: count the file, with what was said about it."""

    def count(entry: Import) -> None:
        hub = hub_parts()
        service.take_import(hub.store, hub.clock, actor(), entry)
        done(_("%(file)s is counted.", file=entry.file_name))

    return _described(campaign_id, import_id, count)


@blueprint.post("/<import_id>/about")
def describe(campaign_id: str, import_id: str) -> Response:
    """POST …/imports/<id>/about: keep what is said about the file, and look at it again."""
    return _described(campaign_id, import_id, lambda _entry: None)


def _described(campaign_id: str, import_id: str, then: Callable[[Import], None]) -> Response:
    """Keep what was typed about a waiting file and go on; a refusal stands at its field."""
    hub = hub_parts()
    entry = service.open_import(hub.store, campaign_id, import_id)
    if entry.state != "taken":
        form = Form(_about(entry).values | request.form.to_dict())
        try:
            then(_read_about(form, entry))
        except FieldError as error:
            form.refuse(error)
        except FormRefusedError:
            pass
        if form.errors:
            campaign = open_campaign(hub.store, campaign_id)
            return make_response(_waiting_page(campaign, entry, form), 422)
    return redirect(url_for(".show", campaign_id=campaign_id, import_id=import_id), 303)


def _read_about(form: Form, entry: Import) -> Import:
    hub = hub_parts()
    as_of = form.required_moment("as_of")
    shop = form.typed("shop")
    form.check()
    # The field has no seconds: what was not changed keeps its own.
    if form.typed("as_of") == written_moment(entry.as_of):
        as_of = entry.as_of
    return service.describe_import(hub.store, hub.clock, actor(), entry, as_of, shop)


def _vendor_choices(campaign_id: str) -> list[tuple[str, str]]:
    return [
        (row.vendor.id, row.vendor.name) for row in campaign_vendors(hub_parts().store, campaign_id)
    ]


@blueprint.post("/<import_id>/undo")
def undo(campaign_id: str, import_id: str) -> Response:
    """POST …/imports/<id>/undo: take a counted file out of the totals."""
    hub = hub_parts()
    entry = service.open_import(hub.store, campaign_id, import_id)
    undo_import(hub.store, hub.clock, actor(), entry)
    done(
        _(
            "%(file)s is undone: its orders stand as the other files tell them.",
            file=entry.file_name,
        )
    )
    return redirect(url_for(".show", campaign_id=campaign_id, import_id=import_id), 303)


@blueprint.post("/<import_id>/redo")
def redo(campaign_id: str, import_id: str) -> Response:
    """POST …/imports/<id>/redo: count an undone file once more."""
    hub = hub_parts()
    entry = service.open_import(hub.store, campaign_id, import_id)
    redo_import(hub.store, hub.clock, actor(), entry)
    done(_("%(file)s is counted again.", file=entry.file_name))
    return redirect(url_for(".show", campaign_id=campaign_id, import_id=import_id), 303)


@blueprint.post("/<import_id>/drop")
def drop(campaign_id: str, import_id: str) -> Response:
    """POST …/imports/<id>/drop: let a waiting file go."""
    hub = hub_parts()
    entry = service.open_import(hub.store, campaign_id, import_id)
    service.drop_import(hub.store, hub.clock, actor(), entry)
    done(_("%(file)s was dropped; nothing of it was counted.", file=entry.file_name))
    return redirect(url_for(".show_all", campaign_id=campaign_id), 303)
