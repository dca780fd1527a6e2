"""The page of an event's receipts: its words, its logo, and the paper while one types."""

import io

import pytest
from PIL import Image as Pictures

from tests.hub.web.steps import VENDOR

WORDS = {
    "header": "Jumat Beli Lokal\nKantor Wali Kota",
    "footer": "Tukar barang 7 hari, bawa struk ini",
    "contact": "0812 0000 0000",
    "language": "id",
}
NOBODYS_EVENT = "00000000-0000-7000-8000-000000000999"
FORBIDDEN = "Barang yang sudah dibeli\ntidak dapat dikembalikan"


@pytest.fixture
def page(organiser):
    campaign = organiser.campaign()
    return f"{organiser.event(campaign)}/receipt"


def upload(organiser, page, data, status=303):
    head = '--x\r\nContent-Disposition: form-data; name="logo"; filename="logo.png"\r\n\r\n'
    response = organiser.client.post(
        f"{page}/logo",
        data=head.encode() + data + b"\r\n--x--\r\n",
        content_type="multipart/form-data; boundary=x",
    )
    assert response.status_code == status, response.text[:2000]
    return response


def drawn(size=(300, 200), kind="PNG"):
    target = io.BytesIO()
    Pictures.radial_gradient("L").resize(size).save(target, kind)
    return target.getvalue()


def test_the_organisers_words_are_kept_and_shown_on_three_widths_of_paper(organiser, page):
    organiser.post(page, WORDS)

    shown = organiser.get(page)

    assert "0812 0000 0000" in shown
    assert shown.count("Tukar barang 7 hari, bawa struk") >= 3
    for columns in ("32 kolom", "42 kolom", "48 kolom"):
        assert columns in shown


def test_the_paper_follows_what_is_typed_before_anything_is_kept(organiser, page):
    answer = organiser.client.htmx(
        "POST", f"{page}/preview", data=WORDS | {"footer": "Sampai Jumat depan", "language": "en"}
    )

    assert "Sampai Jumat depan" in answer.text
    assert "Thank you for buying local" in answer.text
    assert "Sampai Jumat depan" not in organiser.get(page)


@pytest.mark.parametrize("box", ["header", "footer"])
def test_words_that_refuse_returns_are_refused_with_the_law(organiser, page, box):
    answer = organiser.post(page, WORDS | {box: FORBIDDEN}, status=422)

    assert "pasal 18" in answer.text
    assert FORBIDDEN.splitlines()[0] in answer.text
    assert FORBIDDEN.splitlines()[0] not in organiser.get(page)


def test_the_paper_warns_while_the_forbidden_words_are_typed(organiser, page):
    answer = organiser.client.htmx("POST", f"{page}/preview", data=WORDS | {"footer": FORBIDDEN})

    assert "pasal 18" in answer.text


@pytest.mark.parametrize("box", ["header", "footer", "contact"])
def test_words_without_end_are_refused_and_shown_as_far_as_paper_goes(organiser, page, box):
    typed = WORDS | {box: "kata" * 2_000}

    kept = organiser.post(page, typed, status=422)
    shown = organiser.client.htmx("POST", f"{page}/preview", data=typed)

    assert "kata" * 2_000 in kept.text
    assert shown.status_code == 200


def test_too_many_lines_are_refused_and_kept_in_the_box(organiser, page):
    many = "\n".join(f"baris {n}" for n in range(20))

    answer = organiser.post(page, WORDS | {"footer": many}, status=422)

    assert "baris 19" in answer.text


def test_a_language_that_is_not_offered_is_refused(organiser, page):
    organiser.post(page, WORDS | {"language": "xx"}, status=422)

    assert WORDS["footer"] not in organiser.get(page)


def test_a_logo_stands_on_the_paper_until_it_is_dropped(organiser, page):
    upload(organiser, page, drawn())
    with_logo = organiser.get(page)
    organiser.post(f"{page}/logo", {"drop": "1"})

    # A QR code of the shop's link and the logo, on each of three strips.
    assert with_logo.count("<image ") == 6
    assert organiser.get(page).count("<image ") == 3


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "Pilih gambar dulu"),
        (b"GIF89a but no", "tidak bisa dibaca"),
        (drawn((5000, 4000)), "terlalu besar (5000 x 4000)"),
    ],
)
def test_a_file_that_is_no_logo_is_refused_in_words(organiser, page, data, sentence):
    assert sentence in upload(organiser, page, data, status=422).text


def test_a_mentor_may_look_and_change_nothing(organiser, viewer, page):
    viewer.post(page, WORDS, status=403)

    assert WORDS["footer"] not in viewer.get(page)


def test_an_event_that_is_not_there_has_no_receipt(organiser, page):
    campaign = page.split("/events/")[0]

    answer = organiser.client.get(f"{campaign}/events/{NOBODYS_EVENT}/receipt")

    assert answer.status_code == 404


def test_a_vendors_shop_is_a_short_https_link(organiser):
    campaign = organiser.campaign()

    vendor = organiser.vendor(campaign, shop_url="https://toko.example/wedang")

    assert "https://toko.example/wedang" in organiser.get(f"{campaign}/vendors/{vendor}")


@pytest.mark.parametrize(
    "link",
    [
        "http://toko.example",
        "toko.example",
        "https://",
        "javascript:alert(1)",
        "https://x/" + "y" * 90,
    ],
)
def test_any_other_link_is_refused_at_its_field(organiser, link):
    campaign = organiser.campaign()

    page = organiser.post(f"{campaign}/vendors/new", VENDOR | {"shop_url": link}, status=422).text

    assert "https://" in page
    assert link in page
