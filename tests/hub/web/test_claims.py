"""The page of claimed payments."""

from kiosk.hub.services.ingest import receive_segment
from tests.hub.services.building import CAMPAIGN, KEYS, Journal, sale, set_up
from tests.hub.web.steps import figures

CLAIMS = f"/campaigns/{CAMPAIGN}/claims"


def test_claimed_payments_are_listed_by_event_and_the_board_leads_to_them(viewer, store, clock):
    set_up(store)
    assert "Tidak ada pembayaran yang menunggu" in viewer.get(CLAIMS)
    journal = Journal()
    payment = sale(method="qris")["payments"][0] | {"reference": "RRN 4711"}
    journal.add("sale", sale(method="qris", number="K01-0042", payments=[payment]))

    receive_segment(store, clock, KEYS, journal.segment())

    page = viewer.get(CLAIMS)
    [row] = [row for row in figures(page) if row[0] == "K01-0042"]
    assert row[1:3] == ["24.000", "RRN 4711"]
    assert row[4:] == ["Mesin 1", "K01"]
    assert "1 pembayaran, Rp24.000" in page
    assert CLAIMS in viewer.get(f"/campaigns/{CAMPAIGN}")
