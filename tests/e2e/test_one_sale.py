"""One sale travels from a tap to the campaign total: real processes, a real browser, a socket.

The hub has the demonstration's program set up and nothing sold. Everything else happens
here as people do it: the organiser makes a code, a volunteer enters it, a cashier sells,
the receipt's bytes come out of a socket, and the hub's totals rise.
"""

import re
import socket
import threading
from pathlib import Path

import pytest
from playwright.sync_api import expect

from kiosk.cli.demo import program
from kiosk.cli.demo.hub_seed import CAMPAIGN_ID, HUB_SIGN_INS
from tests.support.campaign import set_up_hub

SAMPLE = Path(program.__file__).with_name("sample_files") / "tokopedia_tiktok.csv"
ORGANISER = HUB_SIGN_INS[0]
RINA, _, DEWI = program.STAFF
CODE = re.compile(r"[A-Z2-7]{4}(?:-[A-Z2-7]{4}){3}")


class RecordingPrinter:
    """A printer without a back channel: a socket that keeps every byte it is sent."""

    def __init__(self):
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._jobs = []
        self._arrived = threading.Condition()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self):
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            with connection:
                data = b"".join(iter(lambda c=connection: c.recv(4096), b""))
            with self._arrived:
                self._jobs.append(data)
                self._arrived.notify_all()

    def job(self, number):
        """Wait for the job of that number (from 1) and give its bytes."""
        with self._arrived:
            assert self._arrived.wait_for(lambda: len(self._jobs) >= number, 20)
            return self._jobs[number - 1]

    def close(self):
        self._listener.close()


@pytest.fixture
def printer():
    recording = RecordingPrinter()
    yield recording
    recording.close()


@pytest.fixture
def hub(launcher, tmp_path):
    set_up_hub(tmp_path / "hub")
    return launcher.kiosk("hub", KIOSK_DATA=str(tmp_path / "hub"), KIOSK_HUB_PORT="{port}")


@pytest.fixture
def till(launcher, tmp_path):
    return launcher.kiosk("till", KIOSK_DATA=str(tmp_path / "till"), KIOSK_PORT="{port}")


def board(hub):
    return f"{hub.url}/campaigns/{CAMPAIGN_ID}"


def sign_in_at_hub(page, hub):
    page.goto(hub.url)
    page.fill("input[name=login]", ORGANISER.login)
    page.fill("input[name=password]", ORGANISER.password)
    page.click("main button")
    expect(page.locator("h1")).to_contain_text(program.CAMPAIGN)


def new_code(page, hub):
    machine = program.FRIDAY_INSTALLATION.id
    page.goto(f"{board(hub)}/devices/{machine}")
    page.locator("form[action$='/code'] button, form[action*='code'] button").first.click()
    found = CODE.search(page.locator("main").inner_text())
    assert found is not None
    return found[0]


def enrol(page, till, hub, code):
    page.goto(till.url)
    page.fill("#hub-url", hub.url)
    page.fill("#code", code)
    page.click("main form .is-primary")
    page.get_by_role("link", name="Lanjut").click()
    page.get_by_text("Laci 1").first.click()


def sign_in_at_till(page):
    page.get_by_text(RINA.name).first.click()
    page.keyboard.type(RINA.pin)
    page.keyboard.press("Enter")


def open_shift(page):
    page.get_by_role("button", name="200.000").click()
    page.click("form[action$='/shift/open'] .is-primary")
    expect(page.locator(".tile").first).to_be_visible()


def add_printer(page, till, port):
    page.goto(f"{till.url}/printers")
    page.fill("#name", "Depan")
    page.fill("#address", f"tcp://127.0.0.1:{port}")
    page.select_option("#profile", "generic-58")
    page.get_by_role("checkbox", name="Struk Laci 1").check()
    page.fill("#pin", DEWI.pin)
    page.click("#add .is-primary")
    expect(page.locator("h1")).to_contain_text("Depan")
    page.goto(till.url)


def tap(page, name):
    page.locator(".tile", has_text=name).first.click()
    expect(page.locator("#cart li", has_text=name)).to_be_visible()


def pay_cash(page, tendered):
    page.click("[data-pay]")
    page.fill("#tendered", str(tendered))
    page.locator("#pay .take, #pay button.is-primary").last.click()
    expect(page.locator("[data-next]")).to_be_visible()


def pay_qris(page):
    page.click("[data-pay]")
    page.locator("#pay .is-qris").click()
    expect(page.locator("#pay")).to_contain_text("NMID")
    page.locator("#pay").get_by_role("button", name="Notifikasi sudah saya lihat").click()
    expect(page.locator("[data-next]")).to_be_visible()


def wait_for_total(page, hub, text):
    page.goto(board(hub))
    for _ in range(60):
        if text in page.locator("main").inner_text():
            return
        page.wait_for_timeout(500)
        page.reload()
    raise AssertionError(f"{text} never showed on the board: {page.locator('main').inner_text()}")


def test_a_sale_travels_from_a_tap_to_the_campaign_total(page, hub, till, printer):
    sign_in_at_hub(page, hub)
    code = new_code(page, hub)
    enrol(page, till, hub, code)
    sign_in_at_till(page)
    open_shift(page)
    add_printer(page, till, printer.port)

    tap(page, "Wedang Komplit")
    tap(page, "Bir Pletok Tubruk")
    pay_cash(page, 100_000)

    expect(page.locator("#pay, main").first).to_contain_text("Rp40.000")
    receipt = printer.job(1)
    # What an earlier process may have left half sent is flushed first.
    assert receipt.lstrip(b"\0").startswith(b"\x1b@\x1c.\x1bt")
    for words in (b"K01-0001", b"Wedang Komplit", b"Bir Pletok Tubruk", b"Rp60.000", b"Kembali"):
        assert words in receipt
    wait_for_total(page, hub, "Rp60.000")

    page.goto(till.url)
    tap(page, "Wedang Korea")
    pay_qris(page)

    assert b"QRIS" in printer.job(2)
    wait_for_total(page, hub, "Rp90.000")

    page.goto(f"{board(hub)}/imports")
    page.set_input_files("#file", SAMPLE)
    page.click("main form button.is-primary")
    expect(page.locator("main")).to_contain_text("Rp198.000")
    page.click("form[action$='/take'] button")
    wait_for_total(page, hub, "Rp288.000")

    page.goto(f"{hub.url}/papan")
    expect(page.locator("main")).to_contain_text("Rp288.000")
