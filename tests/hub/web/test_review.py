"""Pages of the review tray: an entry opened, decided, and a conflict side by side."""

import pytest

from kiosk.hub.services.ingest import receive_segment
from tests.hub.services.building import (
    CAMPAIGN,
    JOURNAL,
    KEYS,
    Journal,
    entry_id,
    line,
    sale,
    set_up,
)

SECOND = "00000000-0000-7000-8000-000000000002"
TRAY = f"/campaigns/{CAMPAIGN}/review"


@pytest.fixture
def tray(store, clock):
    """An unbalanced sale, and one sale in two copies."""
    set_up(store)
    root = Journal()
    root.add("sale", sale([line(qty=2)]), entry_id(1))
    root.add("sale", sale(total_rp=1))
    second = Journal(
        id=SECOND, continues={"journal": JOURNAL, "seq": 1, "hash": root.hash_at(1).hex()}
    )
    second.add("sale", sale([line(qty=50)], number="K01B-0001"), entry_id(1))
    for journal in (root, second):
        receive_segment(store, clock, KEYS, journal.segment())


def test_an_entry_opens_with_its_stored_words_and_takes_a_note(organiser, tray):
    address = f"{TRAY}/{JOURNAL}/3/unbalanced"
    assert address in organiser.get(TRAY)

    page = organiser.get(address)
    organiser.post(address, {"decision": "accepted", "note": "uang kembali kurang seribu"})

    assert "Rinciannya tidak sama dengan totalnya" in page
    assert "Wedang uwuh" in page
    decided = organiser.get(address)
    assert "uang kembali kurang seribu" in decided
    assert "Diterima apa adanya" in organiser.get(TRAY)
    organiser.post(address, {"decision": "reopen"})
    assert "Ditarik kembali" in organiser.get(address)
    assert "Diterima apa adanya" not in organiser.get(TRAY)


def test_both_copies_stand_side_by_side_and_the_chosen_one_counts(organiser, tray):
    address = f"{TRAY}/{SECOND}/2/conflict"
    page = organiser.get(address)

    organiser.post(address, {"decision": "1", "note": ""})

    assert page.count("Hitung salinan") == 2
    assert page.count("Sedang dihitung") == 1
    assert "K01B-0001" in page
    assert "50 × Wedang uwuh" in page
    assert "Rp600.000" in page
    assert "600.000" in organiser.get(f"/campaigns/{CAMPAIGN}/totals")
    assert "Dipilih: salinan ini yang dihitung" in organiser.get(address)
    organiser.post(address, {"decision": "reopen"})
    assert "600.000" not in organiser.get(f"/campaigns/{CAMPAIGN}/totals")


@pytest.mark.parametrize("decision", ["2", "accepted", ""])
def test_a_decision_that_is_not_offered_is_refused_in_place(organiser, tray, decision):
    page = organiser.post(f"{TRAY}/{SECOND}/2/conflict", {"decision": decision}, status=422)

    assert "Pilih salah satu keputusan" in page.text


def test_a_viewer_reads_and_decides_nothing(viewer, tray):
    address = f"{TRAY}/{SECOND}/2/conflict"

    assert "Hitung salinan" not in viewer.get(address)
    viewer.post(address, {"decision": "1"}, status=403)
    viewer.get(f"{TRAY}/{SECOND}/1/conflict", status=404)


def test_both_sides_of_a_fork_stand_side_by_side_and_are_decided(organiser, tray):
    address = f"{TRAY}/{SECOND}/1/fork"
    assert address in organiser.get(TRAY)

    page = organiser.get(address)
    organiser.post(address, {"decision": "accepted", "note": "tablet disalin panitia"})

    assert "Salinan yang tetap di jurnal lama" in page
    assert "Salinan yang lanjut di jurnal sendiri" in page
    assert "K01B-0001" in page
    assert page.count("berbeda</span>") == 2
    assert "tablet disalin panitia" in organiser.get(address)
    organiser.post(address, {"decision": "reopen"})
    assert "Ditarik kembali" in organiser.get(address)
