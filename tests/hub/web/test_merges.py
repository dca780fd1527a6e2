"""Duplicate vendors on their page: shown with why, merged, parted, and refused in words."""

import re

from tests.hub.web.steps import figures


def test_a_pair_is_merged_and_parted_on_its_page(organiser):
    campaign = organiser.campaign()
    one = organiser.vendor(campaign, name="Wedang Batavia", contact="0812 3456 7890")
    two = organiser.vendor(campaign, name="Batavia, wedang", contact="+62-812-3456-7890")
    page = organiser.get(f"{campaign}/merges")

    organiser.post(f"{campaign}/merges", {"gone": two, "kept": one})

    assert "nomor telepon sama" in page
    after = organiser.get(f"{campaign}/merges")
    assert "Batavia, wedang" not in organiser.get(f"{campaign}/vendors")
    assert "Tidak ada dua penjual" in after
    undo = re.search(r'action="([^"]+/undo)"', after)[1]
    organiser.post(undo)
    assert "Batavia, wedang" in organiser.get(f"{campaign}/vendors")
    assert [row[-1] for row in figures(organiser.get(f"{campaign}/merges"))][1:] == ["Diurungkan"]
    refused = organiser.post(f"{campaign}/merges", {"gone": one, "kept": one}, status=422)
    assert "dua penjual yang berbeda" in refused.text
