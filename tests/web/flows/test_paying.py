"""Every way to pay, on every screen, by touch and by keyboard alone."""

import pytest
from playwright.sync_api import expect

from kiosk.services import carts, qris_settings, sales
from tests.support.bazaar import APPROVED, bundle_document


@pytest.fixture
def bundle():
    """A bazaar that takes cash, QRIS, transfers, one wallet and one voucher."""
    document = bundle_document()
    document["event"]["methods"] = [
        {"code": "cash", "kind": "cash"},
        {"code": "qris", "kind": "qris", "state": "claimed"},
        {"code": "transfer", "kind": "transfer", "account": "Bank Contoh 000-123"},
        {"code": "ewallet-dompet", "kind": "ewallet", "name": "Dompet", "state": "claimed"},
        {"code": "voucher-pemkot", "kind": "voucher", "name": "Voucher Pemkot"},
    ]
    return document


def sold(screen):
    """Give the newest sale of the drawer."""
    row = sales.todays_sales(screen.day.here, "K01")[0]
    return sales.sale(screen.day.here, row.id)


def test_cash_is_typed_taken_and_part_of_the_change_is_left(screen):
    screen.add("Wedang Komplit")

    screen.press("BAYAR")
    screen.type("Uang diterima", "50000")
    expect(screen.text("Rp25.000")).to_be_visible()
    screen.press("Dalam kata")
    expect(screen.text("dua puluh lima ribu rupiah")).to_be_visible()
    screen.press("Uang diterima, selesai")
    screen.press("Kembalian direlakan")
    screen.type("Berapa dari Rp25.000?", "5000")
    screen.press("Donasi", exact=True)

    expect(screen.text("Direlakan untuk donasi: Rp5.000")).to_be_visible()
    expect(screen.text("Rp20.000")).to_be_visible()
    assert sold(screen).change_rp == 20_000


def test_qris_is_shown_large_and_claimed_with_its_reference(screen):
    screen.add("Wedang Komplit")

    screen.press("BAYAR")
    screen.press("QRIS")
    expect(screen.text("dua puluh lima ribu rupiah")).to_be_visible()
    expect(screen.text("ID1020000000001")).to_be_visible()
    width = screen.page.locator(".pay .qr").bounding_box()["width"]
    screen.type("Referensi", "4711")
    screen.press("Notifikasi sudah saya lihat")
    expect(screen.text("Lunas")).to_be_visible()

    assert width >= 227
    payment = sold(screen).sale.payments[0]
    assert (payment.method, payment.state, payment.reference) == ("qris", "claimed", "4711")


def test_too_large_a_transfer_gives_the_rest_back_in_cash(screen):
    screen.watch.allow("Response Status Error Code 422")
    screen.add("Bir Pletok")

    screen.press("BAYAR")
    screen.press("Transfer")
    expect(screen.text("Bank Contoh 000-123")).to_be_visible()
    screen.hand.press(screen.page.locator(".came summary"))
    screen.type("Jumlah yang sebenarnya masuk", "50000")
    screen.press("Uang diterima, selesai")
    expect(screen.text("Kembalikan tunai:")).to_be_visible()
    screen.press("Uang diterima, selesai")
    expect(screen.text("Lunas")).to_be_visible()

    assert [part.amount_rp for part in sold(screen).sale.payments] == [50_000, -15_000]


def test_a_split_of_voucher_wallet_and_cash_with_one_part_taken_back(screen):
    screen.add("Kain Batik")

    screen.press("BAYAR")
    screen.press("Voucher Pemkot")
    screen.type("Nilai voucher", "50000")
    screen.press("Uang diterima, selesai")
    expect(
        screen.text("Sudah diterima" if screen.size != "phone" else "Sisa bayar:")
    ).to_be_visible()
    screen.type("Berapa sekarang?", "100000")
    screen.hand.press(screen.page.locator('.ways button[value="ewallet-dompet"]'))
    expect(screen.text("seratus ribu rupiah")).to_be_visible()
    screen.press("Uang diterima, selesai")
    expect(screen.text("Rp25.000")).to_be_visible()
    screen.hand.press(screen.page.locator(".taken .is-danger").first)
    expect(screen.text("Rp75.000")).to_be_visible()
    screen.hand.press(screen.page.locator('.ways button[value="cash"]'))
    screen.page.wait_for_selector("#tendered")
    screen.press("Uang diterima, selesai")
    expect(screen.text("Lunas")).to_be_visible()

    parts = sold(screen).sale.payments
    assert [(part.method, part.amount_rp) for part in parts] == [
        ("ewallet-dompet", 100_000),
        ("cash", 75_000),
    ]


@pytest.mark.ways("landscape", "phone", "touch")
def test_an_outage_greys_qris_on_a_screen_that_is_already_paying(screen):
    screen.add("Wedang Komplit")
    screen.press("BAYAR")
    qris_settings.set_outage(screen.day.here, screen.paired, APPROVED, is_out=True)

    expect(screen.text("QRIS gangguan")).to_be_visible()
    words = screen.page.locator(".methods .when-out")
    words.wait_for(state="visible")
    screen.hand.press(screen.page.locator(".methods .is-qris"))
    expect(screen.text("QRIS sedang gangguan")).to_be_visible()

    assert words.inner_text() == "gangguan"


@pytest.mark.ways("upright", "keys")
def test_an_order_that_another_screen_changed_is_never_paid_at_the_old_sum(screen):
    screen.watch.allow("409")
    screen.add("Wedang Komplit")
    screen.press("BAYAR")
    screen.page.wait_for_selector("#tendered")
    shown = screen.page.locator('#pay [name="shown"]').input_value()

    screen.page.locator('#pay [name="shown"]').evaluate("field => { field.value = '20000'; }")
    screen.type("Uang diterima", "50000")
    screen.page.keyboard.press("Enter")

    expect(screen.text("Pesanan berubah")).to_be_visible()
    assert shown == "25000"
    assert sales.todays_sales(screen.day.here, "K01") == []


@pytest.mark.ways("landscape", "keys")
def test_goods_added_on_another_screen_leave_what_was_typed_in_an_open_panel(screen):
    screen.add("Wedang Komplit")
    screen.press("BAYAR")
    screen.press("Transfer")
    expect(screen.text("Bank Contoh 000-123")).to_be_visible()
    screen.type("Referensi", "TRX 4711")

    cart = screen.page.locator("#cart").get_attribute("data-cart")
    carts.add(screen.day.here, cart, screen.day.number["WB86-TUBRUK"], None)
    screen.page.wait_for_selector('#pay[data-due="60000"]')

    assert screen.page.locator("#reference").input_value() == "TRX 4711"
    expect(screen.text("Pesanan berubah")).to_be_visible()
    screen.press("Uang diterima, selesai")
    expect(screen.text("Lunas")).to_be_visible()
    payment = sold(screen).sale.payments[0]
    assert (payment.method, payment.amount_rp, payment.reference) == (
        "transfer",
        60_000,
        "TRX 4711",
    )
