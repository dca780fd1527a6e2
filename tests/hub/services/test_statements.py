"""Statements by month, on both stores."""

from kiosk.hub.services.ingest import receive_segment
from kiosk.hub.services.recaps import recap
from kiosk.hub.services.statements import month_statements, statement_months, vendor_years
from tests.hub.services.building import CAMPAIGN, KEYS, Journal, line, sale, set_up


def test_a_sale_counts_in_the_month_of_its_hour_in_jakarta(store, clock):
    set_up(store)
    journal = Journal()
    journal.add("sale", sale([line(qty=1)]), at="2026-10-31T23:59:00.000+07:00")
    journal.add("sale", sale([line(qty=2)]), at="2026-11-01T00:01:00.000+07:00")
    receive_segment(store, clock, KEYS, journal.segment())

    months = statement_months(store, CAMPAIGN)
    november = month_statements(store, CAMPAIGN, "2026-11")

    assert months == ["2026-11", "2026-10"]
    assert [(one.total.units, one.year_rp) for one in november] == [(2, 36_000)]
    assert vendor_years(store, CAMPAIGN, "2026")[0].months[9:11] == (12_000, 24_000)
    assert [(row.vendors, row.counted.units) for row in recap(store, CAMPAIGN)] == [(1, 3)]
