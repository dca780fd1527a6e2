"""Pages with paper beside them: what is typed shows on it before anything is kept."""

import pytest
from playwright.sync_api import expect

from tests.support.bazaar import COORDINATOR, COORDINATOR_PIN


def paper_of(screen):
    return screen.page.locator("#preview pre").first


@pytest.mark.ways("landscape", "touch", "keys")
def test_the_paper_follows_the_words_and_warns_of_what_the_law_forbids(screen):
    boss = screen.another(operator=COORDINATOR, pin=COORDINATOR_PIN)
    boss.open("/receipt-texts")

    boss.type("Bagian bawah struk", "Sampai Jumat depan")
    expect(paper_of(boss)).to_contain_text("Sampai Jumat depan")
    boss.type("Bagian bawah struk", "Tidak menerima retur")
    expect(boss.text("pasal 18")).to_be_visible()
    boss.type("Bagian bawah struk", "Tukar 7 hari")
    expect(paper_of(boss)).to_contain_text("Tukar 7 hari")
    boss.press("Simpan")

    expect(boss.text("Khusus mesin ini")).to_be_visible()


@pytest.mark.ways("upright", "touch")
def test_a_label_shows_as_soon_as_its_number_is_typed(screen):
    screen.open("/labels")

    screen.type("Keripik Curah", "2")

    expect(paper_of(screen)).to_contain_text("Rp85.050/kg")
