"""The till's own client against a real hub: the two sides of docs/api.md meet."""

import pytest
from sqlalchemy import insert

from kiosk.clock import SystemClock, stamp_utc
from kiosk.hub.services.enrolment import CODE_LIFETIME, hash_code
from kiosk.hub.storage import tables
from kiosk.hub.storage.devices import journal_states
from kiosk.hub.storage.migrations import migrate
from kiosk.hub.storage.store import Store
from kiosk.sync.hub_client import HubClient, HubError
from kiosk.wire.bundles import read_bundle
from tests.hub.services.building import (
    CAMPAIGN,
    MACHINE,
    Journal,
    entry_id,
    sale,
    set_up,
    totals_of,
)

CODE = "ABCD-EFGH-IJKL-MNOP"


@pytest.fixture
def hub(launcher, tmp_path):
    url = f"sqlite:///{tmp_path / 'data' / 'hub.db'}"
    program = launcher.kiosk("hub", KIOSK_DATA=str(tmp_path / "data"), KIOSK_HUB_PORT="{port}")
    store = Store.open(url)
    migrate(store)
    set_up(store)
    with store.begin() as connection:
        connection.execute(
            insert(tables.devices).values(
                id=entry_id(50),
                installation=MACHINE,
                code_hash=hash_code(CODE),
                code_expires_at=stamp_utc(SystemClock().now() + CODE_LIFETIME),
            )
        )
    program.store = store
    yield program
    store.close()


def test_a_till_enrols_uploads_and_reads_its_bundle(hub):
    enrolled = HubClient(hub.url).enrol(CODE, "5e" * 32)
    client = HubClient(hub.url, enrolled.device, enrolled.secret)
    journal = Journal(device=enrolled.device, secret=enrolled.secret)
    journal.add("sale", sale())

    early = client.send_segment(journal.id, journal.segment(2))
    unknown = client.journal_head(journal.id)
    taken = client.send_segment(journal.id, journal.segment(), waiting=7)
    head = client.journal_head(journal.id)

    assert (early.agrees, early.reason, early.seq) == (False, "gap", 0)
    assert (unknown.agrees, unknown.seq) == (True, 0)
    assert taken == head
    assert (head.seq, head.hash) == (2, journal.hash_at(2))
    assert totals_of(hub.store) == (2, 24_000)
    with hub.store.read() as connection:
        assert journal_states(connection, CAMPAIGN)[MACHINE].waiting == 7
    bundle = read_bundle(enrolled.bundle)
    assert client.bundle(bundle.version) is None
    assert client.bundle("0" * 32) == enrolled.bundle


def test_a_wrong_code_and_a_stranger_are_told_so_for_good(hub):
    with pytest.raises(HubError) as wrong_code:
        HubClient(hub.url).enrol("A" * 16, "5e" * 32)
    with pytest.raises(HubError) as stranger:
        HubClient(hub.url, entry_id(1), b"\x00" * 32).bundle("")

    assert (wrong_code.value.reason, wrong_code.value.permanent) == ("code", True)
    assert (stranger.value.reason, stranger.value.permanent) == ("unknown_device", True)
