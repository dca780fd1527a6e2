"""Discounts, offers and open prices at the till: from what is typed to what is sealed."""

import json

import pytest

from kiosk.domain.discounts import DiscountNotUnderstoodError, DiscountReasonError
from kiosk.domain.lines import QuantityError
from kiosk.domain.money import AmountNotUnderstoodError
from kiosk.services import cart_lines, carts, discounts, paying, shifts
from kiosk.services.approvals import Approval
from kiosk.services.bundles import apply_bundle
from kiosk.services.cart_lines import LineForm
from kiosk.services.carts import Wanted
from kiosk.services.discounts import DiscountForm
from kiosk.services.journals import rebuild
from kiosk.services.paying import PaymentForm
from kiosk.services.sign_in import WrongPinError
from tests.support.bazaar import (
    BATIK,
    CASHIER,
    COORDINATOR,
    COORDINATOR_PIN,
    WEDANG,
    bundle_document,
    open_till,
    product_id,
)

APPROVED = Approval(COORDINATOR, COORDINATOR_PIN)
OFFER = "00000000-0000-7000-8000-000000000501"


def discount(size, kind="percent", reason="Langganan", **facts):
    return DiscountForm(size, kind, reason, **facts)


def newer(here, **changes):
    with here.db.write() as connection:
        apply_bundle(here, connection, bundle_document("f" * 16, **changes))


def with_price(sku, price_rp, **facts):
    return [
        {**row, "price_rp": price_rp, **facts} if row["sku"] == sku else row
        for row in bundle_document()["products"]
    ]


def three_for(price_rp, **facts):
    return {
        "id": OFFER,
        "name": "3 untuk Rp65.000",
        "stall": WEDANG,
        "products": [product_id("WB86-KOMPLIT"), product_id("WB86-KOREA")],
        "pieces": 3,
        "price_rp": price_rp,
        **facts,
    }


def last_entry(here):
    with here.db.read() as connection:
        rows = connection.execute("SELECT stored FROM entries WHERE kind = 'sale' ORDER BY seq")
        return json.loads([row["stored"] for row in rows][-1])


@pytest.fixture
def cart(here, paired, number):
    """Two cups of wedang at Rp25.000 (line 1) and a batik at Rp175.000 (line 2)."""
    opened = carts.active_cart(here, paired)
    for sku in ("WB86-KOMPLIT", "WB86-KOMPLIT", "BTK-ONDEL"):
        opened = carts.add(here, opened.id, number[sku], None)
    return opened


def change(here, paired, cart, key=1, **facts):
    form = LineForm(**{"qty": "2", **facts})
    return cart_lines.change_line(here, paired, cart.id, (key, cart.version), form)


def test_a_small_discount_on_a_line_needs_nobody_and_is_sealed_with_its_reason(here, paired, cart):
    cart = change(here, paired, cart, discount=discount("10"))
    paying.pay(here, paired, cart.id, PaymentForm("cash"))

    entry = last_entry(here)
    assert entry["approved_by"] is None
    assert entry["body"]["total_rp"] == 220_000
    assert entry["body"]["discounts"] == [
        {"line": 1, "amount_rp": 5_000, "borne_by": WEDANG, "reason": "Langganan"}
    ]
    assert [line["discount_rp"] for line in entry["body"]["lines"]] == [5_000, 0]


def test_a_discount_above_the_limit_is_refused_until_a_coordinator_types_her_pin(
    here, paired, cart
):
    with pytest.raises(discounts.DiscountNotApprovedError, match="Rp50"):
        change(here, paired, cart, discount=discount("50"))
    with pytest.raises(WrongPinError):
        change(
            here, paired, cart, discount=discount("50", approval=Approval(COORDINATOR, "000000"))
        )

    cart = change(here, paired, cart, discount=discount("50", approval=APPROVED))
    paying.pay(here, paired, cart.id, PaymentForm("cash"))

    assert last_entry(here)["approved_by"] == {"id": COORDINATOR, "name": "Bu Sri"}
    assert last_entry(here)["by"]["id"] == CASHIER


def test_a_discount_that_was_approved_stays_so_when_the_line_is_saved_again(here, paired, cart):
    cart = change(here, paired, cart, discount=discount("50", approval=APPROVED))

    cart = change(here, paired, cart, note="tanpa es", discount=discount("50"))

    assert cart.lines[0].discount.approved_by.name == "Bu Sri"
    with pytest.raises(discounts.DiscountNotApprovedError):
        change(here, paired, cart, discount=discount("51"))


