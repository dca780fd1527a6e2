"""Press texts and frozen versions, as an organiser makes and compares them."""

import json

from kiosk.hub.services.ingest import receive_segment
from kiosk.hub.services.versions import open_version, version_snapshot
from kiosk.hub.storage.tables import audit_trail
from tests.hub.services.building import (
    CAMPAIGN,
    EVENT,
    KEYS,
    Journal,
    line,
    rows_of,
    sale,
    set_up,
)
from tests.hub.web.steps import figures

VERSIONS = f"/campaigns/{CAMPAIGN}/reports/versions"


def sell(store, clock, journal, qty):
    first = len(journal.stored) + 1
    journal.add("sale", sale([line(qty=qty)]))
    receive_segment(store, clock, KEYS, journal.segment(1 if first == 2 else first))


def test_a_press_text_names_units_omzet_status_and_time_of_its_version(store, clock, organiser):
    set_up(store)
    sell(store, clock, Journal(), 100)

    shown = organiser.post(VERSIONS, {"event": "", "status": "sementara"})

    page = organiser.get(shown.location)
    assert "100 unit dengan omzet Rp1,2 juta" in page
    assert "hitungan sementara pukul 10.30 WIB" in page
    assert "100 units with a turnover of Rp1.2 million" in page
    assert "0 dari 1 mesin kasir" in page or "1 dari 1 mesin kasir" in page


def test_what_arrives_later_changes_no_version_and_is_named_as_late(store, clock, organiser):
    set_up(store)
    journal = Journal()
    sell(store, clock, journal, 2)
    organiser.post(VERSIONS, {"event": EVENT, "status": "sementara"})

    clock.go_on(minutes=30)
    sell(store, clock, journal, 3)
    organiser.post(VERSIONS, {"event": "", "status": "final"})

    version = open_version(store, CAMPAIGN, 1)
    assert version_snapshot(store, CAMPAIGN, version).total().units == 2
    page = organiser.get(f"{VERSIONS}/1/compare?with=2&by=vendor")
    assert ["Wedang Sari", "2", "5", "24.000", "60.000", "+36.000"] in figures(page)
    assert "Mesin 1: 1 catatan" in page
    assert "Tidak ada yang berbeda" in organiser.get(f"{VERSIONS}/2/compare")


def test_an_edited_press_text_is_kept_and_can_be_made_again(store, clock, organiser):
    set_up(store)
    sell(store, clock, Journal(), 2)
    made = organiser.get(organiser.post(VERSIONS, {"event": "", "status": "sementara"}).location)

    organiser.post(f"{VERSIONS}/1", {"press_id": "Kata kami sendiri", "press_en": "Our own words"})
    edited = organiser.client.get(f"{VERSIONS}/1/press-id.txt").text
    organiser.post(f"{VERSIONS}/1/made")

    assert edited == "Kata kami sendiri"
    again = organiser.client.get(f"{VERSIONS}/1/press-id.txt").text
    assert again.splitlines()[0] in made
    trail = [json.loads(row[5]) for row in rows_of(store, audit_trail) if "press" in row[3]]
    assert [facts["edited"] for facts in trail] == [["id", "en"], []]


def test_a_version_that_was_tampered_with_is_not_shown(store, clock, organiser):
    set_up(store)
    sell(store, clock, Journal(), 2)
    organiser.post(VERSIONS, {"event": "", "status": "sementara"})
    with store.begin() as connection:
        connection.exec_driver_sql("UPDATE frozen_versions SET sha256 = '00'")

    page = organiser.get(f"{VERSIONS}/1", status=409)

    assert "diubah setelah dibekukan" in page


def test_a_viewer_reads_versions_and_freezes_none(store, clock, organiser, viewer):
    set_up(store)
    organiser.post(VERSIONS, {"event": "", "status": "sementara"})

    page = viewer.get(f"{VERSIONS}/1")
    viewer.post(VERSIONS, {"event": "", "status": "sementara"}, status=403)

    assert "belum mencatat penjualan" in page
    assert "readonly" in page
    assert viewer.get(f"{VERSIONS}/99", status=404)
