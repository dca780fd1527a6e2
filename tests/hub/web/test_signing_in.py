"""Who may see the hub's pages, and who may change anything."""

import pytest

from tests.hub.web.steps import VENDOR


@pytest.mark.parametrize(
    "path", ["/", "/campaigns", "/campaigns/new", "/campaigns/x/totals/vendor.csv"]
)
def test_a_stranger_is_asked_to_sign_in(stranger, path):
    response = stranger.get(path)

    assert response.status_code == 303
    assert response.location.startswith("/sign-in")


def test_the_scoreboard_needs_no_sign_in(stranger):
    assert stranger.get("/papan").status_code == 200


def test_signing_in_leads_to_the_page_that_was_asked_for(stranger):
    response = stranger.post(
        "/sign-in", data={"login": "Sari", "password": "rahasia-sekali", "next": "/campaigns"}
    )

    assert response.location == "/campaigns"


def test_signing_in_leads_nowhere_else(stranger):
    response = stranger.post(
        "/sign-in",
        data={"login": "sari", "password": "rahasia-sekali", "next": "https://example.org/"},
    )

    assert response.location == "/"


def test_a_wrong_password_is_said_in_place_and_not_shown(stranger):
    response = stranger.post("/sign-in", data={"login": "sari", "password": "salah-sekali"})

    assert response.status_code == 403
    assert "tidak cocok" in response.text
    assert "salah-sekali" not in response.text
    assert 'value="sari"' in response.text


def test_a_viewer_looks_at_everything_and_changes_nothing(organiser, viewer):
    campaign = organiser.campaign()
    vendor = organiser.vendor(campaign)

    assert "Ubah" not in viewer.get(f"{campaign}/vendors")
    viewer.get(campaign)
    viewer.post("/campaigns/new", {"name": "Lain"}, status=403)
    viewer.post(f"{campaign}/vendors/{vendor}", VENDOR | {"name": "Lain"}, status=403)

    assert "Lain" not in viewer.get("/campaigns")


def test_who_signed_out_is_a_stranger_again(organiser):
    organiser.post("/sign-out")

    assert organiser.client.get("/campaigns").status_code == 303
