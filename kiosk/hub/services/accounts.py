"""Accounts: who may sign in at the hub, and the trail of what they did.

The trail keeps facts for a person to read; no password, code or PIN ever goes into it.
"""

import json
import secrets
from base64 import b32encode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, RowMapping, delete, func, insert, select, update
from werkzeug.security import generate_password_hash

from kiosk.clock import Clock, stamp_utc
from kiosk.errors import N_, KioskError
from kiosk.hub.storage.scope import Scope
from kiosk.hub.storage.store import Store
from kiosk.hub.storage.tables import audit_trail, sessions, users

ROLES: Final = ("organiser", "mentor", "viewer")
FIRST_LOGIN: Final = "organiser"
SHORTEST_PASSWORD: Final = 10
LONGEST_PASSWORD: Final = 200


class PasswordTooShortError(KioskError):
    """A new password that can be guessed, or is no password."""

    field = "password"

    def __init__(self) -> None:
        super().__init__(
            N_("A password has %(least)d to %(most)d characters."),
            least=SHORTEST_PASSWORD,
            most=LONGEST_PASSWORD,
        )


class LoginTakenError(KioskError):
    """Another account signs in with this name already."""

    field = "login"

    def __init__(self, login: str) -> None:
        self.login = login
        super().__init__(N_("“%(login)s” is taken. Choose another name."), login=login)


class LoginUnknownError(KioskError):
    """Nobody signs in with this name."""

    def __init__(self, login: str) -> None:
        self.login = login[:80]
        super().__init__(N_("Nobody signs in as “%(login)s”."), login=self.login)


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who signs in at the hub; `role` is one of `ROLES`.

    A mentor sees the vendors of her `scope` alone; `password_given` says that the hub made
    the password, so that its owner is asked for one of her own.
    """

    id: str
    login: str
    name: str
    role: str
    scope: Scope | None = None
    password_given: bool = False

    @property
    def may_change(self) -> bool:
        """Whether this person may change anything; the others only read."""
        return self.role == "organiser"


def add_user(
    store: Store,
    clock: Clock,
    *,
    by: str,
    login: str,
    name: str,
    role: str,
    password: str,
    scope: Scope | None = None,
    password_given: bool = False,
) -> User:
    """Make an account; raises PasswordTooShortError and LoginTakenError."""
    if role not in ROLES:
        raise ValueError(f"{role!r} is no role of the hub")
    if role == "mentor":
        scope = scope or Scope("", "")
    user = User(clock.new_id(), login.strip().casefold(), name, role, scope, password_given)
    password_hash = hash_password(password)
    with store.begin() as connection:
        if connection.scalar(select(users.c.id).where(users.c.login == user.login)):
            raise LoginTakenError(user.login)
        connection.execute(
            insert(users).values(
                id=user.id,
                login=user.login,
                name=user.name,
                role=user.role,
                password_hash=password_hash,
                password_given=password_given,
                scope_kind=scope.kind if scope else "",
                scope_value=scope.value if scope else "",
            )
        )
        audit(
            connection,
            clock,
            by=by,
            action="account added",
            subject=user.id,
            facts={"login": user.login, "name": name, "role": role, **scope_facts(scope)},
        )
    return user


def reset_password(store: Store, clock: Clock, *, by: str, login: str) -> str:
    """Give an account a new password, end its waits and its sessions, and say the password once.

    Raises LoginUnknownError.
    """
    password = new_password()
    password_hash = hash_password(password)
    with store.begin() as connection:
        user_id = connection.scalar(
            select(users.c.id).where(users.c.login == login.strip().casefold())
        )
        if user_id is None:
            raise LoginUnknownError(login)
        connection.execute(
            update(users)
            .where(users.c.id == user_id)
            .values(
                password_hash=password_hash, wrong_tries=0, wait_until=None, password_given=True
            )
        )
        connection.execute(delete(sessions).where(sessions.c.user == user_id))
        audit(connection, clock, by=by, action="password changed", subject=user_id)
    return password


def hash_password(password: str) -> str:
    """Hash a new password with scrypt; raises PasswordTooShortError."""
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise PasswordTooShortError
    return generate_password_hash(password)


def find_user(store: Store, user_id: str) -> User | None:
    """Give an account that may sign in, by its id."""
    with store.read() as connection:
        row = (
            connection.execute(select(users).where(users.c.id == user_id, users.c.active))
            .mappings()
            .first()
        )
    return user_of(row) if row else None


def make_first_account(store: Store, clock: Clock) -> tuple[User, str] | None:
    """Make an organiser's account where there is none at all; gives it with its password."""
    with store.read() as connection:
        if connection.scalar(select(func.count()).select_from(users)):
            return None
    password = new_password()
    user = add_user(
        store,
        clock,
        by="set-up",
        login=FIRST_LOGIN,
        name="Organiser",
        role="organiser",
        password=password,
    )
    return user, password


def new_password() -> str:
    """Make a password of 80 random bits that can be read out aloud."""
    letters = b32encode(secrets.token_bytes(10)).decode("ascii").lower()
    return "-".join(letters[start : start + 4] for start in range(0, len(letters), 4))


def audit(
    connection: Connection,
    clock: Clock,
    *,
    by: str,
    action: str,
    subject: str,
    facts: Mapping[str, object] | None = None,
) -> str:
    """Write into the trail, in the transaction of what is done; `by` is the account's id.

    Gives the line's id.
    """
    line = clock.new_id()
    connection.execute(
        insert(audit_trail).values(
            id=line,
            at=stamp_utc(clock.now()),
            by=by,
            action=action,
            subject=subject,
            facts=json.dumps(dict(facts or {}), ensure_ascii=False, sort_keys=True),
        )
    )
    return line


def scope_facts(scope: Scope | None) -> dict[str, str]:
    """Write a scope for the trail."""
    return {"scope": f"{scope.kind}: {scope.value}"} if scope else {}


def user_of(row: RowMapping) -> User:
    """Make an account of its row."""
    scope = Scope(row["scope_kind"], row["scope_value"]) if row["role"] == "mentor" else None
    return User(row["id"], row["login"], row["name"], row["role"], scope, row["password_given"])
