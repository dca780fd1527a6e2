"""A loop lives through a disk that fails for a while, and says so once."""

import threading

from kiosk.services.installation import Bell
from kiosk.storage.database import DatabaseError
from kiosk.workers.loop import Loop


def test_a_step_that_the_disk_does_not_take_is_tried_again_and_told_once(caplog):
    tries, is_done = [], threading.Event()

    def step():
        tries.append(len(tries))
        if len(tries) < 4:
            raise DatabaseError("its disk is full, and nothing was saved")
        is_done.set()
        return False

    loop = Loop("printer", step, Bell(), 0.01)
    loop.start()
    is_done.wait(20)
    loop.stop(20)

    assert len(tries) >= 4
    told = [line.facts for line in caplog.records if line.name == "loops"]
    assert told == [{"loop": "printer", "fact": "its disk is full, and nothing was saved"}]
