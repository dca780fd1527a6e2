"""A second medium under a running till: selling never waits for it, and it brings all back."""

import time

import pytest

from kiosk.storage.database import open_read_only
from tests.support.bazaar import CASHIER, CASHIER_PIN
from tests.support.disk import Disk
from tests.support.till_client import TillClient

MISSING = "Salinan kedua tidak ada"
WAIT_SECONDS = 30


@pytest.fixture
def stick(disk_library, tmp_path):
    """A medium that can be told to hang, fill up or fail."""
    folder = tmp_path / "stick"
    folder.mkdir()
    return Disk(disk_library, folder)


@pytest.fixture
def cashier(start_till, stick):
    """A cashier at a till that writes a second copy."""
    program = start_till(
        KIOSK_SECOND_COPY=str(stick.folder),
        KIOSK_SECOND_COPY_SHARES_DISK="1",
        **stick.environment(),
    )
    client = TillClient(program.url)
    client.start("K01", CASHIER, CASHIER_PIN)
    return client


def sell(cashier, number):
    cart = cashier.next_cart()
    cashier.tap(number)
    assert cashier.pay_cash().status == 200
    return cart


def wait_for_copy(cashier, *, missing):
    """Look at the top bar until it says what it should of the copy."""
    give_up_at = time.monotonic() + WAIT_SECONDS
    while (MISSING in cashier.ask("GET", "/top-bar", htmx=True).text) != missing:
        assert time.monotonic() < give_up_at
        time.sleep(0.1)


@pytest.mark.parametrize("fault", ["hang", "fill", "make_read_only"])
def test_selling_goes_on_without_the_second_medium_and_the_copy_catches_up(
    cashier, stick, bazaar_folder, fault, launcher, tmp_path
):
    _, numbers = bazaar_folder
    number = numbers["WB86-KOMPLIT"]
    sold = {sell(cashier, number)}

    getattr(stick, fault)()
    sold |= {sell(cashier, number) for _ in range(3)}
    wait_for_copy(cashier, missing=True)
    stick.heal()
    wait_for_copy(cashier, missing=False)

    assert sales_of_a_restore(launcher, tmp_path, stick) == sold


def sales_of_a_restore(launcher, tmp_path, stick):
    """Restore a new machine from the stick alone, and list its sales."""
    fresh = tmp_path / "fresh"
    sources = [str(path) for path in stick.folder.glob("*.lapak.gz")]
    program = launcher.kiosk("restore", *sources, health=None, KIOSK_DATA=str(fresh))
    assert program.wait() == 0, program.log()
    connection = open_read_only(fresh / "till.db")
    try:
        return {row["id"] for row in connection.execute("SELECT id FROM sales")}
    finally:
        connection.close()
