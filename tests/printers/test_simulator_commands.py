"""Each command a receipt printer knows, and what it leaves on the virtual printer's paper."""

import pytest

from printers.paper import PaperCut, PaperLine, PaperPulse, PaperRaster
from printers.profiles import GENERIC_58, SIMULATOR
from printers.simulator import Machine


def printed(data, profile=SIMULATOR):
    machine = Machine(profile)
    machine.receive(data, 0.0)
    machine.advance(0.0)
    return machine


def lines(data):
    return [piece for piece in printed(data).paper if isinstance(piece, PaperLine)]


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"\x1bE\x01Halo\n", PaperLine("Halo", bold=True)),
        (b"\x1b-\x01Halo\n", PaperLine("Halo", underline=True)),
        (b"\x1b!\xb8Halo\n", PaperLine("Halo", bold=True, width=2, height=2, underline=True)),
        (b"\x1ba\x01Halo\n", PaperLine("Halo", align="center")),
        (b"\x1ba\x32Halo\n", PaperLine("Halo", align="right")),
        (b"\x1d!\x11Halo\n", PaperLine("Halo", width=2, height=2)),
        (b"\x1c.\x1bt\x10\xe9\n", PaperLine("é")),
        (b"\x1c.\x1bt\x00\x82\n", PaperLine("é")),
        (b"\x1bE\x01\x1b@Halo\n", PaperLine("Halo")),
    ],
)
def test_a_command_shapes_the_letters_after_it(data, line):
    assert lines(data) == [line]


def test_two_high_bytes_are_one_chinese_letter_until_that_is_switched_off():
    assert lines("中".encode("gb18030") + b"\n") == [PaperLine("中")]
    assert lines(b"\x1c." + "中".encode("gb18030") + b"\n") != [PaperLine("中")]


def test_small_letters_put_more_on_a_line():
    wide, small = lines(b"x" * 33 + b"\n"), lines(b"\x1bM\x01" + b"x" * 33 + b"\n")

    assert [len(line.text) for line in wide] == [32, 1]
    assert [len(line.text) for line in small] == [33]


def test_feeds_count_lines_or_dots():
    assert printed(b"\x1bd\x03").printed_rows == 90
    assert printed(b"\x1bJ\x14").printed_rows == 20
    assert printed(b"a\x1bJ\x05").printed_rows == 30


@pytest.mark.parametrize(
    ("data", "piece"),
    [
        (b"\x1dV\x00", PaperCut()),
        (b"\x1dV\x01", PaperCut(partial=True)),
        (b"\x1dVA\x10", PaperCut()),
        (b"\x1dVB\x10", PaperCut(partial=True)),
        (b"\x1bm", PaperCut(partial=True)),
        (b"\x1bp\x00\x19\xfa", PaperPulse(2)),
        (b"\x1bp\x01\x19\xfa", PaperPulse(5)),
    ],
)
def test_cuts_and_pulses(data, piece):
    assert printed(data).paper == [piece]


def test_a_printer_without_a_knife_does_not_cut():
    assert printed(b"\x1dV\x00", GENERIC_58).paper == []


@pytest.mark.parametrize(
    "data",
    [
        b"\x1dv0\x00\x02\x00\x03\x00" + b"\xff" * 6,
        b"\x1b*\x00\x10\x00" + b"\xff" * 16 + b"\n",
        b"\x1b*\x21\x10\x00" + b"\xff" * 48 + b"\n",
        b"\x1d(L\x10\x000p0\x01\x011\x10\x00\x03\x00" + b"\xff" * 6 + b"\x1d(L\x02\x0002",
        b"\x1d8L\x10\x00\x00\x000p0\x01\x011\x10\x00\x03\x00" + b"\xff" * 6 + b"\x1d(L\x02\x0002",
    ],
    ids=["raster", "columns 8", "columns 24", "stored", "stored long"],
)
def test_pictures_are_dots_on_paper(data):
    (picture,) = printed(data).paper

    assert isinstance(picture, PaperRaster)
    assert picture.width == 16
    assert picture.height in (3, 8, 24)


@pytest.mark.parametrize(
    ("data", "shown"),
    [
        (b"\x1dk\x02899100100001\x00", "899100100001"),
        (b"\x1dkC\x0d8991001000019", "8991001000019"),
        (b"\x1dkI\x06{BKOPI", "KOPI"),
    ],
)
def test_barcodes_show_what_they_hold(data, shown):
    assert [line.text for line in lines(data)] == [f"||| {shown} |||"]


def test_a_code_128_without_its_code_set_prints_nothing():
    assert printed(b"\x1dkI\x04KOPI").paper == []


def test_an_answer_to_the_process_id_comes_when_the_paper_is_printed():
    machine = Machine(SIMULATOR, rows_per_second=30)
    machine.receive(b"a\nb\n\x1d(H\x06\x0000abcd", 0.0)

    said = []
    for second in range(4):
        machine.advance(float(second))
        said.append(machine.answers_due(float(second)))

    assert said == [b"", b"", b"\x37\x22abcd\x00", b""]


def test_a_picture_left_unfinished_eats_what_comes_next():
    machine = printed(b"\x1dv0\x00\x02\x00\x0a\x00" + b"\xff" * 10)
    machine.receive(b"Halo\n", 1.0)
    machine.advance(1.0)

    assert machine.paper == []
