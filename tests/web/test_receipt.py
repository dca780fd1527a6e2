"""The screen after paying, and the receipt as a QR code or a message."""

from urllib.parse import parse_qs, urlsplit

import pytest
import segno

from kiosk.services import receipts
from kiosk.services.displays import MOST_QR_BYTES
from kiosk.storage import printer_uses, printers


@pytest.fixture
def sale(seller, number):
    return seller.buy(number["WB86-KOMPLIT"])


@pytest.fixture
def asking(here, seller):
    """A till with a printer that prints only when asked."""
    with here.db.write() as connection:
        made = printers.add(connection, "Depan", "null:", "generic-58")
        printer_uses.assign(connection, made, {"receipt": ["K01"]}, [])
    seller.submit("/receipt-habit", habit="ask")
    return seller


def test_the_code_on_the_screen_is_the_receipt_s_text(here, seller, sale):
    shown = seller.glance(f"/sales/{sale}/receipt-qr").text

    text = receipts.text_of(here, sale, MOST_QR_BYTES)
    code = segno.make_qr(text, error="l")
    assert code.svg_inline(
        border=4, light="#fff", svgclass=None, lineclass=None, omitsize=True
    ) in shown.replace("&#34;", '"')


def test_the_code_s_page_works_by_itself_and_reads_its_text_aloud(seller, sale):
    page = seller.look(f"/sales/{sale}/receipt-qr").text

    assert "No K01-0001" in page
    assert "<html" in page


def test_whatsapp_gets_the_text_and_no_number(here, seller, sale):
    address = urlsplit(seller.client.get(f"/sales/{sale}/whatsapp").location)

    assert (address.scheme, address.netloc, address.path) == ("https", "wa.me", "/")
    assert parse_qs(address.query) == {"text": [receipts.text_of(here, sale, 1200)]}


def test_the_link_to_whatsapp_waits_for_a_network_and_tells_it_nothing(seller, sale):
    page = seller.look(f"/sales/{sale}/paid").text

    assert 'target="_blank" rel="noopener noreferrer" data-online hidden' in page


def test_without_reach_there_is_no_whatsapp(here, seller, sale):
    with here.db.write() as connection:
        connection.execute("UPDATE enrolment SET problem = 'no route'")

    assert "whatsapp" not in seller.look(f"/sales/{sale}/paid").text
    assert "whatsapp" not in seller.look(f"/sales/{sale}").text


def test_a_till_that_asks_offers_paper_and_none(asking, number):
    sale = asking.buy(number["WB86-KOMPLIT"])
    offered = asking.glance(f"/sales/{sale}/receipt-choices").text

    printed = asking.press(f"/sales/{sale}/print").text

    assert "Cetak" in offered
    assert "Tanpa struk" in offered
    assert "Menunggu printer" in printed
    assert "Tanpa struk" not in printed


def test_without_scripts_printing_leads_back_to_where_it_was_asked(asking, number):
    sale = asking.buy(number["WB86-KOMPLIT"])

    answer = asking.submit(f"/sales/{sale}/print", next=f"/sales/{sale}")

    assert answer.location == f"/sales/{sale}"


def test_a_sale_without_a_receipt_can_be_printed_later_without_a_pin(asking, number):
    asking.submit("/receipt-habit", habit="never")
    sale = asking.buy(number["WB86-KOMPLIT"])

    page = asking.look(f"/sales/{sale}").text

    assert "Cetak struk" in page
    assert "Cetak salinan" not in page


@pytest.mark.parametrize("path", ["paid", "receipt-qr", "receipt-choices", "whatsapp"])
def test_a_sale_nobody_made_has_no_receipt(seller, path):
    assert seller.client.get(f"/sales/nobody/{path}", follow_redirects=True).status_code == 404
