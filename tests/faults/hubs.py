"""The hub fails: killed while it takes segments, and several processes on one database."""

import threading

from kiosk.services.uploads import send_now, upload_step
from tests.faults.room import Outcome
from tests.support.processes import free_port
from tests.support.two_ends import Machine

CLIENTS = 8


def killed_on_sqlite(room, times):
    """kill -9 of the hub in the middle of an ingest, on SQLite."""
    return _killed(room, times, "sqlite")


def killed_on_postgresql(room, times):
    """kill -9 of the hub in the middle of an ingest, on PostgreSQL."""
    return _killed(room, times, "postgresql")


def _killed(room, times, kind):
    outcome = Outcome()
    with room.store(kind) as (settings, hub):
        port = free_port()
        program = _start(room, settings, port)
        machine = Machine(room.new_folder("till")).join(f"http://127.0.0.1:{port}", hub.code)
        sold = []
        for _ in range(times):
            sold += machine.sell(room.chance.randint(5, 25))
            uploading = threading.Thread(target=machine.upload)
            uploading.start()
            uploading.join(room.chance.uniform(0, 0.12))
            program.kill()
            uploading.join()
            outcome.faults += 1
            program = _start(room, settings, port)
        machine.upload()
        _hold(outcome, hub, machine, sold)
        program.kill()
        machine.close()
    return outcome


def two_hubs(room, times):
    """Two hubs of two processes each on one PostgreSQL; eight clients send the same segments."""
    outcome = Outcome()
    with room.store("postgresql") as (settings, hub):
        ports = [free_port(), free_port()]
        programs = [_start(room, {**settings, "KIOSK_HUB_WORKERS": "2"}, port) for port in ports]
        urls = [f"http://127.0.0.1:{port}" for port in ports]
        machine = Machine(room.new_folder("till")).join(urls[0], hub.code)
        clients = [_client_of(machine, url) for url in urls]
        sold = []
        for _ in range(times):
            sold += machine.sell(3)
            segment = machine.tail()
            at_once = threading.Barrier(CLIENTS)
            threads = [
                threading.Thread(target=_send, args=(clients[n % 2], segment, at_once))
                for n in range(CLIENTS)
            ]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            outcome.faults += CLIENTS - 1
            machine.upload()
        _hold(outcome, hub, machine, sold)
        for program in programs:
            program.kill()
        machine.close()
    return outcome


def _start(room, settings, port):
    program = room.launcher.kiosk("hub", health=None, KIOSK_HUB_PORT=str(port), **settings)
    program.port = port
    program.wait_until_healthy()
    return program


def _client_of(machine, url):
    client = machine.client()
    client.url = url
    return client


def _send(client, segment, at_once):
    journal, data = segment
    at_once.wait()
    client.send_segment(journal, data)


def _hold(outcome, hub, machine, sold):
    """Send what is left, and hold both ends against each other."""
    while machine.waits():
        send_now(machine.here)
        upload_step(machine.here)
    assert hub.head(machine.head()[0]) == machine.head()
    outcome.sales += len(sold)
    outcome.lost += len(set(sold) - set(hub.sales()))
    outcome.doubled += max(hub.units() - len(sold), 0)
    assert hub.units() == len(sold)
