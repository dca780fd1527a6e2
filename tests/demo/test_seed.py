"""The sown demonstration: published figures to the piece, sealed journals, a till that sells."""

from sqlalchemy import func, select

from kiosk.cli.demo.hub_seed import CAMPAIGN_ID, HUB_SIGN_INS
from kiosk.cli.demo.machines import machine_in
from kiosk.cli.demo.program import FIRST, FRIDAY, FRIDAY_INSTALLATION, INSTALLATIONS, SECOND, STAFF
from kiosk.cli.demo.seed import sow_once
from kiosk.cli.demo.till_seed import PRINTER_NAME, point_printer
from kiosk.clock import SystemClock
from kiosk.domain.entries import Sealed, find_fault, read_entry
from kiosk.hub.services.accounts import find_user
from kiosk.hub.services.figures import campaign_total, named_figures
from kiosk.hub.services.import_reading import read_file_in
from kiosk.hub.services.imports import take_import
from kiosk.hub.services.sign_ins import sign_in
from kiosk.hub.services.versions import campaign_versions, version_snapshot
from kiosk.hub.storage.tables import entries, places, review_tray, shifts, users, vendors
from kiosk.services import browsers
from kiosk.services import sign_in as till_sign_in
from kiosk.services.journals import verify
from kiosk.services.printers import printer_for
from kiosk.services.tills import tills
from kiosk.services.uploads import upload_state
from kiosk.storage.database import open_read_only
from tests.support.processes import free_port

OUTSIDE = ""


def by_event(store):
    return {
        row.key: (row.counted.units, row.counted.omzet_rp)
        for row in named_figures(store, CAMPAIGN_ID, "event")
    }


def organiser(store):
    with store.read() as connection:
        login = HUB_SIGN_INS[0].login
        return connection.scalar(select(users.c.id).where(users.c.login == login))


def import_sample(store, folder, name):
    clock, user = SystemClock(), organiser(store)
    data = (folder.samples / name).read_bytes()
    take_import(store, clock, user, read_file_in(store, clock, user, CAMPAIGN_ID, name, data))


def sealed_by_journal(store):
    with store.read() as connection:
        rows = connection.execute(select(entries).order_by(entries.c.journal, entries.c.seq))
        found = {}
        for row in rows:
            found.setdefault(row.journal, []).append(Sealed(row.seq, row.stored, row.hash))
        return found


def sales(store):
    return {
        entry.id: sealed.stored
        for chain in sealed_by_journal(store).values()
        for sealed in chain
        if (entry := read_entry(sealed.stored)).kind == "sale"
    }


def test_the_hub_shows_exactly_the_published_figures(store):
    total = campaign_total(store, CAMPAIGN_ID)

    assert (total.units, total.omzet_rp) == (3_484, 105_000_000)
    assert (total.units_final, total.omzet_final_rp) == (3_484, 105_000_000)


def test_each_event_has_its_part_and_the_friday_has_nothing_yet(store):
    assert by_event(store) == {FIRST.id: (1_597, 48_350_000), SECOND.id: (1_887, 56_650_000)}


def test_bazaar_and_online_sales_make_the_total_together(store):
    channels = {row.key: row.counted.units for row in named_figures(store, CAMPAIGN_ID, "channel")}

    assert channels["bazaar"] == FIRST.bazaar.units + SECOND.bazaar.units
    online = channels["tokopedia"] + channels["tiktok"]
    assert online == FIRST.online.units + SECOND.online.units
    assert sum(channels.values()) == 3_484


def test_vendors_of_all_ten_kecamatan_sold_something(store):
    found = {row.key for row in named_figures(store, CAMPAIGN_ID, "kecamatan")}

    assert found == {f"31.74.{n:02d}" for n in range(1, 11)}


def test_every_vendor_lives_in_a_kelurahan_that_there_is(store):
    with store.read() as connection:
        known = set(connection.scalars(select(places.c.code).where(places.c.kind == "kelurahan")))
        homes = set(connection.scalars(select(vendors.c.kelurahan)))

    assert homes <= known


def test_every_journal_at_the_hub_holds_from_end_to_end(store):
    chains = sealed_by_journal(store)

    assert len(chains) == len(INSTALLATIONS) + 1
    assert [find_fault(journal, chain) for journal, chain in chains.items()] == [None] * 5


