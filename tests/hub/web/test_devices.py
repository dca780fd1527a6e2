"""The machines' pages: codes shown once, tills with their codes, devices locked out."""

import re

import pytest

from tests.hub.services.building import CAMPAIGN, DEVICE, MACHINE, set_up
from tests.hub.web.steps import UUID


@pytest.fixture
def machine(organiser):
    """A machine at an event: its page's address."""
    campaign = organiser.campaign()
    event = organiser.event(campaign).rpartition("/")[2]
    return organiser.post(f"{campaign}/devices/new", {"name": "Mesin 7", "event": event}).location


def test_a_machine_begins_with_one_till(organiser, machine):
    page = organiser.get(machine)

    assert "K01" in page
    assert "Laci 1" in page


def test_a_machine_needs_an_event(organiser):
    campaign = organiser.campaign()

    page = organiser.post(
        f"{campaign}/devices/new", {"name": "Mesin 1", "event": ""}, status=422
    ).text

    assert "Pilih salah satu dari daftar." in page


def test_a_code_is_shown_once_in_groups_and_as_a_picture_with_its_end(organiser, machine):
    page = organiser.post(f"{machine}/codes", status=200).text

    assert re.search(r"[A-Z2-7]{4}-[A-Z2-7]{4}-[A-Z2-7]{4}-[A-Z2-7]{4}", page)
    assert "<svg" in page
    assert "Berlaku sampai" in page
    assert "Minggu, 22 November 2026, 10.30 WIB" in page
    assert "Menunggu kode diketik" in organiser.get(machine)


def test_a_locked_out_device_is_asked_about_once(organiser, machine):
    organiser.post(f"{machine}/codes", status=200)
    device = re.search(rf"/devices/({UUID})/revoke", organiser.get(machine))[1]

    assert "Blokir perangkat Mesin 7 ini?" in organiser.get(f"{machine}/devices/{device}/revoke")
    organiser.post(f"{machine}/devices/{device}/revoke")

    assert "Diblokir" in organiser.get(machine)
    organiser.get(f"{machine}/devices/{UUID}/revoke", status=404)


def test_a_device_locked_out_by_mistake_is_trusted_again_with_one_press(organiser, store):
    set_up(store)
    machine = f"/campaigns/{CAMPAIGN}/devices/{MACHINE}"
    organiser.post(f"{machine}/devices/{DEVICE}/revoke")
    assert "Diblokir" in organiser.get(machine)

    organiser.post(f"{machine}/devices/{DEVICE}/trust")

    page = organiser.get(machine)
    assert "Diblokir" not in page
    assert "Perangkat dipercaya lagi" in page
    organiser.post(f"{machine}/devices/{UUID}/trust", status=404)


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("K01", "Laci K01 sudah ada"),
        ("1", "satu huruf"),
        ("KASIR", "satu huruf"),
        ("", "Isi bagian ini."),
    ],
)
def test_a_tills_code_is_its_own(organiser, machine, code, sentence):
    page = organiser.post(f"{machine}/tills/new", {"code": code, "name": "Laci 2"}, status=422).text

    assert sentence in page


def test_a_till_can_be_limited_to_one_stall(organiser, machine):
    campaign = machine.rpartition("/devices/")[0]
    vendor = organiser.vendor(campaign)

    organiser.post(f"{machine}/tills/K01", {"name": "Laci Wedang", "stall": vendor})
    refused = organiser.post(
        f"{machine}/tills/K01", {"name": "Laci", "stall": "nobody"}, status=422
    )

    assert "hanya Wedang Batavia 86" in organiser.get(machine)
    assert "Pilih lapak dari daftar" in refused.text


def test_the_list_of_machines_is_asked_for_again_as_a_fragment(organiser, machine):
    path = machine.rpartition("/")[0]
    whole = organiser.get(path)

    fragment = organiser.client.htmx("GET", path).text

    assert 'hx-trigger="every 5s"' in whole
    assert fragment.lstrip().startswith('<div id="states"')
