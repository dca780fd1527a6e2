"""A machine of the demonstration, worked with by the till's own services."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kiosk.cli.demo.program import DemoPerson
from kiosk.clock import Clock
from kiosk.domain.money import Rupiah
from kiosk.errors import WorldError
from kiosk.services.browsers import Browser, assign_till, pair_local
from kiosk.services.installation import Installation, open_installation
from kiosk.services.sign_in import sign_in, staff
from kiosk.services.uploads import upload_state, upload_step
from kiosk.settings import read_settings

FLOAT_RP: Final = Rupiah(300_000)


class UploadStuckError(WorldError):
    """The hub does not take what a machine of the demonstration sold."""


@dataclass(frozen=True, slots=True)
class EnrolmentTicket:
    """What a fresh machine is told: where the hub is, and its one-time code."""

    hub_url: str
    code: str


@contextmanager
def machine_in(folder: Path, clock: Clock | None = None) -> Iterator[Installation]:
    """Hold a machine's data folder; raises DataFolderInUseError while a till runs on it."""
    here = open_installation(read_settings({"KIOSK_DATA": str(folder)}), clock)
    try:
        with closing(here.db):
            yield here
    finally:
        here.folder.release()


def sit_down(here: Installation, till: str, person: DemoPerson) -> Browser:
    """Sign somebody in at a till, with a browser on the machine itself."""
    ids = {member.name: member.id for member in staff(here)}
    browser = assign_till(here, pair_local(here), till)
    return sign_in(here, browser, ids[person.name], person.pin)


def upload_all(here: Installation) -> None:
    """Send everything that is sealed; raises UploadStuckError."""
    while upload_step(here):
        pass
    state = upload_state(here)
    if state.waiting_entries:
        raise UploadStuckError(f"the hub does not take the sales: {state.problem}")
