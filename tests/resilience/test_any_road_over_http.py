"""Whatever becomes of segments on their way to a running hub, it ends with the till's totals."""

import json
import random
import sqlite3

import pytest
import urllib3
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.cli.demo.program import FRIDAY, STAFF
from kiosk.clock import SystemClock, stamp
from kiosk.services import carts, paying
from kiosk.services.browsers import assign_till, pair_local
from kiosk.services.enrolment import enrol, hub_client
from kiosk.services.installation import open_installation
from kiosk.services.paying import PaymentForm
from kiosk.services.shifts import open_shift
from kiosk.services.sign_in import sign_in, staff
from kiosk.settings import read_settings
from kiosk.storage import journal
from kiosk.wire.segments import SegmentHeader, pack, write_segment
from tests.support.bazaar import close_bazaar, numbers
from tests.support.campaign import PLAIN_SKU, set_up_hub

OK, CONFLICT, UNPROCESSABLE = 200, 409, 422


@pytest.fixture
def hub_folder(tmp_path):
    return tmp_path / "hub"


@pytest.fixture
def here(launcher, tmp_path, hub_folder):
    """An installation enrolled at a running hub, its K01 open; nothing is uploaded by itself."""
    code = set_up_hub(hub_folder)
    hub = launcher.kiosk("hub", KIOSK_DATA=str(hub_folder), KIOSK_HUB_PORT="{port}")
    settings_ = read_settings({"KIOSK_DATA": str(tmp_path / "till")})
    installation = open_installation(settings_, SystemClock())
    enrol(installation, hub.url, code)
    yield installation
    close_bazaar(installation)


@pytest.fixture
def at_till(here):
    rina = next(person for person in staff(here) if person.name == STAFF[0].name)
    signed_in = sign_in(here, assign_till(here, pair_local(here), "K01"), rina.id, STAFF[0].pin)
    open_shift(here, signed_in, "0")
    return signed_in


def sell(here, at_till, times):
    for _ in range(times):
        cart = carts.new_cart(here, at_till)
        carts.add(here, cart.id, numbers(here)[PLAIN_SKU], None)
        paying.pay(here, at_till, cart.id, PaymentForm("cash"))


def segment_of(here, first, last):
    """Build the segment of the current journal from entry `first` to `last`."""
    client = hub_client(here)
    with here.db.read() as connection:
        current = journal.current(connection)
        entries = [
            sealed.stored
            for sealed in journal.sealed_entries(connection, current.ordinal, first - 1)
            if sealed.seq <= last
        ]
        header = SegmentHeader(
            journal=current.id,
            device=client.device,
            first=first,
            count=len(entries),
            prev=journal.hash_at(connection, current, first - 1),
            head=journal.hash_at(connection, current, last),
            made_at=stamp(here.clock.now()),
        )
    return write_segment(header, entries, client.secret)


def send(here, data):
    """Send bytes as a segment of the current journal, whatever they are."""
    client = hub_client(here)
    with here.db.read() as connection:
        name = journal.current(connection).id
    answer = urllib3.request(
        "POST",
        f"{client.url}/api/v1/journals/{name}/segments",
        body=pack(data),
        headers={"Content-Encoding": "gzip", "Content-Type": "application/x-ndjson"},
        retries=False,
    )
    return answer.status, json.loads(answer.data)


def head_of_till(here):
    with here.db.read() as connection:
        head = journal.head(connection, journal.current(connection))
    return head.seq, head.hash.hex()


def totals_of_till(here):
    with here.db.read() as connection:
        row = connection.execute(
            "SELECT coalesce(sum(units), 0), coalesce(sum(total_rp - rounding_rp), 0) FROM sales"
        ).fetchone()
    return tuple(row)


def totals_of_hub(folder):
    connection = sqlite3.connect(f"file:{folder}/hub.db?mode=ro", uri=True)
    row = connection.execute(
        "SELECT coalesce(sum(units), 0), coalesce(sum(omzet_rp), 0) FROM rollups WHERE event = ?",
        [FRIDAY.id],
    ).fetchone()
    connection.close()
    return row


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    sales=st.integers(1, 4),
    cuts=st.lists(st.integers(0, 10_000), max_size=3),
    repeats=st.lists(st.integers(1, 5), min_size=4, max_size=4),
    seed=st.integers(0, 2**32),
)
def test_any_road_to_the_running_hub_ends_with_the_tills_head_and_totals(
    here, at_till, hub_folder, sales, cuts, repeats, seed
):
    sell(here, at_till, sales)
    last, _ = head_of_till(here)
    # The journal grows from one example to the next, so cuts are drawn as shares of it.
    places = sorted({2 + cut * (last - 2) // 10_000 for cut in cuts})
    ranges = list(zip([1, *places], [*(place - 1 for place in places), last], strict=True))
    waiting = [
        segment_of(here, *one)
        for one, times in zip(ranges, repeats, strict=False)
        for _ in range(times)
    ]
    chance = random.Random(seed)
    chance.shuffle(waiting)
    torn = waiting[0][: chance.randrange(len(waiting[0]))]

    assert send(here, torn)[0] == UNPROCESSABLE
    deliver(here, waiting)

    status, answer = send(here, segment_of(here, last, last))
    assert status == OK
    assert (answer["head"]["seq"], answer["head"]["hash"]) == head_of_till(here)
    assert totals_of_hub(hub_folder) == totals_of_till(here)


def deliver(here, waiting):
    """Send segments until the hub took each: what is early comes again later."""
    while waiting:
        late = []
        for segment in waiting:
            status, answer = send(here, segment)
            assert status in (OK, CONFLICT), answer
            if status == CONFLICT:
                assert answer["reason"] == "gap"
                late.append(segment)
        assert len(late) < len(waiting)
        waiting = late
