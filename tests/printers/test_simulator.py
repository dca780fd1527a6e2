"""The virtual printer: its parser, its paper, its log and its program."""

import signal
import socket
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printers.errors import PrinterError
from printers.paper import PaperCut, PaperLine, PaperPulse, PaperRaster
from printers.profiles import SIMULATOR
from printers.simulator import Faults, Machine, PaperLog, Simulator, paper_svg, read_paper
from printers.transports import transport_for
from tests.printers.jobs import eventually

GRAPHICS = b"0p0\x01\x011\x08\x00\x02\x00\xff\x81"


def fed(*parts, **faults):
    machine = Machine(SIMULATOR, faults=Faults(**faults))
    for part in parts:
        machine.receive(part, 0.0)
        machine.advance(0.0)
    return machine


NAMES = [
    first + bytes([second])
    for first in (b"\x10", b"\x1b", b"\x1c", b"\x1d")
    for second in range(128)
]
STREAMS = st.lists(st.one_of(st.binary(max_size=12), st.sampled_from(NAMES))).map(b"".join)


@given(STREAMS, st.integers(1, 20))
def test_no_bytes_stop_the_printer_and_no_cut_of_them_changes_the_paper(data, step):
    whole = fed(data)

    in_parts = fed(*(data[at : at + step] for at in range(0, len(data), step)))

    assert in_parts.paper == whole.paper


@pytest.mark.parametrize(
    ("sent", "on_paper"),
    [
        (b"kue\n", [PaperLine("kue")]),
        (b"\x1bE\x01kue\n", [PaperLine("kue", bold=True)]),
        (b"\x1b!\x38kue\n", [PaperLine("kue", bold=True, width=2, height=2)]),
        (b"\x1d!\x21\x1ba\x01kue\n", [PaperLine("kue", width=3, height=2, align="center")]),
        (b"\x1d!\x11\x1b@kue\n", [PaperLine("kue")]),
        (b"x" * 40 + b"\n", [PaperLine("x" * 32), PaperLine("x" * 8)]),
        (b"x" * 32 + b"\n", [PaperLine("x" * 32)]),
        (b"a\tb\n", [PaperLine("a" + " " * 7 + "b")]),
        (b"a\x1bd\x03", [PaperLine("a"), PaperLine(""), PaperLine("")]),
        (b"a\x1bJ\x3c", [PaperLine("a"), PaperLine("")]),
        (b"\xd6\xd0\n", [PaperLine("中")]),
        (b"\x1c.\xd6\xd0\n", [PaperLine("╓╨")]),
        (b"\x1c.\x1bt\x10\xe9\n", [PaperLine("é")]),
        (b"\x1bt\x01\x1c.\xb1\n", [PaperLine("ｱ")]),
        (b"\x1dV\x00\x1dV\x01\x1dVA\x03\x1bi", [PaperCut(p) for p in (False, True, False, True)]),
        (b"\x1bp\x00\x32\x32\x1bp1\x32\x32", [PaperPulse(2), PaperPulse(5)]),
        (b"\x1dk\x04ABC\x00\x1dkI\x04{B12", [PaperLine("||| ABC |||"), PaperLine("||| 12 |||")]),
        (b"\x1dh\x40\x1dw\x02\x1dH\x02\x1b3\x18a\x1b2\n", [PaperLine("a")]),
        (b"\x1bD\x08\x10\x00\x1b$\x01\x00a\n", [PaperLine("a")]),
        (b"\x10\x04\x01\x10\x14\x01\x00\x01a\n", [PaperLine("a")]),
        (b"\x1b\x7f\x1d(Z\x02\x00xxa\n", [PaperLine("a")]),
    ],
)
def test_a_command_does_what_a_printer_does(sent, on_paper):
    assert fed(sent).paper == on_paper


@pytest.mark.parametrize(
    "sent",
    [
        b"\x1dv0\x00\x01\x00\x02\x00\xff\x81",
        b"\x1d(L\x0c\x00" + GRAPHICS + b"\x1d(L\x02\x0002",
        b"\x1d8L\x0c\x00\x00\x00" + GRAPHICS + b"\x1d(L\x02\x0002",
    ],
)
def test_every_way_to_send_dots_draws_the_same(sent):
    [drawn] = fed(sent).paper

    assert isinstance(drawn, PaperRaster)
    assert (drawn.width, drawn.height) == (8, 2)
    assert drawn == fed(b"\x1dv0\x00\x01\x00\x02\x00\xff\x81").paper[0]


def test_a_qr_code_of_too_many_words_draws_nothing():
    words = b"x" * 5000
    stored = b"\x1d(k" + (len(words) + 3).to_bytes(2, "little") + b"1P0" + words

    assert fed(stored, b"\x1d(k\x03\x001Q0a\n").paper == [PaperLine("a")]


def test_a_column_picture_takes_its_own_line_feed():
    [drawn, line] = fed(b"\x1b*\x00\x08\x00" + b"\xff" * 8 + b"\na\n").paper

    assert (drawn.width, drawn.height) == (8, 8)
    assert line == PaperLine("a")


