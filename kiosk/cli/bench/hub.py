"""How fast a hub takes journals in and shows its board, and how small journals travel."""

import re
import time
from collections.abc import Iterator
from http import HTTPStatus
from typing import Final
from urllib.parse import urlencode

from sqlalchemy import Connection, text

from kiosk.cli.bench import goods
from kiosk.cli.bench.http import KeptConnection
from kiosk.cli.bench.hub_site import (
    EVENTS,
    LOGIN,
    PASSWORD,
    PRODUCTS,
    HubSite,
    make_hub,
    serving_hub,
)
from kiosk.cli.bench.journals import JournalMaker
from kiosk.cli.bench.plan import Plan
from kiosk.cli.bench.postgres import running_postgres
from kiosk.cli.bench.programs import NotMeasuredError
from kiosk.cli.bench.results import Measured, percentile
from kiosk.hub.storage.store import Store

DASHBOARD_ROUNDS: Final = 3
WARM_UP_LOOKS: Final = 3
# About 10,000 sales, beside which very many are looked at.
SEGMENTS_OF_FEW: Final = 10
_SEGMENT_TYPE: Final = "application/x-ndjson"
_TOKEN: Final = re.compile(r'name="csrf_token" value="([^"]+)"')
_BOARD: Final = f"/campaigns/{goods.CAMPAIGN}"
# Every entry of a sale once more in a journal of its own, counted like the first.
_COPY: Final = (
    (
        "INSERT INTO journals SELECT :tag || substr(id, 9), installation, head_seq, head_hash, depth,"
        " continues_journal, continues_seq, last_heard_at, waiting_entries FROM journals"
        " WHERE id = :journal"
    ),
    (
        "INSERT INTO entries SELECT :tag || substr(journal, 9), seq, stored, hash, arrived_at"
        " FROM entries WHERE journal = :journal"
    ),
    (
        "INSERT INTO counted_entries SELECT :tag || substr(id, 9), :tag || substr(journal, 9), seq,"
        " kind, content_hash, subject FROM counted_entries WHERE journal = :journal"
    ),
)
_MULTIPLY: Final = (
    (
        "UPDATE rollups SET units = units * :times, omzet_rp = omzet_rp * :times,"
        " units_final = units_final * :times, omzet_final_rp = omzet_final_rp * :times"
    ),
    (
        "UPDATE event_rollups SET units = units * :times, omzet_rp = omzet_rp * :times,"
        " units_final = units_final * :times, omzet_final_rp = omzet_final_rp * :times"
    ),
    "UPDATE payment_rollups SET payments = payments * :times, amount_rp = amount_rp * :times",
)


def measure_upload_bytes(plan: Plan) -> Iterator[Measured]:
    """Measure what a three-line sale weighs in a full, gzipped segment."""
    maker = _maker("00000000-0000-7000-8000-000000000000", bytes(32))
    sizes = [len(packed) / sales for packed, sales in maker.segments(plan.sizes.segments)]
    yield Measured("upload_bytes_per_sale", sizes)


def measure_ingest_sqlite(plan: Plan) -> Iterator[Measured]:
    """Measure how fast a hub on SQLite takes full segments from one till."""
    site = make_hub(plan.new_folder("ingest-sqlite") / "hub")
    yield Measured("hub_ingest_sqlite", _ingest(site, plan.sizes.segments)[0])


def measure_ingest_postgresql(plan: Plan) -> Iterator[Measured]:
    """Measure the same on PostgreSQL, one process of the hub."""
    folder = plan.new_folder("ingest-postgresql")
    with running_postgres() as url:
        site = make_hub(folder / "hub", url)
        yield Measured("hub_ingest_postgresql", _ingest(site, plan.sizes.segments)[0])


