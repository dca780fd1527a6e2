"""Kinds of printers on screen: the known ones, and one's own described in a form."""

from dataclasses import asdict

from flask import Blueprint, Response, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from kiosk.errors import KioskError
from kiosk.services import printer_profiles
from kiosk.services.printer_profiles import FIELD_NAMES, FLAGS, KindForm
from kiosk.storage.printer_profiles import is_own
from kiosk.web import words
from kiosk.web.approval import approval_facts, read_approval, refuse_pin
from kiosk.web.context import browser, go, here, show
from printers.profiles import BOUNDS, CODE_PAGES, CONFIRMS, GENERIC_58, Profile

blueprint = Blueprint("printer_kind", __name__)


@blueprint.get("/printers/kinds")
def list_page() -> Response:
    """GET /printers/kinds: every kind of printer, one's own first."""
    kinds = [(one, is_own(one.key)) for one in printer_profiles.kinds(here())]
    return show("till/printer/kinds.html", kinds=kinds)


@blueprint.get("/printers/kinds/new")
def new_page() -> Response:
    """GET /printers/kinds/new?like=KEY: the form for one's own kind, filled in like another."""
    like = printer_profiles.kind(here(), request.args.get("like", GENERIC_58.key))
    return _form_page(like, None)


@blueprint.get("/printers/kinds/<key>")
def page(key: str) -> Response:
    """GET /printers/kinds/<key>: one kind; a form where it is one's own."""
    return _form_page(printer_profiles.kind(here(), key), key)


@blueprint.post("/printers/kinds")
def add() -> AnyResponse:
    """POST /printers/kinds: describe a kind; takes a coordinator."""
    return _keep(None)


@blueprint.post("/printers/kinds/<key>")
def change(key: str) -> AnyResponse:
    """POST /printers/kinds/<key>: change one's own kind; takes a coordinator."""
    return _keep(key)


@blueprint.post("/printers/kinds/<key>/delete")
def delete(key: str) -> AnyResponse:
    """POST /printers/kinds/<key>/delete: delete one's own kind; takes a coordinator."""
    try:
        printer_profiles.delete_kind(here(), browser(), key, read_approval(request.form))
    except KioskError as error:
        return refuse_pin(error, request.path.removesuffix("/delete"))
    return go(url_for("printer_kind.list_page"))


def _form_page(kind: Profile, key: str | None) -> Response:
    return show(
        "till/printer/kind.html",
        kind=kind,
        key=key,
        is_own=key is None or is_own(key),
        values=asdict(kind),
        numbers=[(field, FIELD_NAMES[field], *BOUNDS[field]) for field in BOUNDS],
        flags=[(flag, words.FLAGS[flag]) for flag in FLAGS],
        confirms=[(way, words.CONFIRMS[way]) for way in CONFIRMS],
        code_pages=list(CODE_PAGES),
        **approval_facts(here(), browser()),
    )


def _keep(key: str | None) -> AnyResponse:
    form = request.form
    described = KindForm(
        name=form.get("name", ""),
        numbers={field: form.get(field, "") for field in BOUNDS},
        flags=frozenset(form.getlist("can")),
        confirm=form.get("confirm", ""),
        code_page=form.get("code_page", ""),
    )
    approval = read_approval(form)
    try:
        printer_profiles.keep_kind(here(), browser(), key, described, approval)
    except KioskError as error:
        return refuse_pin(error, url_for("printer_kind.list_page"))
    return go(url_for("printer_kind.list_page"))
