import pytest

from kiosk.domain.ids import IdNotUnderstoodError
from kiosk.domain.money import Rupiah
from kiosk.domain.operators import NotAllowedError
from kiosk.domain.refunds import (
    AlreadyRefundedError,
    PartlyRefundedError,
    RefundReasonMissingError,
    TooManyBackError,
)
from kiosk.domain.shifts import NoOpenShiftError
from kiosk.services import carts, journals, paying, refunds, sales, shifts
from kiosk.services.approvals import Approval
from kiosk.services.paying import PaymentForm
from kiosk.services.print_queue import jobs
from kiosk.services.printers import PrinterForm, keep_printer
from kiosk.services.refunds import RefundForm
from kiosk.services.sales import SaleUnknownError
from kiosk.services.sign_in import WrongPinError
from kiosk.services.tries import MustWaitError
from kiosk.storage import journal
from printers.layout import as_text, lay_out
from tests.support.bazaar import (
    APPROVED,
    BATIK,
    CASHIER,
    CASHIER_PIN,
    COORDINATOR,
    COORDINATOR_PIN,
    EVENT,
    KERIPIK,
    open_till,
    product_id,
)

PRINTER = PrinterForm("Depan", "null:", "generic-80-48", ("K01",))


def sell(here, browser, number, goods, *forms):
    cart = carts.new_cart(here, browser)
    for sku, qty in goods.items():
        cart = carts.add(here, cart.id, number[sku], None)
        carts.set_quantity(here, cart.id, cart.last_key, str(qty), cart.version)
    for form in forms or (PaymentForm("cash"),):
        paying.pay(here, browser, cart.id, form)
    return cart.id


def void(here, browser, sale, **changes):
    form = {"id": here.clock.new_id(), "reason": "salah ketik", "approval": APPROVED, **changes}
    refunds.void(here, browser, sale, RefundForm(**form))


def bring_back(here, browser, sale, pieces, **changes):
    form = {"id": here.clock.new_id(), "reason": "rusak", "approval": APPROVED, **changes}
    refunds.refund_lines(here, browser, sale, RefundForm(**form, pieces=pieces))


def refund_entries(here):
    with here.db.read() as connection:
        rows = connection.execute(
            "SELECT journal, seq FROM entries WHERE kind = 'refund' ORDER BY seq"
        ).fetchall()
        return [journal.read_at(connection, row["journal"], row["seq"]) for row in rows]


def expected_cash(here, browser):
    shift = shifts.current_shift(here, browser.till)
    with here.db.read() as connection:
        return shifts.shifts.expected_cash(connection, shift.id)


def report_of(here, browser):
    return shifts.report(here, shifts.current_shift(here, browser.till).id)


def takings(report):
    return {(one.method, one.state): (one.payments, one.amount_rp) for one in report.takings}


def test_a_copy_of_a_voided_receipt_says_so(here, paired, number):
    sale = sell(here, paired, number, {"WB86-KOMPLIT": 1})
    before = as_text(lay_out(sales.receipt(here, sale), 32))

    void(here, paired, sale)

    assert "DIBATALKAN" not in before
    assert "DIBATALKAN" in as_text(lay_out(sales.receipt(here, sale), 32))


def test_a_voided_sale_is_taken_off_the_expected_cash(here, paired, number):
    sale = sell(here, paired, number, {"WB86-KOMPLIT": 2}, PaymentForm("cash", tendered="100.000"))
    assert expected_cash(here, paired) == 250_000

    void(here, paired, sale)

    assert expected_cash(here, paired) == 200_000
    closed = shifts.close_shift(here, paired, {100_000: "2"}, "")
    assert (closed.closing.expected_rp, closed.closing.difference_rp) == (200_000, 0)


def test_a_voided_sale_is_taken_off_the_takings_and_the_omzet(here, paired, number):
    sale = sell(here, paired, number, {"WB86-KOMPLIT": 2})
    sell(here, paired, number, {"WB86-TUBRUK": 1}, PaymentForm("qris"))

    void(here, paired, sale)

    report = report_of(here, paired)
    assert (report.sold.sales, report.sold.units, report.sold.omzet_rp) == (2, 1, 35_000)
    assert (report.sold.refunds, report.sold.refunded_rp) == (1, 50_000)
    assert takings(report) == {("cash", "final"): (1, 0), ("qris", "claimed"): (1, 35_000)}


