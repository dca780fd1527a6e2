"""Pages of the ranking and of the trail: proposals accepted and taken back, every step found again."""

import re

import pytest

from kiosk.hub.services.ingest import receive_segment
from tests.hub.services.building import CAMPAIGN, KEYS, Journal, line, sale, set_up
from tests.hub.web.steps import figures, read_csv

HERE = f"/campaigns/{CAMPAIGN}/curation"
RULE = {
    "events": "1", "least_events": "1", "keep_units": "9", "help_units": "8",
    "keep_omzet_rp": "500.000", "help_omzet_rp": "150.000", "trend_percent": "25",
}  # fmt: skip


@pytest.fixture
def bazaar(store, clock):
    """A bazaar that is over, at which two pieces were sold."""
    set_up(store)
    journal = Journal()
    journal.add("sale", sale([line(qty=2)]))
    receive_segment(store, clock, KEYS, journal.segment())
    clock.go_on(hours=8)


def test_a_weak_product_goes_off_sale_with_a_reason_and_comes_back(organiser, viewer, bazaar):
    assert "Terlalu dini" in organiser.get(HERE)
    refused = organiser.post(f"{HERE}/rule", RULE | {"keep_units": "8"}, status=422)
    assert 'value="150.000"' in refused.text
    organiser.post(f"{HERE}/rule", RULE)

    page = organiser.get(HERE)
    key = re.search(r'name="key" value="([^"]+)"', page)[1]
    organiser.post(f"{HERE}/accept", {"of": "products", "key": key})

    assert "Hanya laku 2,0 per acara, di bawah 8 buah" in page
    after = organiser.get(HERE)
    assert "tidak dijual lagi" in after
    organiser.post(f"{HERE}/accept", {"of": "products", "key": key}, status=422)
    viewer.post(f"{HERE}/accept", {"of": "products", "key": key}, status=403)
    assert "Tarik kembali" not in viewer.get(HERE)
    organiser.post(re.search(r'action="([^"]+/undo[^"]*)"', after)[1].replace("&amp;", "&"))
    assert "tidak dijual lagi" not in organiser.get(HERE)
    csv = read_csv(organiser.get(f"{HERE}/vendors.csv"))
    assert csv[1][1] == "Wedang Sari"


def test_the_trail_finds_it_all_and_takes_any_address(organiser, bazaar):
    organiser.post(f"{HERE}/rule", RULE)

    found = figures(organiser.get("/trail?about=curation&first=2026-11-20&last=x"))

    assert found[1][1:3] == ["Sari", "Aturan kurasi diubah"]
    assert "bertahan mulai, buah 5 → 9" in found[1][3]
    assert "Tidak ada catatan" in organiser.get(
        "/trail?q=zzz&endpoint=x&_method=POST&before=_&by=y"
    )
    assert "Aturan kurasi diubah" in organiser.get("/trail/changes.csv?q=keep_units")
    organiser.get("/trail?last=9999-12-31&first=0001-01-01")
