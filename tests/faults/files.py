"""Files that rot: till files, backups and exported journals, torn or with a bit turned over."""

import shutil

from kiosk.clock import SystemClock
from kiosk.errors import WorldError
from kiosk.services import journals
from kiosk.services.backups import back_up
from kiosk.services.replanting import Wish
from kiosk.services.restoring import restore_backup, restore_files
from kiosk.settings import read_settings
from kiosk.storage.data_folder import DATABASE
from kiosk.storage.database import DatabaseError, open_read_only
from kiosk.storage.looking import UNREADABLE, LookingDatabase, faults_of_file
from tests.faults.room import Outcome
from tests.services.restored import sell
from tests.support.bazaar import close_bazaar, open_bazaar, open_till

SALES = 30
ALL_THERE_IS = Wish(up_to_fault=True)
QUERY = "SELECT seq, id, stored, hash FROM entries WHERE journal = 1 ORDER BY seq"


def damaged_files(room, times):
    """Bits turned over and ends torn off: named, and restored from what is whole."""
    folder = room.new_folder("till")
    here = open_bazaar(folder, SystemClock())
    sell(here, open_till(here), SALES)
    with here.db.read() as connection:
        sealed = [tuple(row) for row in connection.execute(QUERY)]
    backup = back_up(here.settings, here.clock, room.new_folder("backups")).path
    (export,) = journals.export(here, room.new_folder("stick"))
    close_bazaar(here)
    outcome = Outcome(sales=SALES)
    named = stated = 0
    for turn in range(times):
        victim = (folder / DATABASE, backup, export)[turn % 3]
        broken = room.new_folder("broken") / victim.name
        broken.parent.mkdir()
        broken.write_bytes(_damage(victim.read_bytes(), room.chance))
        outcome.faults += 1
        if victim.name == DATABASE:
            named += _till_file(broken, sealed)
            # What is whole brings all of it back.
            _restored, rows = _restore(room, export)
            outcome.lost += len(sealed) - len(rows)
            assert rows == sealed
            continue
        restored, rows = _restore(room, broken)
        assert rows == sealed[: len(rows)]
        if len(rows) < len(sealed):
            stated += 1
            assert restored is None or restored.built.missing
        shutil.rmtree(broken.parent)
    outcome.note = f"{named} till files named as damaged, {stated} losses of a copy stated"
    return outcome


def _damage(data, chance):
    """Turn one bit over, write rubbish over a sector, or tear the end off."""
    data = bytearray(data)
    kind, place = chance.randrange(3), chance.randrange(len(data))
    if kind == 0:
        data[place] ^= 1 << chance.randrange(8)
    elif kind == 1:
        data[place : place + 512] = chance.randbytes(len(data[place : place + 512]))
    else:
        del data[place:]
    return bytes(data)


def _till_file(path, sealed):
    """Say whether a till's file is found damaged; else what it holds must be what was sealed."""
    try:
        database = LookingDatabase(path)
        try:
            with database.read() as connection:
                if faults_of_file(connection, thorough=True):
                    return True
                if any(verdict.fault for verdict in journals.verify(connection)):
                    return True
                rows = [tuple(row) for row in connection.execute(QUERY)]
        finally:
            database.close()
    except (DatabaseError, *UNREADABLE):
        return True
    assert rows == sealed
    return False


def _restore(room, source):
    """Restore what a source holds; gives what was said, None where it is refused, and the rows."""
    settings = read_settings({"KIOSK_DATA": str(room.new_folder("fresh"))})
    try:
        if source.suffix == ".db":
            restored = restore_backup(settings, SystemClock(), source, ALL_THERE_IS)
        else:
            restored = restore_files(settings, SystemClock(), [source], ALL_THERE_IS)
    except WorldError:
        assert list(settings.data.glob("till.db*")) == []
        return None, []
    connection = open_read_only(settings.data / DATABASE)
    rows = [tuple(row) for row in connection.execute(QUERY)]
    connection.close()
    shutil.rmtree(settings.data)
    return restored, rows