def test_a_coordinator_at_her_own_till_is_asked_for_nothing(here, number):
    sri = open_till(here, operator=COORDINATOR, pin=COORDINATOR_PIN)
    cart = carts.add(here, carts.active_cart(here, sri).id, number["BTK-ONDEL"], None)

    cart = change(here, sri, cart, qty="1", discount=discount("100", reason="Hadiah"))

    assert cart.total_rp == 0
    assert cart.pricing.approved_by.id == COORDINATOR


def test_a_discount_that_outgrew_the_limit_is_not_paid_before_it_is_approved(here, paired, cart):
    cart = discounts.discount_cart(here, paired, cart.id, discount("40.000", "rupiah"), None)
    cart = carts.set_quantity(here, cart.id, 2, "0", cart.version)

    with pytest.raises(discounts.DiscountNotApprovedError):
        paying.pay(here, paired, cart.id, PaymentForm("cash"))

    approved = discount("40.000", "rupiah", approval=APPROVED)
    discounts.discount_cart(here, paired, cart.id, approved, None)
    paying.pay(here, paired, cart.id, PaymentForm("cash"))
    assert last_entry(here)["body"]["total_rp"] == 10_000


def test_the_organisers_own_limit_and_reasons_hold(here, paired, cart):
    rules = {"reasons": ["Tetangga"], "limit_rp": 1_000, "limit_basis_points": None}
    newer(here, event={**bundle_document()["event"], "discounts": rules})
    cart = carts.shown_cart(here, cart.id)

    with pytest.raises(discounts.DiscountNotApprovedError, match="Rp1"):
        change(here, paired, cart, discount=discount("1.001", "rupiah"))

    assert cart_lines.ask_line(here, cart.id, 1).reasons == ("Tetangga",)
    assert change(here, paired, cart, discount=discount("1.000", "rupiah")).total_rp == 224_000


def test_a_discount_on_the_order_is_shared_over_the_stalls_and_undone(here, paired, cart):
    cart = discounts.discount_cart(
        here, paired, cart.id, discount("9.000", "rupiah", other="Hujan deras"), cart.version
    )

    assert [line.discount_rp for line in cart.pricing.lines] == [2_000, 7_000]
    assert cart.discount.reason == "Hujan deras"
    with pytest.raises(carts.CartChangedError):
        discounts.discount_cart(here, paired, cart.id, discount("5"), cart.version - 1)
    assert carts.undo(here, cart.id).total_rp == 225_000


def test_what_the_campaign_bears_is_sealed_so_and_leaves_the_share_whole(here, paired, cart):
    cart = discounts.discount_cart(
        here, paired, cart.id, discount("10", borne_by="bazaar"), cart.version
    )
    paying.pay(here, paired, cart.id, PaymentForm("cash"))

    body = last_entry(here)["body"]
    assert {one["borne_by"] for one in body["discounts"]} == {"bazaar"}
    assert [(share["gross_rp"], share["net_rp"]) for share in body["shares"]] == [
        (50_000, 50_000),
        (175_000, 157_500),
    ]
    assert body["total_rp"] == 202_500


@pytest.mark.parametrize(
    ("facts", "error"),
    [
        ({"qty": "1000"}, QuantityError),
        ({"qty": "dua"}, QuantityError),
        ({"discount": discount("101")}, DiscountNotUnderstoodError),
        ({"discount": discount("lima", "rupiah")}, AmountNotUnderstoodError),
        ({"discount": discount("5", reason="")}, DiscountReasonError),
    ],
)
def test_what_cannot_be_changes_nothing_of_the_line(here, paired, cart, facts, error):
    with pytest.raises(error):
        change(here, paired, cart, **facts)

    assert carts.resume(here, paired, cart.id) == cart


def test_a_line_set_to_nothing_or_another_note_is_changed_as_a_whole(here, paired, cart):
    cart = change(here, paired, cart, qty="3", note="bungkus")
    assert (cart.lines[0].qty, cart.lines[0].note) == (3, "bungkus")

    cart = change(here, paired, cart, qty="0")

    assert [line.key for line in cart.lines] == [2]
    with pytest.raises(carts.LineGoneError):
        change(here, paired, cart)


