"""People of the hub: made and closed, signed in and out, and always an organiser left."""

import pytest
from sqlalchemy import delete, insert, update
from sqlalchemy.exc import DBAPIError

from kiosk.hub.services.accounts import add_user
from kiosk.hub.services.people import (
    LastOrganiserError,
    PasswordGuessableError,
    PasswordsDifferError,
    ScopeMissingError,
    WrongPasswordError,
    change_own_password,
    change_person,
    invite,
    list_people,
    set_person_active,
)
from kiosk.hub.services.sessions import end_session, list_sessions, session_user, start_session
from kiosk.hub.services.sign_ins import MOST_TRIES, SignInRefusedError, SourceWaitError, sign_in
from kiosk.hub.storage.scope import Scope
from kiosk.hub.storage.tables import audit_trail, enrolment_tries

PASSWORD = "kopi-susu-gula-aren"
AN_HOUR_AGO = "2026-11-20T02:45:00.000+00:00"
OFFICE = Scope("binaan", "PPKUKM")


@pytest.fixture
def sari(store, clock):
    return add_user(
        store, clock, by="x", login="sari", name="Sari", role="organiser", password=PASSWORD
    )


def begin(store, clock, user):
    return start_session(store, clock, user, "Firefox", "10.0.0.7")


def test_who_is_invited_signs_in_and_is_asked_for_a_password_of_her_own(store, clock, sari):
    dewi, password = invite(
        store, clock, sari.id, login="Dewi", name="Dewi", role="mentor", scope=OFFICE
    )
    token = begin(store, clock, dewi)
    other = begin(store, clock, dewi)
    found, session = session_user(store, clock, token)
    assert found.password_given

    change_own_password(
        store, clock, found, session, present=password, new=PASSWORD, again=PASSWORD
    )

    assert sign_in(store, clock, "dewi", PASSWORD).scope == OFFICE
    assert not session_user(store, clock, token)[0].password_given
    assert session_user(store, clock, other) is None


@pytest.mark.parametrize(
    ("present", "new", "again", "refusal"),
    [
        ("wrong", PASSWORD, PASSWORD, WrongPasswordError),
        (PASSWORD, "bir-pletok-tubruk", "bir-pletok", PasswordsDifferError),
        (PASSWORD, "sari123456", "sari123456", PasswordGuessableError),
        (PASSWORD, "aaaaaaaaaaaa", "aaaaaaaaaaaa", PasswordGuessableError),
    ],
)
def test_a_new_password_must_be_ones_own_and_no_guess(
    store, clock, sari, present, new, again, refusal
):
    with pytest.raises(refusal):
        change_own_password(store, clock, sari, "", present=present, new=new, again=again)

    assert sign_in(store, clock, "sari", PASSWORD) == sari


def test_the_last_organiser_can_neither_be_closed_nor_made_a_viewer(store, clock, sari):
    with pytest.raises(LastOrganiserError):
        set_person_active(store, clock, sari.id, sari.id, active=False)
    with pytest.raises(LastOrganiserError):
        change_person(store, clock, sari.id, type(sari)(sari.id, "sari", "Sari", "viewer"))

    assert [one.active for one in list_people(store)] == [True]


def test_a_closed_account_is_signed_out_everywhere_and_opens_again(store, clock, sari):
    rina, password = invite(
        store, clock, sari.id, login="rina", name="Rina", role="organiser", scope=None
    )
    token = begin(store, clock, rina)

    set_person_active(store, clock, sari.id, rina.id, active=False)

    assert session_user(store, clock, token) is None
    with pytest.raises(SignInRefusedError):
        sign_in(store, clock, "rina", password)
    set_person_active(store, clock, sari.id, rina.id, active=True)
    assert sign_in(store, clock, "rina", password) == rina


def test_a_mentor_needs_vendors_to_look_after(store, clock, sari):
    with pytest.raises(ScopeMissingError):
        invite(store, clock, sari.id, login="d", name="D", role="mentor", scope=None)


def test_sessions_are_listed_ended_and_forgotten_after_two_weeks(store, clock, sari):
    here, there, old = (begin(store, clock, sari) for _ in range(3))
    _user, session = session_user(store, clock, there)

    end_session(store, clock, sari, session)

    assert session_user(store, clock, there) is None
    assert len(list_sessions(store, clock, sari.id)) == 2
    clock.go_on(days=10)
    assert session_user(store, clock, here)[0] == sari
    clock.go_on(days=10)
    assert session_user(store, clock, here)[0] == sari
    assert session_user(store, clock, old) is None


def test_one_address_cannot_try_passwords_for_ever(store, clock, sari):
    with store.begin() as connection:
        row = {"source": "sign-in 10.0.0.9", "tries": MOST_TRIES - 1, "since": AN_HOUR_AGO}
        connection.execute(insert(enrolment_tries).values(row))
    with pytest.raises(SignInRefusedError):
        sign_in(store, clock, "nobody", "wrong", "10.0.0.9")

    with pytest.raises(SourceWaitError):
        sign_in(store, clock, "sari", PASSWORD, "10.0.0.9")

    assert sign_in(store, clock, "sari", PASSWORD, "10.0.0.7") == sari


@pytest.mark.parametrize("change", [update(audit_trail).values(by="nobody"), delete(audit_trail)])
def test_nobody_rewrites_the_trail(store, sari, change):
    with pytest.raises(DBAPIError, match="only added to"), store.begin() as connection:
        connection.execute(change)
