"""What people type, and how long it is, on its whole way from the catalogue to the paper."""

import pytest

from kiosk.services import carts, paying, print_queue, printing, sales
from kiosk.services.paying import PaymentForm
from kiosk.services.printers import PrinterForm, keep_printer
from kiosk.web import words
from kiosk.workers.printing import Owner, printer_keys
from printers.elements import Document, Text
from printers.encode import MAX_JOB_BYTES
from printers.layout import MAX_MILLIMETRES
from printers.paper import PaperCut, PaperLine, PaperPulse
from printers.simulator import Simulator
from tests.support.bazaar import (
    APPROVED,
    close_bazaar,
    numbers,
    open_bazaar,
    open_till,
)

NAMES = {
    "commands": "Kopi\x1bp\x00\x19\xfa\x1dV\x00\x1b@\x10\x14\x01 Susu",
    "status": "Teh \x10\x04\x01\x1dr\x01\x1d(H\x06\x0000abcd Tarik",
    "emoji": "Sambal 🌶️🔥 👩‍🍳",
    "chinese": "月饼 Mooncake 中秋",
    "spaces": "Kue\u00a0Lapis\u2003Legit\u200b\ufeff",
    "endless": "Keripik" * 72,
    "lines": "Satu\nDua\r\nTiga\tEmpat\x0bLima",
    "right to left": "\u202eabc\u202c كعك",
}


@pytest.fixture(params=NAMES, ids=str)
def named(request, tmp_path):
    """A bazaar whose first product has a strange name."""
    here = open_bazaar(tmp_path / "till")
    # Longer than the hub lets through: what is in the file is printed all the same.
    with here.db.write() as connection:
        connection.execute(
            "UPDATE products SET name = :name WHERE sku = 'WB86-KOMPLIT'",
            {"name": NAMES[request.param][:500]},
        )
    yield here, "WB86-KOMPLIT"
    close_bazaar(here)


@pytest.fixture
def here(tmp_path):
    installation = open_bazaar(tmp_path / "till")
    yield installation
    close_bazaar(installation)


@pytest.fixture
def printer():
    with Simulator() as simulator:
        yield simulator


def front_desk(here, printer):
    """Give a browser at Laci 1, and the thread that owns its printer."""
    browser = open_till(here)
    form = PrinterForm("Depan", printer.address, "simulator", ("K01",))
    keep_printer(here, browser, None, form, APPROVED)
    with here.db.read() as connection:
        (key,) = printer_keys(connection)
    return browser, Owner(here, key)


def sell(here, browser, sku):
    cart = carts.new_cart(here, browser)
    carts.add(here, cart.id, numbers(here)[sku], None)
    return paying.pay(here, browser, cart.id, PaymentForm("cash")).sale_id


def test_no_name_can_command_the_printer_or_use_up_its_paper(named, printer):
    here, sku = named
    browser, owner = front_desk(here, printer)

    sale = sell(here, browser, sku)
    owner.step()

    lines = [piece.text for piece in printer.paper if isinstance(piece, PaperLine)]
    assert sales.sale(here, sale).job.state == "printed"
    assert all(line.isascii() and line.isprintable() for line in lines)
    assert sum(isinstance(piece, PaperCut) for piece in printer.paper) == 1
    assert not any(isinstance(piece, PaperPulse) for piece in printer.paper)
    assert printer.on_paper()["millimetres"] < 300
    assert printer.received_bytes < 40_000


def test_a_job_of_ten_thousand_lines_says_that_it_is_too_long_and_the_next_one_prints(
    here, printer
):
    browser, owner = front_desk(here, printer)
    long = Document(tuple(Text(f"baris {n}") for n in range(10_000)))
    with here.db.write() as connection:
        printing.queue_at(
            connection, 1, "Laporan", long, "2026-11-20T10:00:00+07:00", purpose="receipt"
        )
    sale = sell(here, browser, "KRP-TMP")

    while owner.step():
        pass

    report = print_queue.jobs(here, 1)[-1]
    assert (report.state, report.reason) == ("failed", "too_long")
    assert "too long" in words.of_reason(report.reason)
    assert sales.sale(here, sale).job.state == "printed"
    assert printer.on_paper()["millimetres"] < MAX_MILLIMETRES
    assert printer.received_bytes < MAX_JOB_BYTES
