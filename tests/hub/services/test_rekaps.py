"""Rekap manual on both stores: apart in the totals, giving way to tills, and taken back."""

from dataclasses import replace

import pytest

from kiosk.domain.money import Rupiah
from kiosk.hub.services.campaigns import NotFoundError
from kiosk.hub.services.figures import campaign_total, named_figures
from kiosk.hub.services.ingest import receive_segment
from kiosk.hub.services.projection import rebuild
from kiosk.hub.services.rekaps import (
    EvidenceKindError,
    NoEvidenceError,
    NothingSoldError,
    TillSoldError,
    WholeBazaarGivesWayError,
    add_rekap,
    campaign_rekaps,
    open_rekap,
    undo_rekap,
)
from kiosk.hub.storage.imports import Counted
from kiosk.hub.storage.rekaps import Rekap
from tests.hub.services.building import (
    AT,
    CAMPAIGN,
    EVENT,
    KEYS,
    VENDOR,
    Journal,
    line,
    refund,
    sale,
    set_up,
)

PAPER = Counted(40, Rupiah(900_000), 40, Rupiah(900_000))
TILL = Counted(2, Rupiah(24_000), 2, Rupiah(24_000))


@pytest.fixture
def hub(store):
    set_up(store)
    return store


def rekap(clock, **changes):
    typed = Rekap(
        clock.new_id(), CAMPAIGN, EVENT, VENDOR, 40, Rupiah(900_000), gives_way=False,
        told_by="Bu Sari", note="buku, hal. 3", evidence_name="", made_at=clock.now(),
        made_by="sari",
    )  # fmt: skip
    return replace(typed, **changes)


def typed_in(hub, clock, *, on_top=False, **changes):
    one = rekap(clock, **changes)
    add_rekap(hub, clock, "sari", one, None, on_top=on_top)
    return one


def sell(hub, clock, journal=None):
    """Sell two cups at a till; gives the journal and the sale's id."""
    journal = journal or Journal()
    sold = journal.add("sale", sale([line(qty=2)]))
    receive_segment(hub, clock, KEYS, journal.segment())
    return journal, sold


def channels(hub):
    return {row.key: row.counted for row in named_figures(hub, CAMPAIGN, "channel")}


def test_a_total_typed_in_stands_apart_and_is_taken_back_and_put_back(hub, clock):
    one = typed_in(hub, clock)

    counted = channels(hub)
    undo_rekap(hub, clock, "sari", one, undone=True)
    undone = campaign_total(hub, CAMPAIGN)
    undo_rekap(hub, clock, "sari", one, undone=False)

    assert counted == channels(hub) == {"rekap": PAPER}
    assert undone == Counted()


def test_a_paper_total_gives_way_to_the_tills_own_sales_once_they_come(hub, clock):
    one = typed_in(hub, clock, gives_way=True)
    before = channels(hub)

    sell(hub, clock)

    assert before == {"rekap": PAPER}
    assert channels(hub) == {"bazaar": TILL}
    assert campaign_rekaps(hub, CAMPAIGN) == [
        (replace(open_rekap(hub, CAMPAIGN, one.id), counted=False), TILL)
    ]


def test_a_paper_total_typed_in_after_the_upload_counts_nothing(hub, clock):
    sell(hub, clock)

    typed_in(hub, clock, gives_way=True)

    assert channels(hub) == {"bazaar": TILL}


def test_a_paper_total_comes_back_where_the_tills_sales_are_all_refunded(hub, clock):
    typed_in(hub, clock, gives_way=True)
    journal, sold = sell(hub, clock)

    journal.add("refund", refund(sold, [(1, 2, 24_000)]))
    receive_segment(hub, clock, KEYS, journal.segment(first=2))

    assert channels(hub) == {"rekap": PAPER}


def test_a_total_beside_a_tills_sales_is_asked_about_and_then_counted_on_top(hub, clock):
    sell(hub, clock)
    with pytest.raises(TillSoldError):
        typed_in(hub, clock)

    typed_in(hub, clock, on_top=True)

    assert channels(hub) == {"bazaar": TILL, "rekap": PAPER}


def test_a_rebuild_gives_the_same_totals_with_what_was_typed_in(hub, clock):
    typed_in(hub, clock, gives_way=True)
    typed_in(hub, clock, vendor="", units=5, omzet_rp=Rupiah(0))
    undo_rekap(hub, clock, "sari", typed_in(hub, clock), undone=True)
    sell(hub, clock)
    before = channels(hub)

    rebuild(hub, AT)

    assert channels(hub) == before
    assert before["rekap"].units == 5


REFUSED = [
    ({"units": 0, "omzet_rp": Rupiah(0)}, None, NothingSoldError),
    ({"note": ""}, None, NoEvidenceError),
    ({}, b"MZ not a picture", EvidenceKindError),
    ({"vendor": "", "gives_way": True}, None, WholeBazaarGivesWayError),
    ({"event": "nowhere"}, None, NotFoundError),
    ({"vendor": "nobody"}, None, NotFoundError),
]


def test_a_total_that_cannot_be_is_refused_by_its_reason(hub, clock):
    for changes, evidence, error in REFUSED:
        with pytest.raises(error):
            add_rekap(hub, clock, "sari", rekap(clock, **changes), evidence, on_top=False)

    assert campaign_total(hub, CAMPAIGN) == Counted()
