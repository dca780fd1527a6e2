"""Every document at three widths: golden text, and the exact bytes beside it.

`pytest tests/documents --snapshot-update` writes both anew; the difference is read like code.
"""

import hashlib

import pytest

from printers.encode import encode
from printers.layout import as_text, lay_out
from printers.profiles import GENERIC_58, GENERIC_80_42, GENERIC_80_48
from printers.simulator.parser import next_command
from tests.documents.samples import every_document

WIDTHS = {32: GENERIC_58, 42: GENERIC_80_42, 48: GENERIC_80_48}
NAMES = sorted(every_document(GENERIC_58))


def readable(payload):
    """Write bytes as commands: letters as they are, pictures by their SHA-256."""
    letters, said = b"", []
    while (found := next_command(payload)) is not None:
        command, length = found
        payload = payload[length:]
        if b" " <= command.name <= b"~":
            letters += command.name
            continue
        if letters:
            said.append(letters.decode("ascii"))
            letters = b""
        said.append(command_said(command))
    assert payload == b""
    return "\n".join([*said, letters.decode("ascii")])


def command_said(command):
    data = command.arguments
    if command.name == b"\x1dv":
        return f"GS v {data[:6].hex(' ')} dots {hashlib.sha256(data[6:]).hexdigest()[:16]}"
    return f"{command.name.hex(' ')} : {data.hex(' ')}"


@pytest.mark.parametrize("columns", WIDTHS)
@pytest.mark.parametrize("name", NAMES)
def test_a_document_stays_as_it_is(name, columns, snapshot):
    profile = WIDTHS[columns]
    laid_out = lay_out(every_document(profile)[name], profile.columns)

    assert as_text(laid_out) == snapshot(name="text")
    assert readable(encode(laid_out, profile)) == snapshot(name="bytes")


@pytest.mark.parametrize("columns", WIDTHS)
@pytest.mark.parametrize("name", NAMES)
def test_no_line_is_wider_than_the_paper(name, columns):
    laid_out = lay_out(every_document(WIDTHS[columns])[name], columns)

    widths = [len(one.text) * one.width for one in laid_out if hasattr(one, "text")]

    assert max(widths) <= columns


@pytest.mark.parametrize("name", NAMES)
def test_no_document_prints_tax_for_who_owes_none(name):
    text = as_text(lay_out(every_document(GENERIC_58)[name], 32))

    assert "PPN" not in text
    assert "pajak" not in text.casefold()
