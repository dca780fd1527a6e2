from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.barcodes import internal_code, is_misread


@given(st.uuids())
def test_the_code_of_a_label_is_an_ean_13_of_a_shops_own(product):
    code = internal_code(str(product))

    assert len(code) == 13
    assert code.startswith("2")
    assert not is_misread(code)


def test_a_product_has_the_same_code_on_every_machine():
    first = internal_code("00000000-0000-7000-8000-000000000400")

    assert first == "2831249024285"


def test_a_thousand_products_have_codes_of_their_own():
    codes = {internal_code(str(uuid4())) for _ in range(1000)}

    assert len(codes) == 1000
