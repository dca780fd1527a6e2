"""One's own account: the password, and the browsers one is signed in with."""

from typing import Final

from flask import Blueprint, g, redirect, url_for
from flask_babel import gettext as _
from werkzeug import Response

from kiosk.hub.services.accounts import LONGEST_PASSWORD, SHORTEST_PASSWORD, User
from kiosk.hub.services.people import change_own_password
from kiosk.hub.services.sessions import end_session, list_sessions
from kiosk.hub.web.forms import Form, answer_form
from kiosk.hub.web.notices import done
from kiosk.hub.web.parts import whole_parts

# A browser calls itself by many names; the first of these that it has is its own.
_BROWSERS: Final = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Samsung", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS: Final = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)

blueprint = Blueprint("account", __name__, url_prefix="/account")


@blueprint.route("", methods=["GET", "POST"])
def show() -> Response:
    """GET or POST /account: change one's password; below it the browsers one is signed in with."""
    hub = whole_parts()
    user: User = g.user

    def save(form: Form) -> str:
        change_own_password(
            hub.store,
            hub.clock,
            user,
            g.session_id,
            present=form.typed("present"),
            new=form.typed("password"),
            again=form.typed("again"),
        )
        done(_("Your password was changed; every other browser was signed out."))
        return url_for("hub.board.start" if user.password_given else ".show")

    return answer_form(
        "hub/account/show.html",
        {},
        save,
        sessions=list_sessions(hub.store, hub.clock, user.id),
        here=g.session_id,
        browser_words=browser_words,
        must_change=user.password_given,
        shortest=SHORTEST_PASSWORD,
        longest=LONGEST_PASSWORD,
    )


def browser_words(agent: str) -> str:
    """Say which browser on which system a session is in, as far as it says so itself."""
    browser = next((name for mark, name in _BROWSERS if mark in agent), "")
    system = next((name for mark, name in _SYSTEMS if mark in agent), "")
    if browser and system:
        return str(_("%(browser)s on %(system)s", browser=browser, system=system))
    return browser or agent[:60] or str(_("not said"))


@blueprint.post("/sessions/<session_id>/end")
def end(session_id: str) -> Response:
    """POST /account/sessions/<id>/end: sign one of one's own browsers out."""
    hub = whole_parts()
    end_session(hub.store, hub.clock, g.user, session_id)
    done(_("That browser was signed out."))
    return redirect(url_for(".show"), 303)
