"""Sales after they were made: the list, one sale, its receipt on the screen, and a copy."""

from typing import Any

from flask import Blueprint, Response, make_response, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from kiosk.domain.money import total
from kiosk.services import sales
from kiosk.services.approvals import needs_approval
from kiosk.services.printers import printer_for
from kiosk.services.receipts import language_of
from kiosk.services.sales import SaleView, SealedRefund
from kiosk.services.sign_in import WrongPinError
from kiosk.services.tries import MustWaitError
from kiosk.web import words
from kiosk.web.approval import approval_facts, read_approval, refuse_pin
from kiosk.web.context import browser, go, here, instant, show
from kiosk.web.receipt import paid_facts
from kiosk.webtools.receipt_previews import strip
from printers import layout, preview
from printers.profiles import GENERIC_58, Profile

blueprint = Blueprint("sale", __name__)


@blueprint.get("/sales")
def list_page() -> Response:
    """GET /sales?number=…: the open shift's sales, newest first, by part of their number."""
    asked = request.args.get("number", "").strip()
    rows = sales.todays_sales(here(), browser().till or "")
    shown = [row for row in rows if asked.upper() in row.number.upper()]
    return show(
        "till/sale/list.html",
        sales=[
            (row, instant(row.at), [words.of_method(*one) for one in row.methods]) for row in shown
        ],
        number=asked,
        any_sales=bool(rows),
        total_rp=total(row.kept_rp for row in shown),
    )


@blueprint.get("/sales/<sale_id>")
def page(sale_id: str) -> Response:
    """GET /sales/<sale_id>: one sale, line by line."""
    return show("till/sale/page.html", **_facts(sales.sale(here(), sale_id)))


@blueprint.get("/sales/<sale_id>/receipt")
def receipt(sale_id: str) -> Response:
    """GET /sales/<sale_id>/receipt: the receipt as it comes out of this till's printer."""
    view = sales.sale(here(), sale_id)
    shown = strip(sales.receipt(here(), sale_id), _profile_of(view), view.sale.number)
    return show(
        "till/sale/receipt.html",
        sale=view,
        picture=shown.picture,
        text=shown.text,
        paper_language=language_of(here(), view.till),
    )


@blueprint.get("/sales/<sale_id>/receipt.png")
def photograph(sale_id: str) -> Response:
    """GET /sales/<sale_id>/receipt.png: the same as a picture file, dot for dot."""
    view = sales.sale(here(), sale_id)
    profile = _profile_of(view)
    laid_out = layout.lay_out(sales.receipt(here(), sale_id), profile.columns)
    answer = Response(preview.as_png(laid_out, profile), mimetype="image/png")
    answer.headers["Content-Disposition"] = f'attachment; filename="{view.sale.number}.png"'
    return answer


@blueprint.get("/sales/<sale_id>/print-state")
def print_state(sale_id: str) -> Response:
    """GET /sales/<sale_id>/print-state: where the receipt is, in words."""
    view = sales.sale(here(), sale_id)
    job = words.of_job(view.job.state) if view.job else None
    return make_response(render_template("till/receipt/_state.html", sale=view, job=job))


@blueprint.get("/sales/<sale_id>/reprint")
def copy_page(sale_id: str) -> Response:
    """GET /sales/<sale_id>/reprint: ask for the coordinator's PIN that a copy takes."""
    view = sales.sale(here(), sale_id)
    return show("till/sale/copy.html", sale=view, **approval_facts(here(), browser()))


@blueprint.post("/sales/<sale_id>/reprint")
def reprint(sale_id: str) -> AnyResponse:
    """POST /sales/<sale_id>/reprint: print a copy, stamped SALINAN; takes a coordinator."""
    try:
        sales.reprint(here(), browser(), sale_id, read_approval(request.form))
    except (WrongPinError, MustWaitError) as error:
        return refuse_pin(error, request.path)
    return go(url_for("sale.page", sale_id=sale_id))


def _profile_of(view: SaleView) -> Profile:
    """Give the kind of printer a sale's receipt comes out of, the usual one where none does."""
    printer = printer_for(here(), view.till)
    return printer.profile if printer else GENERIC_58


def _facts(view: SaleView) -> dict[str, Any]:
    return {
        "sale": view,
        "at": instant(view.at),
        "payments": [
            (part, words.of_method(part.method, part.name)) for part in view.sale.payments
        ],
        **paid_facts(view),
        "refunds": [_refund_facts(view, one) for one in view.refunds],
        "is_voided": any(one.refund.kind == "void" for one in view.refunds),
        "needs_approval": needs_approval(browser()),
    }


def _refund_facts(view: SaleView, sealed: SealedRefund) -> dict[str, Any]:
    lines = {line.n: line for line in view.sale.lines}
    refund, entry = sealed.refund, sealed.entry
    return {
        "refund": refund,
        "at": instant(entry.at),
        "cashier": entry.by.name if entry.by else "",
        "approver": entry.approved_by.name if entry.approved_by else "",
        "lines": [(lines[back.n], back) for back in refund.back.lines],
        "payments": [
            (part, words.of_method(part.method, part.name)) for part in refund.back.payments
        ],
    }
