import pytest

from kiosk.domain.carts import CartFullError
from kiosk.domain.lines import NoteTooLongError, QuantityError
from kiosk.domain.shifts import NoOpenShiftError
from kiosk.services import carts, paying
from kiosk.services.browsers import assign_till, pair_local, recognise
from kiosk.services.bundles import apply_bundle
from kiosk.services.carts import Wanted
from kiosk.services.catalogue import grid
from kiosk.services.paying import PaymentForm
from kiosk.services.queue import waiting_carts
from kiosk.services.tills import tills
from tests.support.bazaar import bundle_document, open_till


def test_tapping_twice_puts_two_in_the_cart_and_the_same_tap_sent_twice_counts_once(
    here, paired, number
):
    cart = carts.active_cart(here, paired)

    carts.add(here, cart.id, number["WB86-KOMPLIT"], "first")
    carts.add(here, cart.id, number["WB86-KOMPLIT"], "first")
    cart = carts.add(here, cart.id, number["WB86-KOMPLIT"], "second")

    assert [(line.product.sku, line.qty) for line in cart.lines] == [("WB86-KOMPLIT", 2)]
    assert cart.total_rp == 50_000


def test_goods_by_weight_come_by_100_grams(here, paired, number):
    cart = carts.active_cart(here, paired)

    cart = carts.add(here, cart.id, number["KRP-CURAH"], None)

    assert cart.lines[0].qty == 100
    assert cart.pieces == 1


def test_the_same_product_stands_on_two_lines_where_the_notes_differ(here, paired, number):
    cart = carts.active_cart(here, paired)

    carts.add(here, cart.id, number["WB86-KOREA"], "a")
    carts.add(here, cart.id, number["WB86-KOREA"], "b", Wanted("  tanpa  es\n"))
    carts.add(here, cart.id, number["WB86-KOREA"], "c", Wanted("tanpa es"))
    cart = carts.add(here, cart.id, number["WB86-KOREA"], "d")

    assert [(line.key, line.note, line.qty) for line in cart.lines] == [
        (1, "", 2),
        (2, "tanpa es", 2),
    ]
    assert cart.total_rp == 120_000


def test_one_more_on_a_line_goes_to_that_line_and_counts_once(here, paired, number):
    cart = carts.active_cart(here, paired)
    carts.add(here, cart.id, number["WB86-KOREA"], None)
    carts.add(here, cart.id, number["WB86-KOREA"], None, Wanted("tanpa es"))

    carts.add_to_line(here, cart.id, 2, "first")
    cart = carts.add_to_line(here, cart.id, 2, "first")

    assert [line.qty for line in cart.lines] == [1, 2]


def test_the_key_of_a_line_taken_out_is_never_given_again_and_undo_brings_it_back(
    here, paired, number
):
    cart = carts.active_cart(here, paired)
    carts.add(here, cart.id, number["KRP-TMP"], None)
    carts.set_quantity(here, cart.id, 1, "0", None)
    cart = carts.add(here, cart.id, number["BTK-ONDEL"], None)
    assert [line.key for line in cart.lines] == [2]

    carts.undo(here, cart.id)
    cart = carts.undo(here, cart.id)

    assert [(line.key, line.product.sku) for line in cart.lines] == [(1, "KRP-TMP")]
    with pytest.raises(carts.LineGoneError):
        carts.add_to_line(here, cart.id, 2, None)


def test_a_note_longer_than_a_receipt_takes_is_refused(here, paired, number):
    cart = carts.active_cart(here, paired)

    with pytest.raises(NoteTooLongError):
        carts.add(here, cart.id, number["KRP-TMP"], None, Wanted("x" * 121))

    assert carts.resume(here, paired, cart.id).lines == ()


def test_nobody_sells_while_the_till_is_closed(here):
    closed = assign_till(here, pair_local(here), "K01")

    with pytest.raises(NoOpenShiftError):
        carts.active_cart(here, closed)


def test_a_quantity_typed_on_a_stale_cart_says_so_and_overwrites_nothing(here, paired, number):
    cart = carts.active_cart(here, paired)
    seen = carts.add(here, cart.id, number["KRP-TMP"], None)
    carts.add(here, cart.id, number["KRP-TMP"], None)

    with pytest.raises(carts.CartChangedError):
        carts.set_quantity(here, cart.id, 1, "9", seen.version)

    assert carts.resume(here, paired, cart.id).lines[0].qty == 2


@pytest.mark.parametrize("qty", ["-1", "1.000"])
def test_an_absurd_quantity_changes_nothing(here, paired, number, qty):
    cart = carts.active_cart(here, paired)
    carts.add(here, cart.id, number["KRP-TMP"], None)

    with pytest.raises(QuantityError):
        carts.set_quantity(here, cart.id, 1, qty, None)

    assert carts.resume(here, paired, cart.id).lines[0].qty == 1


def test_undo_takes_back_one_change_at_a_time_also_emptying(here, paired, number):
    cart = carts.active_cart(here, paired)
    carts.add(here, cart.id, number["KRP-TMP"], None)
    carts.add(here, cart.id, number["BTK-ONDEL"], None)
    carts.empty(here, cart.id)

    after_one = carts.undo(here, cart.id)
    after_two = carts.undo(here, cart.id)

    assert [line.product.sku for line in after_one.lines] == ["KRP-TMP", "BTK-ONDEL"]
    assert [line.product.sku for line in after_two.lines] == ["KRP-TMP"]
    carts.undo(here, cart.id)
    with pytest.raises(carts.NothingToUndoError):
        carts.undo(here, cart.id)


