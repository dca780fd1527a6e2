"""Elements and their stored form."""

import json

import pytest
from hypothesis import given

from printers.elements import (
    QR,
    Columns,
    Document,
    Drawer,
    Feed,
    Heading,
    Image,
    Rule,
    Text,
    from_json,
    to_json,
)
from printers.errors import BadDocumentError
from tests.printers.samples import picture, receipt
from tests.printers.strategies import documents


@given(documents)
def test_every_document_reads_back_as_it_was_stored(document):
    stored = to_json(document)

    assert from_json(stored) == document
    assert stored.isascii()


@pytest.mark.parametrize(
    ("stored", "named"),
    [
        ("{", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("[]", "layout and elements"),
        ('{"elements":[],"layout":1}', "empty"),
        ('{"elements":[],"layout":2}', "layout version 2"),
        ('{"elements":{},"layout":1}', "list"),
        ('{"elements":[3],"layout":1}', "element 1"),
        ('{"elements":[{"kind":"cut"},{"kind":"pizza"}],"layout":1}', "element 2"),
        ('{"elements":[{"kind":["cut"]}],"layout":1}', "no kind"),
        ('{"elements":[{"kind":"cut","extra":1}],"layout":1}', "cut"),
        ('{"elements":[{"kind":"feed","lines":true}],"layout":1}', "element 1 (feed): lines"),
        ('{"elements":[{"kind":"feed","lines":1e9}],"layout":1}', "element 1 (feed): lines"),
        ('{"elements":[{"kind":"columns","cells":"abc"}],"layout":1}', "element 1 (columns)"),
        ('{"elements":[{"kind":"columns","cells":[["a",1]]}],"layout":1}', "cell"),
        ('{"elements":[{"kind":"image","png":"%%","max_width_dots":9}],"layout":1}', "base64"),
        ('{"elements":[{"kind":"image","png":7,"max_width_dots":9}],"layout":1}', "base64"),
        ('{"elements":[{"kind":"image","png":"AAAA","max_width_dots":9}],"layout":1}', "PNG"),
    ],
)
def test_a_document_that_was_damaged_is_refused_by_name(stored, named):
    with pytest.raises(BadDocumentError) as refused:
        from_json(stored)

    assert named in str(refused.value)
    assert refused.value.permanent


@pytest.mark.parametrize(
    "impossible",
    [
        lambda: Heading("a", 3),
        lambda: Text("a", align="middle"),
        lambda: Text(None),
        lambda: Text("a" * 5000),
        lambda: Text("a", bold=1),
        lambda: Rule("#"),
        lambda: Rule("--"),
        lambda: QR(""),
        lambda: QR("x" * 501),
        lambda: QR("\x1bp"),
        lambda: Feed(0),
        lambda: Columns(()),
        lambda: Image(b"GIF89a" + bytes(40)),
        lambda: Image(picture().png[:16] + b"\xff" * 8 + picture().png[24:]),
        lambda: Document(()),
        lambda: Document((Text("a"), Drawer())),
    ],
)
def test_an_impossible_element_cannot_be_built(impossible):
    with pytest.raises(BadDocumentError):
        impossible()


def test_a_repeat_says_so_across_its_top():
    stamped = receipt().stamped("SALINAN")

    assert stamped.elements[0] == Heading("SALINAN", 2)
    assert stamped.elements[1:] == receipt().elements


def test_a_drawer_kick_takes_no_stamp():
    kick = Document((Drawer(),))

    assert kick.stamped("SALINAN") == kick


def test_the_stored_form_names_its_layout_version():
    stored = json.loads(to_json(receipt()))

    assert stored["layout"] == 1
