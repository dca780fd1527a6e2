import json
import sqlite3

import pytest

from kiosk.clock import SystemClock
from kiosk.errors import WorldError
from kiosk.services import carts, paying
from kiosk.services.backups import COPYING, BackupFaultError, back_up
from kiosk.services.installation import open_installation
from kiosk.services.paying import PaymentForm
from kiosk.services.recording import NotSetUpError
from kiosk.settings import read_settings
from kiosk.storage.copying import NoQuietMomentError
from kiosk.storage.database import open_read_only
from kiosk.storage.looking import faults_of_file
from tests.support.bazaar import (
    DEVICE,
    INSTALLATION,
    SECRET,
    SteadyClock,
    close_bazaar,
    numbers,
    open_bazaar,
    open_till,
)


def sell(here, paired, number, times=1):
    for _ in range(times):
        cart = carts.new_cart(here, paired)
        carts.add(here, cart.id, number["WB86-KOMPLIT"], None)
        paying.pay(here, paired, cart.id, PaymentForm("cash"))


def test_a_backup_beside_an_open_till_holds_every_sale_and_is_named_by_time_and_head(
    here, paired, number
):
    sell(here, paired, number, 3)

    made = back_up(here.settings, here.clock, None)

    (verdict,) = made.verdicts
    assert (verdict.fault, verdict.sales) == (None, 3)
    assert made.path.parent == here.folder.path / "backups"
    assert made.path.name == f"lapak-{INSTALLATION[-12:]}-20261120-100000-{verdict.head}.db"
    assert [path.name for path in made.path.parent.iterdir()] == [made.path.name]
    assert list(here.folder.path.glob("backup-*")) == []
    copy = open_read_only(made.path)
    assert faults_of_file(copy, thorough=True) == []
    assert copy.execute("SELECT count(*) FROM sales").fetchone()[0] == 3
    copy.close()


def test_no_byte_of_a_backup_gives_away_a_pin_a_pairing_or_the_device(
    here, paired, number, tmp_path
):
    sell(here, paired, number)
    with here.db.read() as connection:
        hashes = [row["pin_hash"] for row in connection.execute("SELECT * FROM staff_secrets")]
        request = connection.execute("SELECT request FROM enrolment").fetchone()["request"]

    made = back_up(here.settings, here.clock, tmp_path / "usb")

    data = made.path.read_bytes()
    secrets = [*hashes, request, DEVICE, SECRET.hex(), paired.id, "scrypt:"]
    assert [text for text in secrets if text.encode() in data] == []
    assert SECRET not in data
    assert made.path.stat().st_mode & 0o777 == 0o600
    copy = open_read_only(made.path)
    for table in ("staff_secrets", "browsers", "pairing_codes", "tries", "enrolment"):
        assert copy.execute(f"SELECT count(*) FROM {table}").fetchone()[0] == 0
    copy.close()


def test_only_this_machines_oldest_backups_make_room(here, paired, number, tmp_path):
    folder = tmp_path / "usb"
    clock = SteadyClock()
    folder.mkdir()
    stranger = folder / "lapak-0123456789ab-20200101-000000-aaaaaaaa.db"
    stranger.write_bytes(b"another machine's")
    made = []
    for _ in range(4):
        sell(here, paired, number)
        clock.pass_seconds(60)
        made.append(back_up(here.settings, clock, folder, keep=2))

    clock.pass_seconds(-86_400)
    late = back_up(here.settings, clock, folder, keep=2)

    assert made[-1].removed == (made[1].path,)
    assert late.path.exists()
    assert set(folder.iterdir()) == {stranger, made[-1].path, late.path}


def test_a_journal_that_was_changed_is_not_backed_up_as_if_it_held(here, paired, number, tmp_path):
    sell(here, paired, number, 2)
    with here.db.write() as connection:
        connection.execute("DROP TRIGGER entries_are_never_changed")
        connection.execute("UPDATE entries SET stored = x'7b7d' WHERE seq = 4")

    with pytest.raises(BackupFaultError, match="entry 4 was changed"):
        back_up(here.settings, here.clock, tmp_path / "usb")

    assert list((tmp_path / "usb").iterdir()) == []


def test_a_folder_without_a_till_is_named_and_left_as_it_was(tmp_path):
    nowhere = read_settings({"KIOSK_DATA": str(tmp_path / "nowhere")})

    with pytest.raises(WorldError, match="there is no till in"):
        back_up(nowhere, SystemClock(), None)

    assert list(tmp_path.iterdir()) == []


def test_a_machine_that_is_not_set_up_has_nothing_to_back_up(tmp_path):
    fresh = open_installation(read_settings({"KIOSK_DATA": str(tmp_path)}))

    with pytest.raises(NotSetUpError):
        back_up(fresh.settings, SystemClock(), None)

    close_bazaar(fresh)


def test_a_backup_opens_where_nothing_may_be_written(here, paired, number, tmp_path):
    sell(here, paired, number)
    made = back_up(here.settings, here.clock, tmp_path / "usb")

    connection = sqlite3.connect(f"file:{made.path}?immutable=1", uri=True)
    rows = connection.execute("SELECT stored FROM entries WHERE kind = 'sale'").fetchall()
    connection.close()

    assert [json.loads(row[0])["body"]["number"] for row in rows] == ["K01-0001"]


def test_without_a_write_ahead_log_sales_go_on_between_the_pieces_of_a_copy(tmp_path):
    here = open_bazaar(tmp_path / "till", environment={"KIOSK_JOURNAL_MODE": "truncate"})
    paired = open_till(here)
    with here.db.write() as connection:
        connection.execute("CREATE TABLE filler AS SELECT zeroblob(3000000) AS filler")
    sold = []

    def sell_twice(what, done, total):
        if what == COPYING and total and len(sold) < 2:
            sold.append(sell(here, paired, numbers(here)))

    made = back_up(here.settings, here.clock, tmp_path / "usb", told=sell_twice)

    assert made.verdicts[-1].sales == len(sold) == 2
    with pytest.raises(NoQuietMomentError):
        back_up(
            here.settings,
            here.clock,
            tmp_path / "usb",
            told=lambda what, _done, _total: what == COPYING and sell(here, paired, numbers(here)),
        )
    assert list((tmp_path / "usb").iterdir()) == [made.path]
    close_bazaar(here)
