"""Pages of online orders: read a file, see what it would do, count it or drop it."""

from collections.abc import Callable
from typing import Any, Final

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug import Response

from kiosk.errors import KioskError
from kiosk.hub.marketplaces import MissingColumnsError, UnknownExportError
from kiosk.hub.marketplaces.guessing import Look, look_at
from kiosk.hub.marketplaces.reasons import UNKNOWN_STATUS
from kiosk.hub.marketplaces.recognise import HEADER_ROWS
from kiosk.hub.services import import_reading
from kiosk.hub.services import imports as service
from kiosk.hub.services.accounts import find_user
from kiosk.hub.services.campaigns import FieldError, open_campaign
from kiosk.hub.services.column_mappings import every_mapping, remember_mapping
from kiosk.hub.services.events import campaign_events
from kiosk.hub.services.import_undo import redo_import, undo_import
from kiosk.hub.services.matching import choices, count_unmatched_listings
from kiosk.hub.services.products import campaign_products
from kiosk.hub.services.vendors import campaign_vendors
from kiosk.hub.storage.campaigns import Campaign
from kiosk.hub.storage.imports import Import
from kiosk.hub.web.channels import CHANNELS, MARKETPLACES, TITLES, channel_name
from kiosk.hub.web.forms import Form, FormRefusedError, RequiredError, written_moment
from kiosk.hub.web.mapping_form import (
    asked_of_file,
    mapping_context,
    read_mapping,
    standing_values,
)
from kiosk.hub.web.matching import rows_that_fit
from kiosk.hub.web.notices import done
from kiosk.hub.web.parts import hub_parts
from kiosk.hub.web.reading import LARGE_BYTES, rows_about, show_steps
from kiosk.hub.web.signin import actor
from kiosk.webtools.pages import respond, wants_fragment

blueprint = Blueprint("imports", __name__, url_prefix="/campaigns/<campaign_id>/imports")

HEADER_ROW_CHOICES: Final = [str(number) for number in range(1, HEADER_ROWS + 1)]
# The file, and a little for the form around it.
_UPLOAD_BYTES: Final = import_reading.IMPORT_LIMITS.file_bytes + (1 << 16)


