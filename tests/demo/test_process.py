"""`kiosk demo` as a person starts it: three programs that answer, and none left behind."""

import os
import signal
import time
from pathlib import Path

import pytest
import urllib3

from tests.support.processes import START_SECONDS, ProgramError, free_port


@pytest.fixture
def demo(launcher, tmp_path):
    """Starts the demonstration on free ports in a folder of the test's own."""

    def start(folder=tmp_path / "var"):
        hub_port = free_port()
        program = launcher.kiosk(
            "demo",
            *("--folder", str(folder), "--till-port", "{port}"),
            *("--hub-port", str(hub_port), "--printer-port", str(free_port())),
        )
        wait_for(lambda: "Lapak is ready." in program.log(), program)
        return program, f"http://127.0.0.1:{hub_port}"

    return start


def wait_for(happened, program):
    give_up_at = time.monotonic() + START_SECONDS
    while not happened():
        if time.monotonic() > give_up_at:
            raise ProgramError(program.log())
        time.sleep(0.1)


def children(pid):
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def runs(pid):
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return False


def get(url):
    with urllib3.PoolManager(retries=False) as pool:
        return pool.request("GET", url, timeout=10)


def test_the_demonstration_comes_up_with_its_figures_and_ends_without_a_trace(demo):
    program, hub_url = demo()

    assert get(program.url + "/healthz").status == 200
    assert get(hub_url + "/healthz").status == 200
    papan = get(hub_url + "/papan").data.decode()
    assert "3.484" in papan
    assert "Rp105.000.000" in papan
    assert "PIN 1357" in program.log()
    started = children(program.pid)
    everything = [*started, *(worker for child in started for worker in children(child))]
    assert len(started) == 3
    assert program.terminate() == 0
    assert [pid for pid in everything if runs(pid)] == []


def test_a_second_start_sows_nothing_and_a_program_that_dies_comes_back(demo, copy):
    copy.close()
    program, hub_url = demo(copy.path)

    assert "Selling at" not in program.log()
    assert "3.484" in get(hub_url + "/papan").data.decode()
    _, printer, _ = children(program.pid)
    os.kill(printer, signal.SIGKILL)
    wait_for(lambda: "The virtual printer runs again." in program.log(), program)
    assert len(children(program.pid)) == 3
    program.process.send_signal(signal.SIGINT)
    assert program.wait() == 0
