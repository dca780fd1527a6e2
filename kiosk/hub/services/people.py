"""People: accounts made, changed and closed by organisers, and one's own password.

There is always an organiser who can sign in: the last one can neither be closed nor made
anything else.
"""

from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import Connection, func, select, update
from werkzeug.security import check_password_hash

from kiosk.clock import Clock
from kiosk.errors import N_
from kiosk.hub.services.accounts import (
    LONGEST_PASSWORD,
    User,
    add_user,
    audit,
    hash_password,
    new_password,
    reset_password,
    user_of,
)
from kiosk.hub.services.campaigns import FieldError, NotFoundError
from kiosk.hub.services.sessions import end_sessions
from kiosk.hub.services.trail import differences
from kiosk.hub.storage.scope import Scope
from kiosk.hub.storage.store import Store
from kiosk.hub.storage.tables import places, users, vendors

_USUAL: Final = frozenset({"password", "kata sandi", "rahasia", "1234567890", "qwertyuiop"})


class LastOrganiserError(FieldError):
    """Nobody would be left who may change anything."""

    field = "role"

    def __init__(self) -> None:
        super().__init__(N_("This is the last organiser who can sign in. Make another one first."))


class ScopeMissingError(FieldError):
    """A mentor without vendors to look after."""

    field = "scope"

    def __init__(self) -> None:
        super().__init__(N_("Choose the guiding office or the kecamatan this mentor looks after."))


class WrongPasswordError(FieldError):
    """The present password was typed wrong."""

    field = "present"

    def __init__(self) -> None:
        super().__init__(N_("This is not your present password. Type it again."))


class PasswordGuessableError(FieldError):
    """A new password that anybody would try first."""

    field = "password"

    def __init__(self) -> None:
        super().__init__(
            N_("This password is easily guessed. Take several words that do not belong together.")
        )


class PasswordsDifferError(FieldError):
    """The new password was not typed alike twice."""

    field = "again"

    def __init__(self) -> None:
        super().__init__(N_("The two are not alike. Type the new password again."))


@dataclass(frozen=True, slots=True)
class Person:
    """An account and whether it may sign in."""

    user: User
    active: bool


@dataclass(frozen=True, slots=True)
class Scopes:
    """What mentors can look after: offices that vendors name, and kecamatan by code."""

    offices: list[str]
    kecamatan: list[tuple[str, str]]


def list_people(store: Store) -> list[Person]:
    """Give every account, those that may sign in first, by name."""
    with store.read() as connection:
        rows = connection.execute(
            select(users).order_by(users.c.active.desc(), func.lower(users.c.name), users.c.id)
        )
        return [Person(user_of(row), row["active"]) for row in rows.mappings()]


def open_person(store: Store, user_id: str) -> Person:
    """Give one account; raises NotFoundError."""
    with store.read() as connection:
        return _find(connection, user_id)


def scopes(store: Store) -> Scopes:
    """Give the offices in use, by name, and every kecamatan, by code."""
    with store.read() as connection:
        offices = connection.scalars(select(vendors.c.binaan).distinct())
        named = {" ".join(one.split()) for one in offices} - {""}
        kecamatan = connection.execute(
            select(places.c.code, places.c.name)
            .where(places.c.kind == "kecamatan")
            .order_by(places.c.code)
        )
        return Scopes(sorted(named, key=str.casefold), [(row.code, row.name) for row in kecamatan])


def invite(
    store: Store, clock: Clock, by: str, *, login: str, name: str, role: str, scope: Scope | None
) -> tuple[User, str]:
    """Make an account and give it with its first password, which is shown once.

    Raises LoginTakenError, and ScopeMissingError for a mentor without vendors.
    """
    scope = _scope_for(role, scope)
    password = new_password()
    user = add_user(
        store,
        clock,
        by=by,
        login=login,
        name=name,
        role=role,
        password=password,
        scope=scope,
        password_given=True,
    )
    return user, password


