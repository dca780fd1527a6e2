"""Setting a printer up in Chromium: found, added, tried and fitted by looking at paper."""

import os

import pytest

from kiosk.services.print_queue import jobs
from kiosk.services.printers import all_printers, printer
from printers.simulator import Simulator
from tests.support.bazaar import COORDINATOR_PIN, close_bazaar, open_bazaar
from tests.web.test_browser import SIZES, assert_accessible, open_the_till

# Loopback addresses that no other run of the tests on this machine uses.
HOST = f"127.{os.getpid() >> 8 & 0xFF}.{os.getpid() & 0xFF}"


@pytest.fixture
def here(tmp_path):
    installation = open_bazaar(
        tmp_path / "till", environment={"KIOSK_PRINTER_SCAN": f"{HOST}.16/30"}
    )
    yield installation
    close_bazaar(installation)


def no_wider_than_the_screen(page):
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_printer_is_found_added_and_fitted_on_a_phone(page, served, here):
    open_the_till(page, served, SIZES["phone"])
    with Simulator(f"{HOST}.17", 9100):
        page.goto(f"{served}/printers/find")
        page.get_by_role("button", name="Cari di jaringan lokal").click()
        page.get_by_text(f"{HOST}.17").wait_for()
        assert_accessible(page)
        page.locator("#pin").fill(COORDINATOR_PIN)
        page.get_by_role("button", name=f"Tambah tcp://{HOST}.17:9100").click()
        page.wait_for_url("**/printers/1/setup")
        page.get_by_role("button", name="Cetak halaman uji").click()
        page.wait_for_load_state()

    for answer in ("A: 32 angka", "Baris 16", "QR 1 dan QR 2 keluar", "Tidak terpotong", "Terbuka"):
        page.get_by_label(answer, exact=True).check()
    assert_accessible(page)
    assert no_wider_than_the_screen(page)
    page.locator("#pin").fill(COORDINATOR_PIN)
    page.get_by_role("button", name="Simpan yang terlihat").click()
    page.wait_for_url("**/printers/1")

    fitted = printer(here, 1).profile
    assert jobs(here, 1)[0].title == "Test page"
    assert (fitted.columns, fitted.has_cutter, fitted.has_drawer) == (32, False, True)
    assert all_printers(here)[0].tills == ("K01",)


@pytest.mark.parametrize("path", ["/printers", "/printers/kinds", "/printers/kinds/new"])
def test_the_pages_about_printers_fit_a_phone_and_can_be_read_aloud(page, served, here, path):
    open_the_till(page, served, SIZES["phone"])

    page.goto(f"{served}{path}")

    assert_accessible(page)
    assert no_wider_than_the_screen(page)
