"""A till's data folder for a measurement: enrolled, with a catalogue, at a hub nobody runs."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from kiosk.cli.bench import goods
from kiosk.cli.bench.programs import KIOSK, Program, running
from kiosk.domain.ids import uuid7
from kiosk.services.bundles import apply_bundle
from kiosk.services.installation import Installation, open_installation
from kiosk.services.recording import open_journal
from kiosk.settings import read_settings
from kiosk.storage import uploads

SECRET: Final = bytes(range(32))
DEVICE: Final = uuid7(0, b"bench-dev\0")
# A port that is never served: the uplink is down, as on most of a bazaar's day.
NOBODY: Final = "http://127.0.0.1:9"
FEW_PRODUCTS: Final = 20
MANY_PRODUCTS: Final = 1_000


@contextmanager
def opened(folder: Path) -> Iterator[Installation]:
    """Open a data folder in this process until the block ends."""
    here = open_installation(read_settings({"KIOSK_DATA": str(folder)}))
    try:
        yield here
    finally:
        here.db.close()
        here.folder.release()


def make_installation(folder: Path, products: int = FEW_PRODUCTS) -> Path:
    """Make a data folder that is ready to sell; gives it back."""
    with opened(folder) as here:
        here.folder.keep_secret(SECRET)
        with here.db.write() as connection:
            uploads.begin_enrolment(connection, NOBODY, "0" * 64)
            uploads.finish_enrolment(connection, DEVICE, goods.INSTALLATION)
            open_journal(here, connection, goods.INSTALLATION)
            apply_bundle(here, connection, goods.bundle(products, here.clock.now()))
    return folder


@contextmanager
def running_till(folder: Path, **settings: str) -> Iterator[Program]:
    """Run `kiosk till` on a data folder until the block ends; its port may not answer yet."""
    given = {"KIOSK_DATA": str(folder), "KIOSK_PORT": "{port}", **settings}
    with running([KIOSK, "till"], folder.parent, given) as program:
        yield program


@contextmanager
def serving_till(folder: Path, **settings: str) -> Iterator[Program]:
    """Run `kiosk till` and wait until its port takes connections."""
    with running_till(folder, **settings) as program:
        program.wait_for_port()
        yield program