def test_the_hub_found_nothing_strange_and_every_past_shift_is_closed(store):
    with store.read() as connection:
        strange = connection.scalar(select(func.count()).select_from(review_tray))
        is_open = connection.execute(select(shifts.c.event).where(shifts.c.closed_at.is_(None)))

        assert strange == 0
        assert [row.event for row in is_open] == [FRIDAY.id]


def test_the_second_version_holds_the_published_figures(store):
    versions = campaign_versions(store, CAMPAIGN_ID)

    snapshots = [version_snapshot(store, CAMPAIGN_ID, one) for one in versions]

    totals = [one.total() for one in snapshots]
    assert [(one.units, one.omzet_rp) for one in totals[:1]] == [(3_484, 105_000_000)]
    assert 0 < totals[1].units < totals[0].units


def test_the_sign_ins_that_are_printed_work_at_the_hub(store):
    for one in HUB_SIGN_INS:
        user = sign_in(store, SystemClock(), one.login, one.password)

        assert find_user(store, user.id).role == one.role


def test_the_till_is_open_printed_for_and_has_sent_everything(copy):
    log = point_printer(copy.till, 9_100)

    with machine_in(copy.till) as here:
        found = tills(here)
        assert [one.till.name for one in found] == ["Laci 1", "Laci 2"]
        assert [bool(one.shift) for one in found] == [True, False]
        assert found[0].shift.event == FRIDAY.id
        assert printer_for(here, "K02").name == PRINTER_NAME
        assert log.parent.parent == copy.till
        assert upload_state(here).waiting_entries == 0
    verdicts = verify(open_read_only(copy.till / "till.db"))
    assert [verdict.fault for verdict in verdicts] == [None]


def test_everybody_printed_at_start_signs_in_at_the_till(copy):
    with machine_in(copy.till) as here:
        ids = {member.name: member.id for member in till_sign_in.staff(here)}
        browser = browsers.assign_till(
            here, browsers.pair_local(here), FRIDAY_INSTALLATION.tills[0][0]
        )

        signed_in = [
            till_sign_in.sign_in(here, browser, ids[person.name], person.pin).operator.name
            for person in STAFF
        ]

    assert signed_in == [person.name for person in STAFF]


def test_another_printer_port_is_told_to_the_till(copy):
    point_printer(copy.till, 9_123)

    with machine_in(copy.till) as here:
        assert printer_for(here, "K01").address == "tcp://127.0.0.1:9123"


def test_the_sample_export_adds_six_pieces_to_the_friday_and_one_outside(store, copy):
    before = by_event(store)

    import_sample(store, copy, "tokopedia_tiktok.csv")

    assert by_event(store) == {**before, FRIDAY.id: (6, 153_000), OUTSIDE: (1, 45_000)}


def test_the_same_orders_as_a_workbook_are_not_counted_twice(store, copy):
    import_sample(store, copy, "tokopedia_tiktok.csv")
    before = by_event(store)

    import_sample(store, copy, "tokopedia_tiktok.xlsx")

    assert by_event(store) == before


def test_the_shopee_sample_belongs_to_the_friday(store, copy):
    import_sample(store, copy, "shopee_order_all.csv")

    assert by_event(store)[FRIDAY.id] == (14, 275_500)
    assert campaign_total(store, CAMPAIGN_ID).units == 3_484 + 14


def test_a_sowing_that_was_cut_short_is_begun_again_and_sells_the_same(copy, store):
    before = sales(store)
    store.close()
    copy.clear()
    copy.hub.mkdir()
    (copy.hub / "hub.db").write_bytes(b"half a file")
    assert not copy.is_sown

    sow_once(copy, fresh=False, hub_port=free_port(), printer_port=9_100, tell=lambda _: None)

    assert copy.is_sown
    assert sales(store) == before


def test_a_second_start_sows_nothing(copy, store):
    import_sample(store, copy, "tokopedia_tiktok.csv")
    before = by_event(store)
    heard = []

    sow_once(copy, fresh=False, hub_port=free_port(), printer_port=9_100, tell=heard.append)

    assert heard == []
    assert by_event(store) == before
