import pytest

from kiosk.domain.money import Rupiah
from kiosk.domain.operators import NotAllowedError
from kiosk.domain.qris import QrisError, checksum, read_static, with_amount
from kiosk.services import journals, paying, qris_settings
from kiosk.services.approvals import Approval
from kiosk.services.bundles import apply_bundle
from kiosk.services.paying import PaymentForm
from kiosk.services.qris_choices import NoQrisCodeError, QrisOutageError
from kiosk.services.qris_settings import NoCodeToFillError, PayeeUnknownError
from kiosk.services.sign_in import WrongPinError
from kiosk.storage import journal
from tests.services.test_paying import ring_up
from tests.support.bazaar import (
    BATIK,
    BAZAAR_QRIS,
    CASHIER,
    CASHIER_PIN,
    COORDINATOR,
    COORDINATOR_PIN,
    WEDANG,
    WEDANG_QRIS,
    bundle_document,
    close_bazaar,
    numbers,
    open_bazaar,
    open_till,
)

BU_SRI = Approval(COORDINATOR, COORDINATOR_PIN)


def other_code(nmid="ID1020000000009"):
    body = WEDANG_QRIS[:-4].replace("ID1020000000001", nmid)
    return body + checksum(body)


def last_entry(here):
    with here.db.read() as connection:
        current = journal.current(connection)
        return journal.read_at(connection, current.ordinal, journal.head(connection, current).seq)


def codes(here, cart):
    return paying.codes_for(here, paying.due(here, cart.id)).choices


def test_a_changed_code_is_sealed_with_old_and_new_nmid_and_shown_from_then_on(
    here, paired, number
):
    cart = ring_up(here, paired, number, "WB86-KOMPLIT")

    qris_settings.change_code(here, paired, WEDANG, f" {other_code()}\n", BU_SRI)

    entry = last_entry(here)
    assert entry.kind == "catalogue_changed"
    assert (entry.body["nmid_before"], entry.body["nmid"]) == ("ID1020000000001", "ID1020000000009")
    assert (entry.by.id, entry.approved_by.id) == (CASHIER, COORDINATOR)
    assert codes(here, cart)[0].code.nmid == "ID1020000000009"
    assert journals.rebuild(here).drifted == ()


def test_a_change_of_code_takes_a_coordinators_pin(here, paired, number):
    for approval, error in (
        (Approval(COORDINATOR, "000000"), WrongPinError),
        (Approval(CASHIER, CASHIER_PIN), NotAllowedError),
        (Approval(), NotAllowedError),
    ):
        with pytest.raises(error):
            qris_settings.change_code(here, paired, WEDANG, other_code(), approval)

    assert qris_settings.payee_code(here, WEDANG).is_changed is False


def test_a_code_that_cannot_be_is_refused_and_the_old_one_stays(here, paired):
    with pytest.raises(QrisError):
        qris_settings.change_code(here, paired, WEDANG, other_code()[:-1], BU_SRI)
    with pytest.raises(PayeeUnknownError):
        qris_settings.change_code(here, paired, "kerang", other_code(), BU_SRI)

    assert qris_settings.payee_code(here, WEDANG).code.payload == WEDANG_QRIS


def test_a_code_is_taken_away_and_the_organisers_comes_back(here, paired, number):
    cart = ring_up(here, paired, number, "WB86-KOMPLIT")

    qris_settings.change_code(here, paired, WEDANG, "", BU_SRI)
    qris_settings.change_code(here, paired, "bazaar", "", BU_SRI)
    with pytest.raises(NoQrisCodeError):
        paying.codes_for(here, paying.due(here, cart.id)).chosen("")
    qris_settings.use_hubs_code(here, paired, WEDANG, BU_SRI)

    assert codes(here, cart)[0].code.payload == WEDANG_QRIS


def test_the_organisers_newer_code_comes_before_what_was_changed_here(here, paired):
    qris_settings.change_code(here, paired, WEDANG, other_code(), BU_SRI)
    newer = other_code("ID1020000000007")

    with here.db.write() as connection:
        same = bundle_document("1" * 16)
        apply_bundle(here, connection, same)
    kept = qris_settings.payee_code(here, WEDANG)
    with here.db.write() as connection:
        changed = bundle_document("2" * 16)
        changed["stalls"][0]["qris"] = newer
        apply_bundle(here, connection, changed)

    assert kept.code.nmid == "ID1020000000009"
    assert qris_settings.payee_code(here, WEDANG).code.payload == newer
    assert journals.rebuild(here).drifted == ()


