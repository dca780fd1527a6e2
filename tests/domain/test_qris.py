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

# Standing codes of no real merchant, an amount, and the same code with the amount in it.
FILLED_IN = (
    (
        (
            "00020101021126610016ID.CO.SHOPEE.WWW01189360091800000000030208000000030303UK"
            "E51440014ID.CO.QRIS.WWW0215ID10200000000030303UKE5204569953033605802ID5920BA"
            "TIK UJI, JAGAKARSA6015JAKARTA SELATAN61051262062070703A016304D272"
        ),
        25_000,
        (
            "00020101021226610016ID.CO.SHOPEE.WWW01189360091800000000030208000000030303UK"
            "E51440014ID.CO.QRIS.WWW0215ID10200000000030303UKE520456995303360540525000580"
            "2ID5920BATIK UJI, JAGAKARSA6015JAKARTA SELATAN61051262062070703A0163040BFD"
        ),
    ),
    (
        (
            "00020101021126610016ID.CO.SHOPEE.WWW01189360091800000000030208000000030303UK"
            "E51440014ID.CO.QRIS.WWW0215ID10200000000030303UKE5204569953033605802ID5920BA"
            "TIK UJI, JAGAKARSA6015JAKARTA SELATAN61051262062070703A016304D272"
        ),
        12_500,
        (
            "00020101021226610016ID.CO.SHOPEE.WWW01189360091800000000030208000000030303UK"
            "E51440014ID.CO.QRIS.WWW0215ID10200000000030303UKE520456995303360540512500580"
            "2ID5920BATIK UJI, JAGAKARSA6015JAKARTA SELATAN61051262062070703A0163042DD5"
        ),
    ),
    (
        (
            "00020101021126690017ID.CO.BANKDKI.WWW011893600111000000000402150000000000000"
            "040303UMI51440014ID.CO.QRIS.WWW0215ID10200000000040303UMI5204546253033605802"
            "ID5920KERIPIK UJI & SAMBAL6015JAKARTA SELATAN61051271062070703A01630461F6"
        ),
        25_000,
        (
            "00020101021226690017ID.CO.BANKDKI.WWW011893600111000000000402150000000000000"
            "040303UMI51440014ID.CO.QRIS.WWW0215ID10200000000040303UMI5204546253033605405"
            "250005802ID5920KERIPIK UJI & SAMBAL6015JAKARTA SELATAN61051271062070703A0163"
            "047BF1"
        ),
    ),
    (
        (
            "00020101021126690017ID.CO.BANKDKI.WWW011893600111000000000402150000000000000"
            "040303UMI51440014ID.CO.QRIS.WWW0215ID10200000000040303UMI5204546253033605802"
            "ID5920KERIPIK UJI & SAMBAL6015JAKARTA SELATAN61051271062070703A01630461F6"
        ),
        12_500,
        (
            "00020101021226690017ID.CO.BANKDKI.WWW011893600111000000000402150000000000000"
            "040303UMI51440014ID.CO.QRIS.WWW0215ID10200000000040303UMI5204546253033605405"
            "125005802ID5920KERIPIK UJI & SAMBAL6015JAKARTA SELATAN61051271062070703A0163"
            "045DD9"
        ),
    ),
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


@pytest.mark.parametrize(("payload", "amount", "filled"), FILLED_IN)
def test_an_amount_is_filled_into_codes_of_other_issuers(payload, amount, filled):
    assert with_amount(read_static(payload), Rupiah(amount)) == filled


@given(st.integers(1, 10_000_000), st.sampled_from([WEDANG_QRIS, BAZAAR_QRIS]))
def test_a_filled_code_differs_in_nothing_but_kind_amount_and_checksum(amount, payload):
    filled = with_amount(read_static(payload), Rupiah(amount))

    tag = f"54{len(str(amount)):02d}{amount}"
    body = filled[:-4].replace("010212", "010211", 1).replace(f"5303360{tag}", "5303360", 1)
    assert checksum(filled[:-4]) == filled[-4:]
    assert body == payload[:-4]
    with pytest.raises(QrisError):
        read_static(filled)


def test_a_tip_or_a_fee_in_a_code_is_dropped_and_never_asked_for():
    body = BAZAAR_QRIS[:-8].replace("5802ID", "5502015602105802ID") + "6304"

    filled = with_amount(read_static(body + checksum(body)), Rupiah(5_000))

    assert "550201" not in filled
    assert "56021" not in filled


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
