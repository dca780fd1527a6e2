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
from kiosk.hub.services.sheet_kinds import KINDS
from kiosk.hub.storage.sheets import UploadedSheet
from kiosk.hub.web.forms import Form, RequiredError, answer_form
from kiosk.hub.web.notices import done
from kiosk.hub.web.parts import hub_parts
from kiosk.hub.web.signin import actor
from kiosk.webtools.i18n import say

blueprint = Blueprint("sheets", __name__, url_prefix="/campaigns/<campaign_id>/sheets/<kind>")

MOST_ERRORS_SHOWN: Final = 200
_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# The file, and a little for the form around it.
_UPLOAD_BYTES: Final = SHEET_LIMITS.file_bytes + (1 << 16)


@blueprint.url_value_preprocessor
def _know_the_kind(endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Let the one address take a file before the form is looked at; refuse an unknown kind."""
    if endpoint == "hub.sheets.show_all" and request.method == "POST":
        request.max_content_length = _UPLOAD_BYTES
    if values is not None and values["kind"] not in KINDS:
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
    }
    # Staff are set up event by event.
    shown_on = "events" if kind == "staff" else kind
    return {"kind": kind, "kind_title": titles.get(kind, ""), "shown_on": shown_on}


@blueprint.route("", methods=["GET", "POST"])
def show_all(campaign_id: str, kind: str) -> Response:
    """GET …/sheets/<kind>: out and in. POST: read a sheet and go on to what it would do."""
    hub = hub_parts()
    campaign = open_campaign(hub.store, campaign_id)

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


@blueprint.get("/download")
def download(campaign_id: str, kind: str) -> Response:
    """GET …/sheets/<kind>/download: everything as a workbook, which comes in again unchanged."""
    hub = hub_parts()
    campaign = open_campaign(hub.store, campaign_id)
    title = KINDS[kind].title
    data = service.download(hub.store, campaign_id, kind, title)
    name = re.sub(r"[^a-z0-9]+", "-", f"{title} {campaign.name}".lower()).strip("-")
    response = make_response(data)
    response.mimetype = _XLSX
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response


@blueprint.get("/<sheet_id>")
def show(campaign_id: str, kind: str, sheet_id: str) -> AnyResponse:
    """GET …/sheets/<kind>/<id>: what a waiting sheet would do."""
    hub = hub_parts()
    campaign = open_campaign(hub.store, campaign_id)
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


@blueprint.post("/<sheet_id>/take")
def take(campaign_id: str, kind: str, sheet_id: str) -> AnyResponse:
    """POST …/sheets/<kind>/<id>/take: write what was shown, `plan` being its digest."""
    hub = hub_parts()
    sheet = _open(campaign_id, kind, sheet_id)
    if sheet.state == "waiting":
        digest = request.form.get("plan", "")
        service.take_sheet(hub.store, hub.clock, actor(), sheet, digest)
        done(_("%(file)s was taken.", file=sheet.file_name))
    return _to_list(campaign_id, kind)


@blueprint.post("/<sheet_id>/drop")
def drop(campaign_id: str, kind: str, sheet_id: str) -> AnyResponse:
    """POST …/sheets/<kind>/<id>/drop: let a waiting sheet go."""
    hub = hub_parts()
    sheet = _open(campaign_id, kind, sheet_id)
    service.drop_sheet(hub.store, hub.clock, actor(), sheet)
    done(_("%(file)s was dropped; nothing of it was taken.", file=sheet.file_name))
    return _to_list(campaign_id, kind)


@blueprint.post("/<sheet_id>/undo")
def undo(campaign_id: str, kind: str, sheet_id: str) -> AnyResponse:
    """POST …/sheets/<kind>/<id>/undo: bring back what stood before the last sheet."""
    hub = hub_parts()
    sheet = _open(campaign_id, kind, sheet_id)
    if sheet.state != "undone":
        service.undo_sheet(hub.store, hub.clock, actor(), sheet)
        done(_("%(file)s was undone; everything is as before it.", file=sheet.file_name))
    return _to_list(campaign_id, kind)


def _open(campaign_id: str, kind: str, sheet_id: str) -> UploadedSheet:
    return service.open_sheet(hub_parts().store, campaign_id, kind, sheet_id)


def _to_list(campaign_id: str, kind: str) -> AnyResponse:
    return redirect(url_for(".show_all", campaign_id=campaign_id, kind=kind), 303)
