"""Copies that sold on and files that were edited: named by both ends, and no sale is lost."""

import shutil

import pytest

from kiosk.services import journals
from kiosk.services.forking import all_forks
from tests.support.campaign import set_up_hub
from tests.support.two_ends import Machine, running_hub


@pytest.fixture(scope="module")
def hub_to_be(tmp_path_factory):
    """The folder of a hub that is set up, and a code for its Friday's machine."""
    folder = tmp_path_factory.mktemp("set-up") / "hub"
    return folder, set_up_hub(folder)


@pytest.fixture
def hub(hub_to_be, tmp_path):
    folder, code = hub_to_be
    shutil.copytree(folder, tmp_path / "hub")
    with running_hub(tmp_path / "hub", code) as hub:
        yield hub


@pytest.fixture
def machines(hub, tmp_path):
    """A machine that sold twice and sent it, and whatever is cloned from it."""
    found = [Machine(tmp_path / "till").join(hub.url, hub.code)]
    found[0].sold = found[0].sell(2)
    found[0].upload()
    yield found
    for one in found:
        one.close()


def edit(machine, change):
    """Change the file behind the triggers' back, as somebody with an editor would."""
    with machine.here.db.write() as connection:
        guards = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'entries'"
        ).fetchall()
        for guard in guards:
            connection.execute(f"DROP TRIGGER {guard['name']}")
        connection.execute(change)
        for guard in guards:
            connection.execute(guard["sql"])


@pytest.mark.parametrize("first", [0, 1])
def test_a_cloned_tablet_sells_on_beside_the_first_and_every_sale_counts_once(
    hub, machines, tmp_path, first
):
    old = machines[0]
    new = old.clone(tmp_path / "clone")
    machines.append(new)
    sold = old.sold + old.sell(2) + new.sell(3)

    for one in (machines[first], machines[1 - first], *machines):
        one.upload()
        sold += one.sell()
    for one in machines:
        one.upload()

    assert hub.sales() == sorted(sold)
    assert hub.units() == len(sold)
    assert [len(all_forks(one.here)) for one in (machines[first], machines[1 - first])] == [0, 1]
    assert machines[first].numbers()[-1] == f"K01-{len(machines[first].numbers()):04d}"
    assert machines[1 - first].numbers()[-1] == "K01B-0002"
    for one in machines:
        assert one.rows("SELECT count(*) FROM uploads WHERE sent_seq = 0") == [(0,)]
        assert journals.rebuild(one.here).drifted == ()


def test_an_order_paid_at_both_copies_is_a_conflict_and_counts_once(hub, machines, tmp_path):
    old = machines[0]
    cart = old.fill()
    new = old.clone(tmp_path / "clone")
    machines.append(new)
    new.tap(cart)

    for one in machines:
        one.pay(cart)
        one.upload()

    assert hub.sales() == sorted([*old.sold, cart])
    assert hub.units() == 3
    assert hub.tray() == ["conflict", "fork"]


CHANGED = (
    "UPDATE entries SET stored = CAST(replace(CAST(stored AS TEXT), ':1,', ':9,') AS BLOB)"
    " WHERE seq = (SELECT max(seq) - 1 FROM entries)"
)
REMOVED = "DELETE FROM entries WHERE seq = (SELECT max(seq) - 1 FROM entries)"
UNREADABLE = "UPDATE entries SET stored = x'7b7d' WHERE seq = (SELECT max(seq) - 1 FROM entries)"


@pytest.mark.parametrize(("change", "lost"), [(CHANGED, 0), (REMOVED, 1), (UNREADABLE, 1)])
@pytest.mark.parametrize("sent", [True, False])
def test_an_edited_file_is_named_and_what_it_still_holds_goes_on(hub, machines, change, lost, sent):
    (machine,) = machines
    sold = machine.sold + machine.sell(3)
    if sent:
        machine.upload()

    edit(machine, change)
    machine.look_around()
    sold += machine.sell()
    machine.upload()

    (fork,) = all_forks(machine.here)
    assert (fork.reason, fork.carried, fork.left_out) == ("broken", 2 - lost, lost)
    assert machine.numbers()[-1] == "K01B-0001"
    assert len(hub.sales()) == len(sold) - (0 if sent else lost)
    assert "changed_file" in hub.tray()
    assert machine.rows("SELECT problem FROM enrolment") == [(None,)]
    with machine.here.db.read() as connection:
        old, new = journals.verify(connection)
    assert (old.fault, old.is_forked, new.fault) == (None, True, None)
    assert old.sales + new.sales == len(sold) - lost
