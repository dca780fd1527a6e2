"""Settling stalls on screen: what each is owed, handing it over, and taking that back."""

from datetime import date
from typing import Any

from flask import Blueprint, Response, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from kiosk.domain.settlements import Settlement
from kiosk.services import settlements, stall_accounts
from kiosk.services.settlements import SettlementForm
from kiosk.services.sign_in import WrongPinError
from kiosk.services.stall_accounts import StallNotHereError
from kiosk.services.tries import MustWaitError
from kiosk.web.approval import approval_facts, read_approval, refuse_pin
from kiosk.web.context import browser, go, here, instant, show

blueprint = Blueprint("settlement", __name__, url_prefix="/settlements")


@blueprint.get("")
def list_page() -> Response:
    """GET /settlements?event=…: every stall with its share and what is open."""
    found = stall_accounts.stalls(here(), browser(), request.args.get("event", ""))
    return show("till/settlement/list.html", stalls=found, days=_days(found))


@blueprint.get("/<stall>")
def page(stall: str) -> Response:
    """GET /settlements/<stall>?event=…: one stall's account, and what was handed over."""
    found = stall_accounts.stall_page(here(), browser(), request.args.get("event", ""), stall)
    return show(
        "till/settlement/page.html",
        page=found,
        settled=[(one, instant(one.entry.at)) for one in found.settled],
        **approval_facts(here(), browser()),
    )


@blueprint.post("/<stall>")
def settle(stall: str) -> AnyResponse:
    """POST /settlements/<stall>: hand `amount` over by `way`; `id` is the entry's."""
    form, event = request.form, request.form.get("event", "")
    typed = SettlementForm(form.get("amount", ""), form.get("way", ""))
    try:
        settlements.settle(
            here(), browser(), (event, stall), typed, form.get("id", ""), read_approval(form)
        )
    except (WrongPinError, MustWaitError) as error:
        return refuse_pin(error, request.path)
    return go(url_for("settlement.page", stall=stall, event=event))


@blueprint.get("/<stall>/<entry>/undo")
def undo_page(stall: str, entry: str) -> Response:
    """GET /settlements/<stall>/<entry>/undo: ask for the coordinator's PIN that it takes."""
    found = stall_accounts.stall_page(here(), browser(), request.args.get("event", ""), stall)
    one = next((one for one in found.settled if one.entry.id == entry), None)
    if one is None:
        raise StallNotHereError
    return show("till/settlement/undo.html", one=one, **approval_facts(here(), browser()))


@blueprint.post("/entries/<entry>/undo")
def undo(entry: str) -> AnyResponse:
    """POST /settlements/entries/<entry>/undo: take one back; takes a coordinator."""
    try:
        undone = settlements.take_back(here(), browser(), entry, read_approval(request.form))
    except (WrongPinError, MustWaitError) as error:
        return refuse_pin(error, request.path)
    return _back(undone)


@blueprint.post("/entries/<entry>/print")
def print_again(entry: str) -> AnyResponse:
    """POST /settlements/entries/<entry>/print: print its slip again, stamped as a copy."""
    return _back(settlements.print_again(here(), browser(), entry))


def _back(settled: Settlement) -> AnyResponse:
    return go(url_for("settlement.page", stall=settled.stall, event=settled.event))


def _days(found: stall_accounts.Stalls) -> list[tuple[str, Any, Any]]:
    """Give the other events one can look at, with their first and last day."""
    return [
        (one.event, date.fromisoformat(one.first), date.fromisoformat(one.last))
        for one in found.events
        if one.event != found.event
    ]
