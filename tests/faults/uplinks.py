"""Between till and hub: bad uplinks, uploaders beside each other, and a clock that jumps."""

import threading
from datetime import timedelta

from kiosk.clock import SystemClock
from kiosk.services import journals
from kiosk.services.uploads import send_now, upload_step
from kiosk.workers.uploading import Uploader
from tests.faults.room import Outcome
from tests.support.bad_uplink import BadUplink, trusting
from tests.support.two_ends import Machine

MOST_ATTEMPTS = 400


def bad_uplinks(room, times):
    """Answers lost, late, doubled, cut and mixed up, a Wi-Fi's portal before TLS, nonsense."""
    outcome = Outcome()
    with room.hub() as hub:
        machine = Machine(room.new_folder("till")).join(hub.url, hub.code)
        uplink = BadUplink(hub.url, room.chance)
        with machine.here.db.write() as connection:
            connection.execute("UPDATE enrolment SET hub_url = :url", {"url": uplink.url})
        try:
            with trusting(uplink):
                sold = _sell_through(machine, hub, uplink, room.chance, times)
        finally:
            uplink.close()
        outcome.faults = uplink.faults
        _hold_against(outcome, hub, machine, sold)
        machine.close()
    return outcome


def _sell_through(machine, hub, uplink, chance, times):
    """Sell and upload until there were as many faults; gives the sales."""
    sold = []
    while uplink.faults < times:
        sold += machine.sell(chance.randint(1, 3))
        for _ in range(chance.randint(1, 8)):
            send_now(machine.here)
            upload_step(machine.here)
        # Whoever reads “all sent” may take the tablet home.
        assert machine.waits() or hub.head(machine.head()[0]) == machine.head()
        # As after a start: it asks where the hub stands, and for its catalogue.
        Uploader(machine.here).step()
    uplink.is_well = True
    machine.upload()
    return sold


def two_uploaders(room, times):
    """Four uploaders of one machine send the same entries at the same moment."""
    outcome = Outcome()
    with room.hub() as hub:
        machine = Machine(room.new_folder("till")).join(hub.url, hub.code)
        sold, done = [], []
        for _ in range(times):
            sold += machine.sell(2)
            at_once = threading.Barrier(4)

            def upload(at_once=at_once):
                at_once.wait()
                for _ in range(6):
                    upload_step(machine.here)
                done.append(1)

            threads = [threading.Thread(target=upload) for _ in range(4)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            outcome.faults += 1
        assert len(done) == 4 * times, "an uploader ended in an error"
        machine.upload()
        _hold_against(outcome, hub, machine, sold)
        machine.close()
    return outcome


class JumpingClock(SystemClock):
    """The machine's clock, set by an unsteady hand."""

    def __init__(self) -> None:
        self.off_by = timedelta(0)

    def now(self):
        return super().now() + self.off_by


def clock_jumps(room, times):
    """The clock jumps by up to ten years, back and forth, between one sale and the next."""
    outcome = Outcome()
    with room.hub() as hub:
        clock = JumpingClock()
        machine = Machine(room.new_folder("till"), clock=clock).join(hub.url, hub.code)
        sold = []
        for _ in range(times):
            clock.off_by = timedelta(days=room.chance.randint(-3_650, 3_650))
            sold += machine.sell()
            if room.chance.random() < 0.5:
                upload_step(machine.here)
            outcome.faults += 1
        machine.upload()
        in_order = [id_ for (id_,) in machine.rows("SELECT id FROM sales ORDER BY seq")]
        numbers = machine.rows("SELECT number FROM sales ORDER BY seq")
        assert in_order == sold
        assert numbers == [(f"K01-{n:04d}",) for n in range(1, len(sold) + 1)]
        _hold_against(outcome, hub, machine, sold)
        machine.close()
    return outcome


def _hold_against(outcome, hub, machine, sold):
    """Hold the hub's head, sales and totals against the machine's."""
    assert hub.head(machine.head()[0]) == machine.head()
    with machine.here.db.read() as connection:
        assert all(verdict.fault is None for verdict in journals.verify(connection))
    counted = hub.sales()
    outcome.sales += len(sold)
    outcome.lost += len(set(sold) - set(counted))
    outcome.doubled += max(hub.units() - len(sold), 0)
    assert hub.units() == len(sold)
