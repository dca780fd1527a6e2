import pytest

from kiosk.clock import SystemClock
from tests.support.bazaar import close_bazaar, numbers, open_bazaar
from tests.support.disk import Disk, compile_disk


@pytest.fixture
def bazaar_folder(tmp_path):
    """The data folder of an enrolled installation, and the short numbers of its products."""
    folder = tmp_path / "till"
    here = open_bazaar(folder, SystemClock())
    known = numbers(here)
    close_bazaar(here)
    return folder, known


@pytest.fixture
def start_till(launcher, bazaar_folder):
    """Starts `kiosk till` on the folder, as often as a test likes."""
    folder, _ = bazaar_folder

    def start(**settings):
        return launcher.kiosk("till", KIOSK_DATA=str(folder), KIOSK_PORT="{port}", **settings)

    return start


@pytest.fixture(scope="session")
def disk_library(tmp_path_factory):
    """The library that stands between a program and its disk."""
    return compile_disk(tmp_path_factory.mktemp("disk"))


@pytest.fixture
def disk(disk_library, bazaar_folder):
    """The disk under the installation's folder."""
    return Disk(disk_library, bazaar_folder[0])
