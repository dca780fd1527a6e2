"""Kills and power cuts under load: every sale that was answered is there, whole, once.

A kill leaves what the kernel had; a power cut only what was synced, and any of the rest.
`LAPAK_POWER_CUTS` says how many of each; a few in CI, two hundred for a night.
"""

import os
import random
import threading

from tests.support.bazaar import CASHIER, CASHIER_PIN
from tests.support.sellers import CLIENTS, check_file, sellers
from tests.support.till_client import TillClient

POWER_CUTS = int(os.environ.get("LAPAK_POWER_CUTS", "6"))


def sell_until_the_end(start, folder, products, end):
    """Sell, let `end` take the program away, and look, as often as is asked."""
    chance = random.Random(20261120)
    answered, left_open = set(), {}
    for turn in range(POWER_CUTS):
        program = start(turn)
        at_work = sellers(program, products, chance)
        for seller in at_work:
            seller.start()
        threading.Event().wait(chance.uniform(0.2, 1.2))
        end(program, chance)
        for seller in at_work:
            seller.join(30)
            answered |= seller.answered
            left_open.update(seller.open)
            assert seller.odd == []
        check_file(folder, answered, left_open)
    assert len(answered) > POWER_CUTS * CLIENTS


def test_no_answered_sale_is_lost_or_doubled_by_a_kill(start_till, bazaar_folder):
    folder, numbers = bazaar_folder

    sell_until_the_end(
        lambda _: start_till(),
        folder,
        sorted(numbers.values()),
        lambda program, _: program.kill(),
    )


def test_no_answered_sale_is_lost_or_doubled_by_a_power_cut(start_till, bazaar_folder, disk):
    folder, numbers = bazaar_folder

    def start(turn):
        # Both ways of SQLite to make a commit durable, one after the other on one file.
        mode = {"KIOSK_JOURNAL_MODE": "truncate"} if turn % 2 else {}
        return start_till(**mode, **disk.environment())

    def cut(program, chance):
        program.kill()
        disk.lose_power(chance)

    sell_until_the_end(start, folder, sorted(numbers.values()), cut)


def test_open_carts_are_still_there_after_a_restart(start_till, bazaar_folder):
    _, numbers = bazaar_folder
    program = start_till()
    client = TillClient(program.url)
    client.start("K01", CASHIER, CASHIER_PIN)
    cart = client.next_cart()
    client.tap(numbers["WB86-KOMPLIT"])
    client.tap(numbers["WB86-KOMPLIT"])
    program.kill()

    again = TillClient(start_till().url)
    again.start("K01", CASHIER, CASHIER_PIN)
    shown = again.ask("GET", f"/carts/{cart}", htmx=True)

    assert shown.status == 200
    assert "50.000" in shown.text


def test_a_dead_worker_is_started_again_and_the_next_tap_works(start_till, bazaar_folder):
    _, numbers = bazaar_folder
    program = start_till()
    client = TillClient(program.url)
    client.start("K01", CASHIER, CASHIER_PIN)
    cart = client.next_cart()
    worker = int((bazaar_folder[0] / "lock").read_text())

    os.kill(worker, 9)
    program.wait_until_healthy()

    assert int((bazaar_folder[0] / "lock").read_text()) != worker
    assert cart in client.tap(numbers["KRP-TMP"]).text