def test_an_open_price_is_typed_when_adding_and_sealed(here, paired, number):
    newer(here, products=with_price("KRP-TMP", 12_500, open_price=True))
    cart = carts.active_cart(here, paired)

    with pytest.raises(carts.PriceNeededError):
        carts.add(here, cart.id, number["KRP-TMP"], "t")
    carts.add(here, cart.id, number["KRP-TMP"], "t", Wanted(price="15.000"))
    carts.add(here, cart.id, number["KRP-TMP"], "u", Wanted(price="15000"))
    cart = carts.add(here, cart.id, number["KRP-TMP"], "v", Wanted(price="9.000"))
    cart = change(here, paired, cart, key=2, qty="1", price="8.000")
    paying.pay(here, paired, cart.id, PaymentForm("cash"))

    sealed = last_entry(here)["body"]["lines"]
    assert [(line["qty"], line["price_rp"]) for line in sealed] == [(2, 15_000), (1, 8_000)]


def test_no_other_products_price_is_typed(here, paired, number):
    cart = carts.active_cart(here, paired)

    cart = carts.add(here, cart.id, number["KRP-TMP"], None, Wanted(price="1"))
    cart = change(here, paired, cart, qty="1", price="1")

    assert cart.total_rp == 12_500


def test_an_offer_applies_by_itself_and_is_sealed_under_its_name(here, paired, number):
    newer(here, offers=[three_for(65_000)])
    cart = carts.active_cart(here, paired)
    for sku in ("WB86-KOMPLIT", "WB86-KOREA", "WB86-KOMPLIT"):
        cart = carts.add(here, cart.id, number[sku], None)

    assert cart.total_rp == 65_000
    paying.pay(here, paired, cart.id, PaymentForm("cash"))

    body = last_entry(here)["body"]
    assert {one["reason"] for one in body["discounts"]} == {"3 untuk Rp65.000"}
    assert sum(one["amount_rp"] for one in body["discounts"]) == 15_000
    assert body["shares"][0]["net_rp"] == 65_000


def test_offers_rules_and_discounted_sales_are_replayed_as_they_were(here, paired, cart):
    rules = {"reasons": ["Tetangga"], "limit_rp": 1_000, "limit_basis_points": None}
    event = {**bundle_document()["event"], "discounts": rules}
    newer(here, offers=[three_for(65_000)], event=event)
    cart = carts.shown_cart(here, cart.id)
    change(here, paired, cart, discount=discount("50", approval=APPROVED))
    paying.pay(here, paired, cart.id, PaymentForm("cash"))

    assert rebuild(here).drifted == ()


def test_an_offer_may_be_borne_by_the_campaign_and_ends_with_the_next_bundle(here, paired, number):
    newer(here, offers=[three_for(65_000, borne_by="bazaar")])
    cart = carts.active_cart(here, paired)
    for _ in range(3):
        cart = carts.add(here, cart.id, number["WB86-KOMPLIT"], None)
    assert {one.borne_by for one in cart.pricing.lines[0].reductions} == {"bazaar"}

    with here.db.write() as connection:
        apply_bundle(here, connection, bundle_document("e" * 16))

    assert carts.resume(here, paired, cart.id).total_rp == 75_000


def test_a_price_that_changed_in_the_cart_is_said(here, paired, cart):
    newer(here, products=with_price("WB86-KOMPLIT", 27_500))

    cart = carts.resume(here, paired, cart.id)

    assert [line.price_before_rp for line in cart.lines] == [25_000, None]
    assert cart.total_rp == 230_000


def test_a_stalls_own_till_refuses_another_stalls_goods(here, number):
    own = open_till(here, "K02")
    cart = carts.active_cart(here, own)

    with pytest.raises(carts.NotThisStallsError, match="Kain Batik"):
        carts.add(here, cart.id, number["BTK-ONDEL"], None)

    assert carts.add(here, cart.id, number["WB86-KOMPLIT"], None).stalls() == [WEDANG]
    assert BATIK not in carts.resume(here, own, cart.id).stalls()


def test_a_gift_is_sealed_for_nothing_with_who_approved_it(here, paired, cart):
    gift = discount("100", reason="Hadiah", borne_by="bazaar", approval=APPROVED)
    cart = discounts.discount_cart(here, paired, cart.id, gift, None)

    paying.pay(here, paired, cart.id, PaymentForm(""))

    entry = last_entry(here)
    assert (entry["body"]["total_rp"], entry["body"]["rounding_rp"]) == (0, 0)
    assert entry["approved_by"]["name"] == "Bu Sri"
    assert [share["net_rp"] for share in entry["body"]["shares"]] == [50_000, 157_500]
    assert shifts.report(here, entry["body"]["shift"]).sold.discount_rp == 225_000
