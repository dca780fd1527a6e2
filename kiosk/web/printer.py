"""Printers on screen: the list, one printer with its jobs, and the virtual printer's paper."""

from typing import Any

from flask import Blueprint, Response, make_response, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from kiosk.errors import KioskError
from kiosk.services import catalogue, printer_profiles, printers, printing
from kiosk.services.printers import PrinterForm, PrinterView
from kiosk.services.tills import tills
from kiosk.storage.printer_uses import PURPOSES
from kiosk.web import words
from kiosk.web.approval import approval_facts, read_approval, refuse_pin
from kiosk.web.context import browser, go, here, show
from kiosk.web.print_queue import queue_facts
from kiosk.webtools.i18n import language, local_path
from kiosk.webtools.pages import wants_fragment
from printers import paper as paper_pieces
from printers import picture

blueprint = Blueprint("printer", __name__)


@blueprint.get("/printers")
def list_page() -> Response:
    """GET /printers: every printer with its state in words, and the form for one more."""
    found = [(one, words.of_printer(one.state)) for one in printers.all_printers(here())]
    return show("till/printer/list.html", printers=found, **_choices())


@blueprint.post("/printers")
def add() -> AnyResponse:
    """POST /printers: add a printer as typed; takes a coordinator."""
    return _keep(None)


@blueprint.get("/printers/<int:printer_id>")
def page(printer_id: int) -> Response:
    """GET /printers/<id>: one printer: its jobs, its question, its settings."""
    return show("till/printer/page.html", **_facts(printers.printer(here(), printer_id)))


@blueprint.post("/printers/<int:printer_id>")
def change(printer_id: int) -> AnyResponse:
    """POST /printers/<id>: change one as typed; takes a coordinator."""
    return _keep(printer_id)


@blueprint.post("/printers/<int:printer_id>/test-page")
def test_page(printer_id: int) -> AnyResponse:
    """POST /printers/<id>/test-page: print a test page; back to the page `next`, or its own."""
    printers.print_test_page(here(), printer_id, "en" if language() == "en" else "id")
    asked = request.form.get("next")
    return go(local_path(asked) if asked else _page_of(printer_id))


@blueprint.get("/printers/<int:printer_id>/paper")
def paper(printer_id: int) -> Response:
    """GET /printers/<id>/paper?after=N: the virtual printer's paper, or what came since N."""
    view = printers.printer(here(), printer_id)
    after = max(0, request.args.get("after", 0, type=int))
    rows = printing.paper(here(), printer_id, after)
    if wants_fragment() and not rows:
        return Response(status=204)
    pieces = [paper_pieces.piece_from_row(row) for row in rows]
    drawn = _drawn(pieces, view) if pieces else ""
    facts: dict[str, Any] = {
        "printer": view,
        "strip": Markup(drawn),  # noqa: S704 - drawn by printers.picture, which escapes every letter
        "after": after + len(rows),
    }
    if wants_fragment():
        return make_response(render_template("till/printer/_strip.html", **facts))
    return show("till/printer/paper.html", **facts)


def _drawn(pieces: list[paper_pieces.Piece], view: PrinterView) -> str:
    kind = view.profile
    return picture.as_svg(pieces, kind.paper_dots, kind.columns, view.name)


def _keep(printer_id: int | None) -> AnyResponse:
    """Keep what `name`, `address`, `profile`, each purpose's tills and `stall` say."""
    approval = read_approval(request.form)
    try:
        kept = printers.keep_printer(here(), browser(), printer_id, _form(), approval)
    except KioskError as error:
        return refuse_pin(error, url_for("printer.list_page"))
    return go(_page_of(kept))


def _form() -> PrinterForm:
    form = request.form
    return PrinterForm(
        name=form.get("name", ""),
        address=form.get("address", ""),
        profile=form.get("profile", ""),
        tills=tuple(form.getlist("receipt")),
        others={purpose: tuple(form.getlist(purpose)) for purpose in PURPOSES},
        stalls=tuple(form.getlist("stall")),
    )


def _page_of(printer_id: int) -> str:
    return url_for("printer.page", printer_id=printer_id)


def _choices() -> dict[str, Any]:
    return {
        "profiles": printer_profiles.kinds(here()),
        "tills": [view.till for view in tills(here())],
        "stalls": catalogue.stalls(here()),
        "purposes": [(purpose, words.PURPOSES[purpose]) for purpose in PURPOSES],
        **approval_facts(here(), browser()),
    }


def _facts(view: PrinterView) -> dict[str, Any]:
    return {**queue_facts(view), **_choices()}
