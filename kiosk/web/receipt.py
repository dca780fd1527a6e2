"""After paying: the change, and the receipt as its buyer wants it; the same choices later."""

from typing import Any, Final
from urllib.parse import urlencode

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from kiosk.services import receipts, sales
from kiosk.services.displays import MOST_QR_BYTES, show_buyer
from kiosk.services.sales import SaleView
from kiosk.web import words
from kiosk.web.context import browser, go, here, show
from kiosk.web.qr_codes import text_as_qr
from kiosk.webtools.i18n import local_path
from kiosk.webtools.pages import respond, wants_fragment

blueprint = Blueprint("receipt", __name__)

# A link longer than this is cut off by some phones; letters take up to three bytes in it.
MOST_MESSAGE_BYTES: Final = 1200


@blueprint.get("/sales/<sale_id>/paid")
def paid(sale_id: str) -> Response:
    """GET /sales/<sale_id>/paid: the screen after paying, as a page of its own."""
    return show("till/receipt/paid.html", **paid_facts(sales.sale(here(), sale_id)))


@blueprint.get("/sales/<sale_id>/receipt-choices")
def choices(sale_id: str) -> AnyResponse:
    """GET /sales/<sale_id>/receipt-choices: the choices again, after one was looked at."""
    if not wants_fragment():
        return go(url_for("receipt.paid", sale_id=sale_id))
    facts = paid_facts(sales.sale(here(), sale_id))
    return make_response(render_template("till/receipt/_choices.html", **facts))


@blueprint.get("/sales/<sale_id>/receipt-qr")
def qr(sale_id: str) -> Response:
    """GET /sales/<sale_id>/receipt-qr: the receipt as text in a QR code, read without a network."""
    text = receipts.text_of(here(), sale_id, MOST_QR_BYTES)
    show_buyer(here(), browser(), sale_id, "receipt")
    facts = {"sale": sales.sale(here(), sale_id), "code": text_as_qr(text), "text": text}
    return respond("till/receipt/qr.html", "till/receipt/_qr.html", facts)


@blueprint.get("/sales/<sale_id>/whatsapp")
def whatsapp(sale_id: str) -> AnyResponse:
    """GET /sales/<sale_id>/whatsapp: hand the receipt's text to WhatsApp; no number is kept."""
    text = receipts.text_of(here(), sale_id, MOST_MESSAGE_BYTES)
    return redirect(f"https://wa.me/?{urlencode({'text': text})}", code=303)


@blueprint.post("/sales/<sale_id>/print")
def print_it(sale_id: str) -> AnyResponse:
    """POST /sales/<sale_id>/print: print what did not print by itself, and back to `next`."""
    receipts.print_receipt(here(), browser(), sale_id)
    return choices(sale_id) if wants_fragment() else go(local_path(request.form.get("next", "")))


def paid_facts(view: SaleView) -> dict[str, Any]:
    """Give what the screen after paying shows of a sale."""
    return {
        "sale": view,
        "change_rp": view.change_rp,
        "job": words.of_job(view.job.state) if view.job else None,
        "choices": receipts.choices_for(here(), view),
    }