def test_money_paid_by_qris_goes_back_by_qris_and_leaves_the_drawer_alone(here, paired, number):
    sale = sell(here, paired, number, {"WB86-KOMPLIT": 1}, PaymentForm("qris"))

    void(here, paired, sale)

    assert expected_cash(here, paired) == 200_000
    assert report_of(here, paired).claimed_rp == 0
    [entry] = refund_entries(here)
    assert [(one["method"], one["amount_rp"]) for one in entry.body["payments"]] == [
        ("qris", 25_000)
    ]


def test_a_void_reverses_the_rounding_and_the_stock(here, paired, number):
    sale = sell(here, paired, number, {"KRP-CURAH": 351, "KRP-TMP": 2})
    sold = report_of(here, paired).sold
    assert sold.rounding_rp < 0

    void(here, paired, sale)

    after = report_of(here, paired).sold
    assert (after.units, after.omzet_rp, after.rounding_rp) == (0, 0, 0)
    assert expected_cash(here, paired) == 200_000
    with here.db.read() as connection:
        stock = {row["product"]: row["sold"] for row in connection.execute("SELECT * FROM stock")}
    assert stock == {product_id("KRP-CURAH"): 0, product_id("KRP-TMP"): 0}


def test_pieces_come_back_one_by_one_until_none_is_left(here, paired, number):
    sale = sell(here, paired, number, {"KRP-TMP": 3, "BTK-ONDEL": 1})

    for _ in range(3):
        bring_back(here, paired, sale, {1: "1"})
    with pytest.raises(TooManyBackError):
        bring_back(here, paired, sale, {1: "1"})
    bring_back(here, paired, sale, {1: "", 2: "1"})

    assert expected_cash(here, paired) == 200_000
    assert sales.sale(here, sale).is_all_back
    with pytest.raises(AlreadyRefundedError):
        bring_back(here, paired, sale, {2: "1"})


def test_goods_of_odd_rupiah_go_back_in_coins_on_a_line_of_their_own(here, paired, number):
    printer = keep_printer(here, paired, None, PRINTER, APPROVED)
    sale = sell(here, paired, number, {"KRP-CURAH": 1000})  # Rp85.050, Rp85.000 in cash

    money = refunds.money_of_lines(here, sale, {1: "500"})
    bring_back(here, paired, sale, {1: "500"})

    slip = jobs(here, printer)[0].document
    assert (money.lines[0].amount_rp, money.rounding_rp, money.total_rp) == (42_525, -25, 42_500)
    assert expected_cash(here, paired) == 242_500
    sold = report_of(here, paired).sold
    assert (sold.omzet_rp, sold.rounding_rp, sold.refunded_rp) == (42_525, -25, 42_500)
    assert '"left":"Pembulatan","right":"-25"' in slip

    bring_back(here, paired, sale, {1: "500"})
    assert (expected_cash(here, paired), report_of(here, paired).sold.rounding_rp) == (200_000, 0)
    assert journals.rebuild(here).drifted == ()


def test_what_an_earlier_refund_was_short_of_is_kept_and_comes_with_the_last(here, paired, number):
    sale = sell(here, paired, number, {"KRP-CURAH": 500, "KRP-TMP": 2})

    bring_back(here, paired, sale, {1: "100"})
    bring_back(here, paired, sale, {1: "100"})
    bring_back(here, paired, sale, {1: "300", 2: "2"})

    assert [
        (entry.body["payments"][0]["amount_rp"], entry.body["rounding_rp"])
        for entry in refund_entries(here)
    ] == [(8_500, -5), (8_500, -5), (50_500, -15)]
    assert expected_cash(here, paired) == 200_000
    assert journals.rebuild(here).drifted == ()


