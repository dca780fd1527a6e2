"""Goods at the till: what is left, what a scan finds, what is added at the bazaar."""

import pytest

from kiosk.domain.barcodes import BarcodeMisreadError
from kiosk.domain.counts import CountError
from kiosk.domain.operators import NotAllowedError
from kiosk.domain.stock import NotEnoughLeftError, SoldOutError
from kiosk.services import adding, carts, finding, journals, paying, stock
from kiosk.services.adding import BarcodeTakenError, NewProduct, ProductNameError
from kiosk.services.browsers import assign_till, pair_local, set_looks
from kiosk.services.bundles import apply_bundle
from kiosk.services.carts import Wanted
from kiosk.services.catalogue import grid
from kiosk.services.paying import PaymentForm
from kiosk.services.refunds import RefundForm, void
from kiosk.services.scanning import CodeNotCertainError, CodeUnknownError, scan
from kiosk.services.sign_in import sign_in
from kiosk.services.tills import tills
from kiosk.storage import stock as levels
from tests.support.bazaar import (
    APPROVED,
    BATIK,
    CASHIER_PIN,
    COORDINATOR,
    COORDINATOR_PIN,
    KERIPIK,
    close_bazaar,
    numbers,
    open_bazaar,
    open_till,
)
from tests.support.goods import SIRUP, TWIN, UPC_A, VENDOR, goods_bundle, goods_id

NEW = NewProduct("Bumbu Pecel", "18.000", KERIPIK, "Kuliner", "2000000000107")


@pytest.fixture
def here(tmp_path):
    """An installation whose goods have all that goods can have."""
    installation = open_bazaar(tmp_path / "till", bundle=goods_bundle())
    yield installation
    close_bazaar(installation)


@pytest.fixture
def sri(here, paired):
    """The coordinator at the same drawer."""
    return sign_in(here, assign_till(here, pair_local(here), "K01"), COORDINATOR, COORDINATOR_PIN)


@pytest.fixture
def vendor(here, paired):
    """The vendor of the keripik stall at the same drawer."""
    return sign_in(here, assign_till(here, pair_local(here), "K01"), VENDOR, CASHIER_PIN)


def left(here, number):
    with here.db.read() as connection:
        level = levels.level(connection, number)
    return level.left if level else None


def sell(here, browser, *products):
    cart = carts.new_cart(here, browser)
    for number in products:
        carts.add(here, cart.id, number, None, Wanted(oversell=True))
    return paying.pay(here, browser, cart.id, PaymentForm("cash")) and cart.id


def test_a_sale_counts_down_and_a_void_brings_back(here, paired, number):
    sale = sell(here, paired, number["KAOS-L"], number["KAOS-L"])
    sold_out = left(here, number["KAOS-L"])

    void(here, paired, sale, RefundForm(here.clock.new_id(), "salah", APPROVED))

    assert sold_out == 0
    assert left(here, number["KAOS-L"]) == 2


def test_goods_that_come_are_counted_or_go_back_change_what_is_left(here, paired, sri, number):
    sell(here, paired, number["KAOS-S"])
    after = []

    for what, qty in (("received", "10"), ("taken_back", "4"), ("counted", "7")):
        stock.move(here, sri, number["KAOS-S"], what, qty)
        after.append(left(here, number["KAOS-S"]))

    assert after == [49, 45, 7]


def test_the_first_goods_that_come_begin_a_count_after_what_was_sold(here, paired, sri, number):
    sell(here, paired, number["SRP-PALA"])

    stock.move(here, sri, number["SRP-PALA"], "received", "20")
    sell(here, paired, number["SRP-PALA"])

    assert left(here, number["SRP-PALA"]) == 19


def test_what_is_sold_out_is_refused_to_a_cashier_and_sold_by_a_coordinator(here, paired, number):
    cart = carts.active_cart(here, paired)

    with pytest.raises(SoldOutError):
        carts.add(here, cart.id, number["KAOS-M"], None)
    cart = carts.add(here, cart.id, number["KAOS-M"], None, Wanted(oversell=True))
    paying.pay(here, paired, cart.id, PaymentForm("cash"))

    assert left(here, number["KAOS-M"]) == -1


