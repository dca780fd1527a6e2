import pytest

from kiosk.services.bundles import apply_bundle
from kiosk.services.sales import todays_sales
from tests.support.bazaar import bundle_document


@pytest.fixture
def cart(seller, number):
    """An order of Rp60.000 from one stall."""
    seller.tap(number["WB86-KOMPLIT"])
    return seller.tap(number["WB86-TUBRUK"])


def test_the_panel_offers_the_likely_sums(seller, cart):
    panel = seller.glance(f"/carts/{cart}/pay").text

    assert 'data-due="60000"' in panel
    assert 'data-cash="100000"' in panel


def test_without_htmx_the_panel_stands_on_the_whole_page(seller, cart):
    page = seller.look(f"/carts/{cart}/pay?method=qris").text

    assert "<html" in page
    assert "ID1020000000001" in page


def test_cash_gives_change_and_an_empty_order_beside_it(seller, cart):
    answer = seller.press(
        f"/carts/{cart}/payments", method="cash", place="1", tendered="100.000", amount=""
    )

    assert "Rp40.000" in answer.text
    assert 'hx-swap-oob="true"' in answer.text
    assert 'data-cart="active"' in answer.text


def test_pressing_twice_answers_with_the_same_sale(here, seller, cart):
    first = seller.press(f"/carts/{cart}/payments", method="cash", place="1", tendered="60000")
    again = seller.press(f"/carts/{cart}/payments", method="cash", place="1", tendered="60000")

    assert first.text == again.text
    assert len(todays_sales(here, "K01")) == 1


@pytest.mark.parametrize(
    "form",
    [
        {"method": "cash", "tendered": "seratus ribu"},
        {"method": "cash", "tendered": "-100000"},
        {"method": "cash", "tendered": "59.999"},
        {"method": "cash", "tendered": "9" * 30},
        {"method": "transfer", "amount": "0"},
        {"method": "kerang"},
        {},
    ],
)
def test_a_payment_that_cannot_be_is_refused_in_place(here, seller, cart, form):
    answer = seller.press(f"/carts/{cart}/payments", **form)

    assert answer.status_code == 422
    assert answer.headers["HX-Retarget"] == "#message"
    assert not todays_sales(here, "K01")


@pytest.mark.parametrize("query", ["method=kerang", "method=qris&amount=lima", "amount=60001"])
def test_a_panel_that_cannot_be_says_why(seller, cart, query):
    assert seller.glance(f"/carts/{cart}/pay?{query}").status_code == 422


def test_the_qris_panel_lets_the_buyer_compare(seller, cart):
    panel = seller.glance(f"/carts/{cart}/pay?method=qris").text

    assert "WEDANG UJI 86" in panel
    assert "ID1020000000001" in panel
    assert "enam puluh ribu rupiah" in panel
    assert "<svg" in panel


def test_a_split_shows_what_was_taken_and_what_remains(seller, cart):
    part = seller.press(f"/carts/{cart}/payments", method="transfer", amount="20.000", place="1")
    rest = seller.glance(f"/carts/{cart}/pay?method=cash")
    paid = seller.press(f"/carts/{cart}/payments", method="cash", place="2", tendered="50.000")

    assert "Rp20.000" in part.text
    assert 'data-due="40000"' in rest.text
    assert "Rp10.000" in paid.text


def test_a_part_of_a_split_is_taken_back(seller, cart):
    seller.press(f"/carts/{cart}/payments", method="transfer", amount="20.000", place="1")

    answer = seller.press(f"/carts/{cart}/payments/1/take-back")

    assert 'data-due="60000"' in answer.text
    assert "Rp20.000" not in answer.text


def test_an_order_that_is_partly_paid_keeps_its_goods(seller, cart, number):
    seller.press(f"/carts/{cart}/payments", method="transfer", amount="20.000", place="1")

    assert seller.press(f"/carts/{cart}/lines/{number['WB86-KOREA']}").status_code == 422


def test_without_scripts_paying_leads_to_the_sale(seller, cart):
    answer = seller.submit(f"/carts/{cart}/payments", method="cash")

    assert answer.location == f"/sales/{cart}/paid"
    assert "K01-0001" in seller.look(answer.location).text


def test_opening_the_panel_of_a_paid_order_shows_its_sale(seller, number):
    sale = seller.buy(number["WB86-KOMPLIT"])

    assert "K01-0001" in seller.look(f"/carts/{sale}/pay").text


def test_too_large_a_transfer_is_asked_about_before_cash_goes_back(here, seller, cart):
    asked = seller.press(f"/carts/{cart}/payments", method="transfer", came="100.000", place="1")
    paid = seller.press(
        f"/carts/{cart}/payments", method="transfer", came="100.000", place="1", gives_back="1"
    )

    assert asked.status_code == 422
    assert 'name="gives_back"' in asked.text
    assert "Rp40.000" in asked.text
    assert "Rp40.000" in paid.text
    assert todays_sales(here, "K01")[0].total_rp == 60_000