def test_the_entry_names_sale_stalls_cashier_and_who_approved(here, paired, number):
    sale = sell(here, paired, number, {"KRP-TMP": 4, "BTK-ONDEL": 2})
    made = here.clock.new_id()

    bring_back(here, paired, sale, {1: "1", 2: "1"}, id=made)

    [entry] = refund_entries(here)
    assert (entry.id, entry.till, entry.by.name, entry.approved_by.name) == (
        made, "K01", "Rina", "Bu Sri",
    )  # fmt: skip
    with here.db.read() as connection:
        journal_id = journal.current(connection).id
    body = entry.body
    assert (body["sale"], body["sale_journal"], body["event"]) == (sale, journal_id, EVENT)
    assert (body["kind"], body["number"], body["reason"]) == ("refund", "K01-0001", "rusak")
    assert body["lines"] == [
        {"n": 1, "qty": 1, "amount_rp": 12_500},
        {"n": 2, "qty": 1, "amount_rp": 175_000},
    ]
    assert {one["stall"]: one["net_rp"] for one in body["shares"]} == {
        KERIPIK: 12_188,
        BATIK: 157_500,
    }


def test_the_same_form_sent_twice_is_one_refund(here, paired, number):
    sale = sell(here, paired, number, {"KRP-TMP": 2})
    form = RefundForm(here.clock.new_id(), "rusak", APPROVED, {1: "1"})

    for _ in range(2):
        refunds.refund_lines(here, paired, sale, form)

    assert len(refund_entries(here)) == 1
    assert expected_cash(here, paired) == 212_500


def test_a_form_with_the_id_of_something_else_pays_nothing(here, paired, number):
    first = sell(here, paired, number, {"KRP-TMP": 1})
    second = sell(here, paired, number, {"KRP-TMP": 1})
    used = here.clock.new_id()
    void(here, paired, first, id=used)

    for strange in (used, first, second, "nothing"):
        with pytest.raises(IdNotUnderstoodError):
            void(here, paired, second, id=strange)

    assert len(refund_entries(here)) == 1


def test_a_sale_is_voided_once_and_not_after_something_came_back(here, paired, number):
    voided = sell(here, paired, number, {"KRP-TMP": 2})
    partly = sell(here, paired, number, {"KRP-TMP": 2})
    void(here, paired, voided)
    bring_back(here, paired, partly, {1: "1"})

    with pytest.raises(AlreadyRefundedError, match="K01-0001"):
        void(here, paired, voided)
    with pytest.raises(PartlyRefundedError, match="K01-0002"):
        void(here, paired, partly)


def test_money_goes_back_out_of_the_shift_that_is_open_now(here, paired, number):
    sale = sell(here, paired, number, {"WB86-KOMPLIT": 1})
    first = shifts.close_shift(here, paired, {100_000: "2", 20_000: "1", 5_000: "1"}, "")

    with pytest.raises(NoOpenShiftError):
        void(here, paired, sale)
    shifts.open_shift(here, paired, "100.000")
    void(here, paired, sale)

    assert expected_cash(here, paired) == 75_000
    assert shifts.report(here, first.shift.id).closing.expected_rp == 225_000
    assert takings(report_of(here, paired)) == {("cash", "final"): (0, -25_000)}


def test_another_till_pays_back_out_of_its_own_drawer(here, paired, number):
    sale = sell(here, paired, number, {"WB86-KOMPLIT": 1})
    other = open_till(here, "K02")

    void(here, other, sale)

    assert (expected_cash(here, paired), expected_cash(here, other)) == (225_000, 175_000)


def test_a_cashier_alone_pays_nothing_back(here, paired, number):
    sale = sell(here, paired, number, {"WB86-KOMPLIT": 1})

    for approval in (Approval(), Approval(CASHIER, CASHIER_PIN), Approval("nobody", "1")):
        with pytest.raises(NotAllowedError):
            void(here, paired, sale, approval=approval)
    for _ in range(3):
        with pytest.raises(WrongPinError):
            void(here, paired, sale, approval=Approval(COORDINATOR, "000000"))
    with pytest.raises(MustWaitError):
        void(here, paired, sale)

    assert refund_entries(here) == []


def test_a_coordinator_who_is_signed_in_needs_nobody_else(here, number):
    browser = open_till(here, "K01", COORDINATOR, COORDINATOR_PIN)
    sale = sell(here, browser, number, {"WB86-KOMPLIT": 1})

    void(here, browser, sale, approval=Approval())

    [entry] = refund_entries(here)
    assert entry.by == entry.approved_by


