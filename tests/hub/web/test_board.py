"""The evening board: enough for the evening, and quiet while nothing changes."""

import re

from kiosk.hub.services.ingest import receive_segment
from tests.hub.services.building import CAMPAIGN, KEYS, Journal, sale, set_up

BOARD = f"/campaigns/{CAMPAIGN}"
HTMX = {"HX-Request": "true"}


def test_the_board_answers_nothing_until_there_is_news(organiser, store, clock):
    set_up(store)
    page = organiser.get(BOARD)
    asks = re.search(r'id="board"[^>]*hx-get="([^"]+)"', page)[1].replace("&amp;", "&")

    quiet = organiser.client.get(asks, headers=HTMX)
    journal = Journal()
    journal.add("sale", sale(method="qris"))
    receive_segment(store, clock, KEYS, journal.segment())
    news = organiser.client.get(asks, headers=HTMX)

    assert quiet.status_code == 204
    assert news.status_code == 200
    assert "Rp24.000 lewat QRIS" in news.text


def test_the_board_says_how_machines_vendors_and_files_stand(viewer, store, clock):
    set_up(store)
    before = viewer.get(BOARD)
    journal = Journal()
    journal.add("shift_opened", {"event": sale()["event"], "day": "2026-11-20"})
    journal.add("sale", sale())

    receive_segment(store, clock, KEYS, journal.segment(1, 1), waiting=7)
    receive_segment(store, clock, KEYS, journal.segment(2))

    after = viewer.get(BOARD)
    assert "Belum ada kabar" in before
    assert "1 dari 1 penjual belum menjual" in before
    assert "1 shift terbuka" in after
    assert "5 catatan masih di mesin" in after
    assert "3 catatan diterima" in after
    assert "Semua penjual sudah menjual" in after
    assert "Belum ada berkas yang dihitung" in after
