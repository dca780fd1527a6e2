"""Claimed payments wait until a till or an organiser says what became of them."""

import pytest
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text

from kiosk.hub.services.bank_lists import Sought, find_in_list
from kiosk.hub.services.campaigns import NotFoundError
from kiosk.hub.services.claims import (
    NothingChosenError,
    decide_claims,
    decided_claims,
    open_claims,
    undo_claims,
)
from kiosk.hub.services.ingest import receive_segment
from kiosk.hub.services.projection import rebuild
from kiosk.hub.storage import tables
from kiosk.hub.storage.migrations.versions import v0021_claimed_sales
from tests.hub.services.building import (
    CAMPAIGN,
    EVENT,
    KEYS,
    Journal,
    line,
    payments_of,
    refund,
    rows_of,
    sale,
    set_up,
)

BANK = """Tanggal;Keterangan;Kredit
20/11/2026;QR 260000114711 WEDANG;24.000,00
20/11/2026;QR 260000110815;36.000,00
20/11/2026;QR 260000119999;12.000,00
"""


@pytest.fixture
def hub(store, clock):
    set_up(store)

    def receive(journal):
        receive_segment(store, clock, KEYS, journal.segment())
        return open_claims(store, CAMPAIGN).claims

    return receive


@pytest.fixture
def decide(store, clock):
    def decide(keys, decision="final"):
        return decide_claims(store, clock, "sari", CAMPAIGN, keys, decision, "rekening koran")

    return decide


def test_a_claimed_payment_is_listed_with_its_sale_till_and_time(hub):
    journal = Journal()
    journal.add("sale", sale())
    journal.add("sale", sale([line(qty=3)], method="qris", number="K01-0042"))

    [claim] = hub(journal)

    assert (claim.number, claim.till, claim.machine) == ("K01-0042", "K01", "Mesin 1")
    assert (claim.method, claim.reference, f"{claim.at:%H.%M}") == ("qris", "", "10.15")
    assert claim.amount_rp == 36_000


def test_what_a_till_confirmed_or_never_got_is_listed_no_more(hub):
    journal = Journal()
    confirmed = journal.add("sale", sale(method="qris"))
    changed = journal.add("sale", sale(method="qris"))
    journal.add("payment_confirmed", {"sale": confirmed, "n": 1})
    journal.add("payment_changed", {"sale": changed, "n": 1, "method": None})

    assert hub(journal) == []


def test_a_note_that_says_claimed_is_no_claimed_payment(hub):
    journal = Journal()
    journal.add("sale", sale([line() | {"note": '"state":"claimed"'}]))

    assert hub(journal) == []


def test_a_number_that_is_no_text_does_not_hide_the_payment(hub):
    journal = Journal()
    journal.add("sale", sale(method="qris", number=["?"]))

    assert [claim.number for claim in hub(journal)] == [""]


def test_what_an_organiser_confirms_counts_as_received_until_it_is_taken_back(
    hub, decide, store, clock
):
    journal = Journal()
    first = journal.add("sale", sale(method="qris"))
    journal.add("sale", sale([line(qty=1)], method="qris"))
    journal.add("refund", refund(first, [(1, 1, 12_000)], "qris"))
    claims = hub(journal)

    rows = decide([claim.key for claim in claims])
    confirmed, waiting = payments_of(store), open_claims(store, CAMPAIGN).claims
    rebuild(store, "2026-11-20T04:00:00.000+00:00")
    rebuilt = payments_of(store)
    undone = undo_claims(store, clock, "sari", CAMPAIGN, rows[0].id, batch=True)

    assert confirmed == rebuilt == {("qris", "final"): 24_000}
    assert waiting == []
    assert undone == len(rows) == 2
    assert payments_of(store) == {("qris", "claimed"): 24_000}
    assert len(open_claims(store, CAMPAIGN).claims) == 2


def test_what_never_came_is_apart_and_a_till_knows_better(hub, decide, store, clock):
    journal = Journal()
    sold = journal.add("sale", sale(method="qris"))
    [claim] = hub(journal)
    decide([claim.key], "never_received")
    never = payments_of(store)

    journal.add("payment_changed", {"sale": sold, "n": 1, "method": "transfer"})
    hub(journal)

    assert never == {("qris", "never_received"): 24_000}
    assert payments_of(store) == {("transfer", "final"): 24_000}
    assert [one.overtaken for one in decided_claims(store, CAMPAIGN)] == [True]


def test_a_payment_is_decided_once_and_only_where_it_is(hub, decide, store, clock):
    journal = Journal()
    journal.add("sale", sale(method="qris"))
    [claim] = hub(journal)
    [row] = decide([claim.key])

    for keys in ([claim.key], [], ["x:1"], [f"{claim.sale}:7"]):
        with pytest.raises(NothingChosenError):
            decide(keys)
    with pytest.raises(NotFoundError):
        undo_claims(store, clock, "sari", "another", row.id, batch=False)

    assert payments_of(store) == {("qris", "final"): 24_000}


def test_a_banks_list_names_payments_by_reference_and_offers_them_by_amount():
    sought = [
        Sought("by its end", "RRN 4711", 24_000),
        Sought("other amount", "0815", 99_000),
        Sought("same amount", "", 12_000),
        Sought("not there", "1234", 7_000),
    ]

    hits = find_in_list(BANK, sought)

    assert {key: hit.how for key, hit in hits.items()} == {
        "by its end": "reference",
        "same amount": "amount",
    }
    assert "260000114711" in hits["by its end"].line


def test_one_line_of_a_banks_list_stands_for_one_payment():
    twice = [Sought("first", "", 12_000), Sought("second", "", 12_000)]

    assert find_in_list(BANK, twice) == {}
    assert set(find_in_list(BANK + BANK, twice)) == {"first", "second"}
    assert set(find_in_list("4711", [Sought("alone", "4711", 5_000)])) == {"alone"}
    assert find_in_list("", twice) == {}


def test_what_waits_is_paged_searched_and_found_anew_in_an_older_store(hub, decide, store):
    journal = Journal()
    sold = [journal.add("sale", sale(method="qris", number=f"K01-000{n}")) for n in range(5)]
    journal.add("payment_confirmed", {"sale": sold[0], "n": 1})
    decide([one.key for one in hub(journal) if one.number == "K01-0001"])
    kept = rows_of(store, tables.claimed_sales)

    with store.begin() as connection:
        connection.execute(text("DROP TABLE claimed_sales"))
        with Operations.context(MigrationContext.configure(connection)):
            v0021_claimed_sales.upgrade()
    first = open_claims(store, CAMPAIGN, event=EVENT, most=2)
    second = open_claims(store, CAMPAIGN, before=first.more, most=2)

    assert rows_of(store, tables.claimed_sales) == kept
    assert [one.number[-1] for one in first.claims + second.claims] == ["4", "3", "2"]
    assert second.more == ""
    assert [one.sale for one in open_claims(store, CAMPAIGN, search="k01-0003").claims] == [sold[3]]
    assert open_claims(store, CAMPAIGN, event="another").claims == []