def test_an_order_takes_no_more_than_is_left_and_less_of_it_always(here, paired, number):
    cart = carts.active_cart(here, paired)
    for _ in range(2):
        cart = carts.add(here, cart.id, number["KAOS-L"], None)

    with pytest.raises(NotEnoughLeftError) as refused:
        carts.add_to_line(here, cart.id, cart.lines[0].key, None)
    cart = carts.set_quantity(here, cart.id, cart.lines[0].key, "1", cart.version)

    assert refused.value.left == 2
    assert cart.pieces == 1


def test_a_count_that_others_sold_below_never_stops_a_sale_that_is_paid(here, paired, number):
    cart = carts.active_cart(here, paired)
    for _ in range(2):
        carts.add(here, cart.id, number["KAOS-L"], None)
    sell(here, paired, number["KAOS-L"])

    paying.pay(here, paired, cart.id, PaymentForm("cash"))

    assert left(here, number["KAOS-L"]) == -1


def test_goods_nobody_counts_are_switched_off_and_on_by_hand(here, paired, vendor, number):
    cart = carts.active_cart(here, paired)
    stock.move(here, vendor, number["KRP-SKG"], "sold_out", "")

    with pytest.raises(SoldOutError):
        carts.add(here, cart.id, number["KRP-SKG"], None)
    stock.move(here, vendor, number["KRP-SKG"], "on_sale_again", "")
    cart = carts.add(here, cart.id, number["KRP-SKG"], None)

    assert cart.pieces == 1


def test_a_vendor_counts_her_own_goods_only_and_a_cashier_none(here, paired, vendor, number):
    shown = stock.stock_page(here, vendor, "")

    assert {row.product.stall for row in shown.rows} == {KERIPIK}
    with pytest.raises(NotAllowedError):
        stock.move(here, vendor, number["KAOS-L"], "counted", "5")
    with pytest.raises(NotAllowedError):
        stock.stock_page(here, paired, "")


@pytest.mark.parametrize("qty", ["", "-1", "1,5", "banyak"])
def test_a_count_nobody_can_read_changes_nothing(here, paired, sri, number, qty):
    with pytest.raises(CountError):
        stock.move(here, sri, number["KAOS-L"], "counted", qty)

    assert left(here, number["KAOS-L"]) == 2


def test_stock_starts_anew_with_another_event(here, paired, number):
    sell(here, paired, number["KAOS-L"])
    event = {**goods_bundle()["event"], "id": "00000000-0000-7000-8000-0000000003ff"}

    with here.db.write() as connection:
        apply_bundle(here, connection, goods_bundle(version="1" * 16, event=event))

    assert left(here, number["KAOS-L"]) == 2


@pytest.mark.parametrize(
    ("code", "sku"),
    [
        (SIRUP, "SRP-PALA"),
        (f"0{SIRUP}", "SRP-PALA"),
        (f"0{UPC_A}", "KRP-UPC"),
        ("teh-es", "TEH-ES"),
    ],
)
def test_a_scan_finds_its_product_by_barcode_or_sku(here, paired, code, sku):
    cart = carts.active_cart(here, paired)

    cart = scan(here, paired, cart.id, code, None)

    assert [line.product.sku for line in cart.lines] == [sku]


def test_the_same_scan_sent_twice_counts_once(here, paired):
    cart = carts.active_cart(here, paired)

    for tap in ("one", "one", "two"):
        cart = scan(here, paired, cart.id, SIRUP, tap)

    assert cart.pieces == 2


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("2000000000016", BarcodeMisreadError),
        ("2000000000107", CodeUnknownError),
        ("", CodeUnknownError),
        (TWIN, CodeNotCertainError),
    ],
)
def test_a_scan_that_finds_no_single_product_puts_nothing_in(here, paired, code, error):
    cart = carts.active_cart(here, paired)

    with pytest.raises(error):
        scan(here, paired, cart.id, code, None)

    assert carts.active_cart(here, paired).lines == ()


def test_a_stalls_own_till_finds_only_its_goods(here):
    wedang = open_till(here, till="K02")
    cart = carts.active_cart(here, wedang)

    with pytest.raises(CodeUnknownError):
        scan(here, wedang, cart.id, UPC_A, None)


