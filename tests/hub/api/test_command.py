"""`kiosk hub` and `kiosk hub-import`, as processes of their own."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import urllib3

from kiosk.domain.entries import first_prev
from kiosk.hub.services.projection import rebuild
from kiosk.hub.storage import tables
from kiosk.hub.storage.migrations import migrate
from kiosk.hub.storage.store import Store
from kiosk.wire.segments import pack
from tests.hub.services.building import (
    HUB_KEY,
    Journal,
    payments_of,
    refund,
    rows_of,
    sale,
    set_up,
    totals_of,
)


@pytest.fixture
def environment(tmp_path, store_url):
    return {
        "KIOSK_DATA": str(tmp_path / "data"),
        "KIOSK_HUB_DATABASE": store_url,
        "KIOSK_SECRET_KEY": HUB_KEY,
        "KIOSK_HUB_PORT": "{port}",
    }


@pytest.fixture
def prepared(store_url):
    store = Store.open(store_url)
    migrate(store)
    set_up(store)
    yield store
    store.close()


def test_a_real_hub_takes_a_segment_and_ends_when_asked(launcher, environment, prepared):
    journal = Journal()
    journal.add("sale", sale())
    hub = launcher.kiosk("hub", **environment)
    url = f"{hub.url}/api/v1/journals/{journal.id}/segments"

    with urllib3.PoolManager(retries=False) as pool:
        headers = {"Content-Encoding": "gzip"}
        first = pool.request("POST", url, body=pack(journal.segment()), headers=headers)
        gap = pool.request("POST", url.replace("01/seg", "02/seg"), body=b"", headers=headers)

    assert (first.status, first.json()["head"]["seq"]) == (200, 2)
    assert gap.status == 422
    assert totals_of(prepared) == (2, 24_000)
    assert hub.terminate() == 0


def test_four_processes_of_one_postgresql_count_everything_once(launcher, tmp_path, postgres_url):
    store = Store.open(postgres_url)
    migrate(store)
    set_up(store)
    journals = [Journal(id=f"00000000-0000-7000-8000-00000000000{n}") for n in range(1, 5)]
    for journal, other in zip(journals, [*journals[1:], journals[0]], strict=True):
        sales = [journal.add("sale", sale(method="qris")) for _ in range(20)]
        other.add("refund", refund(sales[0], [(1, 1, 12_000)], "qris"))
        other.add("payment_confirmed", {"sale": sales[1], "n": 1})
    hub = launcher.kiosk(
        "hub",
        "--workers",
        "4",
        KIOSK_DATA=str(tmp_path / "data"),
        KIOSK_HUB_DATABASE=postgres_url,
        KIOSK_SECRET_KEY=HUB_KEY,
        KIOSK_HUB_PORT="{port}",
    )
    sent = [(f"{hub.url}/api/v1/journals/{one.id}/segments", one.segment()) for one in journals]

    answers = send_at_once(sent * 3)
    counted = [rows_of(store, table) for table in (tables.rollups, tables.payment_rollups)]
    rebuild(store, "2026-11-20T04:00:00.000+00:00")

    assert {status for status, _ in answers} == {200}
    assert sum(document["stored"] for _, document in answers) == 4 * 23
    assert totals_of(store) == (4 * 39, 4 * 39 * 12_000)
    assert payments_of(store)["qris", "final"] == 4 * 24_000
    assert [rows_of(store, table) for table in (tables.rollups, tables.payment_rollups)] == counted
    store.close()


def send_at_once(sent):
    def send(one):
        with urllib3.PoolManager(retries=False) as pool:
            answer = pool.request("POST", one[0], body=one[1])
            return answer.status, answer.json()

    with ThreadPoolExecutor(len(sent)) as pool:
        return list(pool.map(send, sent))


def test_a_second_hub_on_the_same_file_refuses_to_start(launcher, tmp_path):
    environment = {"KIOSK_DATA": str(tmp_path / "data"), "KIOSK_HUB_PORT": "{port}"}
    launcher.kiosk("hub", **environment)

    second = launcher.kiosk("hub", health=None, **environment)

    assert second.wait() == 1
    assert "Another hub is running" in second.log()


def test_wrong_settings_are_all_named_at_once(launcher, tmp_path):
    hub = launcher.kiosk(
        "hub",
        health=None,
        KIOSK_DATA=str(tmp_path),
        KIOSK_HUB_PORT="many",
        KIOSK_SECRET_KEY="short",
        KIOSK_HUB_DATABASE="mysql://x",
    )

    assert hub.wait() == 1
    for name in ("KIOSK_HUB_PORT", "KIOSK_SECRET_KEY", "KIOSK_HUB_DATABASE"):
        assert name in hub.log()


def imported(launcher, environment, tmp_path, *segments):
    file = tmp_path / "mesin-1.lapak.gz"
    file.write_bytes(b"".join(segments))
    run = launcher.kiosk("hub-import", str(file), health=None, **environment)
    return run.wait(), run.log()


def test_a_file_is_taken_once_however_often_it_is_brought(
    launcher, environment, prepared, tmp_path
):
    journal = Journal()
    for _ in range(3):
        journal.add("sale", sale())
    parts = [pack(journal.segment(1, 2)), pack(journal.segment(3, 4))]

    first = imported(launcher, environment, tmp_path, parts[0])
    whole = imported(launcher, environment, tmp_path, *parts)
    again = imported(launcher, environment, tmp_path, *parts)

    assert (first[0], whole[0], again[0]) == (0, 0, 0)
    assert "2 entries taken, 2 were known already" in whole[1]
    assert "0 entries taken, 4 were known already" in again[1]
    assert totals_of(prepared) == (6, 72_000)


def test_a_broken_file_is_taken_as_far_as_it_goes_and_says_so(
    launcher, environment, prepared, tmp_path
):
    journal = Journal()
    journal.add("sale", sale())
    part = pack(journal.segment())

    status, log = imported(launcher, environment, tmp_path, part, part[:-30])

    assert status == 1
    assert "2 entries taken" in log
    assert "Part 2 was not taken: The file ends too early" in log
    [row] = rows_of(prepared, tables.journals)
    assert bytes(row[3]) != first_prev(journal.id)


def test_the_first_start_makes_an_account_and_a_lost_password_is_replaced(launcher, tmp_path):
    environment = {"KIOSK_DATA": str(tmp_path / "data"), "KIOSK_HUB_PORT": "{port}"}
    hub = launcher.kiosk("hub", **environment)

    replaced = launcher.kiosk("hub", "--new-password", "organiser", health=None, **environment)

    assert "Sign in as organiser with the password" in hub.log()
    assert replaced.wait() == 0
    assert "The new password of organiser is" in replaced.log()
