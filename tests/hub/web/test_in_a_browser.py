"""The hub's main pages in Chromium, on a desk and on a phone: no complaint, nothing beyond the edge."""

import threading

import pytest
from werkzeug.serving import make_server

from tests.hub.web.conftest import PASSWORD
from tests.hub.web.steps import SAMPLES


@pytest.fixture
def address(app):
    """The hub, served on a port of this machine."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def campaign(organiser):
    campaign = organiser.campaign()
    event = organiser.event(campaign).rpartition("/")[2]
    vendor = organiser.vendor(campaign, name="Wedang Batavia Delapan Puluh Enam")
    organiser.product(campaign, vendor, "WB86-KOMPLIT", "Wedang Komplit")
    organiser.post(f"{campaign}/devices/new", {"name": "Mesin 7", "event": event})
    for name in ("tokopedia_tiktok.csv", "shopee_order_all.csv"):
        path = organiser.upload(campaign, name, (SAMPLES / name).read_bytes())
        if name.startswith("tokopedia"):
            organiser.post(path + "/take")
    return campaign, path


@pytest.mark.parametrize("size", [(1280, 800), (390, 844)])
def test_the_main_pages_fit_and_the_browser_complains_of_nothing(page, address, campaign, size):
    campaign_path, dry_run = campaign
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(f"{address}/sign-in")
    page.get_by_label("Nama pengguna").fill("sari")
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.locator("main button").click()

    paths = [dry_run, "/papan", campaign_path]
    paths += [
        f"{campaign_path}/{name}"
        for name in (
            "totals",
            "imports",
            "matches",
            "review",
            "devices",
            "events",
            "vendors",
            "products",
        )
    ]
    for path in paths:
        page.goto(address + path)
        page.wait_for_load_state("networkidle")
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0], path


def test_a_form_that_was_sent_is_not_sent_again(page, address, campaign):
    page.goto(f"{address}/sign-in")
    page.get_by_label("Nama pengguna").fill("sari")
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.locator("main button").click()
    page.goto(f"{address}/campaigns/new")
    page.get_by_label("Nama", exact=True).fill("Sekali Saja")

    page.locator("main button").dblclick()

    page.wait_for_load_state("networkidle")
    page.goto(f"{address}/campaigns")
    assert page.locator("strong", has_text="Sekali Saja").count() == 1
