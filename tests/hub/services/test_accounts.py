"""Signing in at the hub: waits that grow, and a trail that names no secret."""

from dataclasses import replace

import pytest

from kiosk.hub.services.accounts import (
    LoginTakenError,
    LoginUnknownError,
    PasswordTooShortError,
    add_user,
    find_user,
    make_first_account,
    reset_password,
)
from kiosk.hub.services.sign_ins import SignInRefusedError, SignInWaitError, sign_in
from kiosk.hub.storage import tables
from tests.hub.services.building import rows_of

PASSWORD = "kopi-susu-gula-aren"


@pytest.fixture
def organiser(store, clock):
    return add_user(
        store,
        clock,
        by="set-up",
        login="Sari",
        name="Sari",
        role="organiser",
        password=PASSWORD,
    )


def test_a_person_signs_in_whatever_the_case_of_their_name(store, clock, organiser):
    assert sign_in(store, clock, " SARI ", PASSWORD) == organiser
    assert find_user(store, organiser.id) == organiser


def test_wrong_name_and_wrong_password_are_the_same_refusal(store, clock, organiser):
    for login, password in (("sari", "wrong"), ("budi", PASSWORD)):
        with pytest.raises(SignInRefusedError):
            sign_in(store, clock, login, password)


def test_wrong_passwords_make_even_the_right_one_wait(store, clock, organiser):
    for _ in range(3):
        with pytest.raises(SignInRefusedError):
            sign_in(store, clock, "sari", "wrong")

    with pytest.raises(SignInWaitError) as waiting:
        sign_in(store, clock, "sari", PASSWORD)
    clock.go_on(seconds=waiting.value.seconds)

    assert sign_in(store, clock, "sari", PASSWORD) == organiser


def test_a_right_password_ends_the_counting(store, clock, organiser):
    for _ in range(5):
        with pytest.raises(SignInRefusedError):
            sign_in(store, clock, "sari", "wrong")
        sign_in(store, clock, "sari", PASSWORD)


def test_a_new_password_ends_the_wait_and_the_old_one(store, clock, organiser):
    for _ in range(3):
        with pytest.raises(SignInRefusedError):
            sign_in(store, clock, "sari", "wrong")

    password = reset_password(store, clock, by="set-up", login="Sari")

    assert sign_in(store, clock, "sari", password) == replace(organiser, password_given=True)
    with pytest.raises(SignInRefusedError):
        sign_in(store, clock, "sari", PASSWORD)


def test_a_short_password_and_a_taken_name_are_refused(store, clock, organiser):
    with pytest.raises(PasswordTooShortError):
        add_user(store, clock, by="x", login="b", name="B", role="viewer", password="short")
    with pytest.raises(LoginTakenError):
        add_user(store, clock, by="x", login="sari", name="S", role="viewer", password=PASSWORD)


def test_the_trail_keeps_who_did_what_and_no_password(store, clock, organiser):
    sign_in(store, clock, "sari", PASSWORD)

    trail = rows_of(store, tables.audit_trail)

    assert [row[3] for row in trail] == ["account added", "signed in"]
    assert PASSWORD not in str(trail)


def test_an_empty_hub_gets_one_account_and_says_its_password_once(store, clock):
    made = make_first_account(store, clock)

    assert made is not None
    user, password = made
    assert sign_in(store, clock, user.login, password) == user
    assert user.may_change
    assert make_first_account(store, clock) is None


def test_a_name_nobody_has_gets_no_password(store, clock, organiser):
    with pytest.raises(LoginUnknownError):
        reset_password(store, clock, by="x", login="budi")
