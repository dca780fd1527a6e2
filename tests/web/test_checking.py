"""The check of the journal, as whoever wants to know presses through it."""

import re

from kiosk.services import checking
from kiosk.storage import uploads

ON = re.compile(r'hx-get="(/journal/check[^"]+)"')


def checked(seller, page):
    """Let the page ask on by itself until it has nothing more to ask."""
    while found := ON.search(page):
        page = seller.glance(found[1].replace("&amp;", "&")).text
    return page


def test_sales_that_hold_are_said_to_be_unbroken_after_a_walk_in_pieces(seller, here, number):
    for _ in range(3):
        seller.buy(number["WB86-KOMPLIT"])

    part = checking.check(here, 1, 0, {}, most=2)
    page = checked(seller, seller.look(f"/journal?at=1&after={part.after}").text)

    assert (part.after, part.is_over, part.verdicts) == (2, False, ())
    assert "3 transaksi, utuh, tidak ada yang dihapus" in page


def test_a_changed_entry_is_named_with_what_to_do(seller, here, number):
    seller.buy(number["WB86-KOMPLIT"])
    with here.db.write() as connection:
        connection.execute("DROP TRIGGER entries_are_never_changed")
        connection.execute("UPDATE entries SET stored = x'7b7d' WHERE seq = 4")

    page = checked(seller, seller.look("/journal?at=1").text)

    assert "Catatan 4 diubah" in page
    assert "flashdisk" in page
    assert "utuh, tidak ada yang dihapus" not in page


def test_entries_that_the_hub_has_and_this_machine_has_not_are_missed(seller, here, number):
    seller.buy(number["WB86-KOMPLIT"])
    with here.db.write() as connection:
        uploads.remember_sent(connection, 1, 90, "2026-11-20T10:00:00+07:00")

    page = checked(seller, seller.look("/journal?at=1").text)

    assert "sudah terkirim ke pusat data" in page


def test_addresses_that_nobody_made_are_answered_all_the_same(seller):
    for query in ("", "?at=99", "?at=x&after=-1", "?at=1&after=999999", "?at=1&fault=7-7&fault=z"):
        assert seller.look(f"/journal{query}").status_code == 200
