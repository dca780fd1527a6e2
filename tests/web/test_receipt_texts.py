"""The page of this machine's receipt texts: who may write them, and what the paper shows."""

import io

import pytest
from PIL import Image as Pictures

from tests.support.bazaar import COORDINATOR, COORDINATOR_PIN

WORDS = {"header": "Bazar Melawai", "footer": "Tukar di lapak 3", "contact": "0812 0000 0000"}
PIXELS = Pictures.new("L", (300, 200), 0)


@pytest.fixture
def coordinator(visitor):
    visitor.client.declare("preview")
    return visitor.begin("K01", COORDINATOR, COORDINATOR_PIN)


def receipt_of(visitor, number):
    return visitor.look(f"/sales/{visitor.buy(number['WB86-KOMPLIT'])}/receipt").text


def upload(visitor, data):
    return visitor.client.post(
        "/receipt-texts/logo",
        data={"csrf_token": visitor.token(), "logo": (io.BytesIO(data), "logo.png")},
        content_type="multipart/form-data",
    )


def png():
    target = io.BytesIO()
    PIXELS.save(target, "PNG")
    return target.getvalue()


def test_the_organisers_words_are_printed_until_a_coordinator_writes_others(coordinator, number):
    before = receipt_of(coordinator, number)
    coordinator.submit("/receipt-texts", **WORDS)

    after = receipt_of(coordinator, number)

    assert "Tukar barang: lapak 3" in before
    assert "Tukar/retur: 0812 0000 0000" in after
    assert "Tukar barang: lapak 3" not in after


def test_the_organisers_words_come_back_with_one_tap(coordinator, number):
    coordinator.submit("/receipt-texts", **WORDS)

    coordinator.submit("/receipt-texts/forget")

    assert "Tukar barang: lapak 3" in receipt_of(coordinator, number)


def test_a_till_may_print_in_english(coordinator, number):
    coordinator.submit("/receipt-texts", **WORDS, **{"language-K01": "en"})

    receipt = receipt_of(coordinator, number)

    assert "Thank you for buying local" in receipt
    assert "Cash " in receipt


def test_the_paper_shows_what_is_typed_and_warns_of_what_the_law_forbids(coordinator):
    typed = WORDS | {"footer": "Tidak menerima retur", "language-K01": "en"}

    shown = coordinator.press("/receipt-texts/preview", **typed).text

    assert "Tidak menerima retur" in shown
    assert "pasal 18" in shown
    assert "Thank you" in shown


@pytest.mark.parametrize("box", ["header", "footer", "contact"])
def test_words_without_end_are_shown_as_far_as_paper_goes(coordinator, box):
    shown = coordinator.press("/receipt-texts/preview", **WORDS | {box: "kata" * 2_000})

    assert shown.status_code == 200
    assert "katakata" in shown.text


def test_words_the_law_forbids_are_not_kept(coordinator):
    answer = coordinator.press("/receipt-texts", **WORDS | {"footer": "Tidak menerima retur"})

    assert answer.status_code == 422
    assert "Tidak menerima retur" not in coordinator.look("/receipt-texts").text


def test_a_cashier_looks_and_changes_nothing(seller):
    page = seller.look("/receipt-texts").text

    assert "Hanya koordinator" in page
    for path in ("", "/logo", "/forget"):
        assert seller.press(f"/receipt-texts{path}", **WORDS).status_code == 403


def test_a_logo_of_this_machine_is_on_its_receipts_until_it_is_dropped(coordinator, number):
    answer = upload(coordinator, png())
    with_logo = receipt_of(coordinator, number)
    coordinator.submit("/receipt-texts/logo", drop="1")

    assert answer.status_code == 303
    assert with_logo.count("<image ") == 1
    assert receipt_of(coordinator, number).count("<image ") == 0


def test_a_file_that_is_no_picture_is_refused_in_words(coordinator):
    answer = upload(coordinator, b"not a picture")

    assert answer.status_code == 422
    assert "tidak bisa dibaca" in answer.text
