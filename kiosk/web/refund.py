"""Voids and returns on screen: one form, one confirmation, the money that goes back in large type.

A form carries the id of the refund it makes, so pressing twice pays once. What is wrong is
said in place and what was typed stays.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from flask import Blueprint, Response, make_response, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from kiosk.domain.lines import QuantityError
from kiosk.domain.refunds import ComingBack, NothingChosenError, TooManyBackError
from kiosk.errors import N_, KioskError
from kiosk.services import refunds
from kiosk.services.refunds import Refundable, RefundForm
from kiosk.web import words
from kiosk.web.approval import approval_facts, read_approval, refuse_pin
from kiosk.web.context import browser, go, here
from kiosk.webtools.i18n import say
from kiosk.webtools.pages import wants_fragment

blueprint = Blueprint("refund", __name__)

# As the journal and the slip have it, and as the button says it.
REASONS: Final = (
    ("Salah ketik", N_("Rung up wrongly")),
    ("Pembeli batal", N_("Buyer changed their mind")),
    ("Barang rusak", N_("Goods are damaged")),
    ("Tukar barang", N_("Exchange for other goods")),
)
_PIECES: Final = "qty-"
_NAMED: Final = re.compile(rf"{_PIECES}([0-9]{{1,4}})")
_DOTTED: Final = re.compile(r"[0-9]{1,3}(\.[0-9]{3})+")


@blueprint.get("/sales/<sale_id>/void")
def void_page(sale_id: str) -> Response:
    """GET /sales/<sale_id>/void: ask for reason and approval to void a whole sale."""
    return _show("void", sale_id, refunds.money_of_void(here(), sale_id))


@blueprint.post("/sales/<sale_id>/void")
def void(sale_id: str) -> AnyResponse:
    """POST /sales/<sale_id>/void: void a sale for a `reason`; `id` is the refund's."""
    return _pay_back("void", sale_id, refunds.void)


@blueprint.get("/sales/<sale_id>/refund")
def refund_page(sale_id: str) -> Response:
    """GET /sales/<sale_id>/refund: ask what comes back, line by line."""
    return _show("refund", sale_id, None)


@blueprint.post("/sales/<sale_id>/refund")
def refund(sale_id: str) -> AnyResponse:
    """POST /sales/<sale_id>/refund: take `qty-<n>` pieces of each line back for a `reason`."""
    return _pay_back("refund", sale_id, refunds.refund_lines)


@blueprint.post("/sales/<sale_id>/refund/money")
def money(sale_id: str) -> Response:
    """POST /sales/<sale_id>/refund/money: say what the typed `qty-<n>` bring; nothing is paid."""
    back, unclear = _money_asked(sale_id)
    if not wants_fragment():
        return _show("refund", sale_id, back, problem=unclear)
    facts = {"unclear": unclear, **_money_facts(back)}
    return make_response(render_template("till/sale/_money.html", **facts))


def _pay_back(kind: str, sale_id: str, service: Callable[..., None]) -> AnyResponse:
    form = request.form
    typed = RefundForm(
        id=form.get("id", ""),
        reason=form.get("other", "").strip() or form.get("reason", ""),
        approval=read_approval(form),
        pieces=_pieces(form),
    )
    try:
        service(here(), browser(), sale_id, typed)
    except KioskError as error:
        return _refused(kind, sale_id, error)
    return go(url_for("sale.page", sale_id=sale_id))


def _refused(kind: str, sale_id: str, error: KioskError) -> Response:
    """Say what is wrong: beside the form that is still there, or over the form shown again."""
    if wants_fragment():
        return refuse_pin(error, request.path)
    is_void = kind == "void"
    back = refunds.money_of_void(here(), sale_id) if is_void else _money_asked(sale_id)[0]
    response = _show(kind, sale_id, back, problem=say(error))
    response.status_code = error.status
    return response


def _money_asked(sale_id: str) -> tuple[ComingBack | None, str]:
    """Give what the typed pieces bring, or None with what is wrong with them, if anything is."""
    try:
        return refunds.money_of_lines(here(), sale_id, _pieces(request.form)), ""
    except NothingChosenError:
        return None, ""
    except (QuantityError, TooManyBackError) as error:
        return None, say(error)


def _show(kind: str, sale_id: str, back: ComingBack | None, problem: str = "") -> Response:
    form = refunds.refundable(here(), browser(), sale_id)
    facts = {
        "kind": kind,
        "form": form,
        "refund_id": request.form.get("id") or form.refund_id,
        "reasons": [(text, _(label)) for text, label in REASONS],
        "typed": {name: request.form.get(name, "") for name in ("reason", "other")},
        "problem": problem,
        "unclear": "",
        **_line_facts(form),
        **_money_facts(back),
        **approval_facts(here(), browser()),
    }
    return make_response(render_template("till/sale/refund.html", **facts))


def _line_facts(form: Refundable) -> dict[str, Any]:
    """Give each line with the name of its field, and what was typed there."""
    named = [(one, f"{_PIECES}{one.line.n}") for one in form.lines]
    return {"lines": [(one, name, request.form.get(name, "")) for one, name in named]}


def _money_facts(back: ComingBack | None) -> dict[str, Any]:
    payments = back.payments if back else ()
    return {
        "back": back,
        "payments": [
            (payment, words.of_method(payment.method, payment.name)) for payment in payments
        ],
    }


def _pieces(form: Mapping[str, str]) -> dict[int, str]:
    """Read the quantities by line; a field of another name is none of ours."""
    named = ((_NAMED.fullmatch(name), typed) for name, typed in form.items())
    return {int(name[1]): _without_dots(typed) for name, typed in named if name}


def _without_dots(typed: str) -> str:
    """Take the dots out of `1.250`; what has them elsewhere stays, and is refused."""
    return typed.replace(".", "") if _DOTTED.fullmatch(typed.strip()) else typed
