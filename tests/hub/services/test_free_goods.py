from dataclasses import replace

from kiosk.hub.services.accounts import add_user
from kiosk.hub.services.events import open_event, save_event
from kiosk.hub.services.ingest import receive_segment
from tests.hub.services.building import (
    CAMPAIGN,
    EVENT,
    KEYS,
    Journal,
    line,
    sale,
    set_up,
    totals_of,
)


def test_saying_that_free_goods_count_counts_those_already_sold(store, clock):
    set_up(store)
    journal = Journal()
    journal.add("sale", sale([line(1, 3), line(2, 2, price_rp=0, total_rp=0)]))
    receive_segment(store, clock, KEYS, journal.segment())
    before = totals_of(store)
    organiser = add_user(
        store, clock, by="test", login="panitia", name="Panitia", role="organiser",
        password="beli-lokal-2026",
    )  # fmt: skip

    event = open_event(store, CAMPAIGN, EVENT)
    save_event(store, clock, organiser.id, replace(event, counts_free_goods=True))

    assert before == (3, 36_000)
    assert totals_of(store) == (5, 36_000)
