"""The virtual printer's panel: faults switched from outside, paper told apart from bytes."""

import json
import socket

import pytest
import urllib3

from printers.simulator import Simulator
from printers.simulator.control import ControlPanel


@pytest.fixture
def printer():
    with Simulator() as simulator:
        yield simulator


@pytest.fixture
def ask(printer):
    """Asks the panel as a program does."""
    with ControlPanel(printer) as panel, urllib3.PoolManager(retries=False) as pool:

        def asked(method, path, fields=None, **headers):
            return pool.request_encode_body(
                method, panel.url.rstrip("/") + path, fields, headers, encode_multipart=False
            )

        yield asked


def send(printer, data):
    with socket.create_connection(("127.0.0.1", printer.port), 5) as connection:
        connection.sendall(data)
        connection.shutdown(socket.SHUT_WR)
        while connection.recv(4096):
            pass


def state(ask):
    return json.loads(ask("GET", "/state").data)


def test_the_panel_tells_what_is_on_paper_apart_from_what_came(printer, ask):
    ask("POST", "/faults", {"paper_rows": "0"})
    send(printer, b"Terima kasih\n")

    told = state(ask)

    assert told["received_bytes"] == 13
    assert told["paper"]["lines"] == 0
    assert told["faults"]["paper_rows"] == 0


def test_a_fault_is_switched_and_taken_away(printer, ask):
    ask("POST", "/faults", {"cover_open": "1", "stale_bytes": "12 12", "reply_delay_seconds": "5"})
    switched = printer.faults
    ask("POST", "/mend")

    assert (switched.cover_open, switched.stale_bytes) == (True, b"\x12\x12")
    assert switched.reply_delay_seconds == 5.0
    assert not printer.faults.cover_open


@pytest.mark.parametrize("form", [{"no_such": "1"}, {"mute": "perhaps"}, {"paper_rows": "x"}])
def test_a_fault_that_cannot_be_is_refused_in_words(ask, form):
    answer = ask("POST", "/faults", form)

    assert answer.status == 400
    assert next(iter(form)) in answer.data.decode()


def test_power_and_listening_are_switched(printer, ask):
    ask("POST", "/power-off")
    off = state(ask)["listening"]
    ask("POST", "/power-on")

    assert (off, state(ask)["listening"]) == (False, True)


def test_a_native_code_says_its_words(printer, ask):
    words = b"https://lapak.example"
    store = b"\x1d(k" + (len(words) + 3).to_bytes(2, "little") + b"1P0" + words
    send(printer, store + b"\x1d(k\x03\x001Q0" + b"\x1dV\x01")

    told = state(ask)

    assert told["paper"]["codes"] == ["https://lapak.example"]
    assert told["paper"]["cuts"] == 1
    assert json.loads(ask("GET", "/paper?after=0").data)[0]["words"] == "https://lapak.example"


def test_the_page_shows_switches_and_the_paper(printer, ask):
    send(printer, b"<b>Halo\n")

    page = ask("GET", "/").data.decode()
    drawn = ask("GET", "/paper.svg").data.decode()

    assert 'name="cover_open"' in page
    assert "&lt;b&gt;Halo" in drawn


def test_a_page_from_elsewhere_switches_nothing(printer, ask):
    answer = ask("POST", "/power-off", Origin="https://elsewhere.example")
    strange_name = ask("GET", "/state", Host="elsewhere.example")

    assert (answer.status, strange_name.status) == (403, 404)
    assert printer.is_listening


def test_unknown_paths_are_said(ask):
    assert ask("GET", "/nowhere").status == 404
    assert ask("POST", "/explode").status == 404
