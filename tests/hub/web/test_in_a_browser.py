"""What the hub's forms and pages do by themselves in Chromium."""

import pytest

from tests.hub.web.steps import SAMPLES, sign_in


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


def test_a_form_that_was_sent_is_not_sent_again(page, address):
    sign_in(page, address)
    page.goto(f"{address}/campaigns/new")
    page.get_by_label("Nama", exact=True).fill("Sekali Saja")

    page.locator("main button").dblclick()

    page.wait_for_load_state("networkidle")
    page.goto(f"{address}/campaigns")
    assert page.locator("strong", has_text="Sekali Saja").count() == 1


def test_a_file_is_chosen_read_and_counted_by_hand(page, campaign, address):
    campaign_path, _dry_run = campaign
    sign_in(page, address)
    page.goto(f"{address}{campaign_path}/imports")

    page.get_by_label("Ekspor pesanan").set_input_files(SAMPLES / "shopee_order_all.csv")
    page.get_by_role("button", name="Baca berkas").click()
    page.get_by_role("button", name="Hitung berkas ini").click()

    page.goto(address + campaign_path)
    assert "Rp473.500" in page.locator("#board").inner_text()


def test_what_was_opened_stays_open_when_the_board_looks_again(page, campaign, address):
    sign_in(page, address)
    page.goto(address + campaign[0])

    stays = page.evaluate(
        """() => {
          const box = document.createElement("div");
          box.innerHTML = "<details id='more' open><summary>5 lagi</summary></details>";
          document.body.append(box);
          Idiomorph.morph(box, "<details id='more'><summary>6 lagi</summary></details>", {
            morphStyle: "innerHTML",
          });
          return [box.querySelector("details").open, box.innerText.trim()];
        }"""
    )

    assert stays == [True, "6 lagi"]
