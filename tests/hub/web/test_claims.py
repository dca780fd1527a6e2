"""The page of claimed payments."""

import io

from kiosk.hub.services.ingest import receive_segment
from kiosk.hub.services.workbooks import table_workbook
from tests.hub.services.building import CAMPAIGN, KEYS, Journal, payments_of, sale, set_up
from tests.hub.web.steps import figures

CLAIMS = f"/campaigns/{CAMPAIGN}/claims"


def sell(store, clock, *references):
    set_up(store)
    journal = Journal()
    for n, reference in enumerate(references):
        payment = sale(method="qris")["payments"][0] | {"reference": reference}
        journal.add("sale", sale(method="qris", number=f"K01-004{n}", payments=[payment]))
    receive_segment(store, clock, KEYS, journal.segment())


def test_claimed_payments_are_listed_and_the_board_leads_to_them(viewer, store, clock):
    sell(store, clock, "RRN 4711")

    page = viewer.get(CLAIMS)

    [row] = [row for row in figures(page) if row[0] == "K01-0040"]
    assert row[1:3] == ["24.000", "RRN 4711"]
    assert row[4:] == ["Mesin 1", "K01", "Bazar Jumat"]
    assert "1 pembayaran, Rp24.000" in page
    assert "checkbox" not in page
    assert CLAIMS in viewer.get(f"/campaigns/{CAMPAIGN}")


def test_an_organiser_finds_confirms_and_takes_back(organiser, store, clock):
    sell(store, clock, "RRN 4711", "")
    listed = [["QR 99994711", 24_000], ["QR 1", 24_000]]
    file = (io.BytesIO(table_workbook(["Keterangan", "Kredit"], listed)), "mutasi.xlsx")

    found = organiser.client.post(
        f"{CLAIMS}/find", data={"list": "", "file": file}, content_type="multipart/form-data"
    ).text
    [ticked] = [
        part.split('"')[0] for part in found.split('value="')[1:] if '" checked' in part[:60]
    ]
    # PostgreSQL keeps no NUL: it is left out of whatever is sent, and is no part of an address.
    evidence = {"evidence": "muta\x00si.xlsx"}
    organiser.post(f"{CLAIMS}?event=%00", {"payment": ticked, "decision": "final"} | evidence)
    organiser.get(f"{CLAIMS}%00", status=404)
    organiser.get("/campaigns/%00/totals", status=404)
    page = organiser.get(CLAIMS)
    undo = page.split("/undo")[0].rpartition('action="')[2] + "/undo"

    assert "Nominalnya saja yang sama" in found
    assert payments_of(store) == {("qris", "claimed"): 24_000, ("qris", "final"): 24_000}
    assert "mutasi.xlsx" in page
    organiser.post(undo)
    assert payments_of(store) == {("qris", "claimed"): 48_000}


def test_nothing_ticked_and_nothing_pasted_is_said_in_place(organiser, store, clock):
    sell(store, clock, "")

    refused = organiser.post(CLAIMS, {"decision": "final"}, status=422).text
    empty = organiser.post(f"{CLAIMS}/find", {"list": " "}, status=422).text
    pdf = {"list": "QR 4711", "file": (io.BytesIO(b"%PDF-1.7 mutasi"), "mutasi.pdf")}
    other = organiser.post(f"{CLAIMS}/find", pdf, status=422).text

    assert "Centang sedikitnya satu pembayaran" in refused
    assert "Tempel daftar dari bank" in empty
    assert "mutasi.pdf" in other
    assert "QR 4711" in other
    assert "Tidak ada pembayaran yang menunggu" not in refused


def test_what_came_by_a_way_to_pay_opens_to_its_receipts(viewer, store, clock):
    sell(store, clock, "RRN 4711")
    totals = viewer.get(f"/campaigns/{CAMPAIGN}/totals/payments")

    opened = viewer.get(f"/campaigns/{CAMPAIGN}/totals/payments/rows?key=qris&state=claimed")
    nothing = viewer.get(f"/campaigns/{CAMPAIGN}/totals/payments/rows")

    assert "rows?key=qris&amp;state=claimed" in totals
    [row] = [row for row in figures(opened) if row[0] == "K01-0040"]
    assert row[2:] == ["Mesin 1 · K01", "Bazar Jumat", "RRN 4711", "24.000"]
    assert "Tampilkan semua" in nothing
