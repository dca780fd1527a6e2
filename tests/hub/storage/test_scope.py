"""A mentor's store: her vendors alone in every query, and a refusal where that cannot be."""

import pytest
from sqlalchemy import func, insert, select, text

from kiosk.hub.services.figures import campaign_total, named_figures
from kiosk.hub.services.vendors import campaign_vendors
from kiosk.hub.storage import tables
from kiosk.hub.storage.rollups import add_to_rollups, discount_sums, payment_sums
from kiosk.hub.storage.scope import OutOfScopeError, Scope
from tests.hub.services.building import CAMPAIGN, EVENT, PRODUCT, VENDOR, set_up

OTHER = "00000000-0000-7000-8000-0000000000a2"
TEBET = Scope("kecamatan", "31.74.01")
OFFICE = Scope("binaan", " ppkukm ")
NOBODY = [Scope("", ""), Scope("binaan", ""), Scope("city", "31.74"), Scope("kecamatan", "9")]


@pytest.fixture
def two_vendors(store):
    """One vendor of Tebet, and one of another kecamatan whom PPKUKM guides, both with sales."""
    set_up(store)
    with store.begin() as connection:
        connection.execute(
            insert(tables.vendors).values(
                id=OTHER,
                campaign=CAMPAIGN,
                name="Batik",
                kecamatan="31.74.07",
                kelurahan="31.74.07.1001",
                binaan="PPKUKM",
            )
        )
        add_to_rollups(connection, [rollup(VENDOR, 2, 20_000), rollup(OTHER, 5, 70_000)])
        add_to_rollups(connection, [rollup("", 9, 90_000)])
    return store


def rollup(vendor, units, omzet_rp):
    return {
        "campaign": CAMPAIGN,
        "event": EVENT,
        "channel": "bazaar",
        "vendor": vendor,
        "product": PRODUCT,
        "category": "kuliner",
        "hour": "2026-11-20T10",
        "units": units,
        "omzet_rp": omzet_rp,
        "units_final": units,
        "omzet_final_rp": omzet_rp,
    }


@pytest.mark.parametrize(
    ("scope", "omzet_rp", "name"), [(TEBET, 20_000, "Wedang Sari"), (OFFICE, 70_000, "Batik")]
)
def test_a_mentor_sees_her_vendors_in_every_figure(two_vendors, scope, omzet_rp, name):
    seen = two_vendors.scoped(scope)

    assert campaign_total(seen, CAMPAIGN).omzet_rp == omzet_rp
    for group in ("channel", "event", "vendor", "kecamatan", "product", "category", "hour"):
        figures = named_figures(seen, CAMPAIGN, group)
        assert [one.counted.omzet_rp for one in figures] == [omzet_rp]
    assert [row.vendor.name for row in campaign_vendors(seen, CAMPAIGN)] == [name]
    assert campaign_total(two_vendors, CAMPAIGN).omzet_rp == 180_000


@pytest.mark.parametrize("scope", NOBODY)
def test_a_scope_that_says_nothing_holds_nobody(two_vendors, scope):
    seen = two_vendors.scoped(scope)

    assert campaign_total(seen, CAMPAIGN).units == 0
    assert campaign_vendors(seen, CAMPAIGN) == []


def test_what_tells_of_all_vendors_is_refused(two_vendors):
    seen = two_vendors.scoped(TEBET)

    with seen.read() as connection:
        assert discount_sums(connection, CAMPAIGN, None) == []
        with pytest.raises(OutOfScopeError):
            payment_sums(connection, CAMPAIGN, None)
        with pytest.raises(OutOfScopeError):
            connection.scalar(select(func.count()).select_from(tables.entries))
        with pytest.raises(OutOfScopeError):
            connection.execute(text("SELECT * FROM vendors"))
    with pytest.raises(OutOfScopeError), seen.begin():
        pass


def test_subqueries_aliases_and_joins_are_narrowed_too(two_vendors):
    other = tables.vendors.alias("other")
    within = select(tables.vendors.c.id).where(tables.vendors.c.campaign == CAMPAIGN)
    queries = [
        select(other.c.id),
        select(tables.event_rollups.c.vendor).where(tables.event_rollups.c.vendor.in_(within)),
        select(tables.products.c.vendor).join(
            tables.vendors, tables.vendors.c.id == tables.products.c.vendor
        ),
        select(tables.vendors.c.id).union(select(tables.event_rollups.c.vendor)),
    ]

    with two_vendors.scoped(TEBET).read() as connection:
        found = [list(connection.scalars(query)) for query in queries]

    assert found == [[VENDOR]] * 4