def test_the_amount_is_filled_in_only_where_it_was_switched_on_and_back_again(here, paired, number):
    cart = ring_up(here, paired, number, "WB86-KOMPLIT")
    amount = Rupiah(25_000)

    before = codes(here, cart)[0].payload(amount)
    qris_settings.fill_amount(here, paired, WEDANG, BU_SRI, fills=True)
    filled = codes(here, cart)[0].payload(amount)
    qris_settings.fill_amount(here, paired, WEDANG, BU_SRI, fills=False)

    assert before == WEDANG_QRIS
    assert filled == with_amount(read_static(WEDANG_QRIS), amount)
    assert codes(here, cart)[0].payload(amount) == WEDANG_QRIS
    with pytest.raises(NoCodeToFillError):
        qris_settings.fill_amount(here, paired, BATIK, BU_SRI, fills=True)


def with_amount_switched(here, version, *, fills):
    document = bundle_document(version)
    document["stalls"][0]["qris_fills"] = fills
    with here.db.write() as connection:
        apply_bundle(here, connection, document)


def test_the_organiser_has_the_amount_filled_in_until_a_coordinator_or_she_stops_it(
    here, paired, number
):
    cart = ring_up(here, paired, number, "WB86-KOMPLIT")

    with_amount_switched(here, "2" * 16, fills=True)
    by_organiser = codes(here, cart)[0].fills
    qris_settings.fill_amount(here, paired, WEDANG, BU_SRI, fills=False)
    with_amount_switched(here, "3" * 16, fills=True)
    by_coordinator = codes(here, cart)[0].fills
    with_amount_switched(here, "4" * 16, fills=False)
    with_amount_switched(here, "5" * 16, fills=True)

    assert (by_organiser, by_coordinator) == (True, False)
    assert codes(here, cart)[0].fills is True
    assert journals.rebuild(here).drifted == ()


def test_a_code_pasted_at_the_bazaar_is_shown_as_it_is_whatever_the_organiser_fills_in(
    here, paired, number
):
    cart = ring_up(here, paired, number, "WB86-KOMPLIT")
    with_amount_switched(here, "2" * 16, fills=True)

    qris_settings.change_code(here, paired, WEDANG, other_code(), BU_SRI)

    assert codes(here, cart)[0].payload(Rupiah(25_000)) == other_code()


def test_an_outage_holds_for_everybody_until_it_is_over_also_after_a_restart(tmp_path):
    here = open_bazaar(tmp_path / "till")
    paired = open_till(here)
    cart = ring_up(here, paired, numbers(here), "WB86-KOMPLIT")
    qris_settings.set_outage(here, paired, BU_SRI, is_out=True)
    close_bazaar(here)

    here = open_bazaar(tmp_path / "till")

    assert qris_settings.qris_is_out(here)
    with pytest.raises(QrisOutageError):
        paying.pay(here, paired, cart.id, PaymentForm("qris"))
    qris_settings.set_outage(here, paired, BU_SRI, is_out=False)
    answer = paying.pay(here, paired, cart.id, PaymentForm("qris"))
    close_bazaar(here)

    assert answer.sale_id == cart.id


def test_only_a_coordinator_says_that_qris_is_out(here, paired):
    with pytest.raises(NotAllowedError):
        qris_settings.set_outage(here, paired, Approval(), is_out=True)

    assert not qris_settings.qris_is_out(here)


def test_without_the_bazaars_code_stalls_are_paid_one_after_the_other(here, paired, number):
    qris_settings.change_code(here, paired, "bazaar", "", BU_SRI)
    qris_settings.change_code(here, paired, BATIK, BAZAAR_QRIS, BU_SRI)
    cart = ring_up(here, paired, number, "WB86-KOMPLIT", "BTK-ONDEL", "KRP-TMP")

    first = paying.codes_for(here, paying.due(here, cart.id))
    paying.pay(here, paired, cart.id, PaymentForm("qris", payee=WEDANG))
    second = paying.codes_for(here, paying.due(here, cart.id))
    paying.pay(here, paired, cart.id, PaymentForm("qris", payee=BATIK))
    last = paying.due(here, cart.id)

    assert (first.done, first.steps, first.without_rp) == (0, 2, 12_500)
    assert [(one.payee, one.most_rp) for one in first.choices] == [
        (WEDANG, 25_000),
        (BATIK, 175_000),
    ]
    assert (second.done, [one.payee for one in second.choices]) == (1, [BATIK])
    assert last.rest_rp == 12_500
