"""Pages of set-up sheets: what is set up as a workbook, and back from one."""

import re
from typing import Any, Final

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug import Response as AnyResponse

from kiosk.errors import KioskError
from kiosk.hub.services import sheets as service
from kiosk.hub.services.campaigns import NotFoundError, open_campaign
from kiosk.hub.services.sheet_cells import MOST_ROWS, SHEET_LIMITS
from kiosk.hub.services.sheet_kinds import KINDS, OF_NO_CAMPAIGN
from kiosk.hub.storage.campaigns import Campaign
from kiosk.hub.storage.sheets import UploadedSheet
from kiosk.hub.web.forms import Form, RequiredError, answer_form
from kiosk.hub.web.notices import done
from kiosk.hub.web.parts import hub_parts
from kiosk.hub.web.signin import actor
from kiosk.webtools.i18n import say

blueprint = Blueprint("sheets", __name__)

_PLACE: Final = "/campaigns/<campaign_id>/sheets/<kind>"
# Campaigns themselves belong to none.
_PLACE_OF_ALL: Final = "/campaigns/sheets"
_OF_ALL: Final = {"campaign_id": "", "kind": OF_NO_CAMPAIGN}

MOST_ERRORS_SHOWN: Final = 200
_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# The file, and a little for the form around it.
_UPLOAD_BYTES: Final = SHEET_LIMITS.file_bytes + (1 << 16)


