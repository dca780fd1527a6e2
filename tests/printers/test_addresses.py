"""Whatever is typed as a printer's address names a way to it, or is refused by name."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printers.errors import BadAddressError
from printers.transports import transport_for

schemes = st.sampled_from(
    ("tcp://", "device://", "serial://", "bluetooth://", "usb:", "cups://", "file://", "rawbt:")
)
pieces = st.text(st.sampled_from("/:?&=@%#.-[] 0123456789abcdefAB:ü²\0\n"), max_size=40)


@given(st.text(max_size=60) | st.builds("{}{}".format, schemes, pieces))
def test_any_text_names_a_way_or_is_refused(text):
    with suppress(BadAddressError):
        transport = transport_for(text)

        transport.close()
        assert transport.bytes_sent == 0


@given(
    st.sampled_from((1200, 9600, 19_200, 115_200)),
    st.sampled_from(("none", "even", "odd")),
    st.sampled_from(("none", "rtscts", "xonxoff")),
    st.sampled_from((7, 8)),
    st.sampled_from((1, 2)),
)
def test_every_setting_of_a_serial_line_reads_back(baud, parity, flow, bits, stop):
    asked = f"baud={baud}&parity={parity}&flow={flow}&bits={bits}&stop={stop}"

    line = transport_for(f"serial:///dev/ttyUSB0?{asked}").line

    assert (line.baud, line.parity, line.flow, line.bits, line.stop) == (
        baud, parity, flow, bits, stop
    )  # fmt: skip


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:0", "device:///dev/usb/lp0?x=1", "x" * 400])
def test_an_address_with_something_more_is_refused(address):
    with pytest.raises(BadAddressError):
        transport_for(address)
