"""The fault campaign at small size; `make faults` runs the whole of it."""

import pytest

from tests.faults.campaign import KINDS, run
from tests.faults.room import Room, Supplies

SEED = 20_261_120


@pytest.fixture(scope="module")
def supplies(tmp_path_factory):
    return Supplies(tmp_path_factory.mktemp("supplies"))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_no_fault_loses_or_doubles_a_sale(kind, supplies, tmp_path):
    row = run(kind, Room(tmp_path, SEED, supplies), kind.few)

    assert row.fault == ""
    assert row.outcome.faults >= kind.few
    assert (row.outcome.lost, row.outcome.doubled) == (0, 0)
    assert row.outcome.sales