def test_approving_signs_nobody_in(here, paired, number):
    sale = sell(here, paired, number, {"WB86-KOMPLIT": 1})

    void(here, paired, sale)

    assert refunds.refundable(here, paired, sell(here, paired, number, {"KRP-TMP": 1}))
    assert [entry.by.name for entry in refund_entries(here)] == ["Rina"]


def test_money_without_a_reason_stays(here, paired, number):
    sale = sell(here, paired, number, {"WB86-KOMPLIT": 1})

    with pytest.raises(RefundReasonMissingError):
        void(here, paired, sale, reason="  ")

    assert refund_entries(here) == []


def test_a_sale_of_elsewhere_is_not_refunded_here(here, paired):
    unknown = here.clock.new_id()

    with pytest.raises(SaleUnknownError):
        refunds.refundable(here, paired, unknown)
    with pytest.raises(SaleUnknownError):
        void(here, paired, unknown)


def test_what_goes_back_is_known_before_it_is_paid(here, paired, number):
    sale = sell(here, paired, number, {"WB86-KOMPLIT": 2, "KRP-TMP": 2})
    bring_back(here, paired, sale, {2: "1"})

    form = refunds.refundable(here, paired, sale)
    money = refunds.money_of_lines(here, sale, {1: "1", 2: "1"})

    assert [(one.line.n, one.left) for one in form.lines] == [(1, 2), (2, 1)]
    assert money.total_rp == 37_500
    assert len(refund_entries(here)) == 1


def test_the_list_of_today_marks_what_went_back(here, paired, number):
    voided = sell(here, paired, number, {"WB86-KOMPLIT": 1})
    partly = sell(here, paired, number, {"WB86-KOMPLIT": 2})
    void(here, paired, voided)
    bring_back(here, paired, partly, {1: "1"})

    rows = {row.id: row for row in sales.todays_sales(here, "K01")}

    assert (rows[voided].voided, rows[voided].kept_rp) == (True, Rupiah(0))
    assert (rows[partly].voided, rows[partly].kept_rp) == (False, Rupiah(25_000))


def test_refunds_come_out_of_the_journal_again(here, paired, number):
    weighed = sell(here, paired, number, {"KRP-CURAH": 351, "KRP-TMP": 2})
    bring_back(here, paired, weighed, {1: "100", 2: "1"})
    bring_back(here, paired, weighed, {1: "251"})
    void(here, paired, sell(here, paired, number, {"BTK-ONDEL": 1}, PaymentForm("qris")))

    rebuilt = journals.rebuild(here)

    assert rebuilt.drifted == ()
    assert report_of(here, paired).sold.units == 1


def test_a_slip_says_what_came_back_and_who_approved(here, paired, number):
    printer = keep_printer(here, paired, None, PRINTER, APPROVED)
    sale = sell(here, paired, number, {"WB86-KOMPLIT": 2})

    bring_back(here, paired, sale, {1: "1"})
    bring_back(here, paired, sale, {1: "1"})

    slip = jobs(here, printer)[0]
    assert slip.title == "K01-0001"
    for words in ("RETUR", "Rp25.000", "Bu Sri", "Alasan: rusak", "Wedang Komplit"):
        assert words in slip.document


def test_a_closed_shift_pays_nothing_back_by_the_database(here, paired, number):
    sale = sell(here, paired, number, {"WB86-KOMPLIT": 1})
    void(here, paired, sale)
    shifts.close_shift(here, paired, {100_000: "2"}, "")

    with (
        pytest.raises(Exception, match="pays nothing back"),
        here.db.write() as connection,
    ):
        connection.execute("INSERT OR REPLACE INTO refunds SELECT * FROM refunds")


def test_a_copy_is_approved_on_the_spot(here, paired, number):
    keep_printer(here, paired, None, PRINTER, APPROVED)
    sale = sell(here, paired, number, {"WB86-KOMPLIT": 1})

    with pytest.raises(NotAllowedError):
        sales.reprint(here, paired, sale, Approval())
    sales.reprint(here, paired, sale, APPROVED)

    assert sales.sale(here, sale).copies == 1
