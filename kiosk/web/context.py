"""Who asks, from where, and what stands on every page.

Nothing here decides; services do. A request's browser is recognised once, in `gate`.
"""

from datetime import datetime
from ipaddress import ip_address
from typing import Any, cast

from flask import Response, current_app, g, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from kiosk.domain.catalogue import Till
from kiosk.services.browsers import Browser
from kiosk.services.installation import Installation
from kiosk.services.tills import till_at
from kiosk.webtools.pages import wants_fragment


def here() -> Installation:
    """Give the installation this application serves."""
    return cast("Installation", current_app.extensions["lapak"])


def browser() -> Browser:
    """Give the browser that asks; the gate has seen to it that it is paired."""
    return cast("Browser", g.browser)


def till() -> Till:
    """Give the till of the browser that asks; raises NoTillError."""
    return till_at(here(), browser())


def may_count() -> bool:
    """Say whether who is signed in counts stock: an approver, or a vendor."""
    operator = browser().operator
    return operator is not None and (operator.approves or operator.role == "vendor")


def is_on_device() -> bool:
    """Say whether the browser that asks runs on the machine itself."""
    try:
        return ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False


def instant(text: str) -> datetime:
    """Read an entry's or row's time, for the filters that show it."""
    return datetime.fromisoformat(text)


def show(page: str, /, **facts: Any) -> Response:
    """Render a whole page; for htmx too, which follows a redirect to it."""
    return make_response(render_template(page, **facts))


def go(address: str) -> AnyResponse:
    """Send the browser to another page: by a redirect, or as htmx understands it."""
    if wants_fragment():
        return Response(status=204, headers={"HX-Redirect": address})
    return redirect(address, code=303)


def browser_or_none() -> Browser | None:
    """Give the browser that asks, or None where it is not paired (yet)."""
    return cast("Browser | None", g.get("browser"))
