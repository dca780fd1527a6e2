"""Sowing the demonstration: the whole program into empty folders, the same each time."""

import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Final

from kiosk.cli.demo.folder import DemoFolder
from kiosk.cli.demo.hub_seed import (
    Organiser,
    enrolment_code,
    freeze_totals,
    import_online_sales,
    set_up_program,
    sign_up,
)
from kiosk.cli.demo.hub_server import hub_server
from kiosk.cli.demo.machines import EnrolmentTicket
from kiosk.cli.demo.past_bazaars import hold_bazaar
from kiosk.cli.demo.past_sales import plan_bazaar
from kiosk.cli.demo.program import EVENTS, FRIDAY_INSTALLATION, INSTALLATIONS, DemoEvent
from kiosk.cli.demo.samples import put_out_samples
from kiosk.cli.demo.till_seed import set_up_till
from kiosk.cli.hub import only_hub
from kiosk.clock import SystemClock
from kiosk.hub.settings import HubSettings, load_settings
from kiosk.hub.storage.migrations import migrate
from kiosk.hub.storage.store import Store

SEED: Final = 20211126


def sow_once(
    folder: DemoFolder,
    *,
    fresh: bool,
    hub_port: int,
    printer_port: int,
    tell: Callable[[str], None],
) -> None:
    """Sow a folder unless that was done to the end before; `fresh` sows it anew."""
    if fresh or not folder.is_sown:
        sow(folder, hub_port=hub_port, printer_port=printer_port, tell=tell)


def sow(
    folder: DemoFolder, *, hub_port: int, printer_port: int, tell: Callable[[str], None]
) -> None:
    """Make hub, till and samples anew; `tell` hears what is being done.

    What a sowing that was cut short left behind is taken away first.
    """
    folder.clear()
    settings = hub_settings(folder, hub_port)
    settings.data.mkdir(mode=0o700)
    with only_hub(settings), closing(Store.open(settings.database_url)) as store:
        tell("Setting up the campaign …")
        migrate(store)
        organiser = sign_up(store, SystemClock())
        set_up_program(organiser)
        rng = Random(SEED)  # noqa: S311 - made-up sales, the same each time
        with hub_server(settings, store) as hub_url:
            for event in EVENTS:
                _hold_again(rng, organiser, event, hub_url, tell)
            tell("Setting up the till …")
            code = enrolment_code(organiser, FRIDAY_INSTALLATION)
            set_up_till(folder.till, EnrolmentTicket(hub_url, code), printer_port)
        # The evening's version knows the bazaars alone; the next one the online orders too.
        freeze_totals(organiser, "sementara")
        import_online_sales(rng, organiser, EVENTS, tell)
        freeze_totals(organiser, "final")
    put_out_samples(folder.samples)
    folder.finish()


def hub_settings(folder: DemoFolder, port: int) -> HubSettings:
    """Give the settings with which the demonstration's hub runs."""
    return load_settings({"KIOSK_DATA": str(folder.hub), "KIOSK_HUB_PORT": str(port)})


def _hold_again(
    rng: Random,
    organiser: Organiser,
    event: DemoEvent,
    hub_url: str,
    tell: Callable[[str], None],
) -> None:
    """Sell an event's bazaar at each of its machines, in folders that are then thrown away."""
    machines = [machine for machine in INSTALLATIONS if machine.event == event.key]
    planned = plan_bazaar(rng, event, machines)
    if planned:
        tell(f"Selling at {event.name}: {len(planned)} receipts …")
    for machine in machines:
        ticket = EnrolmentTicket(hub_url, enrolment_code(organiser, machine))
        with tempfile.TemporaryDirectory(prefix="lapak-") as data:
            hold_bazaar(rng, Path(data), event, machine, planned, ticket)
