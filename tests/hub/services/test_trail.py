"""The trail: every change with before and after, found by words, person, kind and day."""

from datetime import date

from kiosk.domain.money import Rupiah
from kiosk.hub.services.accounts import add_user
from kiosk.hub.services.campaigns import save_campaign
from kiosk.hub.services.trail import TrailQuery, search_trail
from kiosk.hub.storage.campaigns import Campaign
from tests.hub.setup.test_windows import MIDNIGHT

BEFORE = Campaign("c", "Jumat", "Jakarta", Rupiah(1_000), MIDNIGHT)
AFTER = Campaign("c", "Jumat Beli Lokal", "Jakarta", None, MIDNIGHT)


def test_a_change_stands_with_what_was_and_what_became(store, clock):
    sari = add_user(
        store, clock, by="x", login="sari", name="Sari", role="organiser", password="kopi-susu-1"
    )
    save_campaign(store, clock, sari.id, BEFORE)
    clock.go_on(days=1)
    save_campaign(store, clock, sari.id, AFTER)

    found = search_trail(store, TrailQuery(words="beli LOKAL")).lines

    assert [(one.name, one.action, one.label) for one in found] == [
        ("Sari", "campaign changed", "Jumat Beli Lokal")
    ]
    assert found[0].changes == (("name", "Jumat", "Jumat Beli Lokal"), ("target_rp", "1000", "–"))
    queries = {
        TrailQuery(by=sari.id): 2,
        TrailQuery(about="account"): 1,
        TrailQuery(first=date(2026, 11, 21)): 1,
        TrailQuery(last=date(2026, 11, 20)): 2,
        TrailQuery(words="100%"): 0,
    }
    assert {q: len(search_trail(store, q).lines) for q in queries} == queries


def test_the_trail_is_read_page_by_page_without_a_gap(store, clock):
    for number in range(5):
        save_campaign(store, clock, "sari", Campaign(f"c{number}", "X", "", None, MIDNIGHT))
        clock.go_on(seconds=number % 2)

    subjects, before = [], ""
    while True:
        page = search_trail(store, TrailQuery(), before, most=2)
        subjects += [line.subject for line in page.lines]
        before = page.older
        if not before:
            break

    assert subjects == ["c4", "c3", "c2", "c1", "c0"]
