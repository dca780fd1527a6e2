"""Seals looked up from paper, and a machine's journals checked in the hub."""

import re

import pytest

from kiosk.hub.services.ingest import receive_segment
from tests.hub.services.building import CAMPAIGN, KEYS, MACHINE, Journal, line, sale, set_up

FIND = f"/campaigns/{CAMPAIGN}/seals"
CHECK = f"/campaigns/{CAMPAIGN}/devices/{MACHINE}/journal"


@pytest.fixture
def journal(store, clock):
    set_up(store)
    made = Journal()
    made.add("sale", sale([line(qty=2)], number="K01-0009"))
    made.add("sale", sale([line(qty=1)], number="K01-0010"))
    receive_segment(store, clock, KEYS, made.segment())
    return made


def test_the_eight_characters_of_a_receipt_lead_to_the_receipt(organiser, journal):
    seal = journal.hash_at(2).hex()[:8]

    page = organiser.get(f"{FIND}?seal={seal[:4].upper()}-{seal[4:]}")

    assert "catatan 2" in page
    assert "K01-0010" in page


def test_a_seal_that_nobody_has_is_said_to_be_missing_with_what_to_do(organiser, journal):
    page = organiser.get(f"{FIND}?seal=00000000")

    assert "Tidak ada mesin" in page
    assert "K01-" not in page


@pytest.mark.parametrize("typed", ["1a2b", "1a2b3c4z", "1a2b3c4d5", "☃" * 8])
def test_what_is_no_seal_is_refused_and_kept_in_the_field(organiser, journal, typed):
    page = organiser.get(f"{FIND}?seal={typed}", status=422)

    assert "delapan huruf" in page


def test_what_arrived_of_a_machine_is_said_to_be_unbroken(organiser, journal):
    page = organiser.get(CHECK)

    assert "2 transaksi, utuh, tidak ada yang dihapus" in page
    assert journal.hash_at(3).hex()[:8] in page


def test_an_entry_changed_in_the_hubs_own_database_is_named(organiser, journal, store):
    with store.begin() as connection:
        connection.exec_driver_sql("UPDATE entries SET stored = hash WHERE seq = 2")

    page = organiser.get(CHECK)

    assert "Catatan 2 diubah" in page
    assert re.search(r"hx-get", page) is None


def test_a_check_goes_on_from_its_address_and_from_any_other(organiser, journal):
    for query in ("at=0&after=2&sales=1", "at=9", "at=x&fault=q", "at=0&after=777", "fault=0-2"):
        page = organiser.get(f"{CHECK}?{query}")

        assert "utuh" in page or "Catatan" in page or query == "at=9"
