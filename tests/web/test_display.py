"""The customer display: what a buyer sees, and that she sees nothing else."""

import re

import pytest

from kiosk.services.browsers import pairing_code
from kiosk.services.installation import open_installation
from kiosk.settings import read_settings
from tests.support.bazaar import close_bazaar
from tests.web.conftest import visitor_of


def scene(visitor, till="K01"):
    """What the display shows, without its markup."""
    text = visitor.glance(f"/display/{till}/scene").text
    return re.sub(r"\s+", " ", re.sub(r"<svg.*?</svg>|<[^>]+>", " ", text, flags=re.DOTALL)).strip()


def open_again(tmp_path, clock):
    """Start the program on the folder of the `here` fixture once more."""
    return open_installation(read_settings({"KIOSK_DATA": str(tmp_path / "till")}), clock)


def test_an_open_till_bids_welcome_until_something_is_tapped(seller):
    assert "Selamat datang" in scene(seller)


def test_the_buyer_sees_each_line_and_the_total(seller, number):
    cart = seller.tap(number["WB86-KOMPLIT"])
    seller.tap(number["KRP-TMP"], cart)

    shown = scene(seller)

    assert "Wedang Komplit 1 × 25.000 25.000" in shown
    assert shown.endswith("Total Rp37.500")


def test_the_code_is_shown_with_its_amount_while_the_cashier_shows_it(seller, number):
    cart = seller.tap(number["WB86-KOMPLIT"])
    seller.glance(f"/carts/{cart}/pay?method=qris")
    with_code = scene(seller)
    seller.press(f"/carts/{cart}/shown")

    assert "NMID" in with_code
    assert "Rp25.000 dua puluh lima ribu rupiah" in with_code
    assert "NMID" not in scene(seller)


def test_change_and_thanks_follow_and_go_when_the_next_buyer_comes(here, seller, number):
    cart = seller.tap(number["WB86-KOMPLIT"])
    seller.press(f"/carts/{cart}/payments", method="cash", tendered="50.000", place="1")
    paid = scene(seller)
    here.clock.pass_seconds(60)
    later = scene(seller)
    seller.tap(number["KRP-TMP"])

    assert "Kembalian Anda Rp25.000" in paid
    assert "Selamat datang" in later
    assert "Keripik" in scene(seller)


def test_the_receipt_s_code_is_shown_to_the_buyer_too(seller, number):
    sale = seller.buy(number["WB86-KOMPLIT"])

    seller.glance(f"/sales/{sale}/receipt-qr")

    assert "Pindai untuk struk" in scene(seller)


def test_what_is_shown_already_is_not_sent_again(seller, number):
    seller.tap(number["WB86-KOMPLIT"])
    seen = re.search(r'data-seen="(\w+)"', seller.look("/display/K01").text)[1]

    assert seller.client.get(f"/display/K01/scene?seen={seen}").status_code == 204
    seller.tap(number["WB86-KOMPLIT"])
    assert seller.client.get(f"/display/K01/scene?seen={seen}").status_code == 200


def test_a_restart_takes_the_order_off_no_display(here, seller, number, tmp_path):
    seller.tap(number["WB86-KOMPLIT"])
    close_bazaar(here)
    again = open_again(tmp_path, here.clock)

    shown = scene(visitor_of(again))

    close_bazaar(again)
    assert "Wedang Komplit" in shown


def test_a_restart_forgets_no_thanks(here, seller, number, tmp_path):
    seller.buy(number["WB86-KOMPLIT"])
    close_bazaar(here)
    again = open_again(tmp_path, here.clock)

    shown = scene(visitor_of(again))

    close_bazaar(again)
    assert "Terima kasih sudah beli lokal" in shown


def test_a_display_needs_nobody_signed_in_but_a_pairing(here, seller, visitor):
    stranger = visitor_of(here)
    away = {"REMOTE_ADDR": "192.168.4.7"}
    refused = stranger.client.get("/display/K01", environ_overrides=away)
    code = pairing_code(here)
    token = re.search(
        r'name="csrf_token" value="([^"]+)"',
        stranger.client.get("/pair", environ_overrides=away).text,
    )[1]
    form = {"code": code, "csrf_token": token, "next": "/display/K01"}
    paired = stranger.client.post("/pair", data=form, environ_overrides=away)

    assert refused.location == "/pair?next=/display/K01"
    assert paired.location == "/display/K01"
    assert stranger.client.get("/display/K01", environ_overrides=away).status_code == 200


def test_the_display_of_a_closed_till_says_so(visitor):
    assert "Laci ini tutup" in scene(visitor)


def test_there_is_no_display_of_a_till_that_is_not_there(visitor):
    assert visitor.client.get("/display/K99").status_code == 422


def test_nothing_of_the_till_s_people_and_money_is_on_it(seller, number):
    seller.tap(number["WB86-KOMPLIT"])

    page = seller.look("/display/K01").text

    assert "Rina" not in page
    assert "200.000" not in page


@pytest.mark.parametrize("theme", ["dark", "sun"])
def test_a_display_is_opened_in_a_theme_of_its_own(visitor, theme):
    assert f'data-theme="{theme}"' in visitor.look(f"/display/K01?theme={theme}").text


def test_the_menu_s_page_names_every_till_s_display(seller):
    page = seller.look("/displays").text

    assert 'href="/display/K01"' in page
    assert 'href="/display/K02"' in page
