"""A page that stays open while its till is killed and started again."""

from playwright.sync_api import expect


def test_an_open_page_survives_a_kill_and_its_next_tap_counts(
    page, launcher, bazaar_folder, browser_watch
):
    browser_watch.allow("net::ERR")
    browser_watch.allow("console: htmx:")
    settings = {"KIOSK_DATA": str(bazaar_folder[0])}
    first = launcher.kiosk("till", KIOSK_PORT="{port}", **settings)
    page.goto(first.url)
    page.get_by_role("button", name="Laci 1").click()
    page.get_by_label("Rina").check()
    page.locator("#pin").fill("2468")
    page.locator("#pin").press("Enter")
    page.locator("#float").press("Enter")
    page.locator(".tile").first.click()
    expect(page.locator("#cart li")).to_have_attribute("data-q", "1")

    first.kill()
    expect(page.locator("#lost")).to_be_visible()
    second = launcher.kiosk("till", health=None, KIOSK_PORT=str(first.port), **settings)
    second.port = first.port
    second.wait_until_healthy()
    expect(page.locator("#lost")).to_be_hidden()
    page.locator(".tile").first.click()

    expect(page.locator("#cart li")).to_have_attribute("data-q", "2")
