import re

from kiosk.services.browsers import pairing_code
from tests.web.conftest import visitor_of

ELSEWHERE = {"REMOTE_ADDR": "192.0.2.7"}


def test_a_fresh_machine_asks_for_hub_and_code(fresh):
    page = visitor_of(fresh).look("/")

    assert 'name="hub_url"' in page.text
    assert 'name="code"' in page.text


def test_an_address_that_is_no_hub_is_refused_in_place(fresh):
    answer = visitor_of(fresh).press("/setup", hub_url="gopher://nowhere", code="A")

    assert answer.status_code == 422
    assert answer.headers["HX-Retarget"] == "#message"


def test_a_hub_that_does_not_answer_is_said_in_place(fresh):
    answer = visitor_of(fresh).press("/setup", hub_url="http://127.0.0.1:9", code="ABCD")

    assert answer.status_code == 422


def test_a_browser_elsewhere_is_asked_for_its_code(visitor):
    page = visitor.client.get("/", environ_overrides=ELSEWHERE)

    assert page.location == "/pair?next=/"


def test_a_right_code_pairs_a_browser_once(here, visitor):
    code = pairing_code(here)
    form = visitor.client.get("/pair", environ_overrides=ELSEWHERE).text
    token = re.search(r'name="csrf_token" value="([^"]+)"', form)[1]
    data = {"code": f"{code[:3]} {code[3:]}", "csrf_token": token}

    first = visitor.client.post("/pair", data=data, environ_overrides=ELSEWHERE)
    again = visitor.client.post("/pair", data=data, environ_overrides=ELSEWHERE)

    assert first.location == "/"
    assert again.status_code == 422


def test_the_code_for_another_screen_is_shown_large(seller):
    page = seller.submit("/pairing-code")

    assert re.search(r"\d{3} \d{3}", page.text)


def test_a_till_that_is_not_there_is_refused(visitor):
    assert visitor.submit("/tills/K99").status_code == 422
