"""Where a fault is tried: folders of its own, programs that end with it, and what came of it."""

import random
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from pathlib import Path

from kiosk.clock import SystemClock
from kiosk.hub.settings import load_settings
from kiosk.hub.storage.store import Store
from kiosk.services.printers import PrinterForm, keep_printer
from tests.support.bazaar import APPROVED, close_bazaar, numbers, open_bazaar, open_till
from tests.support.campaign import set_up_hub
from tests.support.disk import compile_disk
from tests.support.postgres import running_postgres
from tests.support.processes import Launcher, free_port
from tests.support.two_ends import Hub, running_hub


@dataclass
class Outcome:
    """What one kind of fault did: how often it struck, and what became of the sales."""

    faults: int = 0
    sales: int = 0
    lost: int = 0
    doubled: int = 0
    note: str = ""


class Supplies:
    """What is made once for all rooms: the disk's library, and a hub that is set up."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @cached_property
    def disk_library(self) -> Path:
        return compile_disk(self._folder)

    @cached_property
    def hub(self) -> tuple[Path, str]:
        """The folder of a hub on which nothing was sold, and a code of its Friday's machine."""
        folder = self._folder / "hub-to-be"
        return folder, set_up_hub(folder)


class Room:
    """A folder, a source of chance, and everything a fault needs around it."""

    def __init__(self, folder: Path, seed: int, supplies: Supplies) -> None:
        self.folder = folder
        self.supplies = supplies
        self.chance = random.Random(seed)
        self.launcher = Launcher(folder)
        self._numbers = count(1)

    def new_folder(self, name: str) -> Path:
        return self.folder / f"{name}-{next(self._numbers)}"

    def bazaar(self):
        """Make a folder that no till's process ever opened; gives it and its products.

        Its receipts go to a printer that is switched off, so each keeps its job.
        """
        folder = self.new_folder("till")
        here = open_bazaar(folder, SystemClock())
        off = PrinterForm("Depan", f"tcp://127.0.0.1:{free_port()}", "simulator", ("K01",))
        keep_printer(here, open_till(here), None, off, APPROVED)
        known = sorted(numbers(here).values())
        close_bazaar(here)
        return folder, known

    @contextmanager
    def hub(self):
        """A hub within this process, set up and empty."""
        made, code = self.supplies.hub
        folder = self.new_folder("hub")
        shutil.copytree(made, folder)
        with running_hub(folder, code) as hub:
            yield hub

    @contextmanager
    def store(self, kind: str):
        """A set-up hub's settings for its process, a code, and its store to look into."""
        folder = self.new_folder("hub")
        if kind == "sqlite":
            shutil.copytree(self.supplies.hub[0], folder)
            yield from self._store(folder, {}, self.supplies.hub[1])
            return
        with running_postgres() as server:
            environment = {"KIOSK_HUB_DATABASE": server.url(server.new_database())}
            code = set_up_hub(folder, **environment)
            yield from self._store(folder, environment, code)

    def _store(self, folder, environment, code):
        settings = {"KIOSK_DATA": str(folder), **environment}
        store = Store.open(load_settings(settings).database_url)
        try:
            yield settings, Hub(store, "", code)
        finally:
            store.close()
