"""Decisions: which copy of a conflict counts, taken back and kept by a rebuild, and notes."""

import pytest

from kiosk.hub.services.campaigns import NotFoundError
from kiosk.hub.services.decisions import (
    DecisionUnknownError,
    Summary,
    choose_copy,
    decide,
    open_entry,
    readable,
    summarise,
)
from kiosk.hub.services.devices import count_waiting, review_tray
from kiosk.hub.services.ingest import receive_segment
from kiosk.hub.services.projection import rebuild
from tests.hub.services.building import (
    CAMPAIGN,
    JOURNAL,
    KEYS,
    Journal,
    entry_id,
    line,
    payments_of,
    refund,
    sale,
    set_up,
    totals_of,
    tray_of,
)

SECOND = "00000000-0000-7000-8000-000000000002"
THIRD = "00000000-0000-7000-8000-000000000003"
AT = "2026-11-20T04:00:00.000+00:00"


@pytest.fixture
def hub(store, clock):
    """A sale of two pieces, told as of fifty by a copy that sold on; that it did is accepted."""
    set_up(store)
    root = Journal()
    root.add("sale", sale([line(qty=2)]), entry_id(1))
    ahead = {"journal": JOURNAL, "seq": 1, "hash": root.hash_at(1).hex()}
    second = Journal(id=SECOND, continues=ahead)
    second.add("sale", sale([line(qty=50)], method="qris"), entry_id(1))
    for journal in (root, second):
        receive_segment(store, clock, KEYS, journal.segment())
    accept_fork(store, clock, SECOND)
    return store


def accept_fork(store, clock, journal):
    decide(store, clock, "sari", tray_row(store, journal, 1, "fork"), "accepted", "")


def tray_row(store, journal=SECOND, seq=2, reason="conflict"):
    return open_entry(store, CAMPAIGN, journal, seq, reason).row


def test_the_chosen_copy_counts_at_once_and_after_a_rebuild(hub, clock):
    assert totals_of(hub) == (2, 24_000)

    choose_copy(hub, clock, "sari", tray_row(hub), (SECOND, 2), "kasir salah ketik")

    assert totals_of(hub) == (50, 600_000)
    assert payments_of(hub) == {("qris", "claimed"): 600_000}
    assert count_waiting(hub, CAMPAIGN) == 0
    rebuild(hub, AT)
    assert totals_of(hub) == (50, 600_000)
    assert count_waiting(hub, CAMPAIGN) == 0


def test_a_choice_taken_back_leaves_everything_as_it_was(hub, clock):
    before = (totals_of(hub), payments_of(hub), tray_of(hub))
    choose_copy(hub, clock, "sari", tray_row(hub), (SECOND, 2), "")

    choose_copy(hub, clock, "sari", tray_row(hub), None, "")

    assert (totals_of(hub), payments_of(hub), tray_of(hub)) == before
    assert count_waiting(hub, CAMPAIGN) == 1


def test_choosing_what_counts_already_settles_the_conflict(hub, clock):
    choose_copy(hub, clock, "sari", tray_row(hub), (JOURNAL, 2), "")

    assert totals_of(hub) == (2, 24_000)
    assert count_waiting(hub, CAMPAIGN) == 0


def test_another_copy_that_comes_after_the_choice_waits_for_a_decision(hub, clock):
    choose_copy(hub, clock, "sari", tray_row(hub), (SECOND, 2), "")
    third = Journal(id=THIRD, continues={"journal": JOURNAL, "seq": 1, "hash": "00"})
    third.add("sale", sale([line(qty=7)]), entry_id(1))

    receive_segment(hub, clock, KEYS, third.segment())
    accept_fork(hub, clock, THIRD)

    assert totals_of(hub) == (50, 600_000)
    waiting = [row.journal for row in review_tray(hub, CAMPAIGN) if row.decision is None]
    assert waiting == [THIRD]
    choose_copy(hub, clock, "sari", tray_row(hub, THIRD), (THIRD, 2), "")
    assert totals_of(hub) == (7, 84_000)
    assert len(open_entry(hub, CAMPAIGN, THIRD, 2, "conflict").copies) == 3


def test_a_refund_follows_the_copy_that_was_chosen(hub, clock):
    later = Journal(id=THIRD)
    later.add("refund", refund(entry_id(1), [(1, 2, 24_000)]))
    receive_segment(hub, clock, KEYS, later.segment())

    choose_copy(hub, clock, "sari", tray_row(hub), (SECOND, 2), "")

    assert totals_of(hub) == (48, 576_000)


def test_what_is_no_copy_and_what_is_no_decision_is_refused(hub, clock):
    row = tray_row(hub)

    with pytest.raises(DecisionUnknownError):
        choose_copy(hub, clock, "sari", row, (SECOND, 1), "")
    with pytest.raises(DecisionUnknownError):
        decide(hub, clock, "sari", row, "accepted", "")
    with pytest.raises(NotFoundError):
        tray_row(hub, seq=1)


def test_a_decision_stands_with_its_note_and_can_be_taken_back(store, clock):
    set_up(store)
    journal = Journal()
    journal.add("sale", sale(total_rp=1))
    receive_segment(store, clock, KEYS, journal.segment())
    row = tray_row(store, JOURNAL, 2, "unbalanced")

    decide(store, clock, "sari", row, "set_aside", "latihan")
    decided = open_entry(store, CAMPAIGN, JOURNAL, 2, "unbalanced")
    decide(store, clock, "sari", row, None, "")

    assert decided.row.decision == "set_aside"
    assert decided.trail[0].facts["note"] == "latihan"
    assert count_waiting(store, CAMPAIGN) == 1
    assert totals_of(store) == (0, 0)


@pytest.mark.parametrize(
    ("stored", "words"),
    [
        (b'{"a":1}', '{\n  "a": 1\n}'),
        (b"bukan json", "bukan json"),
        (b"\xff!", "\\xff!"),
        (rb'"\ud800"', r'"\ud800"'),
    ],
)
def test_stored_bytes_are_written_readably_whatever_they_are(stored, words):
    assert readable(stored) == words
    assert summarise(stored) is None


def test_a_strange_entry_is_summed_up_as_far_as_it_goes():
    stored = (
        b'{"v":1,"kind":"sale","seq":2,"id":"x","at":"y","by":null,"approved_by":null,"till":null,'
        b'"body":{"number":"\\ud800","lines":[1,{"qty":2}],"total_rp":"x"}}'
    )

    summary = summarise(stored)

    assert summary == Summary("\\ud800", "", "", ["2 × ?"], None)
