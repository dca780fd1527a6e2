import pytest

from tests.support.bazaar import close_bazaar, numbers, open_bazaar, open_till


@pytest.fixture
def here(tmp_path):
    """An enrolled installation with a catalogue."""
    installation = open_bazaar(tmp_path / "till")
    yield installation
    close_bazaar(installation)


@pytest.fixture
def paired(here):
    """A browser at K01, signed in, its shift open with Rp200.000."""
    return open_till(here)


@pytest.fixture
def number(here):
    """The short number of each product by SKU."""
    return numbers(here)
