"""A worker that dies under an open page is started again, and the page goes on."""

import os

from tests.support.bazaar import CASHIER, CASHIER_PIN
from tests.support.till_client import TillClient


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
