"""The till's machine fails: killed, without power, with a disk that takes nothing."""

import threading

from tests.faults.room import Outcome
from tests.support.bazaar import CASHIER, CASHIER_PIN
from tests.support.disk import Disk
from tests.support.sellers import check_file, sellers
from tests.support.till_client import TillClient

# A file that grows for a whole night would be looked through for most of it.
TURNS_A_FILE = 25
MOST_CALLS = 60


def kills(room, times):
    """kill -9 of the till at any moment while eight cashiers are paid."""
    return _sell_until_the_end(room, times, lambda program, _: program.kill(), powered=False)


def power_cuts(room, times):
    """The power fails: of every file is left what was synced, and any sectors of the rest."""

    def cut(program, disk):
        program.kill()
        disk.lose_power(room.chance)

    return _sell_until_the_end(room, times, cut, powered=True)


def _sell_until_the_end(room, times, end, *, powered):
    outcome = Outcome()
    for begun in range(0, times, TURNS_A_FILE):
        folder, products = room.bazaar()
        disk = Disk(room.supplies.disk_library, folder) if powered else None
        answered, left_open = set(), {}
        for turn in range(min(TURNS_A_FILE, times - begun)):
            # Both ways of SQLite to make a commit durable, one after the other on one file.
            mode = {"KIOSK_JOURNAL_MODE": "truncate"} if turn % 2 else {}
            below = disk.environment() if disk else {}
            program = room.launcher.kiosk(
                "till", KIOSK_DATA=str(folder), KIOSK_PORT="{port}", **mode, **below
            )
            at_work = sellers(program, products, room.chance)
            for seller in at_work:
                seller.start()
            threading.Event().wait(room.chance.uniform(0.1, 0.9))
            end(program, disk)
            for seller in at_work:
                seller.join(30)
                answered |= seller.answered
                left_open.update(seller.open)
                assert seller.odd == [], seller.odd
            found = check_file(folder, answered, left_open)
            outcome.faults += 1
            outcome.lost += found.lost
            outcome.doubled += found.doubled
        outcome.sales += len(answered)
    return outcome


def failing_disks(room, times):
    """Each write and each sync of a payment fails once; then the disk fills up, and is read-only."""
    outcome = Outcome()
    folder, products = room.bazaar()
    disk = Disk(room.supplies.disk_library, folder)
    program = room.launcher.kiosk(
        "till", KIOSK_DATA=str(folder), KIOSK_PORT="{port}", **disk.environment()
    )
    cashier = TillClient(program.url)
    cashier.start("K01", CASHIER, CASHIER_PIN)
    answered, refused = set(), 0
    for fault in _faults(times):
        cart = cashier.next_cart()
        assert cashier.tap(products[0]).status == 200
        fault(disk)
        answer = cashier.pay_cash()
        disk.heal()
        outcome.faults += 1
        if answer.status != 200:
            assert answer.status == 503, answer.text
            assert "Kembalian" not in answer.text
            refused += 1
            assert cashier.pay_cash().status == 200
        answered.add(cart)
    program.kill()
    found = check_file(folder, answered, {})
    outcome.sales, outcome.lost, outcome.doubled = found.sales, found.lost, found.doubled
    outcome.note = f"{refused} payments refused in words, and taken when the disk was well"
    assert refused
    return outcome


def _faults(times):
    """Give what is done to the disk before each payment, as often as asked."""
    for call in range(times):
        yield (
            lambda disk, call=call: disk.fail(writes=call % MOST_CALLS),
            lambda disk, call=call: disk.fail(syncs=call % MOST_CALLS // 4),
            lambda disk, call=call: disk.fill(call * 512),
            lambda disk: disk.make_read_only(),
        )[call % 4]
