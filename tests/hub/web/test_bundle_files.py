"""Catalogue files at the hub: made by an organiser, the code shown once, nothing for a viewer."""

import re

import pytest

from kiosk.wire.bundle_files import read_file
from tests.hub.services.building import CAMPAIGN, DEVICE, MACHINE, set_up
from tests.hub.web.conftest import signed_in

PAGE = f"/campaigns/{CAMPAIGN}/devices/{MACHINE}/file"


@pytest.fixture
def app(app, store):
    set_up(store)
    return app


def test_a_fresh_machines_file_opens_with_the_code_shown_and_names_the_hub(organiser):
    shown = organiser.client.post(f"{PAGE}/start").text
    code = re.search(r'class="code">([A-Z2-7-]{19})<', shown)[1]
    address = re.search(r'href="([^"]+/file/start/[^"]+)"', shown)[1]

    file = organiser.client.get(address)

    content = read_file(file.data).open_with_code(code)
    assert content["identity"]["hub_url"] == "http://localhost"
    assert content["bundle"]["installation_name"] == "Mesin 1"
    assert "mulai-mesin-1" in file.headers["Content-Disposition"]
    assert code.encode() not in file.data


def test_a_joined_machines_file_is_sealed_for_its_devices(organiser):
    file = organiser.client.get(f"{PAGE}/catalogue")

    assert set(read_file(file.data).header.slots) == {DEVICE}


def test_a_file_of_a_device_that_was_locked_out_is_not_there(organiser):
    shown = organiser.client.post(f"{PAGE}/start").text
    address = re.search(r'href="([^"]+/file/start/([^"]+))"', shown)
    devices = f"/campaigns/{CAMPAIGN}/devices/{MACHINE}/devices/{address[2]}/revoke"
    organiser.post(devices)

    assert organiser.client.get(address[1]).status_code == 404


def test_who_may_only_look_gets_no_file(app):
    viewer = signed_in(app, "tamu")

    assert viewer.post(f"{PAGE}/start").status_code == 403
    assert viewer.get(f"{PAGE}/catalogue").status_code == 403
    assert "/file/start" not in viewer.get(PAGE).text