def test_what_was_taken_back_is_made_again_until_something_else_is_done(here, paired, number):
    cart = carts.active_cart(here, paired)
    for tap in ("a", "b"):
        carts.add(here, cart.id, number["KRP-TMP"], tap)
    carts.undo(here, cart.id)
    carts.undo(here, cart.id)

    again = carts.redo(here, cart.id)
    both = carts.redo(here, cart.id)
    carts.undo(here, cart.id)
    carts.add(here, cart.id, number["BTK-ONDEL"], "c")

    assert (again.pieces, both.pieces) == (1, 2)
    with pytest.raises(carts.NothingToRedoError):
        carts.redo(here, cart.id)


def test_a_tap_that_was_taken_back_does_not_count_when_it_is_sent_again(here, paired, number):
    cart = carts.active_cart(here, paired)
    carts.add(here, cart.id, number["KRP-TMP"], "a")
    carts.undo(here, cart.id)

    after = carts.add(here, cart.id, number["KRP-TMP"], "a")

    assert after.lines == ()


def test_undo_and_emptying_on_an_older_view_are_refused(here, paired, number):
    cart = carts.active_cart(here, paired)
    seen = carts.add(here, cart.id, number["KRP-TMP"], "a").version
    carts.add(here, cart.id, number["KRP-TMP"], "b")

    for change in (carts.undo, carts.redo, carts.empty):
        with pytest.raises(carts.CartChangedError):
            change(here, cart.id, seen)

    assert carts.shown_cart(here, cart.id).pieces == 2


def test_a_parked_cart_keeps_its_label_and_its_goods(here, paired, number):
    first = carts.active_cart(here, paired)
    carts.add(here, first.id, number["KRP-TMP"], None)

    second = carts.new_cart(here, paired)
    paired = recognise(here, paired.id)
    resumed = carts.resume(here, paired, first.id)

    assert (first.label, second.label) == ("1", "2")
    assert resumed.total_rp == 12_500
    assert [cart.number for cart in waiting_carts(here, paired)] == [1]


def test_a_product_that_went_out_of_the_catalogue_stays_in_the_cart_and_is_named(
    here, paired, number
):
    cart = carts.active_cart(here, paired)
    carts.add(here, cart.id, number["KRP-TMP"], None)
    document = bundle_document("fedcba9876543210")
    document["products"] = [row for row in document["products"] if row["sku"] != "KRP-TMP"]
    with here.db.write() as connection:
        apply_bundle(here, connection, document)

    with pytest.raises(carts.ProductGoneError, match="Keripik Tempe Sagu"):
        paying.pay(here, paired, cart.id, PaymentForm("cash"))
    with pytest.raises(carts.ProductGoneError):
        carts.add(here, cart.id, number["KRP-TMP"], None)

    assert carts.set_quantity(here, cart.id, 1, "0", None).lines == ()


def test_a_cart_takes_no_more_lines_than_a_receipt(here, paired, number):
    document = bundle_document("fedcba9876543210")
    product = document["products"][0]
    document["products"] = [
        {**product, "id": f"00000000-0000-7000-8000-0000001{n:05d}", "sku": f"S{n}"}
        for n in range(130)
    ]
    with here.db.write() as connection:
        apply_bundle(here, connection, document)
        known = [
            row["number"] for row in connection.execute("SELECT number FROM products WHERE active")
        ]
    cart = carts.active_cart(here, paired)

    for short_number in known[:120]:
        carts.add(here, cart.id, short_number, None)
    with pytest.raises(CartFullError):
        carts.add(here, cart.id, known[120], None)

    assert len(carts.resume(here, paired, cart.id).lines) == 120


def test_an_unknown_cart_and_a_paid_one_say_so(here, paired, number):
    cart = carts.active_cart(here, paired)
    carts.add(here, cart.id, number["KRP-TMP"], None)
    paying.pay(here, paired, cart.id, PaymentForm("cash"))

    with pytest.raises(carts.CartUnknownError):
        carts.add(here, "nothing", number["KRP-TMP"], None)
    with pytest.raises(carts.CartPaidError) as paid:
        carts.add(here, cart.id, number["KRP-TMP"], None)

    assert paid.value.sale_id == cart.id


def test_two_browsers_on_one_till_do_not_share_a_cart_by_chance(here, paired):
    other = assign_till(here, pair_local(here), "K01")

    assert carts.active_cart(here, paired).id != carts.active_cart(here, other).id


def test_a_stalls_own_till_sells_only_its_goods(here):
    open_till(here, "K02")
    own = next(view.till for view in tills(here) if view.till.id == "K02")

    assert {product.sku for product in grid(here, own).products} == {
        "WB86-KOMPLIT",
        "WB86-TUBRUK",
        "WB86-KOREA",
    }


def test_a_changed_cart_is_answered_as_it_is_kept(here, paired, number):
    cart = carts.new_cart(here, paired)
    for sku in ("WB86-KOMPLIT", "KRP-CURAH", "WB86-KOMPLIT", "KRP-CURAH", "BTK-ONDEL"):
        answered = carts.add(here, cart.id, number[sku], None)

        assert answered == carts.shown_cart(here, cart.id)
