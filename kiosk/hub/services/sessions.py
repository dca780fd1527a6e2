"""Sessions: in which browsers somebody is signed in, seen by her and ended from anywhere.

A browser holds a token of 256 random bits; the hub keeps its SHA-256 alone.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, delete, insert, select, update

from kiosk.clock import Clock, stamp_utc
from kiosk.hub.services.accounts import User, audit, user_of
from kiosk.hub.services.campaigns import NotFoundError
from kiosk.hub.storage.campaigns import instant
from kiosk.hub.storage.store import Store
from kiosk.hub.storage.tables import sessions, users

# Who was not here for so long signs in again.
LONGEST_ABSENCE: Final = timedelta(days=14)
# So that looking at pages does not write on each of them.
_SEEN_EVERY: Final = timedelta(minutes=5)
_LONGEST_WORDS: Final = 200


@dataclass(frozen=True, slots=True)
class Session:
    """A browser somebody is signed in with; `browser` is what it calls itself."""

    id: str
    user: str
    user_name: str
    login: str
    started_at: datetime
    seen_at: datetime
    browser: str
    address: str


def start_session(store: Store, clock: Clock, user: User, browser: str, address: str) -> str:
    """Begin a session and give its token, which is kept nowhere else; old ones are let go."""
    token = secrets.token_urlsafe(32)
    now = clock.now()
    with store.begin() as connection:
        oldest = stamp_utc(now - LONGEST_ABSENCE)
        connection.execute(delete(sessions).where(sessions.c.seen_at < oldest))
        connection.execute(
            insert(sessions).values(
                id=clock.new_id(),
                token_hash=_hash(token),
                user=user.id,
                started_at=stamp_utc(now),
                seen_at=stamp_utc(now),
                browser=_plain(browser),
                address=_plain(address),
            )
        )
    return token


def session_user(store: Store, clock: Clock, token: str) -> tuple[User, str] | None:
    """Give who is signed in with a token, and the session's id; None where nobody is."""
    if not token:
        return None
    now = clock.now()
    columns = (sessions.c.id.label("session"), sessions.c.seen_at, users)
    with store.read() as connection:
        row = (
            connection.execute(
                select(*columns)
                .join(users, users.c.id == sessions.c.user)
                .where(sessions.c.token_hash == _hash(token), users.c.active)
            )
            .mappings()
            .first()
        )
    if row is None or instant(row["seen_at"]) < now - LONGEST_ABSENCE:
        return None
    if instant(row["seen_at"]) < now - _SEEN_EVERY:
        with store.begin() as connection:
            connection.execute(
                update(sessions)
                .where(sessions.c.id == row["session"])
                .values(seen_at=stamp_utc(now))
            )
    return user_of(row), row["session"]


def list_sessions(store: Store, clock: Clock, user_id: str | None = None) -> list[Session]:
    """Give somebody's sessions, or everybody's, the last seen first."""
    query = (
        select(sessions, users.c.name, users.c.login)
        .join(users, users.c.id == sessions.c.user)
        .where(sessions.c.seen_at >= stamp_utc(clock.now() - LONGEST_ABSENCE))
        .order_by(sessions.c.seen_at.desc(), sessions.c.id.desc())
    )
    if user_id is not None:
        query = query.where(sessions.c.user == user_id)
    with store.read() as connection:
        return [
            Session(
                row["id"],
                row["user"],
                row["name"],
                row["login"],
                instant(row["started_at"]),
                instant(row["seen_at"]),
                row["browser"],
                row["address"],
            )
            for row in connection.execute(query).mappings()
        ]


def end_session(store: Store, clock: Clock, by: User, session_id: str) -> Session:
    """End a session, one's own or, for an organiser, anybody's; raises NotFoundError."""
    found = next((one for one in list_sessions(store, clock) if one.id == session_id), None)
    if found is None or (found.user != by.id and not by.may_change):
        raise NotFoundError
    with store.begin() as connection:
        connection.execute(delete(sessions).where(sessions.c.id == session_id))
        audit(
            connection,
            clock,
            by=by.id,
            action="session ended",
            subject=found.user,
            facts={"name": found.user_name, "browser": found.browser},
        )
    return found


def end_own_session(store: Store, token: str) -> None:
    """End the session of a token, as signing out does."""
    with store.begin() as connection:
        connection.execute(delete(sessions).where(sessions.c.token_hash == _hash(token)))


def end_sessions(connection: Connection, user_id: str, *, but: str = "") -> int:
    """End somebody's sessions but one; says how many there were."""
    gone = connection.execute(
        delete(sessions).where(sessions.c.user == user_id, sessions.c.id != but)
    )
    return gone.rowcount


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()


def _plain(words: str) -> str:
    return "".join(letter for letter in words if letter.isprintable())[:_LONGEST_WORDS]
