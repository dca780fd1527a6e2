"""Undoing what was saved by hand: a button beside the notice, and one in the trail."""

import re

import pytest

from tests.hub.web.steps import VENDOR

UNDO = re.compile(r'action="(/trail/[^"]+/undo[^"]*)"')


@pytest.fixture
def friday(organiser):
    campaign = organiser.campaign()
    vendor = organiser.vendor(campaign)
    organiser.product(campaign, vendor, "WB86", "Wedang Komplit")
    organiser.event(campaign)
    organiser.get(f"{campaign}/events")
    return campaign


def undo_offered(page):
    return UNDO.search(page)[1].replace("&amp;", "&")


def test_a_change_is_undone_from_its_notice_and_the_undoing_from_the_trail(organiser, friday):
    vendor = organiser._beside(f"{friday}/vendors", r"/vendors/(%s)\"")
    answer = organiser.post(f"{friday}/vendors/{vendor}", VENDOR | {"name": "Salah Ketik"})

    back = organiser.post(undo_offered(organiser.get(answer.location)))

    assert "“Salah Ketik” kembali seperti sebelumnya." in organiser.get(back.location)
    trail = organiser.get("/trail?about=vendor")
    assert len(UNDO.findall(trail)) == 1
    organiser.post(undo_offered(trail))
    assert "Salah Ketik" in organiser.get(f"{friday}/vendors")


def test_what_was_just_made_is_undone_unless_something_hangs_on_it(organiser, friday):
    made = organiser.post("/campaigns/new", {"name": "Ganda", "city": "", "target_rp": ""})
    undo = undo_offered(organiser.get(made.location))
    organiser.vendor(made.location)

    organiser.post(undo)
    refused = organiser.get("/campaigns")
    other = organiser.post("/campaigns/new", {"name": "Kosong", "city": "", "target_rp": ""})
    organiser.post(undo_offered(organiser.get(other.location)))

    assert "“Ganda” sudah diubah atau dipakai" in refused
    assert "Kosong" not in organiser.get("/campaigns").split("</h1>")[1]
    organiser.get(other.location, status=404)


def test_a_change_that_stands_under_a_later_one_is_not_undone(organiser, friday):
    event = organiser._last(f"{friday}/events", r"/events/(%s)/staff")
    staff = f"{friday}/events/{event}/staff"
    typed = {"name": "Rina", "role": "cashier", "pin": "4711"}
    first = undo_offered(organiser.get(organiser.post(f"{staff}/new", typed).location))
    person = organiser._last(staff, r"/staff/(%s)\"")
    organiser.post(f"{staff}/{person}", typed | {"name": "Rina W", "pin": ""})

    organiser.post(first)

    assert "sudah diubah atau dipakai" in organiser.get(staff)
    assert "Rina W" in organiser.get(staff)


def test_a_viewer_is_offered_no_undoing(organiser, viewer, friday):
    organiser.get(f"{friday}/events")

    assert not UNDO.search(viewer.get("/trail"))


def test_campaigns_come_and_go_by_a_sheet_of_their_own(organiser, friday):
    text = "Program,Kota,Target\nSabtu Beli Lokal,Jakarta Timur,150jt\n"
    sheet = organiser.upload("/campaigns", "program.csv", text.encode(), page="sheets")
    digest = re.search(r'name="plan" value="(\w+)"', organiser.get(sheet))[1]

    organiser.post(f"{sheet}/take", {"plan": digest})

    assert "Sabtu Beli Lokal" in organiser.get("/campaigns")
    out = organiser.client.get("/campaigns/sheets/download")
    again = organiser.upload("/campaigns", "x.xlsx", out.data, page="sheets")
    assert "tidak ada yang berubah" in organiser.get(again)
    organiser.post(f"{sheet}/undo")
    assert "Sabtu Beli Lokal" not in organiser.get("/campaigns")
    organiser.get(f"{friday}/sheets/campaigns", status=404)
