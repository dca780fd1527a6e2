"""Signing in and out, and the guard before every page.

Everything but the public scoreboard, `/healthz` and the API takes a signed-in person; a
viewer may look at all of it and change nothing, and neither may a mentor, who sees the
vendors of her office or kecamatan alone.
"""

from ipaddress import ip_address
from typing import Final

from flask import Blueprint, Response, g, make_response, redirect, render_template, request, session
from flask import url_for as address_of
from flask_babel import gettext as _

from kiosk.errors import N_, KioskError
from kiosk.hub.services.accounts import User
from kiosk.hub.services.campaigns import NotFoundError
from kiosk.hub.services.sessions import end_own_session, session_user, start_session
from kiosk.hub.services.sign_ins import sign_in
from kiosk.hub.services.vendors import kecamatan_name
from kiosk.hub.storage.scope import Scope
from kiosk.hub.web.forms import Form
from kiosk.hub.web.notices import take_notices
from kiosk.hub.web.parts import hub_parts, whole_parts
from kiosk.webtools.i18n import local_path

blueprint = Blueprint("signin", __name__)

_SESSION_KEY: Final = "hub_session"
_PUBLIC: Final = ("hub.signin.", "hub.papan.")
# What everybody may change: only what is their own.
_OWN: Final = "hub.account."


class ReadOnlyError(KioskError):
    """Somebody who may only look asked to change something."""

    status = 403

    def __init__(self) -> None:
        super().__init__(
            N_("You may look at everything here and change nothing. Ask an organiser.")
        )


def guard() -> Response | None:
    """Send a stranger to the sign-in page, and refuse a change by somebody who may only look."""
    if "\x00" in request.path:
        raise NotFoundError
    g.user, g.session_id = _signed_in()
    endpoint = request.endpoint or ""
    if endpoint.startswith(_PUBLIC):
        return None
    if g.user is None:
        return _to_sign_in()
    g.scope = g.user.scope
    changes = request.method not in {"GET", "HEAD", "OPTIONS"}
    if changes and not g.user.may_change and not endpoint.startswith(_OWN):
        raise ReadOnlyError
    if g.user.password_given and not changes and not endpoint.startswith(_OWN):
        return make_response(redirect(address_of("hub.account.show"), 303))
    return None


def _signed_in() -> tuple[User | None, str]:
    hub = whole_parts()
    return session_user(hub.store, hub.clock, session.get(_SESSION_KEY, "")) or (None, "")


def _to_sign_in() -> Response:
    here = request.full_path.rstrip("?") if request.method == "GET" else "/"
    target = address_of("hub.signin.show", next=here)
    response = make_response(redirect(target, 303))
    if request.headers.get("HX-Request") == "true":
        # A redirected fragment would put the sign-in page into a part of this one.
        response = make_response("", 204)
        response.headers["HX-Redirect"] = address_of("hub.signin.show")
    return response


def actor() -> str:
    """Give the id of who is signed in, for the trail."""
    user: User = g.user
    return user.id


def words_for_every_page() -> dict[str, object]:
    """Give templates who is signed in, and whether they may change anything."""
    user: User | None = g.get("user")
    return {
        "user": user,
        "may_change": user is not None and user.may_change,
        "scope_words": _scope_words(user.scope) if user and user.scope else "",
        "campaign": None,
        "take_notices": take_notices,
    }


def _scope_words(scope: Scope) -> str:
    """Say whose vendors a mentor sees, for the head of every page."""
    if not scope.value:
        return str(_("No vendors are yours yet; ask an organiser."))
    if scope.kind == "kecamatan":
        name = kecamatan_name(whole_parts().store, scope.value)
        return str(_("You see the vendors of kecamatan %(name)s.", name=name))
    return str(_("You see the vendors of %(name)s.", name=scope.value))


@blueprint.get("/sign-in")
def show() -> str:
    """GET /sign-in?next=: ask for name and password."""
    return render_template(
        "hub/sign_in.html", form=Form({}), next=local_path(request.args.get("next", "/"))
    )


@blueprint.post("/sign-in")
def enter() -> Response:
    """POST /sign-in: sign in and go on to `next`, or say in place why not."""
    hub = hub_parts()
    form = Form(request.form.to_dict())
    next_path = local_path(form.typed("next"))
    try:
        user = sign_in(hub.store, hub.clock, form.words("login"), form.typed("password"), _source())
    except KioskError as error:
        form.refuse(error)
        page = render_template("hub/sign_in.html", form=form, next=next_path)
        return make_response(page, error.status)
    browser = request.headers.get("User-Agent", "")
    session[_SESSION_KEY] = start_session(
        hub.store, hub.clock, user, browser, request.remote_addr or ""
    )
    return make_response(redirect(next_path, 303))


@blueprint.post("/sign-out")
def sign_out() -> Response:
    """POST /sign-out: take the person out of this browser's session."""
    end_own_session(whole_parts().store, session.pop(_SESSION_KEY, ""))
    return make_response(redirect(address_of("hub.signin.show"), 303))


def _source() -> str:
    """Give the address that wrong passwords are counted for; a proxy's own is everybody's."""
    address = request.remote_addr or ""
    return "" if ip_address(address or "127.0.0.1").is_loopback else address
