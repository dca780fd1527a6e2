"""The customer display: a page a second browser shows, and where cashiers find its address."""

from typing import Any, Final

from flask import Blueprint, Response, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from kiosk.services import displays
from kiosk.services.browsers import LOOKS
from kiosk.services.displays import Scene
from kiosk.services.tills import tills
from kiosk.web.context import browser, here, show
from kiosk.web.qr_codes import text_as_qr
from kiosk.web.spoken import rupiah_in_words
from kiosk.webtools.hosts import hosts_for_others, is_loopback
from kiosk.webtools.pages import respond

blueprint = Blueprint("display", __name__)

THEMES: Final = LOOKS["theme"]


@blueprint.get("/displays")
def list_page() -> Response:
    """GET /displays: each till's customer display, as a link and as a code to scan."""
    hosts = [] if is_loopback(here().settings.host) else hosts_for_others(request.host)
    found = []
    for view in tills(here()):
        path = url_for("display.page", till_id=view.till.id)
        addresses = [f"{request.scheme}://{host}{path}" for host in hosts]
        found.append((view.till, path, addresses, text_as_qr(addresses[0]) if hosts else ""))
    return show("till/display/list.html", displays=found)


@blueprint.get("/display/<till_id>")
def page(till_id: str) -> Response:
    """GET /display/<till_id>?theme=…: what the buyer at a till sees; needs no sign-in."""
    return show("till/display/page.html", **_facts(till_id, displays.scene(here(), till_id)))


@blueprint.get("/display/<till_id>/scene")
def scene(till_id: str) -> Response:
    """GET /display/<till_id>/scene?seen=…: what is shown now, or 204 where it is shown already."""
    now = displays.scene(here(), till_id)
    if request.args.get("seen") == now.seen:
        return Response(status=204)
    return respond("till/display/page.html", "till/display/_scene.html", _facts(till_id, now))


@blueprint.post("/carts/<cart_id>/shown")
def show_cart(cart_id: str) -> AnyResponse:
    """POST /carts/<cart_id>/shown: the cashier left the code; the buyer sees the order again."""
    displays.show_buyer(here(), browser(), cart_id, "cart")
    return Response(status=204)


def _facts(till_id: str, now: Scene) -> dict[str, Any]:
    code = now.code
    payload = code.payload if code else now.text
    theme = request.args.get("theme", "")
    return {
        "till_id": till_id,
        "theme": theme if theme in THEMES else browser().theme,
        "scene": now,
        "picture": text_as_qr(payload, error="m" if code else "l") if payload else Markup(),
        "spoken": rupiah_in_words(code.amount_rp) if code else "",
    }
