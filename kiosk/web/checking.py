"""The check of the journals on screen: “1.284 transaksi, utuh, tidak ada yang dihapus”."""

from typing import Any, Final

from flask import Blueprint, Response, make_response, render_template, request, url_for

from kiosk.services.checking import Check, check
from kiosk.web.context import here, show
from kiosk.webtools.chain_faults import FAULTS

blueprint = Blueprint("checking", __name__)

_LARGEST_DIGITS: Final = 12


@blueprint.get("/journal")
def page() -> Response:
    """GET /journal?at=: check the journals of this machine, from the beginning or a place."""
    return show("till/checking/page.html", **_facts())


@blueprint.get("/journal/check")
def step() -> Response:
    """GET /journal/check?at=&after=&fault=: check the next entries, and say how far it is."""
    return make_response(render_template("till/checking/_check.html", **_facts()))


def _facts() -> dict[str, Any]:
    faults = dict(_places(text) for text in request.args.getlist("fault")[:50])
    found = check(here(), _number("at"), _number("after"), faults)
    return {"check": found, "on": _address_of_rest(found), "words": FAULTS}


def _address_of_rest(found: Check) -> str | None:
    """Give where the check goes on; None before it was begun and after it is over."""
    if found.is_over or not found.total:
        return None
    faults = [f"{one.ordinal}-{one.fault.seq}" for one in found.verdicts if one.fault]
    return url_for("checking.step", at=found.at or 1, after=found.after, fault=faults)


def _places(text: str) -> tuple[int, int]:
    ordinal, _, seq = text.partition("-")
    return _whole(ordinal), _whole(seq)


def _number(name: str) -> int:
    return _whole(request.args.get(name, ""))


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _LARGEST_DIGITS else 0
