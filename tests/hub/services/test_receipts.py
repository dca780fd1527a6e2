"""An event's receipt words and logo, kept alike by both kinds of store."""

import io
from dataclasses import replace

import pytest
from PIL import Image as Pictures

from kiosk.documents.logos import LogoRefusedError
from kiosk.domain.money import Rupiah
from kiosk.hub.services import receipts
from kiosk.hub.services.campaigns import save_campaign
from kiosk.hub.services.events import open_event, save_event
from kiosk.hub.services.receipts import (
    FooterRefusesReturnsError,
    HeaderRefusesReturnsError,
    ReceiptWords,
)
from kiosk.hub.storage.campaigns import Campaign
from printers.bitmap import Bitmap
from tests.hub.setup.test_windows import MIDNIGHT, event

WORDS = ReceiptWords(("Jumat Beli Lokal",), ("Tukar 7 hari", "di lapak ini"), "meja 1", "en")


@pytest.fixture
def friday(store, clock):
    save_campaign(store, clock, "sari", Campaign("c", "Jumat", "", Rupiah(1), MIDNIGHT))
    save_event(store, clock, "sari", event("e", 0, 24))
    return open_event(store, "c", "e")


def standing(store):
    found = open_event(store, "c", "e")
    return receipts.words_of_event(found, receipts.paper_of(store, found))


def png(size=(300, 100)):
    target = io.BytesIO()
    Pictures.new("L", size, 0).save(target, "PNG")
    return target.getvalue()


def test_words_are_kept_as_they_were_written(store, clock, friday):
    receipts.save_words(store, clock, "sari", friday, WORDS)

    assert standing(store) == WORDS


def test_words_and_logo_are_changed_apart(store, clock, friday):
    receipts.save_logo(store, clock, "sari", friday, png())
    receipts.save_words(store, clock, "sari", friday, WORDS)
    receipts.save_words(store, clock, "sari", friday, replace(WORDS, contact=""))

    paper = receipts.paper_of(store, friday)
    assert Bitmap.from_png(paper.logo).height == 100
    assert (paper.contact, paper.language) == ("", "en")
    receipts.drop_logo(store, clock, "sari", friday)
    assert receipts.paper_of(store, friday).logo is None
    assert receipts.paper_of(store, friday).language == "en"


def test_a_changed_event_keeps_its_receipt_words(store, clock, friday):
    receipts.save_words(store, clock, "sari", friday, WORDS)
    before = open_event(store, "c", "e")

    save_event(store, clock, "sari", replace(before, name="Jumat besar"))

    assert standing(store) == WORDS


@pytest.mark.parametrize(
    ("box", "error"), [("header", HeaderRefusesReturnsError), ("footer", FooterRefusesReturnsError)]
)
def test_words_that_refuse_returns_are_kept_nowhere(store, clock, friday, box, error):
    refusing = replace(WORDS, **{box: ("Barang tidak dapat ditukar",)})

    with pytest.raises(error):
        receipts.save_words(store, clock, "sari", friday, refusing)

    assert standing(store).footer == ()


def test_a_broken_logo_leaves_the_one_there_is(store, clock, friday):
    receipts.save_logo(store, clock, "sari", friday, png())

    with pytest.raises(LogoRefusedError):
        receipts.save_logo(store, clock, "sari", friday, png()[:40])

    assert receipts.paper_of(store, friday).logo is not None
