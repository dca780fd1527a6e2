"""Looking for printers on screen: those of this machine, and the network's while it is searched."""

from typing import Any

from flask import Blueprint, Response, make_response, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from kiosk.errors import KioskError
from kiosk.services import printer_profiles, printer_search
from kiosk.services.printer_advice import advice
from kiosk.web import words
from kiosk.web.approval import approval_facts, read_approval, refuse_pin
from kiosk.web.context import browser, go, here, show

blueprint = Blueprint("printer_search", __name__)


@blueprint.get("/printers/find")
def page() -> Response:
    """GET /printers/find: what is connected to this machine, and the network's search."""
    return show(
        "till/printer/find.html",
        found=[_shown(one) for one in printer_search.nearby(here())],
        **_scan_facts(),
        **approval_facts(here(), browser()),
    )


@blueprint.get("/printers/find/network")
def scan() -> Response:
    """GET /printers/find/network: how far the search is and what it found, asked for each second."""
    return make_response(render_template("till/printer/_scan.html", **_scan_facts()))


@blueprint.post("/printers/find/network")
def start() -> AnyResponse:
    """POST /printers/find/network: search `network` for port 9100."""
    printer_search.start_scan(here(), browser(), request.form.get("network", ""))
    return go(url_for("printer_search.page"))


@blueprint.post("/printers/find/stop")
def stop() -> AnyResponse:
    """POST /printers/find/stop: stop searching."""
    printer_search.stop_scan(here(), browser())
    return go(url_for("printer_search.page"))


@blueprint.post("/printers/find")
def add() -> AnyResponse:
    """POST /printers/find: add what `found` says (kind, then address), and try it on paper."""
    profile, _, address = request.form.get("found", "").partition(" ")
    approval = read_approval(request.form)
    try:
        added = printer_search.add_found(here(), browser(), address, profile, approval)
    except KioskError as error:
        return refuse_pin(error, url_for("printer_search.page"))
    return go(url_for("printer_setup.page", printer_id=added))


def _scan_facts() -> dict[str, Any]:
    scan = printer_search.scan(here())
    return {
        "scan": scan,
        "networks": [] if scan and scan.is_running else printer_search.searchable(here()),
        "found_in_network": [_shown(one) for one in scan.found] if scan else [],
    }


def _shown(one: Any) -> dict[str, Any]:
    """Give what a found printer's row shows."""
    return {
        "model": one.model,
        "way": words.CONNECTIONS[one.via],
        "address": one.address,
        "kind": printer_profiles.kind(here(), one.profile),
        "state": words.of_printer(one.seen.state),
        "advice": advice(one.seen.state),
    }
