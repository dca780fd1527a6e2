"""Sticks handed in at the hub: the same safety as over the network, and words for each file."""

import io

import pytest
from werkzeug.datastructures import MultiDict

from kiosk.hub.services.ingest import receive_segment
from kiosk.hub.services.journal_files import MOST_REFUSALS, take_file
from kiosk.wire.segments import pack
from tests.hub.services.building import CAMPAIGN, KEYS, Journal, sale, set_up, totals_of, tray_of
from tests.hub.web.steps import figures

PAGE = f"/campaigns/{CAMPAIGN}/files"


@pytest.fixture
def app(app, store):
    set_up(store)
    app.extensions["hub"] = type(app.extensions["hub"])(
        **{name: getattr(app.extensions["hub"], name) for name in ("settings", "store", "clock")},
        keys=KEYS,
    )
    return app


@pytest.fixture
def journal():
    made = Journal()
    for _ in range(3):
        made.add("sale", sale())
    return made


def hand_in(organiser, *files):
    data = MultiDict([("file", (io.BytesIO(content), name)) for name, content in files])
    return organiser.client.post(PAGE, data=data, content_type="multipart/form-data")


def test_files_of_a_stick_are_counted_once_also_after_a_part_came_by_network(
    organiser, store, clock, journal
):
    receive_segment(store, clock, KEYS, journal.segment(1, 2))
    whole = pack(journal.segment(1, 3)) + pack(journal.segment(4, 4))

    first = hand_in(organiser, ("lapak-mesin-1.lapak.gz", whole), ("again.lapak.gz", whole))
    again = hand_in(organiser, ("lapak-mesin-1.lapak.gz", whole))

    assert "<dd>2</dd>" in first.text
    assert "Tidak ada yang baru" in again.text
    assert totals_of(store) == (6, 72_000)


def test_what_no_machine_signed_is_refused_in_words_and_the_rest_is_taken(
    organiser, store, journal
):
    forged = pack(journal.segment(secret=b"x" * 32))

    answer = hand_in(
        organiser,
        ("palsu.lapak.gz", forged),
        ("catatan.lapak.gz", b"PK\x03\x04 not one"),
        ("kosong.lapak.gz", b""),
        ("bagus.lapak.gz", pack(journal.segment(1, 2)) + pack(journal.segment(3, 4))[:-9]),
    )

    assert "tidak dikenal" in answer.text
    assert "berakhiran .lapak.gz" in answer.text
    assert answer.text.count("terpotong") == 2
    assert totals_of(store) == (2, 24_000)


def test_a_strange_entry_of_a_file_goes_to_the_tray_and_is_named(organiser, store, journal):
    journal.add("sale", sale(total_rp=1))

    answer = hand_in(organiser, ("mesin.lapak.gz", pack(journal.segment())))

    assert tray_of(store) == [(5, "unbalanced")]
    assert f"/campaigns/{CAMPAIGN}/review/{journal.id}/5/unbalanced" in answer.text
    assert figures(organiser.get(f"/campaigns/{CAMPAIGN}/review"))[1][2].endswith("5")


def test_a_file_of_broken_parts_without_end_is_not_read_to_its_end(store, clock, app):
    report = take_file(store, clock, KEYS, "bom.lapak.gz", pack(b"{}\n") * 5_000)

    assert len(report.refusals) == MOST_REFUSALS


def test_handing_in_nothing_is_asked_for_again(organiser):
    assert hand_in(organiser).status_code == 422
