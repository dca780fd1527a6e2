"""Receipts as buyers want them: by itself, when asked for, never; once, and as text."""

import pytest

from kiosk.services import carts, paying, receipts, sales
from kiosk.services.paying import PaymentForm
from kiosk.services.receipts import HabitUnknownError, NoPrinterError
from kiosk.storage import printer_uses, printers
from printers.layout import as_text, lay_out


def sell(here, paired, number):
    cart = carts.new_cart(here, paired)
    carts.add(here, cart.id, number["WB86-KOMPLIT"], None)
    return paying.pay(here, paired, cart.id, PaymentForm("cash")).sale_id


def queued(here):
    """Every receipt queued so far, oldest first: whose, and with which stamp."""
    with here.db.read() as connection:
        rows = connection.execute("SELECT sale, stamp FROM print_jobs ORDER BY id")
        return [tuple(row) for row in rows]


@pytest.fixture
def printer(here):
    """A printer for the receipts of Laci 1 that nobody answers for."""
    with here.db.write() as connection:
        made = printers.add(connection, "Depan", "null:", "generic-58")
        printer_uses.assign(connection, made, {"receipt": ["K01"]}, [])
    return made


def test_a_till_prints_every_receipt_unless_told_otherwise(here, paired, number, printer):
    sale = sell(here, paired, number)

    assert queued(here) == [(sale, None)]


@pytest.mark.parametrize("habit", ["ask", "never"])
def test_nothing_is_queued_until_it_is_asked_for(here, paired, number, printer, habit):
    receipts.set_habit(here, paired, habit)

    sale = sell(here, paired, number)

    assert queued(here) == []
    assert receipts.choices_for(here, sales.sale(here, sale)).offers_paper == (habit == "ask")


def test_a_receipt_asked_for_twice_is_printed_once_and_is_no_copy(here, paired, number, printer):
    receipts.set_habit(here, paired, "ask")
    sale = sell(here, paired, number)

    receipts.print_receipt(here, paired, sale)
    receipts.print_receipt(here, paired, sale)

    assert queued(here) == [(sale, None)]
    assert sales.sale(here, sale).copies == 0


def test_paper_is_not_promised_where_nothing_prints(here, paired, number):
    sale = sell(here, paired, number)

    with pytest.raises(NoPrinterError):
        receipts.print_receipt(here, paired, sale)

    assert not receipts.choices_for(here, sales.sale(here, sale)).can_print


def test_the_habit_is_the_till_s_own(here, paired, number, printer):
    receipts.set_habit(here, paired, "never")

    assert receipts.habit_of(here, "K01").habit == "never"
    assert receipts.habit_of(here, "K02").habit == "always"


def test_an_unknown_habit_changes_nothing(here, paired):
    with pytest.raises(HabitUnknownError):
        receipts.set_habit(here, paired, "sometimes")

    assert receipts.habit_of(here, "K01").habit == "always"


def test_what_takes_the_internet_is_not_offered_once_the_hub_was_out_of_reach(here, paired, number):
    sale = sales.sale(here, sell(here, paired, number))
    before = receipts.choices_for(here, sale).has_reach
    with here.db.write() as connection:
        connection.execute("UPDATE enrolment SET problem = 'no route'")

    assert before
    assert not receipts.choices_for(here, sale).has_reach


def test_the_text_says_what_the_paper_says(here, paired, number):
    text = receipts.text_of(here, sell(here, paired, number), 580)

    assert "No K01-0001" in text.splitlines()
    assert "1 x 25.000 25.000" in text.splitlines()
    assert "TOTAL Rp25.000" in text.splitlines()


def test_every_tenth_receipt_names_the_head_before_its_sale_and_so_does_its_copy(
    here, paired, number
):
    sold = [sell(here, paired, number) for _ in range(11)]

    with here.db.read() as connection:
        heads = {
            row["id"]: bytes(row["before"]).hex()[:8]
            for row in connection.execute(
                "SELECT entries.id, prior.hash AS before FROM entries JOIN entries AS prior"
                " ON prior.journal = entries.journal AND prior.seq = entries.seq - 1"
            )
        }
    shown = [as_text(lay_out(sales.receipt(here, sale), 32)) for sale in sold]
    sealed = [place for place, text in enumerate(shown, start=1) if "Segel" in text]
    assert sealed == [10]
    assert f"Segel sebelum struk ini {heads[sold[9]]}" in shown[9]
