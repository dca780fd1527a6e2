import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.methods import (
    CODE,
    KINDS,
    STANDARD,
    Method,
    MethodUnknownError,
    code_of,
    find_method,
    kind_of,
)


@given(st.sampled_from(KINDS), st.text(max_size=60))
def test_any_name_makes_a_code_that_says_its_kind(kind, name):
    code = code_of(kind, name)

    assert re.fullmatch(CODE, code)
    assert kind_of(code) == kind
    assert Method(code, kind, name).code == code


def test_the_same_wallet_has_the_same_code_however_it_is_spelt():
    assert code_of("ewallet", "GoPay") == code_of("ewallet", " gopay ") == "ewallet-gopay"
    assert code_of("cash", "") == "cash"


def test_a_method_that_is_not_offered_is_refused_by_name():
    assert find_method(STANDARD, "qris").state == "claimed"
    with pytest.raises(MethodUnknownError, match="kerang"):
        find_method(STANDARD, "kerang")


def test_a_methods_code_and_kind_agree():
    with pytest.raises(ValueError, match="no code of a voucher"):
        Method("ewallet-gopay", "voucher")
