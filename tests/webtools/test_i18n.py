"""Language, amounts, days and times as a person reads them."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.webtools.i18n import (
    format_date,
    format_moment,
    format_short_moment,
    format_time,
    local_path,
)

EVENING = datetime(2026, 11, 20, 12, 30, tzinfo=UTC)


@pytest.fixture
def formats(app):
    return app.jinja_env.filters


def test_amounts_are_written_the_indonesian_way(formats):
    assert formats["rupiah"](85_000) == "Rp85.000"
    assert formats["amount"](1_250_000) == "1.250.000"
    assert formats["count"](3_484) == "3.484"


def test_a_time_is_shown_in_wib(app):
    assert format_time(EVENING) == "19.30 WIB"


def test_a_day_is_named_in_the_language_of_the_page(app):
    with app.test_request_context():
        assert format_date(date(2026, 11, 20)) == "Jumat, 20 November 2026"
        assert format_moment(EVENING) == "Jumat, 20 November 2026, 19.30 WIB"
        assert format_short_moment(EVENING) == "Jum, 20 Nov 2026, 19.30 WIB"


def test_late_in_the_evening_elsewhere_is_the_next_day_in_wib(app):
    with app.test_request_context():
        assert format_date(datetime(2026, 11, 20, 18, 0, tzinfo=UTC)).startswith("Sabtu, 21")


def test_a_time_of_an_unknown_zone_is_not_shown():
    with pytest.raises(ValueError, match="zone"):
        format_time(datetime(2026, 11, 20, 12, 30))  # noqa: DTZ001 - the fault under test


def test_the_page_speaks_indonesian_until_a_person_switches(client, token):
    before = client.get("/").text
    switched = client.post(
        "/language", data={"csrf_token": token, "language": "en", "next": "/?words=1"}
    )
    after = client.get("/").text

    assert 'lang="id"' in before
    assert switched.status_code == 303
    assert switched.location == "/?words=1"
    assert 'lang="en"' in after


def test_a_language_without_a_catalogue_is_refused(client, token):
    answer = client.post("/language", data={"csrf_token": token, "language": "tlh"})

    assert answer.status_code == 422


@pytest.mark.parametrize(
    "path", ["", "//evil.example", "https://evil.example", "/\\evil.example", "/a\nb", "evil"]
)
def test_a_switch_leads_nowhere_else(path):
    assert local_path(path) == "/"


@given(st.text())
def test_whatever_is_typed_a_switch_stays_on_this_machine(path):
    led = local_path(path)

    assert led.startswith("/")
    assert not led.startswith("//")
    assert "\\" not in led
