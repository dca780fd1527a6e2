"""Cells: what any of the marketplaces prints reads back, and nothing else is guessed at."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.money import format_amount
from kiosk.hub.marketplaces.cells import (
    LARGEST_AMOUNT_RP,
    LOST_DIGITS,
    NOT_WHOLE_RUPIAH,
    WIB,
    LostDigitsError,
    UnreadableCellError,
    as_text,
    clean,
    parse_count,
    parse_identifier,
    parse_rupiah,
    parse_time,
)

AMOUNTS = st.integers(0, LARGEST_AMOUNT_RP)
STYLES = [
    "{plain}",
    "{plain}.0",
    "{plain},00",
    "{dots}",
    "{dots},00",
    "{dots},-",
    "{commas}",
    "{commas}.00",
    "Rp{dots}",
    "Rp {dots}",
    "rp. {dots},00",
    "Rp\u00a0{dots}",
    "IDR {commas}",
    "IDR{plain}",
    "{dots} IDR",
    "\t{dots}\t",
    "\ufeff{dots}\u200b",
]
TIMES = st.integers(0, 2_000_000_000).map(lambda seconds: dt.datetime.fromtimestamp(seconds, WIB))


def printed(style: str, amount: int) -> str:
    return style.format(plain=amount, dots=format_amount(amount), commas=f"{amount:,}")


@given(AMOUNTS, st.sampled_from(STYLES))
def test_an_amount_reads_back_however_it_was_printed(amount, style):
    assert parse_rupiah(printed(style, amount)) == amount


@given(
    AMOUNTS, st.sampled_from(["-{dots}", "-Rp{dots}", "Rp -{dots}", "−{plain}", "- Rp {dots},00"])
)
def test_an_amount_below_zero_reads_back(amount, style):
    assert parse_rupiah(printed(style, amount)) == -amount


@given(st.integers(0, 2**53))
def test_a_whole_float_keeps_all_its_digits(number):
    assert as_text(float(number)) == str(number)


@given(AMOUNTS)
def test_an_amount_saved_as_a_real_number_reads_back(amount):
    assert parse_rupiah(as_text(float(amount))) == amount


@pytest.mark.parametrize(
    "text", ["", " ", "-", "–", "\t", "Rp -", "Non Tunai", "non  tunai", "0", "Rp0", "0,00"]
)
def test_nothing_a_dash_and_non_tunai_are_no_money(text):
    assert parse_rupiah(text) == 0


def test_a_final_group_of_three_digits_is_thousands():
    assert parse_rupiah("37.200") == 37_200
    assert parse_rupiah("Rp12.500,00") == 12_500


@pytest.mark.parametrize("text", ["37.2", "12.500,50", "0,5", as_text(37.2)])
def test_a_part_of_a_rupiah_is_refused_with_its_likely_cause(text):
    with pytest.raises(UnreadableCellError) as refused:
        parse_rupiah(text)

    assert refused.value.reason == NOT_WHOLE_RUPIAH
    assert text in str(refused.value)


@pytest.mark.parametrize(
    "text",
    [
        "gratis",
        "1.23.456",
        "12.5000",
        "1,234.567",
        "0.500",
        "12 500",
        "--5",
        "-Rp-5",
        "=1+1",
        "5e3",
        "nan",
        "١٢٣",
        "Rp",
    ],
)
def test_what_is_not_understood_is_refused_and_named(text):
    with pytest.raises(UnreadableCellError) as refused:
        parse_rupiah(text)

    assert refused.value.text == text


@given(st.text(max_size=30))
def test_any_text_is_an_amount_or_a_refusal(text):
    try:
        amount = parse_rupiah(text)
    except UnreadableCellError:
        return

    assert abs(amount) <= LARGEST_AMOUNT_RP


def test_an_amount_beyond_any_sale_is_refused():
    with pytest.raises(UnreadableCellError):
        parse_rupiah("9" * 4000)


@given(st.integers(0, 1_000_000))
def test_a_number_of_pieces_reads_back(count):
    assert parse_count(str(count)) == parse_count(as_text(float(count))) == count


@pytest.mark.parametrize("text", ["-1", "1.5", "dua", "2 pcs"])
def test_what_is_no_number_of_pieces_is_refused(text):
    with pytest.raises(UnreadableCellError):
        parse_count(text)


@given(TIMES)
def test_a_time_reads_back_in_wib_from_every_format(time):
    assert parse_time(f"{time:%d/%m/%Y %H:%M:%S}\t") == time
    assert parse_time(f"{time:%d-%m-%Y %H:%M:%S}") == time
    assert parse_time(f"{time:%Y-%m-%d %H:%M}") == time.replace(second=0)
    assert parse_time(f"{time:%d %b %Y %H:%M}") == time.replace(second=0)
    assert parse_time(f"{time:%d-%m-%Y}") == time.replace(hour=0, minute=0, second=0)
    assert parse_time(as_text(time.replace(tzinfo=None))) == time
    assert parse_time(f"{time:%d-%m-%Y}").utcoffset() == dt.timedelta(hours=7)


@pytest.mark.parametrize("text", ["", "-", "\t", " \u00a0"])
def test_an_empty_time_is_no_time(text):
    assert parse_time(text) is None


@pytest.mark.parametrize(
    "text", ["11/20/2026 09:00:00", "20/11/26", "kemarin", "46346.375", "31-02-2026", "20 Foo 2026"]
)
def test_what_is_no_time_of_an_export_is_refused(text):
    with pytest.raises(UnreadableCellError):
        parse_time(text)


def test_a_serial_date_a_hair_before_the_second_is_that_second():
    assert as_text(dt.datetime.fromisoformat("2026-11-20T09:00:19.999999")) == "2026-11-20 09:00:20"


@pytest.mark.parametrize("text", [as_text(580000000000000001.0), "5,8E+17", "5.8e17", "1E+18"])
def test_an_id_that_lost_digits_is_refused(text):
    with pytest.raises(LostDigitsError) as refused:
        parse_identifier(text)

    assert refused.value.reason == LOST_DIGITS


@given(st.integers(10**17, 10**19))
def test_a_long_id_keeps_every_digit(number):
    assert parse_identifier(f"{number}\t") == parse_identifier(f"'{number}") == str(number)


def test_an_id_that_never_ends_is_refused():
    with pytest.raises(UnreadableCellError):
        parse_identifier("7" * 200)


def test_what_nobody_sees_is_taken_out():
    seen = clean("\ufeff Wedang\u00a0\u200bKomplit \t\r\n e\u0301 \x00")

    assert seen == "Wedang Komplit é"


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text):
    assert clean(clean(text)) == clean(text)