def measure_dashboard(plan: Plan) -> Iterator[Measured]:
    """Measure the board of a campaign with few and with very many sales, one browser looking."""
    site = make_hub(plan.new_folder("dashboard") / "hub")
    plan.say("sending sales to the hub")
    _rates, maker, sent = _ingest(site, min(plan.sizes.segments, SEGMENTS_OF_FEW))
    few = _looks(site, plan)
    times = max(1, round(plan.sizes.many_sales / sent))
    plan.say(f"writing {sent} sales {times} times over")
    _multiply(site, maker.journal, times)
    many = _looks(site, plan)
    yield Measured(
        "hub_dashboard_1000000_sales_p99",
        [percentile(looks, 99) for looks in many],
        f"{sent * times} sales; p50 {percentile(many[0], 50):.1f} ms",
    )
    yield Measured(
        "hub_dashboard_p50_growth_with_1000000_sales",
        [
            percentile(after, 50) / percentile(before, 50)
            for before, after in zip(few, many, strict=True)
        ],
        f"{sent * times} sales to {sent}",
    )


def _looks(site: HubSite, plan: Plan) -> list[list[float]]:
    """Open a hub's board again and again; gives the milliseconds of each look, by round."""
    with serving_hub(site) as hub, KeptConnection(hub.port) as connection:
        headers = _sign_in(connection)
        for _ in range(WARM_UP_LOOKS):
            _look(connection, headers)
        return [
            [_look(connection, headers) for _ in range(plan.sizes.dashboard_looks)]
            for _ in range(DASHBOARD_ROUNDS)
        ]


def _maker(device: str, secret: bytes) -> JournalMaker:
    return JournalMaker(device, secret, PRODUCTS, EVENTS)


def _ingest(site: HubSite, count: int) -> tuple[list[float], JournalMaker, int]:
    """Send segments that were made before; gives sales a second of each, and how many sales.

    The first segment, which opens everything, is sent before the clock runs.
    """
    maker = _maker(site.device, site.secret)
    path = f"/api/v1/journals/{maker.journal}/segments"
    headers = {"Content-Type": _SEGMENT_TYPE, "Content-Encoding": "gzip"}
    rates = []
    sent = 0
    segments = list(maker.segments(count + 1))
    with serving_hub(site) as hub, KeptConnection(hub.port) as connection:
        for packed, sales in segments:
            started = time.perf_counter()
            answer = connection.request("POST", path, headers, packed)
            rates.append(sales / (time.perf_counter() - started))
            sent += sales
            if answer.status != HTTPStatus.OK:
                raise NotMeasuredError(f"the hub answered a segment with {answer.text[:200]}")
    return rates[1:], maker, sent


def _multiply(site: HubSite, journal: str, times: int) -> None:
    """Bring a hub's rows to `times` as many sales, as if as many tills had sent the same day."""
    store = Store.open(site.database_url)
    try:
        for n in range(1, times):
            with store.begin() as connection:
                _run(connection, _COPY, tag=f"{n:08x}", journal=journal)
        with store.begin() as connection:
            _run(connection, _MULTIPLY, times=times)
    finally:
        store.close()


def _run(connection: Connection, statements: tuple[str, ...], **values: object) -> None:
    for statement in statements:
        connection.execute(text(statement), values)


def _sign_in(connection: KeptConnection) -> dict[str, str]:
    """Sign the organiser in; gives the headers of a signed-in browser."""
    page = connection.request("GET", "/sign-in", {})
    token = _TOKEN.search(page.text)
    if token is None or page.cookie is None:
        raise NotMeasuredError("the hub's sign-in page has no form")
    form = {"csrf_token": token[1], "login": LOGIN, "password": PASSWORD, "next": _BOARD}
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": page.cookie}
    answer = connection.request("POST", "/sign-in", headers, urlencode(form).encode())
    if answer.status != HTTPStatus.SEE_OTHER or answer.cookie is None:
        raise NotMeasuredError(f"the hub's sign-in answered {answer.status}")
    return {"Cookie": answer.cookie, "Accept-Encoding": "gzip"}


def _look(connection: KeptConnection, headers: dict[str, str]) -> float:
    """Open the board; gives the milliseconds until it was here."""
    started = time.perf_counter()
    answer = connection.request("GET", _BOARD, headers)
    took_ms = (time.perf_counter() - started) * 1000
    if answer.status != HTTPStatus.OK:
        raise NotMeasuredError(f"the hub's board answered {answer.status}")
    return took_ms