def test_an_order_that_changed_meanwhile_is_shown_anew_and_nothing_is_taken(
    here, seller, cart, number
):
    seller.tap(number["WB86-KOREA"], cart)

    answer = seller.press(
        f"/carts/{cart}/payments", method="cash", place="1", shown="60000", tendered="100.000"
    )

    assert answer.status_code == 409
    assert 'data-due="90000"' in answer.text
    assert 'name="shown" value="90000"' in answer.text
    assert 'value="100.000"' in answer.text
    assert todays_sales(here, "K01") == []


def test_the_change_is_said_in_words_when_asked(seller, cart):
    answer = seller.glance(f"/carts/{cart}/pay/words?tendered=100.000")

    assert "empat puluh ribu rupiah" in answer.text


def test_a_part_taken_back_twice_is_taken_back_once(seller, cart):
    for place in ("1", "2"):
        seller.press(f"/carts/{cart}/payments", method="transfer", amount="20.000", place=place)

    seller.press(f"/carts/{cart}/payments/1/take-back", taken="2")
    answer = seller.press(f"/carts/{cart}/payments/1/take-back", taken="2")

    assert 'data-due="40000"' in answer.text


def test_an_order_of_nothing_is_done_with_one_press(here, seller, number):
    document = bundle_document("1" * 16)
    for product in document["products"]:
        product["price_rp"] = 0
    with here.db.write() as connection:
        apply_bundle(here, connection, document)
    cart = seller.tap(number["KRP-TMP"])

    panel = seller.glance(f"/carts/{cart}/pay").text
    paid = seller.press(f"/carts/{cart}/payments", method="free", place="1", shown="0")

    assert "Tidak ada yang perlu dibayar" in panel
    assert "Selesai" in panel
    assert "Lunas" in paid.text


def test_what_was_typed_stays_when_another_screen_changes_the_order(seller, cart, number):
    typed = {"method": "transfer", "came": "70000", "reference": "4711", "shown": "60000"}
    seller.tap(number["KRP-TMP"], cart)

    asked = seller.client.htmx("GET", f"/carts/{cart}/pay", query_string=typed)
    refused = seller.press(f"/carts/{cart}/payments", place="1", **typed)

    assert refused.status_code == 409
    for panel in (asked.text, refused.text):
        assert "Rp72.500" in panel
        assert 'name="came"' in panel
        assert 'value="70000"' in panel
        assert 'value="4711"' in panel
        assert 'name="shown" value="72500"' in panel
        assert "Pesanan berubah" in panel


def test_change_that_was_to_be_left_stays_ticked_when_the_order_changes(seller, cart, number):
    typed = {"method": "cash", "tendered": "100.000", "tip": "donation", "tip_amount": "5000"}
    seller.tap(number["KRP-TMP"], cart)

    panel = seller.press(f"/carts/{cart}/payments", place="1", shown="60000", **typed).text

    assert 'value="100.000"' in panel
    assert 'value="donation" checked' in panel
    assert 'value="5000"' in panel


@pytest.mark.parametrize(
    ("method", "amount", "said"),
    [("split", "50000", "Rp35.000"), ("cash", "50000", "Rp35.000"), ("cash", "x", "bukan jumlah")],
)
def test_a_part_that_can_no_longer_be_is_named_when_the_order_changes(
    seller, cart, method, amount, said
):
    form = {"method": method, "amount": amount, "shown": "60000"}
    seller.press(f"/carts/{cart}/payments", method="transfer", place="1", amount="25000")

    panel = seller.client.htmx("GET", f"/carts/{cart}/pay", query_string=form)

    assert panel.status_code == 200
    assert "Pesanan berubah" in panel.text
    assert said in panel.text
    assert 'name="amount" value="50000"' not in panel.text


def test_a_part_typed_on_two_screens_is_taken_once_and_the_second_is_told(here, seller, cart):
    first = {"method": "transfer", "amount": "20000", "place": "1", "shown": "60000"}
    other = {"method": "cash", "tendered": "60000", "amount": "", "place": "1", "shown": "60000"}
    taken = seller.press(f"/carts/{cart}/payments", **first)

    twice = seller.press(f"/carts/{cart}/payments", **first)
    elsewhere = seller.press(f"/carts/{cart}/payments", **other)

    assert (taken.status_code, twice.status_code, elsewhere.status_code) == (200, 200, 409)
    assert "Pesanan berubah" in elsewhere.text
    assert 'name="shown" value="40000"' in elsewhere.text
    assert todays_sales(here, "K01") == []
