"""`kiosk demo` as a person starts it: three programs that answer, and none left behind."""

import os
import signal
import time
from pathlib import Path

import urllib3

from tests.support.processes import START_SECONDS, ProgramError, free_port


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


def test_the_demonstration_comes_up_with_its_figures_and_ends_without_a_trace(launcher, tmp_path):
    hub_port = free_port()
    hub_url = f"http://127.0.0.1:{hub_port}"
    program = launcher.kiosk(
        "demo",
        *("--folder", str(tmp_path / "var"), "--till-port", "{port}"),
        *("--hub-port", str(hub_port), "--printer-port", str(free_port())),
    )

    wait_for(lambda: "Lapak is ready." in program.log(), program)
    assert get(program.url + "/healthz").status == 200
    assert get(hub_url + "/healthz").status == 200
    papan = get(hub_url + "/papan").data.decode()
    assert "3.484" in papan
    assert "Rp105.000.000" in papan
    assert "PIN 1357" in program.log()
    hub, printer, till = children(program.pid)
    os.kill(printer, signal.SIGKILL)
    wait_for(lambda: "The virtual printer runs again." in program.log(), program)
    started = children(program.pid)
    assert {hub, till} < set(started)
    assert len(started) == 3
    everything = [*started, *(worker for child in started for worker in children(child))]
    assert program.terminate() == 0
    assert [pid for pid in everything if runs(pid)] == []
