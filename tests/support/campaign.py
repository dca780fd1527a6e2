"""A hub with the demonstration's program set up and nothing sold, for tests that need both ends."""

from kiosk.cli.demo.hub_seed import enrolment_code, set_up_program, sign_up
from kiosk.cli.demo.program import FRIDAY_INSTALLATION
from kiosk.clock import SystemClock
from kiosk.hub.settings import load_settings
from kiosk.hub.storage.migrations import migrate
from kiosk.hub.storage.store import Store

# Goods of the program that ask nothing when they are rung up.
PLAIN_SKU = "WB86-KOMPLIT"


def sell_plainly(client, times):
    """Sell one piece at a time at a till of the program, in cash."""
    for _ in range(times):
        client.next_cart()
        assert client.scan(PLAIN_SKU).status == 200
        assert client.pay_cash().status == 200


def set_up_hub(folder, **environment):
    """Set the program up in `folder` and give an enrolment code of the Friday's machine.

    `environment` may name another store than the folder's own.
    """
    settings = load_settings({"KIOSK_DATA": str(folder), **environment})
    folder.mkdir(parents=True, exist_ok=True)
    store = Store.open(settings.database_url)
    migrate(store)
    organiser = sign_up(store, SystemClock())
    set_up_program(organiser)
    code = enrolment_code(organiser, FRIDAY_INSTALLATION)
    store.close()
    return code
