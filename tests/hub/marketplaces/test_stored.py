import gzip
from pathlib import Path

import pytest

from kiosk.hub.marketplaces import read_export
from kiosk.hub.marketplaces.stored import from_stored, to_stored

SAMPLES = sorted((Path(__file__).parent / "samples").glob("*[vx]"))
BUYERS = (b"pembeli_dummy", b"p***uji", b"+62", b"12110", b"Jl. C")


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_what_was_read_of_a_file_comes_back_as_it_was(path):
    export = read_export(path.name, path.read_bytes())

    assert from_stored(to_stored(export)) == export


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_nothing_of_a_buyer_is_kept(path):
    kept = gzip.decompress(to_stored(read_export(path.name, path.read_bytes())))

    assert not [buyer for buyer in BUYERS if buyer in kept]
