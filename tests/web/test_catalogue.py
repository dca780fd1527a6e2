"""The catalogue's page: what is new, what holds, and the way back."""

from kiosk.services import catalogue_news
from tests.support.bazaar import COORDINATOR, COORDINATOR_PIN
from tests.support.news import NEW, newer


def test_a_new_catalogue_is_said_in_the_bar_listed_and_used_by_one_press(here, seller):
    catalogue_news.arrive(here, newer(), "hub")

    bar, page = seller.glance("/top-bar").text, seller.look("/catalogue").text
    answer = seller.submit("/catalogue/accept", version=NEW)

    assert "Katalog baru" in bar
    assert "25.000 →" in page
    assert "Jahe Merah" in page
    assert answer.location == "/catalogue"
    assert "Katalog baru" not in seller.glance("/top-bar").text


def test_going_back_asks_for_a_coordinator_in_place(here, seller):
    catalogue_news.arrive(here, newer(), "hub")
    seller.submit("/catalogue/accept", version=NEW)
    form = {"in_force": NEW, "operator": COORDINATOR}

    wrong = seller.press("/catalogue/undo", **form, pin="111111")
    right = seller.press("/catalogue/undo", **form, pin=COORDINATOR_PIN)

    assert wrong.status_code == 422
    assert right.headers["HX-Redirect"] == "/catalogue"
    assert "0123456" in seller.look("/catalogue").text


def test_a_page_of_an_older_look_is_refused(seller):
    assert seller.press("/catalogue/accept", version="0" * 16).status_code == 409


def test_a_first_catalogue_shows_no_way_back(seller):
    page = seller.look("/catalogue").text

    assert "Jumat" in page
    assert "/catalogue/undo" not in page
