import re


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
