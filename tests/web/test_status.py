import re

from kiosk.services.forking import OTHER_COPY, Cut, fork
from kiosk.storage import journal, uploads


def test_the_status_page_says_what_waits_and_what_to_do(seller, number):
    seller.buy(number["WB86-KOMPLIT"])

    page = seller.look("/status").text

    assert "/uploads/send-now" in page
    assert "SQLite" in page


def test_sending_now_comes_back_to_the_status(seller):
    assert seller.submit("/uploads/send-now").location == "/status"


def test_the_top_bar_says_nothing_where_nothing_changed(seller):
    state = seller.glance("/top-bar").text
    seen = re.search(r"seen=(\w+)", state)[1]

    assert seller.glance(f"/top-bar?seen={seen}").status_code == 204


def test_the_top_bar_counts_what_was_not_sent(seller, number):
    seen = re.search(r"seen=(\w+)", seller.glance("/top-bar").text)[1]
    seller.buy(number["WB86-KOMPLIT"])

    changed = seller.glance(f"/top-bar?seen={seen}")

    assert changed.status_code == 200
    assert "1 belum terkirim" in changed.text


def test_the_top_bar_counts_sales_and_not_what_else_is_in_the_journal(seller):
    assert "belum terkirim" not in seller.glance("/top-bar").text


def test_the_clock_is_written_as_people_here_write_it(seller):
    assert "<time>10.00</time>" in seller.glance("/top-bar").text


def test_a_fragment_is_spared_what_only_documents_need(seller):
    fragment = seller.glance("/top-bar")
    page = seller.look("/")

    assert "Content-Security-Policy" not in fragment.headers
    assert "Content-Security-Policy" in page.headers
    assert fragment.headers["X-Content-Type-Options"] == "nosniff"


def test_a_fork_is_explained_until_somebody_has_read_it(seller, number, here):
    seller.buy(number["WB86-KOMPLIT"])
    with here.db.read() as connection:
        current = journal.current(connection)
    fork(here, Cut(current, 2, OTHER_COPY, 3))

    bar, page = seller.glance("/top-bar").text, seller.look("/status").text
    seller.submit("/forks/noted")

    assert "Jurnal pecah" in bar
    assert "sesudah catatan 2" in page
    assert "2 catatan yang dibuat di sini" in page
    assert "K01B-0001" in page
    assert "Jurnal pecah" not in seller.glance("/top-bar").text
    assert "sesudah catatan 2" in seller.look("/status").text


def test_a_clock_set_back_by_years_is_said_and_selling_goes_on(seller, number, here):
    seller.buy(number["WB86-KOMPLIT"])
    here.clock.pass_seconds(-3 * 365 * 86_400)

    seller.buy(number["WB86-KOMPLIT"])

    assert "Jam salah" in seller.glance("/top-bar").text
    assert "Setel tanggal dan jam" in seller.look("/status").text


def test_a_wifi_that_answers_for_the_hub_is_named_in_words(seller, number, here):
    seller.buy(number["WB86-KOMPLIT"])
    with here.db.write() as connection:
        at = "2026-11-20T10:00:00.000+07:00"
        uploads.remember_failure(connection, "no hub", "not_a_hub", at, at)

    page = seller.look("/status").text

    assert "halaman masuk Wi-Fi" in page
    assert "Dicoba lagi sendiri pukul 10.00" in page
