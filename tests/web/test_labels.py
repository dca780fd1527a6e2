"""Labels for goods without a barcode: printed, and found again by a scanner."""

import io

import pytest
import zxingcpp
from PIL import Image as Pictures

from kiosk.domain.barcodes import barcode_key
from kiosk.storage import printers
from kiosk.storage.database import Connection
from kiosk.storage.print_jobs import jobs_of_printer
from printers.elements import from_json
from printers.layout import lay_out
from printers.preview import as_png
from printers.profiles import GENERIC_58


@pytest.fixture
def labeller(here, seller):
    """Rina at Laci 1, whose printer takes receipts and so labels too."""
    with here.db.write() as connection:
        printer = printers.add(connection, "Depan", "null:", "generic-58")
        connection.execute(
            "INSERT INTO printer_uses (till, purpose, printer) VALUES ('K01', 'receipt', ?)",
            (printer,),
        )
    seller.client.declare("preview")
    return seller


def queued(here):
    with here.db.read() as connection:
        return [from_json(job.document) for job in jobs_of_printer(connection, 1, 50)]


def scanned(document):
    """Hold a reader over the printed labels."""
    png = as_png(lay_out(document, 32), GENERIC_58)
    return [found.text for found in zxingcpp.read_barcodes(Pictures.open(io.BytesIO(png)))]


def product_of(connection: Connection, code: str) -> str:
    (row,) = connection.execute(
        "SELECT sku FROM products WHERE barcode_key = :key", {"key": barcode_key(code)}
    ).fetchall()
    return row["sku"]


def test_a_printed_label_is_read_and_finds_its_product(here, labeller, number):
    counts = {f"count-{number['WB86-KOMPLIT']}": "1", f"count-{number['KRP-CURAH']}": "2"}

    labeller.press("/labels", **counts)

    (document,) = queued(here)
    with here.db.read() as connection:
        found = sorted(product_of(connection, code) for code in scanned(document))
    assert found == ["KRP-CURAH", "KRP-CURAH", "WB86-KOMPLIT"]


def test_scanning_a_printed_label_rings_its_product_up(here, labeller, number):
    labeller.press("/labels", **{f"count-{number['KRP-TMP']}": "1"})
    (code,) = scanned(queued(here)[0])

    answer = labeller.press("/carts/active/scan", code=code)

    assert "Keripik Tempe Sagu" in answer.text


def test_a_label_says_name_price_and_stall(labeller, number):
    counts = {f"count-{number['KRP-CURAH']}": "1"}

    shown = labeller.press("/labels/preview", **counts).text

    for words in ("Keripik Curah", "Rp85.050/kg", "Keripik Uji"):
        assert words in shown


def test_many_labels_go_in_jobs_of_ten(here, labeller, number):
    labeller.press("/labels", **{f"count-{number['WB86-KOMPLIT']}": "25"})

    assert sorted(len(document.elements) // 5 for document in queued(here)) == [5, 10, 10]


@pytest.mark.parametrize("typed", ["-1", "1,5", "dua", "101", "9" * 5000, "٣"])
def test_a_number_that_nobody_means_is_refused(here, labeller, number, typed):
    answer = labeller.press("/labels", **{f"count-{number['WB86-KOMPLIT']}": typed})

    assert answer.status_code == 422
    assert queued(here) == []


def test_more_than_a_hundred_labels_at_once_are_refused(labeller, number):
    counts = {f"count-{number[sku]}": "60" for sku in ("WB86-KOMPLIT", "KRP-TMP")}

    assert labeller.press("/labels", **counts).status_code == 422


def test_no_label_at_all_is_said(labeller):
    assert labeller.press("/labels").status_code == 422
    assert labeller.press("/labels", **{"count-x": "1", "count-999999": "1"}).status_code == 422


def test_without_a_printer_the_page_says_what_to_do(seller, number):
    answer = seller.press("/labels", **{f"count-{number['WB86-KOMPLIT']}": "1"})

    assert answer.status_code == 422
    assert "printer label" in answer.text


def test_the_list_is_searched_by_name_and_sku(labeller):
    by_name = labeller.look("/labels?q=korea").text
    by_sku = labeller.look("/labels?q=krp-t").text

    assert "Wedang Korea" in by_name
    assert "Keripik Tempe" not in by_name
    assert "Keripik Tempe" in by_sku