def test_an_unfinished_picture_eats_the_next_job():
    machine = fed(b"\x1dv0\x00\x30\x00\x64\x00" + b"\0" * 100, b"\x1b@Struk berikutnya\n")

    assert machine.paper == []


def test_status_is_answered_even_from_inside_a_picture():
    machine = fed(b"\x1dv0\x00\x01\x00\x08\x00\x10\x04", b"\x01\x00\x00\x00\x00\x00", near_end=True)

    assert machine.answers_due(0.0) == b"\x12"
    assert len(machine.paper) == 1


@pytest.mark.parametrize(
    ("fault", "answers"),
    [
        ({}, b"\x12\x12\x12\x12"),
        ({"near_end": True}, b"\x12\x12\x12\x1e"),
        ({"paper_rows": 0}, b"\x1a\x32\x12\x7e"),
        ({"cover_open": True}, b"\x1a\x16\x12\x12"),
        ({"cutter_stuck": True}, b"\x1a\x52\x1a\x12"),
    ],
)
def test_each_state_has_its_status_bytes(fault, answers):
    machine = fed(b"\x10\x04\x01\x10\x04\x02\x10\x04\x03\x10\x04\x04", **fault)

    assert machine.answers_due(0.0) == answers


def test_the_question_in_the_data_is_answered_after_what_came_before():
    machine = fed(b"a\n\x1dr\x01\x1d(H\x06\x0000abcd", paper_rows=10)
    while_out = machine.answers_due(0.0)

    machine.reload_paper()
    machine.advance(0.0)

    assert while_out == b""
    assert machine.answers_due(0.0) == b"\x00\x37\x22abcd\x00"
    assert machine.paper == [PaperLine("a")]


def test_unasked_status_comes_with_every_change():
    machine = fed(b"\x1da\xff")
    at_first = machine.answers_due(0.0)
    machine.faults.cover_open = True
    machine.advance(0.0)

    assert at_first == b"\x10\x00\x00\x00"
    assert machine.answers_due(0.0) == b"\x38\x00\x00\x00"


def test_printing_takes_time():
    machine = Machine(SIMULATOR, rows_per_second=30)
    machine.receive(b"a\nb\n", 0.0)

    machine.advance(0.0)
    at_once = len(machine.paper)
    machine.advance(0.9)
    too_early = len(machine.paper)
    machine.advance(1.1)

    assert (at_once, too_early, len(machine.paper)) == (1, 1, 2)


def test_power_off_loses_what_is_not_on_paper():
    with Simulator() as printer:
        printer.set_faults(cover_open=True)
        transport = transport_for(printer.address)
        transport.open()
        transport.write(b"hilang\n", 1)
        assert eventually(lambda: printer.received_bytes == 7)

        printer.power_off()
        transport.close()
        printer.mend()
        printer.power_on()
        transport.open()
        transport.write(b"baru\n", 1)

        assert eventually(lambda: printer.paper == [PaperLine("baru")])
        transport.close()


def test_the_printer_listens_on_this_machine_alone():
    with pytest.raises(ValueError, match="loopback"):
        Simulator(host="0.0.0.0")


def test_the_paper_is_logged_as_it_comes_out_and_numbers_go_on(tmp_path):
    log = tmp_path / "paper.jsonl"

    for words in (b"satu\n", b"dua\n\x1dV\x00"):
        with Simulator(paper_log=log) as printer:
            transport = transport_for(printer.address)
            transport.open()
            transport.write(words, 1)
            transport.finish(2)
            transport.close()
            assert eventually(lambda: printer.paper)

    rows = read_paper(log)
    assert [(row["n"], row.get("text")) for row in rows] == [(1, "satu"), (2, "dua"), (3, None)]
    assert read_paper(log, after=2) == [{"n": 3, "cut": "full"}]
    assert "satu" in paper_svg(rows)


def test_half_a_line_of_the_log_is_left_for_later_and_gone_after_a_restart(tmp_path):
    path = tmp_path / "paper.jsonl"
    path.write_text('{"n": 1, "cut": "full"}\n{"n": 2, "te', encoding="utf-8")

    before = read_paper(path)
    PaperLog(path).append(PaperLine("dua"))

    assert [row["n"] for row in before] == [1]
    assert [(row["n"], row.get("text")) for row in read_paper(path)] == [(1, None), (2, "dua")]


def test_without_a_log_the_paper_is_white(tmp_path):
    assert read_paper(tmp_path / "none") == []


def test_the_program_prints_until_it_is_told_to_end(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    log = tmp_path / "paper.jsonl"
    program = (
        "import sys; from pathlib import Path; from printers.simulator.service import Setup, run_simulator;"
        "run_simulator(Setup(int(sys.argv[1]), Path(sys.argv[2])))"
    )
    process = subprocess.Popen([sys.executable, "-c", program, str(port), str(log)])
    transport = transport_for(f"tcp://127.0.0.1:{port}")
    assert eventually(lambda: _opens(transport), seconds=20)

    transport.write(b"halo\n", 1)

    assert eventually(lambda: [row["text"] for row in read_paper(log)] == ["halo"])
    transport.close()
    process.send_signal(signal.SIGTERM)
    assert process.wait(10) == 0


def _opens(transport):
    try:
        transport.open()
    except PrinterError:
        return False
    return True