def change_person(store: Store, clock: Clock, by: str, user: User) -> None:
    """Write somebody's name, role and scope; raises LastOrganiserError and ScopeMissingError."""
    user = replace(user, scope=_scope_for(user.role, user.scope))
    with store.begin() as connection:
        before = _find(connection, user.id)
        if user.role != "organiser":
            _keep_an_organiser(connection, before)
        connection.execute(
            update(users)
            .where(users.c.id == user.id)
            .values(
                name=user.name,
                role=user.role,
                scope_kind=user.scope.kind if user.scope else "",
                scope_value=user.scope.value if user.scope else "",
            )
        )
        audit(
            connection,
            clock,
            by=by,
            action="account changed",
            subject=user.id,
            facts={"name": user.name, "changes": differences(before.user, user)},
        )


def set_person_active(store: Store, clock: Clock, by: str, user_id: str, *, active: bool) -> Person:
    """Let somebody sign in, or no longer, everywhere at once; raises LastOrganiserError."""
    with store.begin() as connection:
        person = _find(connection, user_id)
        if not active:
            _keep_an_organiser(connection, person)
            end_sessions(connection, user_id)
        connection.execute(update(users).where(users.c.id == user_id).values(active=active))
        audit(
            connection,
            clock,
            by=by,
            action="account opened" if active else "account closed",
            subject=user_id,
            facts={"name": person.user.name, "login": person.user.login},
        )
    return person


def give_new_password(store: Store, clock: Clock, by: str, user_id: str) -> tuple[User, str]:
    """Give somebody a new first password, to be told once; raises NotFoundError."""
    user = open_person(store, user_id).user
    return user, reset_password(store, clock, by=by, login=user.login)


def change_own_password(
    store: Store, clock: Clock, user: User, session_id: str, *, present: str, new: str, again: str
) -> None:
    """Write one's own new password and end one's other sessions.

    Raises WrongPasswordError, PasswordsDifferError, PasswordGuessableError, and
    PasswordTooShortError for one of the wrong length.
    """
    with store.read() as connection:
        known = connection.scalar(select(users.c.password_hash).where(users.c.id == user.id)) or ""
    if not check_password_hash(known, present[:LONGEST_PASSWORD]):
        raise WrongPasswordError
    if new != again:
        raise PasswordsDifferError
    check_new_password(new, user)
    password_hash = hash_password(new)
    with store.begin() as connection:
        connection.execute(
            update(users)
            .where(users.c.id == user.id)
            .values(password_hash=password_hash, password_given=False)
        )
        end_sessions(connection, user.id, but=session_id)
        audit(connection, clock, by=user.id, action="password changed", subject=user.id)


def check_new_password(password: str, user: User) -> None:
    """Refuse what anybody would try first; raises PasswordGuessableError."""
    folded = password.casefold().strip()
    names = {user.login, user.name.casefold()}
    bare = folded.strip("0123456789!.-_ ")
    if bare in names | _USUAL or folded in _USUAL or len(set(folded)) < 5:  # noqa: PLR2004 - letters that differ
        raise PasswordGuessableError


def _scope_for(role: str, scope: Scope | None) -> Scope | None:
    if role != "mentor":
        return None
    if scope is None or not scope.value.strip():
        raise ScopeMissingError
    return scope


def _keep_an_organiser(connection: Connection, person: Person) -> None:
    """Refuse to take the last organiser away; others wait until this is done."""
    if person.user.role != "organiser" or not person.active:
        return
    others = connection.execute(
        select(users.c.id)
        .where(users.c.role == "organiser", users.c.active)
        .order_by(users.c.id)
        .with_for_update()
    ).all()
    if [row.id for row in others] == [person.user.id]:
        raise LastOrganiserError


def _find(connection: Connection, user_id: str) -> Person:
    row = connection.execute(select(users).where(users.c.id == user_id)).mappings().first()
    if row is None:
        raise NotFoundError
    return Person(user_of(row), row["active"])
