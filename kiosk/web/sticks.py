"""Sales carried by hand, on screen: the sticks in this machine, the file, and how far it is."""

from typing import Any

from flask import Blueprint, Response, make_response, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from kiosk.services import exporting, sticks
from kiosk.services.exporting import Part
from kiosk.web.context import browser, go, here, show

blueprint = Blueprint("sticks", __name__)


@blueprint.get("/stick")
def page() -> Response:
    """GET /stick: the removable drives of this machine, and what a file would hold."""
    return show(
        "till/stick/page.html",
        drives=sticks.sticks(here()),
        closed=sticks.closed_sticks(here()),
        unsent=exporting.count_unsent(here()),
        **_facts(),
    )


@blueprint.get("/stick/state")
def state() -> Response:
    """GET /stick/state: how far the file is, asked for each second while it is written."""
    return make_response(render_template("till/stick/_state.html", **_facts()))


@blueprint.post("/stick")
def write() -> AnyResponse:
    """POST /stick: begin to write `part` (all or unsent) onto the `drive` of this key."""
    drive = request.form.get("drive", "")
    sticks.write_to_stick(here(), browser(), drive, _part(request.form.get("part")))
    return go(url_for("sticks.page"))


@blueprint.post("/stick/open")
def open_stick() -> AnyResponse:
    """POST /stick/open: let the system open the stick that is this `device`."""
    sticks.open_stick(here(), browser(), request.form.get("device", ""))
    return go(url_for("sticks.page"))


@blueprint.get("/stick/file")
def download() -> Response:
    """GET /stick/file?part=: the same file for this browser, where the stick is in the tablet."""
    export = exporting.plan_export(here(), _part(request.args.get("part")))
    response = Response(
        exporting.packed(here(), export, lambda _done: None), content_type="application/gzip"
    )
    response.headers["Content-Disposition"] = f'attachment; filename="{export.file_name}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _facts() -> dict[str, Any]:
    return {"writing": sticks.writing(here())}


def _part(text: str | None) -> Part:
    return "unsent" if text == "unsent" else "all"
