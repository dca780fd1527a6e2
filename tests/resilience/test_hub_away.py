"""The hub goes away and comes back: the till does not notice, and both end at one head."""

import sqlite3
import time

import pytest

from kiosk.cli.demo.program import STAFF
from tests.support.campaign import sell_plainly, set_up_hub
from tests.support.processes import free_port
from tests.support.till_client import TillClient

RINA = STAFF[0]
PATIENCE_SECONDS = 30


@pytest.fixture
def code_and_hub(launcher, tmp_path):
    """An enrolment code, and a function that starts the hub, always on the same port."""
    folder = tmp_path / "hub"
    code = set_up_hub(folder)
    port = str(free_port())

    def start():
        hub = launcher.kiosk("hub", health=None, KIOSK_DATA=str(folder), KIOSK_HUB_PORT=port)
        hub.port = int(port)
        hub.wait_until_healthy()
        return hub

    return code, start


def enrolled_till(launcher, tmp_path, hub_url, code):
    program = launcher.kiosk("till", KIOSK_DATA=str(tmp_path / "till"), KIOSK_PORT="{port}")
    client = TillClient(program.url)
    client.follow("/")
    answer = client.ask("POST", "/setup", {"hub_url": hub_url, "code": code})
    assert answer.status == 303, answer.text
    operator = operator_id(client, RINA.name)
    client.start("K01", operator, RINA.pin)
    return client


def operator_id(client, name):
    client.ask("POST", "/tills/K01")
    page = client.follow("/sign-in").text
    before = page[: page.index(f"<b>{name}") if f"<b>{name}" in page else page.index(name)]
    return before.rsplit('value="', 1)[1][:36]


def head_of_till(tmp_path):
    connection = sqlite3.connect(f"file:{tmp_path}/till/till.db?mode=ro", uri=True)
    row = connection.execute("SELECT seq, hash FROM entries ORDER BY seq DESC LIMIT 1").fetchone()
    connection.close()
    return row


def head_of_hub(tmp_path, journal_of_till):
    connection = sqlite3.connect(f"file:{tmp_path}/hub/hub.db?mode=ro", uri=True)
    row = connection.execute(
        "SELECT head_seq, head_hash FROM journals WHERE id = ?", [journal_of_till]
    ).fetchone()
    connection.close()
    return row


def journal_of_till(tmp_path):
    connection = sqlite3.connect(f"file:{tmp_path}/till/till.db?mode=ro", uri=True)
    (found,) = connection.execute("SELECT id FROM journals").fetchone()
    connection.close()
    return found


def wait_for_one_head(tmp_path):
    journal = journal_of_till(tmp_path)
    give_up_at = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < give_up_at:
        if head_of_till(tmp_path) == head_of_hub(tmp_path, journal):
            return True
        time.sleep(0.2)
    return False


def test_a_till_sells_on_without_its_hub_and_catches_up_when_it_is_back(
    launcher, tmp_path, code_and_hub
):
    code, start_hub = code_and_hub
    hub = start_hub()
    client = enrolled_till(launcher, tmp_path, hub.url, code)
    sell_plainly(client, 2)
    assert wait_for_one_head(tmp_path)

    hub.terminate()
    sell_plainly(client, 5)
    behind = head_of_hub(tmp_path, journal_of_till(tmp_path))[0]
    start_hub()
    client.ask("POST", "/uploads/send-now")

    assert head_of_till(tmp_path)[0] == behind + 5
    assert wait_for_one_head(tmp_path)
