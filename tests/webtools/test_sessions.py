"""Cookies, their key, and the token against forged forms."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from kiosk.webtools.sessions import (
    HUB_COOKIE,
    KEY_FILE,
    TILL_COOKIE,
    SecretKeyTooShortError,
    load_secret_key,
)


def test_the_key_is_made_once_and_is_for_its_owner_alone(tmp_path):
    first = load_secret_key(tmp_path / "data")
    again = load_secret_key(tmp_path / "data")

    assert first == again
    assert (tmp_path / "data" / KEY_FILE).stat().st_mode & 0o777 == 0o600
    assert [path.name for path in (tmp_path / "data").iterdir()] == [KEY_FILE]


def test_programs_that_start_at_once_get_the_same_key(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: load_secret_key(tmp_path), range(16)))

    assert len(keys) == 1


def test_a_key_from_the_settings_goes_before_the_file(tmp_path):
    assert load_secret_key(tmp_path, "k" * 32) == "k" * 32
    assert list(tmp_path.iterdir()) == []


def test_a_key_that_can_be_guessed_is_refused(tmp_path):
    with pytest.raises(SecretKeyTooShortError, match="KIOSK_SECRET_KEY"):
        load_secret_key(tmp_path, "short")


def test_till_and_hub_on_one_machine_do_not_take_each_others_cookies():
    assert TILL_COOKIE != HUB_COOKIE


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites_and_lasts(client):
    cookie = client.get("/").headers["Set-Cookie"]

    assert cookie.startswith(f"{TILL_COOKIE}=")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Expires=" in cookie


def test_an_answer_that_keeps_nothing_sets_no_cookie(client):
    assert "Set-Cookie" not in client.htmx("GET", "/").headers


def test_the_token_works_in_a_form_and_in_a_header(client, token):
    in_form = client.htmx("POST", "/pay", data={"csrf_token": token})
    in_header = client.htmx("POST", "/pay", headers={"X-CSRFToken": token})

    assert in_form.status_code == in_header.status_code == 422
