"""Logos: any picture becomes a few black and white dots, and a bad one is refused in words."""

import io
import struct
import zlib

import pytest
from PIL import Image as Pictures

from printers.bitmap import Bitmap
from printers.dots import dots_of
from printers.elements import Document, Image, KeptImage
from printers.encode import encode
from printers.errors import BadLogoError, LogoTooLargeError
from printers.layout import lay_out
from printers.logo import MOST_PNG_BYTES, TALLEST_DOTS, WIDEST_DOTS, prepare_logo
from printers.preview import pieces
from printers.profiles import GENERIC_58, GENERIC_80_48
from printers.simulator.parser import next_command

KEY = "ab" * 32


def file_of(picture, kind, **options):
    target = io.BytesIO()
    picture.save(target, kind, **options)
    return target.getvalue()


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def shaded(size=(600, 400)):
    return Pictures.radial_gradient("L").resize(size).convert("RGB")


def dots(png):
    return Pictures.open(io.BytesIO(png)).convert("L")


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF", "BMP"])
def test_a_logo_comes_from_any_common_kind_of_file(kind):
    png = prepare_logo(file_of(shaded(), kind))

    logo = Bitmap.from_png(png)
    assert (logo.width, logo.height) == (360, 240)
    assert len(png) <= MOST_PNG_BYTES
    assert 0.3 < sum(dots(png).histogram()[128:]) / (logo.width * logo.height) < 0.9


def test_a_photograph_of_twelve_megapixels_becomes_a_small_logo():
    photograph = file_of(shaded((4032, 3024)), "JPEG", quality=60)

    png = prepare_logo(photograph)

    assert Bitmap.from_png(png).height == TALLEST_DOTS
    assert len(png) <= MOST_PNG_BYTES


def test_the_noisiest_picture_fits_an_entry_of_the_journal():
    noise = Pictures.effect_noise((2000, 1250), 255)

    png = prepare_logo(file_of(noise, "PNG"))

    assert Bitmap.from_png(png).width <= WIDEST_DOTS
    assert len(png) <= MOST_PNG_BYTES


def test_a_picture_beyond_that_is_refused_before_it_is_unpacked():
    too_large = file_of(Pictures.new("1", (5000, 5000)), "PNG")

    with pytest.raises(LogoTooLargeError, match="5000 x 5000"):
        prepare_logo(too_large)


def test_a_small_file_that_says_it_is_enormous_is_refused():
    head = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0)
    bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b""))

    with pytest.raises(LogoTooLargeError):
        prepare_logo(bomb)


@pytest.mark.parametrize(
    "data", [b"", b"%PDF-1.4", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"\x89PNG\r\n\x1a\n"]
)
def test_what_is_no_picture_is_refused(data):
    with pytest.raises(BadLogoError):
        prepare_logo(data)


def test_a_picture_cut_off_in_the_middle_is_refused():
    whole = file_of(Pictures.effect_noise((300, 300), 90), "PNG")

    with pytest.raises(BadLogoError):
        prepare_logo(whole[: len(whole) // 2])


def test_what_is_transparent_stays_paper():
    clear = Pictures.new("RGBA", (80, 40), (0, 0, 0, 0))

    assert dots(prepare_logo(file_of(clear, "PNG"))).getextrema() == (255, 255)


def test_a_photograph_taken_sideways_is_turned_upright():
    lying = Pictures.new("L", (300, 100), 255)
    exif = Pictures.Exif()
    exif[0x0112] = 6

    logo = Bitmap.from_png(prepare_logo(file_of(lying, "JPEG", exif=exif)))

    assert logo.height > logo.width


def test_an_animation_gives_its_first_picture():
    first, second = Pictures.new("L", (80, 40), 0), Pictures.new("L", (80, 40), 255)
    animation = file_of(first, "GIF", save_all=True, append_images=[second])

    assert dots(prepare_logo(animation)).getextrema() == (0, 0)


@pytest.mark.parametrize("profile", [GENERIC_58, GENERIC_80_48], ids=lambda one: one.key)
def test_a_logo_has_the_same_dots_on_every_paper(profile):
    logo = Image(prepare_logo(file_of(shaded(), "PNG")))

    shown = dots_of(logo, profile.paper_dots)

    assert shown == Bitmap.from_png(logo.png)
    assert pieces(lay_out(Document((logo,)), 48), profile)[0].png == logo.png


def test_a_logo_is_sent_in_strips_no_printer_misreads():
    logo = Image(prepare_logo(file_of(shaded(), "PNG")))
    payload = encode(lay_out(Document((logo,)), 48), GENERIC_80_48)

    rows = []
    while (found := next_command(payload)) is not None:
        command, length = found
        payload = payload[length:]
        if command.name == b"\x1dv":
            rows.append(int.from_bytes(command.arguments[4:6], "little"))

    assert sum(rows) == 240
    assert all(0 < each <= 255 and each % 48 for each in rows)


def test_a_document_names_its_logo_and_shows_it_where_it_is_kept():
    png = prepare_logo(file_of(shaded(), "PNG"))
    document = Document((KeptImage(KEY),))

    assert document.with_pictures({KEY: png}.get).elements == (Image(png),)
    assert lay_out(document.with_pictures({}.get), 32) == ()
