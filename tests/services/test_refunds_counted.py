"""What a till seals about refunds is what the hub counts, and what a file of before can take."""

from itertools import pairwise

from sqlite_utils import Database as Tables

from kiosk.hub.services.effects import Effects, EventTerms, SaleGroup, count_sale
from kiosk.hub.services.readings import Place, Reading, read
from kiosk.services import journals, refunds
from kiosk.services.approvals import Approval
from kiosk.services.refunds import RefundForm
from kiosk.storage import journal
from kiosk.storage.migrations import migrate, migrations
from tests.services.restored import sell
from tests.support.bazaar import CAMPAIGN, COORDINATOR, COORDINATOR_PIN, EVENT

EVENTS = {EVENT: EventTerms(CAMPAIGN, counts_free_goods=False, bazaar_end="")}


def sale_ids(here):
    with here.db.read() as connection:
        return [row["id"] for row in connection.execute("SELECT id FROM sales ORDER BY seq")]


def give_back(here, browser, sale, pieces):
    approval = Approval(COORDINATOR, COORDINATOR_PIN)
    form = RefundForm(here.clock.new_id(), "rusak", approval, pieces)
    (refunds.refund_lines if pieces else refunds.void)(here, browser, sale, form)


def read_at_hub(here, kind):
    with here.db.read() as connection:
        one = journal.current(connection)
        sealed = list(journal.sealed_entries(connection, one.ordinal))
    places = [Place(one.id, row.seq, row.hash, 0, "") for row in sealed]
    readings = [read(row.stored, place, EVENTS) for row, place in zip(sealed, places, strict=True)]
    assert all(isinstance(reading, Reading) for reading in readings)
    return [reading for reading in readings if reading.kind == kind]


def test_the_hub_counts_nothing_of_a_voided_sale(here, paired):
    sell(here, paired)
    give_back(here, paired, sale_ids(here)[0], {})
    effects = Effects()

    [sale] = read_at_hub(here, "sale")
    links = read_at_hub(here, "refund")
    beyond = count_sale(effects, 1, SaleGroup.of(sale, links, {}), EVENTS)

    assert beyond == []
    assert [link.subject for link in links] == [sale.id]
    assert sum(effects.units.values()) == 0
    assert sum(effects.omzet_rp.values()) == 0
    assert sum(effects.amount_rp.values()) == 0


def test_refunds_are_sealed_into_the_chain_with_the_rest(here, paired):
    sell(here, paired, 2)
    for sale in sale_ids(here):
        give_back(here, paired, sale, {1: "1"})

    with here.db.read() as connection:
        verdicts = journals.verify(connection)

    assert [verdict.fault for verdict in verdicts] == [None]
    refunded = read_at_hub(here, "refund")
    assert all(a.place.seq < b.place.seq for a, b in pairwise(refunded))


def test_a_file_of_before_refunds_is_upgraded_and_keeps_what_it_has():
    tables = Tables(memory=True)
    migrations.apply(tables, stop_before="m0002_what_comes_back")
    tables.execute("INSERT INTO journals VALUES (1, 'j', 'i', 0, 0)")

    migrate(tables)

    assert {"refunds", "refund_lines", "refund_payments"} <= set(tables.table_names())
    assert tables["journals"].count == 1