@blueprint.url_value_preprocessor
def _know_the_kind(endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Let the one address take a file before the form is looked at; refuse an unknown kind."""
    if endpoint == "hub.sheets.show_all" and request.method == "POST":
        request.max_content_length = _UPLOAD_BYTES
    if values is not None:
        is_of_all = values["kind"] == OF_NO_CAMPAIGN
        if values["kind"] not in KINDS or is_of_all == bool(values["campaign_id"]):
            raise NotFoundError


@blueprint.context_processor
def _words() -> dict[str, object]:
    """Give what the pages of this kind are called, and where their list is."""
    kind = (request.view_args or {}).get("kind", "")
    titles = {
        "products": _("Products"),
        "vendors": _("Vendors"),
        "events": _("Events"),
        "staff": _("Staff"),
        "devices": _("Machines"),
        "offers": _("Offers"),
        OF_NO_CAMPAIGN: _("Campaigns"),
    }
    if kind not in titles:
        return {}
    # Staff are set up event by event.
    page = f"hub.{'events' if kind == 'staff' else kind}.show_all"
    place = request.view_args or {}
    of_campaign = {} if kind == OF_NO_CAMPAIGN else {"campaign_id": place.get("campaign_id", "")}
    return {
        "place": {"campaign_id": place.get("campaign_id", ""), "kind": kind},
        "kind_title": titles[kind],
        "shown_on": url_for(page, **of_campaign),
    }


@blueprint.route(_PLACE, methods=["GET", "POST"])
@blueprint.route(_PLACE_OF_ALL, defaults=_OF_ALL, methods=["GET", "POST"])
def show_all(campaign_id: str, kind: str) -> Response:
    """GET …/sheets/<kind>: out and in. POST: read a sheet and go on to what it would do."""
    hub = hub_parts()
    campaign = _campaign(campaign_id)

    def save(form: Form) -> str:
        file = request.files.get("file")
        if file is None or not file.filename:
            form.refuse(RequiredError(), "file")
            form.check()
        assert file is not None
        data = file.read()
        file.close()
        try:
            sheet = service.read_sheet_in(
                hub.store, hub.clock, actor(), campaign_id, kind, file.filename or "", data
            )
        except KioskError as error:
            form.refuse(error, "file")
            form.check()
            raise
        return url_for(".show", campaign_id=campaign_id, kind=kind, sheet_id=sheet.id)

    # Somebody who sees some vendors only takes their rows out, and sees no file of all.
    sheets, undoable = (
        ([], "") if hub.store.scope else service.last_sheets(hub.store, campaign_id, kind)
    )
    return answer_form(
        "hub/sheets/list.html",
        {},
        save,
        campaign=campaign,
        sheets=sheets,
        undoable=undoable,
        columns=[column.title for column in KINDS[kind].columns],
        most_rows=MOST_ROWS,
    )


@blueprint.get(f"{_PLACE}/download")
@blueprint.get(f"{_PLACE_OF_ALL}/download", defaults=_OF_ALL)
def download(campaign_id: str, kind: str) -> Response:
    """GET …/sheets/<kind>/download: everything as a workbook, which comes in again unchanged."""
    hub = hub_parts()
    campaign = _campaign(campaign_id)
    title = KINDS[kind].title
    data = service.download(hub.store, campaign_id, kind, title)
    words = f"{title} {campaign.name if campaign else ''}"
    name = re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")
    response = make_response(data)
    response.mimetype = _XLSX
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response


@blueprint.get(f"{_PLACE}/<sheet_id>")
@blueprint.get(f"{_PLACE_OF_ALL}/<sheet_id>", defaults=_OF_ALL)
def show(campaign_id: str, kind: str, sheet_id: str) -> AnyResponse:
    """GET …/sheets/<kind>/<id>: what a waiting sheet would do."""
    hub = hub_parts()
    campaign = _campaign(campaign_id)
    sheet = _open(campaign_id, kind, sheet_id)
    if sheet.state != "waiting":
        return _to_list(campaign_id, kind)
    plan = service.dry_run(hub.store, sheet)
    return make_response(
        render_template(
            "hub/sheets/show.html",
            campaign=campaign,
            sheet=sheet,
            plan=plan,
            errors=[(one, say(one.error)) for one in plan.errors[:MOST_ERRORS_SHOWN]],
            more_errors=max(0, len(plan.errors) - MOST_ERRORS_SHOWN),
        )
    )


@blueprint.post(f"{_PLACE}/<sheet_id>/take")
@blueprint.post(f"{_PLACE_OF_ALL}/<sheet_id>/take", defaults=_OF_ALL)
def take(campaign_id: str, kind: str, sheet_id: str) -> AnyResponse:
    """POST …/sheets/<kind>/<id>/take: write what was shown, `plan` being its digest."""
    hub = hub_parts()
    sheet = _open(campaign_id, kind, sheet_id)
    if sheet.state == "waiting":
        digest = request.form.get("plan", "")
        service.take_sheet(hub.store, hub.clock, actor(), sheet, digest)
        done(_("%(file)s was taken.", file=sheet.file_name))
    return _to_list(campaign_id, kind)


@blueprint.post(f"{_PLACE}/<sheet_id>/drop")
@blueprint.post(f"{_PLACE_OF_ALL}/<sheet_id>/drop", defaults=_OF_ALL)
def drop(campaign_id: str, kind: str, sheet_id: str) -> AnyResponse:
    """POST …/sheets/<kind>/<id>/drop: let a waiting sheet go."""
    hub = hub_parts()
    sheet = _open(campaign_id, kind, sheet_id)
    service.drop_sheet(hub.store, hub.clock, actor(), sheet)
    done(_("%(file)s was dropped; nothing of it was taken.", file=sheet.file_name))
    return _to_list(campaign_id, kind)


@blueprint.post(f"{_PLACE}/<sheet_id>/undo")
@blueprint.post(f"{_PLACE_OF_ALL}/<sheet_id>/undo", defaults=_OF_ALL)
def undo(campaign_id: str, kind: str, sheet_id: str) -> AnyResponse:
    """POST …/sheets/<kind>/<id>/undo: bring back what stood before the last sheet."""
    hub = hub_parts()
    sheet = _open(campaign_id, kind, sheet_id)
    if sheet.state != "undone":
        service.undo_sheet(hub.store, hub.clock, actor(), sheet)
        done(_("%(file)s was undone; everything is as before it.", file=sheet.file_name))
    return _to_list(campaign_id, kind)


def _campaign(campaign_id: str) -> Campaign | None:
    """Give the campaign whose sheets these are, None for those of campaigns themselves."""
    return open_campaign(hub_parts().store, campaign_id) if campaign_id else None


def _open(campaign_id: str, kind: str, sheet_id: str) -> UploadedSheet:
    return service.open_sheet(hub_parts().store, campaign_id, kind, sheet_id)


def _to_list(campaign_id: str, kind: str) -> AnyResponse:
    return redirect(url_for(".show_all", campaign_id=campaign_id, kind=kind), 303)