def test_a_product_added_at_the_bazaar_sells_at_once_and_survives_a_rebuild(here, paired, sri):
    added = adding.add_product(here, sri, NEW)
    cart = scan(here, paired, carts.active_cart(here, paired).id, NEW.barcode, None)

    rebuilt = journals.rebuild(here)

    assert (added.label, cart.total_rp) == ("Bumbu Pecel", 18_000)
    assert rebuilt.drifted == ()
    assert added in grid(here, tills(here)[0].till).products


def test_who_may_not_add_is_refused_and_a_vendor_adds_to_her_own_stall(here, paired, vendor):
    own = adding.add_product(here, vendor, NEW)

    assert own.stall == KERIPIK
    assert [one.id for one in adding.adding_facts(here, vendor).stalls] == [KERIPIK]
    with pytest.raises(NotAllowedError):
        adding.add_product(here, paired, NEW)
    with pytest.raises(adding.StallChoiceError):
        adding.add_product(here, vendor, NewProduct("Kaos", "1000", BATIK, "Fesyen", ""))


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"name": "  "}, ProductNameError),
        ({"name": "x" * 81}, ProductNameError),
        ({"category": ""}, adding.CategoryError),
        ({"barcode": "2000000000016"}, BarcodeMisreadError),
        ({"barcode": SIRUP}, BarcodeTakenError),
    ],
)
def test_a_product_nobody_could_sell_is_not_added(here, sri, changes, error):
    typed = {**{name: getattr(NEW, name) for name in NewProduct.__slots__}, **changes}

    with pytest.raises(error):
        adding.add_product(here, sri, NewProduct(**typed))


def test_the_hubs_own_product_takes_the_place_of_one_added_here(here, sri):
    added = adding.add_product(here, sri, NEW)
    products = goods_bundle()["products"]
    known = {**products[0], "id": goods_id(90), "sku": "BP", "name": "Bumbu", "variant": ""}
    replacing = [*products, {**known, "barcode": NEW.barcode, "replaces": [added.id]}]

    with here.db.write() as connection:
        apply_bundle(here, connection, goods_bundle(version="1" * 16, products=products))
        before = [one.id for one in grid(here, tills(here)[0].till).products]
        apply_bundle(here, connection, goods_bundle(version="2" * 16, products=replacing))
    after = [one.id for one in grid(here, tills(here)[0].till).products]

    assert added.id in before
    assert added.id not in after
    assert goods_id(90) in after


def test_a_tile_stands_for_all_variants_in_the_order_people_say_them(here, paired, number):
    goods = finding.goods(here, paired, number["KAOS-L"])

    assert [one.product.variant for one in goods.variants] == ["S", "M", "L"]
    assert finding.goods(here, paired, number["TEH-ES"]).choices == ("es sedikit", "tanpa gula")


def test_quick_keys_are_the_tills_and_keep_the_order_they_were_pinned_in(here, paired, number):
    for sku in ("SRP-PALA", "KRP-TMP", "SRP-PALA"):
        finding.pin(here, paired, number[sku])

    here_keys = grid(here, tills(here)[0].till).quick
    finding.unpin(here, paired, number["SRP-PALA"])

    assert here_keys == (number["SRP-PALA"], number["KRP-TMP"])
    assert grid(here, tills(here)[0].till).quick == (number["KRP-TMP"],)
    assert grid(here, tills(here)[1].till).quick == ()


def test_what_sold_most_today_comes_first_where_the_browser_asks_for_it(here, paired, number):
    sell(here, paired, number["KRP-SKG"], number["KRP-SKG"], number["SRP-PALA"])
    asked = set_looks(here, paired, {"best_first": "1"})
    till = tills(here)[0].till

    products = grid(here, till, best_first=asked.best_first).products

    assert [one.sku for one in products[:2]] == ["KRP-SKG", "SRP-PALA"]
    assert grid(here, till).products[0].sku == "TEH-HGT"


def test_a_journal_of_stock_and_added_goods_rebuilds_to_the_same_rows(here, paired, sri, number):
    adding.add_product(here, sri, NEW)
    for what, qty in (("received", "5"), ("counted", "9"), ("taken_back", "2"), ("sold_out", "")):
        stock.move(here, sri, number["KRP-TMP"], what, qty)
    sell(here, paired, number["KRP-TMP"])

    rebuilt = journals.rebuild(here)

    assert rebuilt.drifted == ()
    assert left(here, numbers(here)["KRP-TMP"]) == 6
