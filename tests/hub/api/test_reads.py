"""Signed reads: heads and bundles, with a nonce that is good once."""

import pytest

from tests.hub.services.building import DEVICE, EVENT, MACHINE, Journal, add_device, entry_id, sale


@pytest.fixture
def journal(device):
    made = Journal()
    made.add("sale", sale())
    device.send(made)
    return made


def test_a_bare_read_is_answered_with_a_challenge(device, journal):
    answer = device.client.get(f"/api/v1/journals/{journal.id}")

    assert (answer.status_code, answer.json["reason"]) == (401, "sign")
    assert answer.headers["WWW-Authenticate"].startswith('Lapak nonce="')


def test_a_signed_read_gives_the_head_and_the_hash_at_a_position(device, journal):
    answer = device.read(f"/api/v1/journals/{journal.id}?seq=1")

    assert answer.json == {
        "head": {"seq": 2, "hash": journal.hash_at(2).hex()},
        "deepest": 0,
        "at": {"seq": 1, "hash": journal.hash_at(1).hex()},
    }


def test_a_nonce_is_good_once(device, journal):
    path = f"/api/v1/journals/{journal.id}"
    headers = device.sign(path)

    first = device.client.get(path, headers=headers)
    second = device.client.get(path, headers=headers)

    assert (first.status_code, second.status_code) == (200, 401)
    assert second.json["reason"] == "sign"


def test_a_nonce_is_good_for_a_minute(device, journal, clock):
    path = f"/api/v1/journals/{journal.id}"
    headers = device.sign(path)
    clock.go_on(seconds=61)

    assert device.client.get(path, headers=headers).status_code == 401


def test_a_signature_for_one_address_reads_no_other(device, journal):
    headers = device.sign(f"/api/v1/journals/{journal.id}")

    answer = device.client.get("/api/v1/bundle", headers=headers)

    assert (answer.status_code, answer.json["reason"]) == (401, "unknown_device")


def test_a_nonce_of_somebodys_own_making_is_not_taken(device, journal):
    path = f"/api/v1/journals/{journal.id}"
    mac = "0" * 64

    for nonce in ("A" * 48, "____________________", "A" * 17):
        header = f'Lapak device="{DEVICE}", nonce="{nonce}", mac="{mac}"'
        answer = device.client.get(path, headers={"Authorization": header})
        assert (answer.status_code, answer.json["reason"]) == (401, "sign")


def test_an_unknown_journal_and_somebody_elses_are_not_there(device, journal, app, store):
    other = type(device)(app.test_client(), entry_id(8), b"")
    with store.begin() as connection:
        connection.exec_driver_sql(
            f"INSERT INTO installations (id, event, name) VALUES ('{entry_id(9)}', '{EVENT}', 'M2')"
        )
    other.secret = add_device(store, other.device, entry_id(9))

    unknown = device.read(f"/api/v1/journals/{entry_id(4)}")
    foreign = other.read(f"/api/v1/journals/{journal.id}")

    assert (unknown.status_code, foreign.status_code) == (404, 404)
    assert other.read("/api/v1/journals").json == {"journals": []}


def test_a_machine_in_a_lost_ones_place_hears_which_journals_there_are(device, journal):
    answer = device.read("/api/v1/journals")

    (one,) = answer.json["journals"]
    assert one.pop("last_heard_at")
    assert one == {
        "journal": journal.id,
        "head": {"seq": 2, "hash": journal.hash_at(2).hex()},
        "continues": None,
    }
    assert device.client.get("/api/v1/journals").json["reason"] == "sign"


def test_a_position_that_is_none_is_refused(device, journal):
    answer = device.read(f"/api/v1/journals/{journal.id}?seq=-1")

    assert (answer.status_code, answer.json["reason"]) == (422, "query")


def test_the_bundle_comes_once_for_each_version(device):
    first = device.read("/api/v1/bundle")
    again = device.read("/api/v1/bundle", **{"If-None-Match": first.headers["ETag"]})

    assert first.status_code == 200
    assert first.headers["ETag"] == f'"{first.json["version"]}"'
    assert first.json["installation_name"] == "Mesin 1"
    assert [one["id"] for one in first.json["tills"]] == ["K01"]
    assert first.json["stalls"][0]["kelurahan"] == "Tebet Timur"
    assert (again.status_code, again.data) == (304, b"")


def test_a_changed_price_changes_the_version(device, store):
    first = device.read("/api/v1/bundle").json["version"]
    with store.begin() as connection:
        connection.exec_driver_sql("UPDATE products SET price_rp = 13000")

    assert device.read("/api/v1/bundle").json["version"] != first


def test_a_machine_without_a_till_says_so(device, store):
    with store.begin() as connection:
        connection.exec_driver_sql(f"DELETE FROM tills WHERE installation = '{MACHINE}'")

    assert device.read("/api/v1/bundle").status_code == 409
