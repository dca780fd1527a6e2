"""What a PDF report does with letters that its fonts have not got."""

from hypothesis import given
from hypothesis import strategies as st

from kiosk.hub.services.pdf_sheets import PdfReport, Sheet, printable


@given(st.text(max_size=40))
def test_any_name_can_be_printed(name):
    shown = printable(name)

    assert shown.encode("cp1252").decode("cp1252") == shown


def test_markup_in_a_name_is_a_name():
    report = PdfReport("<b>x", "foot")

    report.heading("<para>&amp; Café Šari 咖啡")
    report.table(Sheet(["<i>"], [["</para><b>"]], [1]))

    assert report.build().startswith(b"%PDF")
    assert printable("Café Łari ’n 咖啡") == "Café ?ari ’n ??"
