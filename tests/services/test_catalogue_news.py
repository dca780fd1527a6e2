"""A new catalogue: seen before it holds, applied whole, and taken back."""

import pytest

from kiosk.services import carts, catalogue_news, journals, paying
from kiosk.services.approvals import Approval
from kiosk.services.catalogue_news import NewsChangedError, NothingToUndoError
from kiosk.services.paying import PaymentForm
from kiosk.services.sign_in import WrongPinError, sign_in
from kiosk.storage import catalogue, journal
from kiosk.storage.copying import LEFT_OUT
from tests.support.bazaar import (
    APPROVED,
    CASHIER,
    COORDINATOR,
    bundle_document,
)
from tests.support.news import NEW, newer


def price(here):
    with here.db.read() as connection:
        row = connection.execute("SELECT price_rp FROM products WHERE sku = 'WB86-KOMPLIT'")
        return row.fetchone()["price_rp"]


def named(sections):
    goods = [section for section in sections if not section.is_staff]
    return {section.title: [one.name for one in section.changes] for section in goods}


def test_while_nobody_sells_a_new_catalogue_holds_at_once(here):
    assert catalogue_news.arrive(here, newer(), "hub") == "applied"
    assert price(here) == 27_500


def test_while_somebody_sells_it_waits_and_says_what_it_changes(here, paired):
    assert catalogue_news.arrive(here, newer(), "hub") == "waiting"

    news = catalogue_news.view(here).news
    assert price(here) == 25_000
    assert catalogue_news.is_waiting(here)
    assert named(news.sections) == {
        "Prices": ["Wedang Komplit"],
        "New goods": ["Jahe Merah"],
        "Goods taken off sale": ["Kain Batik Cap Biru"],
    }
    [change] = news.sections[0].changes
    assert (change.before, change.after) == (25_000, 27_500)


def test_once_looked_at_all_of_it_holds_under_the_name_of_who_looked(here, paired):
    catalogue_news.arrive(here, newer(), "hub")

    catalogue_news.accept(here, paired, NEW)

    with here.db.read() as connection:
        current = journal.current(connection)
        entry = journal.read_at(connection, 1, journal.head(connection, current).seq)
    assert price(here) == 27_500
    assert (entry.kind, entry.by.id) == ("bundle_applied", CASHIER)
    assert not catalogue_news.is_waiting(here)


def test_what_was_not_looked_at_is_not_taken(here, paired):
    catalogue_news.arrive(here, newer(), "hub")
    catalogue_news.arrive(here, newer("e" * 16), "hub")

    with pytest.raises(NewsChangedError):
        catalogue_news.accept(here, paired, NEW)

    assert price(here) == 25_000


def test_who_was_added_to_the_staff_signs_in_at_once_also_while_somebody_sells(here, paired):
    document = bundle_document(NEW)
    helper = {**document["staff"][0], "id": CASHIER[:-1] + "7", "name": "Tono"}
    document["staff"].append(helper)

    assert catalogue_news.arrive(here, document, "hub") == "applied"
    assert sign_in(here, paired, helper["id"], "2468").operator.name == "Tono"


def test_when_the_last_shift_is_closed_what_waited_holds(here, paired):
    catalogue_news.arrive(here, newer(), "hub")
    with here.db.write() as connection:
        connection.execute("UPDATE shifts SET closed_at = opened_at")

    (here.folder.path / "device.secret").unlink()
    assert catalogue_news.refresh_bundle(here)

    assert price(here) == 27_500


def test_going_back_takes_a_coordinator_and_brings_everything_as_it_was(here, paired):
    with here.db.read() as connection:
        before = catalogue.products_on_sale(connection, None)
    document = newer(staff=bundle_document()["staff"][1:])
    catalogue_news.arrive(here, document, "hub")
    catalogue_news.accept(here, paired, NEW)

    with pytest.raises(WrongPinError):
        catalogue_news.undo(here, paired, NEW, Approval(COORDINATOR, "000000"))
    catalogue_news.undo(here, paired, NEW, APPROVED)

    with here.db.read() as connection:
        after = catalogue.products_on_sale(connection, None)
    assert after == before
    assert sign_in(here, paired, CASHIER, "2468").operator.name == "Rina"
    assert journals.rebuild(here).drifted == ()


def test_what_was_taken_back_may_be_brought_again_and_does_not_come_by_itself(here, paired):
    catalogue_news.arrive(here, newer(), "hub")
    catalogue_news.accept(here, paired, NEW)
    catalogue_news.undo(here, paired, NEW, APPROVED)
    assert not catalogue_news.is_waiting(here)

    catalogue_news.undo(here, paired, "0123456789abcdef", APPROVED)

    assert price(here) == 27_500
    assert catalogue_news.view(here).former.version == "0123456789abcdef"


def test_a_first_catalogue_has_nothing_before_it(here, paired):
    with pytest.raises(NothingToUndoError):
        catalogue_news.undo(here, paired, "0123456789abcdef", APPROVED)


def test_what_is_put_aside_asks_nobody_any_more_but_can_still_be_used(here, paired):
    catalogue_news.arrive(here, newer(), "hub")

    catalogue_news.set_aside(here, paired, NEW, APPROVED)

    assert not catalogue_news.is_waiting(here)
    catalogue_news.accept(here, paired, NEW)
    assert price(here) == 27_500


def test_an_order_begun_before_the_news_can_still_be_paid_after_them(here, paired, number):
    cart = carts.new_cart(here, paired)
    carts.add(here, cart.id, number["WB86-KOMPLIT"], None)
    catalogue_news.arrive(here, newer(), "hub")
    catalogue_news.accept(here, paired, NEW)

    answer = paying.pay(here, paired, cart.id, PaymentForm("cash"))

    assert answer.sale_id == cart.id


def test_a_backup_holds_no_catalogue_that_waits_for_it_has_pins():
    assert "waiting_bundle" in LEFT_OUT
