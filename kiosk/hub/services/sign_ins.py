"""Signing in: a password is checked, with waits that grow by account and by address.

A try is counted and committed before its password is looked at, so that neither many at
once nor a hub that dies meanwhile gives a guess away.
"""

from datetime import datetime, timedelta
from functools import cache
from typing import Final

from sqlalchemy import RowMapping, select, update
from werkzeug.security import check_password_hash, generate_password_hash

from kiosk.clock import Clock, stamp_utc
from kiosk.domain.operators import wait_after
from kiosk.errors import N_, KioskError
from kiosk.hub.services.accounts import LONGEST_PASSWORD, User, audit, user_of
from kiosk.hub.storage.enrolments import add_wrong_try, wrong_tries
from kiosk.hub.storage.store import Store
from kiosk.hub.storage.tables import users

# Wrong passwords from one address in an hour, over all names: an office shares one.
MOST_TRIES: Final = 100
TRIES_WINDOW: Final = timedelta(hours=1)
_SOURCE: Final = "sign-in "


class SignInRefusedError(KioskError):
    """Login and password do not belong together; which of the two is not said."""

    status = 403

    def __init__(self) -> None:
        super().__init__(N_("This name and password do not belong together. Type them again."))


class SignInWaitError(KioskError):
    """Too many wrong passwords in a row."""

    status = 429

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(
            N_("Too many wrong passwords. Wait %(seconds)d seconds, then try again."),
            seconds=seconds,
        )


class SourceWaitError(KioskError):
    """Too many wrong passwords came from one address, whatever the names."""

    status = 429

    def __init__(self) -> None:
        super().__init__(
            N_("Too many wrong passwords from here. Wait an hour, or use another network.")
        )


def sign_in(store: Store, clock: Clock, login: str, password: str, source: str = "") -> User:
    """Check a password; raises SignInWaitError while waiting, else SignInRefusedError.

    A try is counted before the password is looked at, so that many at once are not more
    tries than one after the other, and it stays counted if the hub dies meanwhile. `source`
    is the address it comes from, '' for one that many share; SourceWaitError where too many
    wrong passwords came from there.
    """
    row = _count_try(store, clock, login.strip().casefold(), source)
    password_hash = row["password_hash"] if row else _nobodys_hash()
    if not check_password_hash(password_hash, password[:LONGEST_PASSWORD]) or row is None:
        _count_source(store, clock, source)
        raise SignInRefusedError
    with store.begin() as connection:
        connection.execute(
            update(users).where(users.c.id == row["id"]).values(wrong_tries=0, wait_until=None)
        )
        audit(connection, clock, by=row["id"], action="signed in", subject=row["id"])
    return user_of(row)


@cache
def _nobodys_hash() -> str:
    """Give what is checked where the login is not known, so that both answers take as long."""
    return generate_password_hash("nobody signs in with this")


def _count_try(store: Store, clock: Clock, login: str, source: str) -> RowMapping | None:
    """Give the account after counting a try; raises SignInWaitError, then uncounted."""
    now = clock.now()
    with store.begin() as connection:
        if source and wrong_tries(connection, _SOURCE + source, now - TRIES_WINDOW) >= MOST_TRIES:
            raise SourceWaitError
        row = (
            connection.execute(
                select(users).where(users.c.login == login, users.c.active).with_for_update()
            )
            .mappings()
            .first()
        )
        if row is None:
            return None
        if row["wait_until"] and row["wait_until"] > stamp_utc(now):
            left = datetime.fromisoformat(row["wait_until"]) - now
            raise SignInWaitError(int(left.total_seconds()) + 1)
        tries = row["wrong_tries"] + 1
        wait_until = stamp_utc(now + timedelta(seconds=wait_after(tries)))
        connection.execute(
            update(users)
            .where(users.c.id == row["id"])
            .values(wrong_tries=tries, wait_until=wait_until)
        )
    return row


def _count_source(store: Store, clock: Clock, source: str) -> None:
    if source:
        now = clock.now()
        with store.begin() as connection:
            add_wrong_try(connection, _SOURCE + source, now - TRIES_WINDOW, now)
