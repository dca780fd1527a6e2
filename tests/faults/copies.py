"""Machines that are not alone: clones that both sell, restored backups, edited files."""

import shutil

from kiosk.services import journals
from kiosk.services.forking import all_forks
from kiosk.storage.database import Database
from tests.faults.room import Outcome
from tests.support.two_ends import Machine


def clones(room, times):
    """A tablet is cloned; both sell and upload in any order, and are cloned again."""
    outcome = Outcome()
    turns = 4
    for _ in range(max(times // turns, 1)):
        with room.hub() as hub:
            machines = [Machine(room.new_folder("till")).join(hub.url, hub.code)]
            sold = machines[0].sell(2)
            for _ in range(turns):
                machines.append(room.chance.choice(machines).clone(room.new_folder("clone")))
                outcome.faults += 1
                for _ in range(6):
                    one = room.chance.choice(machines)
                    sold += one.sell(room.chance.randint(0, 2))
                    if room.chance.random() < 0.6:
                        one.upload()
            for one in (*machines, *machines):
                one.look_around()
            outcome.sales += len(sold)
            outcome.lost += len(set(sold) - set(hub.sales()))
            outcome.doubled += max(hub.units() - len(sold), 0)
            for one in machines:
                assert not one.waits()
                assert journals.rebuild(one.here).drifted == ()
                one.close()
    return outcome


def forks_cut_short(room, times):
    """The till is killed at any statement of a fork, and started again."""
    outcome = Outcome()
    with room.hub() as hub:
        old = Machine(room.new_folder("till")).join(hub.url, hub.code)
        sold = old.sell(2)
        old.upload()
        new = old.clone(room.new_folder("clone"))
        sold += [*old.sell(3), *new.sell(3)]
        old.upload()
        old.close()
        new.close()
        for _ in range(times):
            folder = room.new_folder("forks")
            shutil.copytree(new.folder, folder)
            left = _killed_while_it_forks(room, Machine(folder, new.browser))
            machine = Machine(left, new.browser)
            machine.look_around()
            assert len(all_forks(machine.here)) == 1
            assert journals.rebuild(machine.here).drifted == ()
            assert not machine.waits()
            machine.close()
            outcome.faults += 1
        outcome.sales = len(sold)
        outcome.lost = len(set(sold) - set(hub.sales()))
        outcome.doubled = max(hub.units() - len(sold), 0)
    return outcome


def _killed_while_it_forks(room, machine):
    """Fork, and give the folder as a kill at some statement of that leaves it."""
    left = room.chance.randint(1, 30)
    folder = room.new_folder("killed")

    def count_down(_statement):
        nonlocal left
        left -= 1
        if left == 0:
            shutil.copytree(machine.folder, folder)

    with machine.here.db.write() as connection:
        connection.set_trace_callback(count_down)
    machine.upload()
    with machine.here.db.write() as connection:
        connection.set_trace_callback(None)
    machine.close()
    return folder if folder.exists() else machine.folder


def edited_files(room, times):
    """Somebody edits the journal's rows: changed, removed and unreadable ones."""
    outcome = Outcome()
    stated = 0
    with room.hub() as hub:
        machine = Machine(room.new_folder("till")).join(hub.url, hub.code)
        sold = machine.sell(2)
        machine.upload()
        for _ in range(times):
            fresh = machine.sell(3)
            # What the hub has already can be edited here and is not lost.
            machine.upload()
            machine.close()
            _edit(machine.folder, room.chance)
            machine = Machine(machine.folder, machine.browser)
            machine.look_around()
            sold += fresh
            outcome.faults += 1
        stated = sum(fork.reason == "broken" for fork in all_forks(machine.here))
        assert stated
        outcome.sales = len(sold)
        outcome.lost = len(set(sold) - set(hub.sales()))
        outcome.doubled = len(hub.sales()) - len(set(hub.sales()))
        machine.close()
    outcome.note = f"{stated} journals named as broken"
    return outcome


def _edit(folder, chance):
    """Change one entry of the journal that is sold into behind the triggers' back."""
    database = Database(folder / "till.db")
    with database.write() as connection:
        for guard in ("changed", "removed"):
            connection.execute(f"DROP TRIGGER IF EXISTS entries_are_never_{guard}")
        journal, last = tuple(
            connection.execute(
                "SELECT journal, max(seq) FROM entries"
                " WHERE journal = (SELECT max(ordinal) FROM journals)"
            ).fetchone()
        )
        changed = "CAST(replace(CAST(stored AS TEXT), '1', '7') AS BLOB)"
        where = f"WHERE journal = {journal} AND seq = {chance.randint(2, last)}"
        connection.execute(
            chance.choice(
                (
                    f"UPDATE entries SET stored = {changed} {where}",
                    f"UPDATE entries SET stored = x'00ff' {where}",
                    f"DELETE FROM entries {where}",
                )
            )
        )
    database.close()
