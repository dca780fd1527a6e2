"""POST /enrol: one code, one machine."""

from datetime import timedelta

import pytest
from sqlalchemy import insert, update

from kiosk.clock import stamp_utc
from kiosk.hub.services.enrolment import CODE_LIFETIME, hash_code
from kiosk.hub.storage import tables
from tests.hub.services.building import MACHINE, Journal, entry_id, rows_of, sale

CODE = "ABCDEFGHIJKLMNOP"
REQUEST = "ab" * 16


@pytest.fixture
def coded(device, store, clock):
    """A device that waits for its code."""
    with store.begin() as connection:
        connection.execute(
            insert(tables.devices).values(
                id=entry_id(50),
                installation=MACHINE,
                code_hash=hash_code(CODE),
                code_expires_at=stamp_utc(clock.now() + CODE_LIFETIME),
            )
        )
    return device


def test_a_code_gives_the_device_its_secret_and_its_bundle(coded, store):
    answer = coded.enrol(CODE, REQUEST)

    assert answer.status_code == 200
    assert (answer.json["device"], answer.json["installation"]) == (entry_id(50), MACHINE)
    assert answer.json["bundle"]["installation_name"] == "Mesin 1"
    coded.device, coded.secret = entry_id(50), bytes.fromhex(answer.json["secret"])
    journal = Journal(device=coded.device, secret=coded.secret)
    journal.add("sale", sale())
    assert coded.send(journal).status_code == 200


def test_the_secret_lies_nowhere_in_the_database(coded, store):
    secret = coded.enrol(CODE, REQUEST).json["secret"]

    rows = [
        bytes(cell) if isinstance(cell, memoryview) else cell
        for row in rows_of(store, tables.devices)
        for cell in row
    ]

    assert bytes.fromhex(secret) not in rows
    assert secret not in rows


def test_the_same_request_within_a_quarter_of_an_hour_gets_the_same_answer(coded, clock):
    first = coded.enrol(CODE, REQUEST)
    clock.go_on(minutes=14)

    assert coded.enrol(CODE, REQUEST).json == first.json


def test_another_request_or_a_later_one_is_refused(coded, clock):
    coded.enrol(CODE, REQUEST)

    other = coded.enrol(CODE, "cd" * 16)
    clock.go_on(minutes=15)
    late = coded.enrol(CODE, REQUEST)

    assert (other.status_code, other.json["reason"]) == (403, "used")
    assert (late.status_code, late.json["reason"]) == (403, "used")


def test_a_code_is_good_for_two_days(coded, clock):
    clock.go_on(hours=48)

    answer = coded.enrol(CODE, REQUEST)

    assert (answer.status_code, answer.json["reason"]) == (403, "expired")


def test_how_a_code_is_typed_does_not_matter(coded):
    assert coded.enrol("abcd-efgh 1jkl-mn0p", REQUEST).status_code == 200


def test_a_withdrawn_code_is_refused(coded, store, clock):
    with store.begin() as connection:
        connection.execute(
            update(tables.devices)
            .where(tables.devices.c.id == entry_id(50))
            .values(revoked_at=stamp_utc(clock.now() - timedelta(hours=1)))
        )

    assert coded.enrol(CODE, REQUEST).json["reason"] == "used"


def test_wrong_codes_are_counted_for_each_address_and_forgotten_after_an_hour(coded, clock):
    for _ in range(10):
        assert coded.enrol("A" * 16, REQUEST).json["reason"] == "code"

    right = coded.enrol(CODE, REQUEST)
    elsewhere = coded.enrol(CODE, REQUEST, environ_base={"REMOTE_ADDR": "127.0.0.2"})
    clock.go_on(minutes=14)
    clock.go_on(minutes=47)
    later = coded.enrol("B" * 16, REQUEST)

    assert (right.status_code, right.json["reason"]) == (429, "tries")
    assert elsewhere.status_code == 200
    assert later.json["reason"] == "code"


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"[" * 3_000, b'{"code": 1, "request": "x"}', b'{"code": "\xff"}']
)
def test_a_body_that_is_no_request_is_refused(device, body):
    answer = device.client.post("/api/v1/enrol", data=body)

    assert (answer.status_code, answer.json["reason"]) == (422, "body")


def test_a_request_that_can_be_guessed_is_refused(coded):
    assert coded.enrol(CODE, "ab").status_code == 422


def test_a_body_without_end_is_refused(device):
    answer = device.client.post("/api/v1/enrol", data=b" " * 5_000)

    assert (answer.status_code, answer.json["reason"]) == (413, "too_large")


def test_a_machine_that_is_not_ready_keeps_its_code(coded, store):
    with store.begin() as connection:
        connection.exec_driver_sql("UPDATE staff SET active = false")
    not_ready = coded.enrol(CODE, REQUEST)
    with store.begin() as connection:
        connection.exec_driver_sql("UPDATE staff SET active = true")

    assert not_ready.status_code == 409
    assert coded.enrol(CODE, REQUEST).status_code == 200
