"""Signing in and out, and the guard before every page.

Everything but the public scoreboard, `/healthz` and the API takes a signed-in person; a
viewer may look at all of it and change nothing.
"""

from typing import Final

from flask import Blueprint, Response, g, make_response, redirect, render_template, request, session
from flask import url_for as address_of

from kiosk.errors import N_, KioskError
from kiosk.hub.services.accounts import User, find_user, sign_in
from kiosk.hub.web.forms import Form
from kiosk.hub.web.notices import take_notices
from kiosk.hub.web.parts import hub_parts
from kiosk.webtools.i18n import local_path

blueprint = Blueprint("signin", __name__)

_SESSION_KEY: Final = "hub_user"
_PUBLIC: Final = ("hub.signin.", "hub.papan.")


class ReadOnlyError(KioskError):
    """Somebody who may only look asked to change something."""

    status = 403

    def __init__(self) -> None:
        super().__init__(
            N_("You may look at everything here and change nothing. Ask an organiser.")
        )


def guard() -> Response | None:
    """Send a stranger to the sign-in page, and refuse a change by somebody who may only look."""
    g.user = _signed_in()
    endpoint = request.endpoint or ""
    if endpoint.startswith(_PUBLIC):
        return None
    if g.user is None:
        return _to_sign_in()
    if request.method not in {"GET", "HEAD", "OPTIONS"} and not g.user.may_change:
        raise ReadOnlyError
    return None


def _signed_in() -> User | None:
    user_id = session.get(_SESSION_KEY, "")
    return find_user(hub_parts().store, user_id) if user_id else None


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
        "campaign": None,
        "take_notices": take_notices,
    }


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
        user = sign_in(hub.store, hub.clock, form.words("login"), form.typed("password"))
    except KioskError as error:
        form.refuse(error)
        page = render_template("hub/sign_in.html", form=form, next=next_path)
        return make_response(page, error.status)
    session[_SESSION_KEY] = user.id
    return make_response(redirect(next_path, 303))


@blueprint.post("/sign-out")
def sign_out() -> Response:
    """POST /sign-out: take the person out of this browser's session."""
    session.pop(_SESSION_KEY, None)
    return make_response(redirect(address_of("hub.signin.show"), 303))
