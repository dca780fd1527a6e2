"""What the organiser writes reaches the paper: through bundle, journal and rebuild."""

import base64
import io

import pytest
from PIL import Image as Pictures

from kiosk.domain.entries import LARGEST_ENTRY_BYTES
from kiosk.services import carts, journals, paying, receipt_texts, sales
from kiosk.services.bundles import apply_bundle
from kiosk.services.paying import PaymentForm
from kiosk.services.receipt_frames import ReceiptTexts
from kiosk.storage import print_jobs, printers
from kiosk.wire.bundles import BundleError, read_bundle
from kiosk.workers.printing import StoredJobs
from kiosk.workers.waiting_ages import WaitingAges
from printers.elements import Image, KeptImage, from_json
from printers.logo import prepare_logo
from tests.support.bazaar import COORDINATOR, COORDINATOR_PIN, bundle_document, open_till


def logo(shade=0):
    target = io.BytesIO()
    noise = Pictures.effect_noise((384, 240), 200).point(lambda value: max(shade, value))
    noise.save(target, "PNG")
    return prepare_logo(target.getvalue())


def texts(png, **changes):
    encoded = base64.b64encode(png).decode()
    words = {"header": [], "footer": ["Tukar 7 hari"], "contact": "meja 1", "language": "en"}
    return words | {"logo": encoded} | changes


def take(here, version, **changes):
    with here.db.write() as connection:
        apply_bundle(here, connection, bundle_document(version, **changes))


def sell(here, browser, number):
    cart = carts.new_cart(here, browser)
    carts.add(here, cart.id, number["WB86-KOMPLIT"], None)
    return paying.pay(here, browser, cart.id, PaymentForm("cash")).sale_id


def stalls_with_shop():
    stalls = bundle_document()["stalls"]
    stalls[0]["shop_url"] = "https://toko.example/wedang"
    return stalls


def test_logo_contact_language_and_shop_reach_the_receipt(here, paired, number):
    png = logo()
    take(here, "b" * 16, texts=texts(png), stalls=stalls_with_shop())

    document = sales.receipt(here, sell(here, paired, number))

    words = repr(document.elements)
    assert document.elements[0] == Image(png)
    for said in ("Exchanges/returns: meja 1", "Kel. Melawai", "https://toko.example/wedang"):
        assert said in words


def test_the_logo_is_kept_once_and_put_in_when_the_job_is_printed(here, paired, number):
    png = logo()
    take(here, "b" * 16, texts=texts(png))
    with here.db.write() as connection:
        printer = printers.add(connection, "Depan", "null:", "generic-58")
        connection.execute(
            "INSERT INTO printer_uses (till, purpose, printer) VALUES ('K01', 'receipt', ?)",
            (printer,),
        )
    sell(here, paired, number)

    with here.db.read() as connection:
        (row,) = print_jobs.jobs_of_printer(connection, printer, 5)
    job = StoredJobs(here, WaitingAges(here.clock)).next_waiting(str(printer))

    assert isinstance(from_json(row.document).elements[0], KeptImage)
    assert len(row.document) < 4000
    assert from_json(job.document).elements[0] == Image(png)


def test_a_bundle_with_the_largest_logo_and_many_goods_fits_the_journal(here):
    product = bundle_document()["products"][0]
    many = [
        product | {"id": f"00000000-0000-7000-8000-00000001{n:04d}", "sku": f"S{n}"}
        for n in range(400)
    ]
    take(here, "b" * 16, texts=texts(logo()), products=many)

    with here.db.read() as connection:
        sizes = connection.execute("SELECT max(length(stored)) AS most FROM entries").fetchone()
        kept = connection.execute("SELECT count(*) AS n FROM pictures").fetchone()
    assert sizes["most"] <= LARGEST_ENTRY_BYTES
    assert kept["n"] == 1


def test_a_rebuild_gives_the_same_logo_contact_and_links(here):
    take(here, "b" * 16, texts=texts(logo()), stalls=stalls_with_shop())
    take(here, "c" * 16, texts=texts(logo(shade=128)))

    assert journals.rebuild(here).drifted == ()


def test_a_bundle_without_a_logo_takes_it_off_and_old_copies_keep_it(here, paired, number):
    take(here, "b" * 16, texts=texts(logo()))
    take(here, "c" * 16)

    document = sales.receipt(here, sell(here, paired, number))

    assert not any(isinstance(one, Image) for one in document.elements)
    with here.db.read() as connection:
        assert connection.execute("SELECT count(*) AS n FROM pictures").fetchone()["n"] == 1


@pytest.mark.parametrize(
    "broken",
    [
        {"logo": base64.b64encode(b"not a picture").decode()},
        {"logo": "%%%"},
        {"logo": "A" * 40_000},
        {"language": "fr"},
    ],
)
def test_a_bundle_with_a_broken_logo_is_refused(broken):
    with pytest.raises(BundleError):
        read_bundle(bundle_document(texts=texts(logo()) | broken))


def test_a_link_that_is_not_https_is_refused_with_the_bundle():
    stalls = bundle_document()["stalls"]
    stalls[0]["shop_url"] = "http://toko.example"

    with pytest.raises(BundleError, match="https"):
        read_bundle(bundle_document(stalls=stalls))


def test_this_machines_own_words_outlive_the_next_bundle(here, number):
    coordinator = open_till(here, "K01", COORDINATOR, COORDINATOR_PIN)
    own = ReceiptTexts((), ("Tukar di meja 9",), "meja 9")
    receipt_texts.keep_texts(here, coordinator, own, {})

    take(here, "c" * 16, texts=texts(logo()))

    words = repr(sales.receipt(here, sell(here, coordinator, number)).elements)
    assert "Tukar di meja 9" in words
    assert "Tukar 7 hari" not in words
