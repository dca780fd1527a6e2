"""Pages of accounts: who signs in at the hub, as what, and in which browsers."""

from collections.abc import Callable
from dataclasses import replace

from flask import Blueprint, Response, g, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _

from kiosk.hub.services import people as service
from kiosk.hub.services.accounts import ROLES, User
from kiosk.hub.services.sessions import end_session, list_sessions
from kiosk.hub.storage.scope import Scope
from kiosk.hub.web.account import browser_words
from kiosk.hub.web.forms import Form, answer_form
from kiosk.hub.web.notices import done, done_with_undo
from kiosk.hub.web.parts import hub_parts
from kiosk.hub.web.signin import actor

blueprint = Blueprint("people", __name__, url_prefix="/people")


def role_words() -> dict[str, str]:
    """Give the roles' names in the person's language."""
    return {"organiser": _("Organiser"), "mentor": _("Mentor"), "viewer": _("Viewer")}


@blueprint.get("")
def show_all() -> str:
    """GET /people: every account, and every browser somebody is signed in with."""
    hub = hub_parts()
    scopes = service.scopes(hub.store)
    return render_template(
        "hub/people/list.html",
        people=service.list_people(hub.store),
        roles=role_words(),
        kecamatan=dict(scopes.kecamatan),
        sessions=list_sessions(hub.store, hub.clock),
        here=g.session_id,
        browser_words=browser_words,
    )


@blueprint.route("/new", methods=["GET", "POST"])
def add() -> Response:
    """GET or POST /people/new: make an account, and show its first password."""
    hub = hub_parts()

    def save(form: Form) -> Response:
        login = form.words("login", most=40)
        name, role, scope = _read(form)
        user, password = service.invite(
            hub.store, hub.clock, actor(), login=login, name=name, role=role, scope=scope
        )
        return _told(user, password)

    return _form({"role": "viewer"}, save, person=None)


@blueprint.route("/<user_id>", methods=["GET", "POST"])
def change(user_id: str) -> Response:
    """GET or POST /people/<id>: change somebody's name, role and vendors."""
    hub = hub_parts()
    person = service.open_person(hub.store, user_id)
    scope = person.user.scope or Scope("", "")

    def save(form: Form) -> str:
        name, role, scope = _read(form)
        changed = replace(person.user, name=name, role=role, scope=scope)
        service.change_person(hub.store, hub.clock, actor(), changed)
        return url_for(".show_all")

    standing = {
        "name": person.user.name,
        "role": person.user.role,
        "scope": f"{scope.kind}:{scope.value}" if scope.value else "",
    }
    return _form(standing, save, person=person)


@blueprint.post("/<user_id>/active")
def set_active(user_id: str) -> Response:
    """POST /people/<id>/active: let somebody sign in again (1), or no longer (0)."""
    hub = hub_parts()
    active = request.form.get("active") == "1"
    person = service.set_person_active(hub.store, hub.clock, actor(), user_id, active=active)
    if not active:
        done_with_undo(
            _("%(name)s can no longer sign in here.", name=person.user.name),
            url_for(".set_active", user_id=user_id),
            active=True,
        )
    return make_response(redirect(url_for(".show_all"), 303))


@blueprint.post("/<user_id>/password")
def give_password(user_id: str) -> Response:
    """POST /people/<id>/password: give somebody a new first password, shown once."""
    hub = hub_parts()
    user, password = service.give_new_password(hub.store, hub.clock, actor(), user_id)
    return _told(user, password)


@blueprint.post("/sessions/<session_id>/end")
def end(session_id: str) -> Response:
    """POST /people/sessions/<id>/end: sign somebody's browser out."""
    hub = hub_parts()
    ended = end_session(hub.store, hub.clock, g.user, session_id)
    done(_("%(name)s was signed out of that browser.", name=ended.user_name))
    return make_response(redirect(url_for(".show_all"), 303))


def _told(user: User, password: str) -> Response:
    """Show a first password in this one answer: it is in no cookie, no address and no store."""
    return make_response(render_template("hub/people/told.html", person=user, password=password))


def _read(form: Form) -> tuple[str, str, Scope | None]:
    """Give name, role and scope as they were typed."""
    kind, _colon, value = form.typed("scope").partition(":")
    name = form.words("name", most=80)
    role = form.choice("role", ROLES)
    form.check()
    return name, role, Scope(kind, value[:100]) if value else None


def _form(
    standing: dict[str, str],
    save: Callable[[Form], str | Response],
    *,
    person: service.Person | None,
) -> Response:
    scopes = service.scopes(hub_parts().store)
    return answer_form(
        "hub/people/form.html",
        standing,
        save,
        person=person,
        roles=list(role_words().items()),
        offices=scopes.offices,
        kecamatan=scopes.kecamatan,
    )
