"""Shifts on screen: opening with a float, the X report, the blind count, the Z report."""

from typing import Any, Final

from flask import Blueprint, Response, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from kiosk.domain.money import Rupiah
from kiosk.domain.shifts import DENOMINATIONS
from kiosk.services import shifts
from kiosk.services.shifts import ShiftReport
from kiosk.web import words
from kiosk.web.context import browser, go, here, instant, show, till

blueprint = Blueprint("shift", __name__)

USUAL_FLOATS: Final = tuple(Rupiah(n) for n in (0, 100_000, 200_000, 300_000, 500_000))


@blueprint.get("/shift/open")
def open_page() -> AnyResponse:
    """GET /shift/open: ask for the counted float."""
    if shifts.current_shift(here(), browser().till or ""):
        return go(url_for("selling.page"))
    return show("till/shift/open.html", till=till(), floats=USUAL_FLOATS)


@blueprint.post("/shift/open")
def open_shift() -> AnyResponse:
    """POST /shift/open: open this till with `float`."""
    shifts.open_shift(here(), browser(), request.form.get("float", ""))
    return go(url_for("selling.page"))


@blueprint.get("/shift")
def report() -> AnyResponse:
    """GET /shift: the X report of this till's open shift."""
    shift = shifts.current_shift(here(), browser().till or "")
    if shift is None:
        return go(url_for("shift.open_page"))
    return show("till/shift/report.html", **_facts(shifts.report(here(), shift.id)))


@blueprint.post("/shift/print")
def print_so_far() -> AnyResponse:
    """POST /shift/print: print the X report at this till's printer, and show it again."""
    shifts.print_so_far(here(), browser())
    return go(url_for("shift.report"))


@blueprint.get("/shift/close")
def close_page() -> AnyResponse:
    """GET /shift/close: ask for the blind count; what should be there is not shown."""
    shift = shifts.current_shift(here(), browser().till or "")
    if shift is None:
        return go(url_for("shift.open_page"))
    left = shifts.report(here(), shift.id).unpaid
    return show("till/shift/close.html", till=till(), denominations=DENOMINATIONS, carts=left)


@blueprint.post("/shift/close")
def close() -> AnyResponse:
    """POST /shift/close: close with the pieces typed by denomination and a `reason`."""
    pieces: dict[int, str] = {kind: request.form.get(f"kind-{kind}", "") for kind in DENOMINATIONS}
    closed = shifts.close_shift(here(), browser(), pieces, request.form.get("reason", ""))
    return go(url_for("shift.closed", shift_id=closed.shift.id))


@blueprint.get("/shifts/<shift_id>")
def closed(shift_id: str) -> Response:
    """GET /shifts/<shift_id>: the report of any shift; a closed one's is its Z report."""
    return show("till/shift/report.html", **_facts(shifts.report(here(), shift_id)))


def _facts(report: ShiftReport) -> dict[str, Any]:
    closing = report.closing
    return {
        "report": report,
        "opened_at": instant(report.shift.opened_at),
        "closed_at": instant(closing.closed_at) if closing else None,
        "takings": [(one, words.of_method(one.method, one.name)) for one in report.takings],
        "carts": report.unpaid,
    }
