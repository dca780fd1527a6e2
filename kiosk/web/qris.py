"""QRIS settings on screen: every payee's code, the amount in it, and the outage switch."""

from collections.abc import Callable

from flask import Blueprint, Response, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from kiosk.services import qris_settings as service
from kiosk.services.approvals import Approval
from kiosk.services.sign_in import WrongPinError
from kiosk.services.tries import MustWaitError
from kiosk.web.approval import approval_facts, read_approval, refuse_pin
from kiosk.web.context import browser, go, here, show
from kiosk.web.qr_codes import text_as_qr

blueprint = Blueprint("qris", __name__)


@blueprint.get("/qris")
def list_page() -> Response:
    """GET /qris: whose code each stall's buyers see, and whether QRIS is out of order."""
    return show(
        "till/qris/list.html",
        codes=service.payee_codes(here()),
        is_out=service.qris_is_out(here()),
        **approval_facts(here(), browser()),
    )


@blueprint.post("/qris/outage")
def outage() -> AnyResponse:
    """POST /qris/outage: switch QRIS off (`out` is 1) or on for all screens."""
    is_out = request.form.get("out") == "1"

    def switch(approval: Approval) -> None:
        service.set_outage(here(), browser(), approval, is_out=is_out)

    return _approved(switch, url_for("qris.list_page"))


@blueprint.get("/qris/<payee>")
def page(payee: str) -> Response:
    """GET /qris/<payee>: one payee's code, and the forms that change it."""
    found = service.payee_code(here(), payee)
    picture = text_as_qr(found.code.payload, error="m") if found.code else Markup()
    facts = approval_facts(here(), browser())
    return show("till/qris/page.html", payee=found, picture=picture, **facts)


@blueprint.post("/qris/<payee>")
def change(payee: str) -> AnyResponse:
    """POST /qris/<payee>: show the pasted `payload` from now on."""

    def keep(approval: Approval) -> None:
        service.change_code(here(), browser(), payee, request.form.get("payload", ""), approval)

    return _approved(keep, url_for("qris.page", payee=payee))


@blueprint.post("/qris/<payee>/own")
def use_hubs(payee: str) -> AnyResponse:
    """POST /qris/<payee>/own: go back to the organiser's code."""

    def keep(approval: Approval) -> None:
        service.use_hubs_code(here(), browser(), payee, approval)

    return _approved(keep, url_for("qris.page", payee=payee))


@blueprint.post("/qris/<payee>/amount")
def amount(payee: str) -> AnyResponse:
    """POST /qris/<payee>/amount: fill the amount into the code (`fills` is 1), or not."""
    fills = request.form.get("fills") == "1"

    def keep(approval: Approval) -> None:
        service.fill_amount(here(), browser(), payee, approval, fills=fills)

    return _approved(keep, url_for("qris.page", payee=payee))


def _approved(act: Callable[[Approval], None], then: str) -> AnyResponse:
    """Do what takes a coordinator, and go on; a wrong PIN is answered in place."""
    try:
        act(read_approval(request.form))
    except (WrongPinError, MustWaitError) as error:
        return refuse_pin(error, then)
    return go(then)
