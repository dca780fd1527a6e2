"""The catalogue on screen: what is in force, what a new one would change, and the way back."""

from flask import Blueprint, Response, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from kiosk.errors import KioskError
from kiosk.services import bundle_files, catalogue_news
from kiosk.web.approval import approval_facts, read_approval, refuse_pin
from kiosk.web.catalogue_files import allow_file, chosen_file
from kiosk.web.context import browser, go, here, instant, show

blueprint = Blueprint("catalogue", __name__, url_prefix="/catalogue")
blueprint.url_value_preprocessor(allow_file)


@blueprint.get("")
def page() -> Response:
    """GET /catalogue: what waits and what it changes, what is in force, and what was before."""
    return show(
        "till/catalogue/page.html",
        view=catalogue_news.view(here()),
        instant=instant,
        is_same="same" in request.args,
        **approval_facts(here(), browser()),
    )


@blueprint.get("/file")
def file_page() -> Response:
    """GET /catalogue/file: ask for a file with news, where no network reaches the hub."""
    return show("till/catalogue/file.html", found=bundle_files.found_files(here()))


@blueprint.post("/file")
def take_file() -> AnyResponse:
    """POST /catalogue/file: take a file, and go on to what it changes."""
    arrival = bundle_files.take_file(here(), chosen_file())
    return go(url_for("catalogue.page", same=1 if arrival == "same" else None))


@blueprint.post("/accept")
def accept() -> AnyResponse:
    """POST /catalogue/accept: apply the catalogue of `version` that waits."""
    catalogue_news.accept(here(), browser(), request.form.get("version", ""))
    return go(url_for("catalogue.page"))


@blueprint.post("/set-aside")
def set_aside() -> AnyResponse:
    """POST /catalogue/set-aside: go on without the one of `version`; takes a coordinator."""
    approval = read_approval(request.form)
    try:
        catalogue_news.set_aside(here(), browser(), request.form.get("version", ""), approval)
    except KioskError as error:
        return refuse_pin(error, url_for("catalogue.page"))
    return go(url_for("catalogue.page"))


@blueprint.post("/undo")
def undo() -> AnyResponse:
    """POST /catalogue/undo: go back to the one before `in_force`; takes a coordinator."""
    approval = read_approval(request.form)
    try:
        catalogue_news.undo(here(), browser(), request.form.get("in_force", ""), approval)
    except KioskError as error:
        return refuse_pin(error, url_for("catalogue.page"))
    return go(url_for("catalogue.page"))
