"""Barcodes: check digits, leading zeros, and when two codes are the same one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.barcodes import (
    BarcodeFormError,
    BarcodeMisreadError,
    barcode_key,
    check_digit,
    is_misread,
    read_barcode,
)

GS1_BODIES = st.sampled_from([7, 11, 12, 13]).flatmap(
    lambda length: st.text("0123456789", min_size=length, max_size=length)
)


@pytest.mark.parametrize(
    "code", ["4006381333931", "73513537", "036000291452", "10012345000017", "0000000000000"]
)
def test_a_published_code_reads_as_itself(code):
    read = read_barcode(code)

    assert read == code


@given(GS1_BODIES)
def test_every_code_with_its_own_check_digit_reads_and_with_any_other_is_misread(body):
    right = check_digit(body)

    assert read_barcode(body + str(right)) == body + str(right)
    for wrong in set(range(10)) - {right}:
        with pytest.raises(BarcodeMisreadError):
            read_barcode(f"{body}{wrong}")


@given(GS1_BODIES, st.data())
def test_one_digit_read_wrong_is_always_noticed(body, data):
    code = body + str(check_digit(body))
    place = data.draw(st.integers(0, len(code) - 1))
    other = data.draw(st.sampled_from([d for d in "0123456789" if d != code[place]]))

    misread = is_misread(code[:place] + other + code[place + 1 :])

    assert misread


def test_the_same_article_is_the_same_with_twelve_digits_and_with_thirteen():
    upc_a, ean_13 = barcode_key("036000291452"), barcode_key("0036000291452")

    assert upc_a == ean_13
    assert barcode_key("0012") != barcode_key("12")
    assert barcode_key("lapak-7") == barcode_key("LAPAK-7")


def test_the_spaces_printed_between_groups_of_digits_are_dropped():
    read = read_barcode(" 4 006381 333931 ")

    assert read == "4006381333931"


@pytest.mark.parametrize("text", ["kode é", "1" * 49, "a\x00b"])
def test_what_no_barcode_holds_is_refused(text):
    with pytest.raises(BarcodeFormError):
        read_barcode(text)
