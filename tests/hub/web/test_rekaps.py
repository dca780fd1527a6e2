"""The pages of Rekap manual: typing a total in, its evidence, and taking it back."""

import io
import re

from tests.hub.web.steps import UUID
from tests.hub.web.test_imports import totals

PNG = b"\x89PNG\r\n\x1a\n" + b"x" * 40


def form(organiser, campaign, **changes):
    event = organiser._last(f"{campaign}/events", r"/events/(%s)/staff")
    typed = {"event": event, "units": "120", "omzet_rp": "2.500.000", "told_by": "Bu Sari"}
    return typed | {"note": "buku hal. 3"} | changes


def test_a_total_is_typed_in_shown_apart_undone_and_counted_again(organiser, friday):
    organiser.post(f"{friday}/rekaps/new", form(organiser, friday))
    counted = totals(organiser, friday, "channel")
    page = organiser.get(f"{friday}/rekaps")
    rekap = re.search(rf"/rekaps/({UUID})/undo", page)[1]

    organiser.post(f"{friday}/rekaps/{rekap}/undo")
    undone = totals(organiser, friday, "channel")
    organiser.post(f"{friday}/rekaps/{rekap}/redo")

    assert counted[0][:3] == ["Rekap manual", "120", "2500000"]
    assert undone == []
    assert totals(organiser, friday, "channel") == counted


def test_a_photo_is_kept_and_given_back_as_a_file(organiser, friday):
    photo = {"evidence": (io.BytesIO(PNG), "../buku.png")}
    organiser.post(f"{friday}/rekaps/new", form(organiser, friday) | photo)

    address = re.search(r'href="([^"]+/evidence)"', organiser.get(f"{friday}/rekaps"))[1]
    answer = organiser.client.get(address)

    assert answer.data == PNG
    assert answer.headers["Content-Disposition"] == "attachment; filename=buku.png"


def test_what_is_missing_is_said_in_place_and_nothing_typed_is_lost(organiser, friday):
    for changes, sentence in (
        ({"units": "banyak"}, "Ketik jumlah bulat"),
        ({"units": "", "omzet_rp": ""}, "Ketik berapa yang terjual"),
        ({"told_by": ""}, "Isi bagian ini."),
        ({"note": ""}, "Tulis apa buktinya"),
        ({"event": "x"}, "Pilih salah satu dari daftar"),
        ({"gives_way": "1"}, "Pilih penjualnya"),
        ({"evidence": (io.BytesIO(b"MZ"), "buku.exe")}, "Pilih foto"),
    ):
        page = organiser.post(
            f"{friday}/rekaps/new", form(organiser, friday, **changes), status=422
        ).text
        assert sentence in page, changes
        assert 'value="2.500.000"' in page or "omzet_rp" in changes


def test_a_viewer_reads_totals_and_types_none_in(organiser, friday, viewer):
    assert "Ketik total" not in viewer.get(f"{friday}/rekaps")
    viewer.post(f"{friday}/rekaps/new", form(organiser, friday), status=403)
