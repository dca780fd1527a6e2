"""Accounts on the hub's pages: invited, scoped to some vendors, closed, signed out from afar."""

import re

import pytest

from kiosk.hub.services.accounts import add_user
from kiosk.hub.services.ingest import receive_segment
from kiosk.hub.storage.scope import Scope
from tests.hub.services.building import (
    CAMPAIGN,
    DEVICE,
    EVENT,
    JOURNAL,
    KEYS,
    MACHINE,
    PRODUCT,
    STAFF,
    VENDOR,
    Journal,
    line,
    sale,
    set_up,
)
from tests.hub.web.conftest import signed_in
from tests.hub.web.steps import PASSWORD, Organiser
from tests.support.every_page import known_addresses


@pytest.fixture
def mentor(app, store, clock):
    add_user(
        store,
        clock,
        by="",
        login="dewi",
        name="Dewi",
        role="mentor",
        password=PASSWORD,
        scope=Scope("kecamatan", "31.74.07"),
    )
    return Organiser(signed_in(app, "dewi"))


def cookie_of(person):
    """Give what a browser keeps for a person: signed, but read by whoever copies it."""
    with person.client.session_transaction() as session:
        return repr(dict(session))


def test_an_invited_viewer_chooses_a_password_before_anything_else(organiser, app):
    typed = {"name": "Tamu", "login": "Baru", "role": "viewer", "scope": ""}
    told = organiser.post("/people/new", typed, status=200)
    kept = cookie_of(organiser)
    password = re.search(r"[a-z2-7]{4}(-[a-z2-7]{4}){3}", told.text)[0]
    client = app.test_client()

    client.post("/sign-in", data={"login": "baru", "password": password})
    stopped = client.get("/campaigns")
    changed = client.post(
        "/account", data={"present": password, "password": PASSWORD, "again": PASSWORD}
    )

    assert stopped.location == "/account"
    assert changed.status_code == 303
    assert client.get("/campaigns").status_code == 200
    assert password not in organiser.get("/people")
    assert told.headers["Cache-Control"] == "no-store"
    assert password not in kept


def test_a_refused_account_loses_nothing_typed(organiser):
    typed = {"name": "Mentor Baru", "login": "sari", "role": "mentor", "scope": ""}

    without = organiser.post("/people/new", typed, status=422).text
    taken = organiser.post("/people/new", typed | {"role": "viewer"}, status=422).text

    assert "Mentor Baru" in without
    assert "sari" in taken


def test_a_closed_account_is_out_at_once_and_undo_lets_it_in(organiser, viewer):
    edit = r'/people/([0-9a-f-]{36})">[^<]*<span class="visually-hidden"> Tamu'
    viewer_id = re.search(edit, organiser.get("/people"))[1]

    organiser.post(f"/people/{viewer_id}/active", {"active": "0"})

    assert viewer.client.get("/campaigns").status_code == 303
    assert f"/people/{viewer_id}/active" in organiser.get("/people")


def test_a_mentor_sees_no_figure_and_no_name_of_other_vendors_anywhere(
    app, store, clock, mentor, organiser
):
    set_up(store)
    journal = Journal()
    journal.add("sale", sale([line(qty=2)]))
    receive_segment(store, clock, KEYS, journal.segment())
    parts = {
        "campaign_id": CAMPAIGN,
        "event_id": EVENT,
        "vendor_id": VENDOR,
        "product_id": PRODUCT,
        "installation_id": MACHINE,
        "device_id": DEVICE,
        "staff_id": STAFF,
        "journal_id": JOURNAL,
        "journal": JOURNAL,
        "seq": 2,
        "code": "K01",
        "kind": "vendors",
        "by": "vendor",
    }
    pages = known_addresses(app, parts, set()).values()

    seen = {
        path: mentor.client.get(path)
        for path in pages
        if not path.startswith(("/papan", "/api", "/static"))
    }

    assert "24.000" in organiser.get(f"/campaigns/{CAMPAIGN}")
    for path, answer in seen.items():
        assert answer.status_code in {200, 302, 303, 403, 404}, path
        assert b"Wedang Sari" not in answer.data, path
        assert b"24.000" not in answer.data, path
    assert sum(answer.status_code == 200 for answer in seen.values()) > 10
    mentor.post(f"/campaigns/{CAMPAIGN}/vendors/new", {"name": "X"}, status=403)
    for table in ("imports", "machines", "claims", "review", "versions", "rekaps"):
        mentor.get(f"/campaigns/{CAMPAIGN}/reports/tables/{table}", status=403)
        mentor.get(f"/campaigns/{CAMPAIGN}/reports/tables/{table}.csv", status=403)
