import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.money import Rupiah
from kiosk.domain.qris import QrisError, checksum, read_static, with_amount
from tests.support.bazaar import BAZAAR_QRIS, WEDANG_QRIS

DYNAMIC_25000 = (
    "00020101021226610014COM.GO-JEK.WWW01189360091400000000010210G0000000010303UMI"
    "51440014ID.CO.QRIS.WWW0215ID10200000000010303UMI5204581253033605405250005802ID"
    "5913WEDANG UJI 866015JAKARTA SELATAN61051211062070703A0163048690"
)


def test_the_checksum_is_the_one_of_the_standard():
    assert checksum("123456789") == "29B1"


def test_a_sellers_standing_code_shows_her_name_and_nmid():
    code = read_static(WEDANG_QRIS)

    assert (code.merchant, code.city, code.nmid) == (
        "WEDANG UJI 86",
        "JAKARTA SELATAN",
        "ID1020000000001",
    )
    assert code.payload == WEDANG_QRIS


def test_an_amount_is_filled_in_as_the_standard_says():
    assert with_amount(read_static(WEDANG_QRIS), Rupiah(25_000)) == DYNAMIC_25000


@pytest.mark.parametrize(
    "payload",
    [
        "",
        "https://example.org",
        DYNAMIC_25000,
        WEDANG_QRIS[:-1],
        WEDANG_QRIS[:-4] + "0000",
        WEDANG_QRIS[:-4] + "M2B3",
        WEDANG_QRIS.replace("5913WEDANG", "5936WEDANG"),
        WEDANG_QRIS.replace(" ", "%20"),
        WEDANG_QRIS + "\x00",
        "9" * 600,
    ],
)
def test_what_is_no_standing_code_is_refused(payload):
    with pytest.raises(QrisError):
        read_static(payload)


@given(st.integers(0, len(BAZAAR_QRIS) - 1), st.characters(min_codepoint=32, max_codepoint=126))
def test_any_one_changed_character_is_noticed(place, other):
    changed = BAZAAR_QRIS[:place] + other + BAZAAR_QRIS[place + 1 :]

    if changed == BAZAAR_QRIS:
        assert read_static(changed).payload == BAZAAR_QRIS
    else:
        with pytest.raises(QrisError):
            read_static(changed)


@given(st.text(max_size=80))
def test_no_text_makes_the_reader_fail_otherwise(text):
    with pytest.raises(QrisError):
        read_static(text)