@blueprint.url_value_preprocessor
def _allow_a_file(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Let this one address take a file; it runs before the form is first looked at."""
    if endpoint == "hub.imports.read":
        request.max_content_length = _UPLOAD_BYTES


@blueprint.get("")
def show_all(campaign_id: str) -> str:
    """GET …/imports: the files."""
    return render_template("hub/imports/list.html", form=Form({}), **_list_context(campaign_id))


@blueprint.post("")
def read(campaign_id: str) -> Response:
    """POST …/imports: read a file and go on to what it would do, or ask what its columns are."""
    form = Form(request.form.to_dict())
    name, data = _uploaded(form)
    try:
        form.check()
        if form.flag("signature"):
            _keep_mapping(form, name, data)
        hub = hub_parts()
        steps = import_reading.read_file_steps(
            hub.store, hub.clock, actor(), campaign_id, name, data
        )
        if len(data) > LARGE_BYTES and not wants_fragment():
            next(steps)
            return show_steps(campaign_id, import_reading.short_name(name), steps, rows_about(data))
        entry = import_reading.finish(steps)
    except (UnknownExportError, MissingColumnsError) as error:
        if not form.flag("signature"):
            form.refuse(error, "file")
        return _answer(campaign_id, form, _look(form, name, data))
    except FormRefusedError:
        return _answer(campaign_id, form, _look(form, name, data))
    except KioskError as error:
        form.refuse(error, "" if form.flag("signature") else "file")
        return _answer(
            campaign_id, form, _look(form, name, data) if form.flag("signature") else None
        )
    address = url_for(".show", campaign_id=campaign_id, import_id=entry.id)
    if not wants_fragment():
        return redirect(address, 303)
    return Response(status=204, headers={"HX-Redirect": address})


def _uploaded(form: Form) -> tuple[str, bytes]:
    """Give the file's name and bytes; refuses the form where none was chosen."""
    file = request.files.get("file")
    if file is None or not file.filename:
        form.refuse(RequiredError(), "file")
        return "", b""
    data = file.read()
    file.close()
    return file.filename, data


def _keep_mapping(form: Form, name: str, data: bytes) -> None:
    """Remember what was said about the file's columns; raises FormRefusedError to ask (again).

    What was said about another header is forgotten: the columns are others.
    """
    look = _look(form, name, data)
    if look is None:
        return
    if look.signature != form.typed("signature"):
        about_columns = ("fact-", "word-", "state-")
        form.values = {
            field: text
            for field, text in form.values.items()
            if not field.startswith(about_columns)
        }
        raise FormRefusedError
    if form.typed("step") != "save":
        raise FormRefusedError
    hub = hub_parts()
    remember_mapping(hub.store, hub.clock, actor(), read_mapping(form, asked_of_file(look)))


def _look(form: Form, name: str, data: bytes) -> Look | None:
    """Look at a file's columns where somebody could say what they are."""
    number = form.typed("header_row")
    row = int(number) if number in HEADER_ROW_CHOICES else 0
    try:
        return look_at(name, data, import_reading.IMPORT_LIMITS, row) if data else None
    except KioskError:
        return None


def _answer(campaign_id: str, form: Form, look: Look | None) -> Response:
    """Show why a file was not read, and ask what its columns are if that can help."""
    context = _list_context(campaign_id)
    if look is not None:
        asked = asked_of_file(look)
        form.values = standing_values(asked, None) | form.values
        context |= mapping_context(form, asked, None)
    return respond(
        "hub/imports/list.html",
        "hub/imports/_answer.html",
        context | {"form": form},
        status=422 if form.errors else 200,
    )


def _list_context(campaign_id: str) -> dict[str, object]:
    hub = hub_parts()
    return {
        "campaign": open_campaign(hub.store, campaign_id),
        "imports": service.campaign_imports(hub.store, campaign_id),
        "titles": TITLES,
        "unmatched": count_unmatched_listings(hub.store, campaign_id),
        "mappings": every_mapping(hub.store),
        "marketplaces": MARKETPLACES,
        "channel_name": channel_name,
        "asked": None,
        "header_rows": HEADER_ROW_CHOICES,
        "most_megabytes": import_reading.IMPORT_LIMITS.file_bytes >> 20,
    }


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
                for one in dry.unmatched[: rows_that_fit(len(products))]
            ],
        ),
        products=[product for product in products if product.active],
        product_names={product.id: product.label for product in products},
        event_names={event.id: event.name for event in campaign_events(hub.store, campaign_id)},
        channels=CHANNELS,
        how_words=_how_words(),
        unknown_status=UNKNOWN_STATUS,
    )


def _not_counted(dry: service.DryRun) -> list[tuple[str, int]]:
    plan = dry.plan
    other_shop = (
        _("Orders whose number another vendor's shop has: rename this shop's columns first"),
        len(plan.of_fate("other_shop")),
    )
    return [
        (_("Cancelled orders"), plan.in_state("cancelled")),
        (_("Orders not paid yet"), plan.in_state("unpaid")),
        (_("Orders of unknown status, for you to look at"), plan.in_state("unknown")),
        (_("Orders the hub knows from a newer file"), len(plan.of_fate("older"))),
        (_("Orders counted from another export"), len(plan.of_fate("elsewhere"))),
        (_("Rows that could not be read"), dry.left_out_rows),
        *([other_shop] if other_shop[1] else []),
    ]


def _how_words() -> dict[str, str]:
    return {
        "remembered": _("an earlier match"),
        "vendor": _("an earlier match"),
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
    return import_reading.describe_import(hub.store, hub.clock, actor(), entry, as_of, shop)


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
