"""RawBT: a link a person taps, and nothing the queue could open."""

import base64

import pytest

from printers.errors import BadAddressError, HandOverOnlyError
from printers.transports import RAWBT, intent_link, transport_for


def test_the_link_carries_every_byte_to_the_app():
    job = bytes(range(256))

    link = intent_link(job)

    head, data = link.split(",", 1)
    assert head == "intent:base64"
    encoded, _, tail = data.partition("#")
    assert base64.b64decode(encoded) == job
    assert tail == "Intent;scheme=rawbt;package=ru.a402d.rawbtprinter;end;"


def test_the_queue_never_opens_this_way():
    transport = transport_for(RAWBT)

    with pytest.raises(HandOverOnlyError):
        transport.open()
    with pytest.raises(HandOverOnlyError):
        transport.write(b"x", 1)
    transport.finish(1)
    transport.close()

    assert transport.read(0) == b""


@pytest.mark.parametrize("address", ["rawbt", "rawbt:x", "rawbt://"])
def test_another_text_does_not_name_it(address):
    with pytest.raises(BadAddressError):
        transport_for(address)
