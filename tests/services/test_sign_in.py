import pytest

from kiosk.services import browsers
from kiosk.services.browsers import PairingCodeError, TillUnknownError, pair_local
from kiosk.services.installation import open_installation
from kiosk.services.sign_in import OperatorUnknownError, WrongPinError, sign_in, staff
from kiosk.services.tries import MustWaitError
from tests.support.bazaar import CASHIER, CASHIER_PIN, COORDINATOR, close_bazaar


def try_wrong(here, paired, times):
    for _ in range(times):
        with pytest.raises(WrongPinError) as refused:
            sign_in(here, paired, CASHIER, "0000")
    return refused.value


def test_the_staff_of_the_event_can_sign_in(here):
    paired = pair_local(here)

    signed_in = sign_in(here, paired, CASHIER, CASHIER_PIN)

    assert signed_in.operator.name == "Rina"
    assert [person.name for person in staff(here)] == ["Rina", "Bu Sri"]


def test_the_third_wrong_pin_makes_the_next_wait_and_even_the_right_one(here):
    paired = pair_local(here)

    refused = try_wrong(here, paired, 3)

    assert refused.wait_seconds == 5
    with pytest.raises(MustWaitError):
        sign_in(here, paired, CASHIER, CASHIER_PIN)
    here.clock.pass_seconds(6)
    assert sign_in(here, paired, CASHIER, CASHIER_PIN).operator is not None


def test_waiting_grows_and_is_per_operator(here):
    paired = pair_local(here)
    try_wrong(here, paired, 3)
    here.clock.pass_seconds(6)

    refused = try_wrong(here, paired, 1)

    assert refused.wait_seconds == 10
    with pytest.raises(WrongPinError) as other:
        sign_in(here, paired, COORDINATOR, "0000")
    assert other.value.wait_seconds == 0


def test_wrong_tries_survive_a_restart(here):
    paired = pair_local(here)
    try_wrong(here, paired, 3)
    close_bazaar(here)

    again = open_installation(here.settings, here.clock)

    with pytest.raises(MustWaitError):
        sign_in(again, paired, CASHIER, CASHIER_PIN)
    close_bazaar(again)


@pytest.mark.parametrize("pin", ["", "9" * 1000, "2468 ", "٢٤٦٨"])
def test_a_pin_that_is_none_is_only_wrong(here, pin):
    with pytest.raises(WrongPinError):
        sign_in(here, pair_local(here), CASHIER, pin)


def test_somebody_who_is_not_on_the_list_cannot_sign_in(here):
    with pytest.raises(OperatorUnknownError):
        sign_in(here, pair_local(here), "nobody", CASHIER_PIN)


def test_a_pairing_code_pairs_one_browser_within_ten_minutes(here):
    code = browsers.pairing_code(here)
    late = browsers.pairing_code(here)

    paired = browsers.pair(here, f"{code[:3]} {code[3:]}", "192.0.2.1")

    assert browsers.recognise(here, paired.id) == paired
    with pytest.raises(PairingCodeError):
        browsers.pair(here, code, "192.0.2.1")
    here.clock.pass_seconds(601)
    with pytest.raises(PairingCodeError):
        browsers.pair(here, late, "192.0.2.1")


def test_guessing_pairing_codes_has_to_wait(here):
    for _ in range(3):
        with pytest.raises(PairingCodeError):
            browsers.pair(here, "abc", "192.0.2.1")

    with pytest.raises(MustWaitError):
        browsers.pair(here, browsers.pairing_code(here), "192.0.2.1")


def test_a_till_that_is_not_here_cannot_be_chosen(here):
    with pytest.raises(TillUnknownError):
        browsers.assign_till(here, pair_local(here), "K99")
