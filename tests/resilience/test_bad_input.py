"""Whatever is sent to a page, the answer is a sentence and never a fault of ours."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.app import create_app
from tests.support.bazaar import (
    CASHIER,
    CASHIER_PIN,
    close_bazaar,
    open_bazaar,
)

ODD = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        ["", "0", "-1", "1e9", "9" * 40, "\x00", "%00", "../..", "null", "12,5", "Rp", "١٢"]
    ),
)
FIELDS = (
    "qty",
    "version",
    "tap",
    "method",
    "amount",
    "tendered",
    "payee",
    "reference",
    "place",
    "float",
    "reason",
    "id",
    "other",
    "qty-1",
    "kind-20000",
    "operator",
    "pin",
    "hub_url",
    "code",
    "name",
    "address",
    "profile",
    "till",
    "theme",
    "text_size",
    "sounds",
    "habit",
    "language",
    "next",
    "number",
    "after",
)


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    """A signed-in browser at an open till, without the check against forged forms."""
    here = open_bazaar(tmp_path_factory.mktemp("odd") / "till")
    app = create_app(here)
    app.config["WTF_CSRF_ENABLED"] = False
    browser = app.test_client()
    browser.get("/")
    browser.post("/tills/K01")
    browser.post("/sign-in", data={"operator": CASHIER, "pin": CASHIER_PIN})
    browser.post("/shift/open", data={"float": "100.000"})
    browser.post("/carts/active/lines/1")
    yield browser
    close_bazaar(here)


def addresses(app):
    """Give every rule of the till with the methods it takes."""
    return sorted(
        (rule.rule, method)
        for rule in app.url_map.iter_rules()
        for method in rule.methods & {"GET", "POST"}
        if "sign-out" not in rule.rule and "tills" not in rule.rule and "pair" not in rule.rule
    )


@settings(
    max_examples=400,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.data())
def test_no_address_and_no_form_makes_a_fault(client, data):
    rule, method = data.draw(st.sampled_from(addresses(client.application)))
    path = "/".join(
        data.draw(ODD.filter(lambda text: "/" not in text and "?" not in text and "#" not in text))
        if part.startswith("<")
        else part
        for part in rule.split("/")
    )
    fields = data.draw(st.dictionaries(st.sampled_from(FIELDS), ODD, max_size=6))
    headers = {"HX-Request": "true"} if data.draw(st.booleans()) else {}

    if method == "GET":
        answer = client.get(path, query_string=fields, headers=headers)
    else:
        answer = client.post(path, data=fields, headers=headers)

    assert answer.status_code < 500, answer.text[:400]


@pytest.mark.parametrize(
    "path",
    [
        "/carts/nothing",
        "/carts/00000000-0000-7000-8000-000000000000/pay",
        "/sales/nothing",
        "/sales/00000000-0000-7000-8000-000000000000/receipt",
        "/shifts/nothing",
        "/printers/99999999999999999999999",
        "/printers/7",
        "/nowhere",
    ],
)
def test_an_unknown_address_is_a_sentence_with_a_way_back(client, path):
    answer = client.get(path)

    assert answer.status_code in (404, 422)
    assert '<a href="/">' in answer.text
