"""Amounts in Indonesian words, for comparing a QRIS payment by ear: `delapan puluh lima ribu`.

Always Indonesian, in both languages of the screen: the buyer reads it beside her own phone.
"""

from typing import Final

_ONES: Final = (
    "nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan",
    "sepuluh", "sebelas",
)  # fmt: skip
_SCALES: Final = ((1_000_000_000, "miliar"), (1_000_000, "juta"), (1_000, "ribu"), (100, "ratus"))
_TEN: Final = 10


def in_words(number: int) -> str:
    """Write a whole number from 0 to below a billion billions in Indonesian words."""
    if number < len(_ONES):
        return _ONES[number]
    if number < 2 * _TEN:
        return f"{_ONES[number - _TEN]} belas"
    if number < _TEN * _TEN:
        return _with_rest(f"{_ONES[number // _TEN]} puluh", number % _TEN)
    for size, name in _SCALES:
        if number >= size:
            many = number // size
            is_one = many == 1 and name in {"ribu", "ratus"}
            head = f"se{name}" if is_one else f"{in_words(many)} {name}"
            return _with_rest(head, number % size)
    raise ValueError(number)


def rupiah_in_words(amount_rp: int) -> str:
    """Write an amount (≥ 0) in words: `dua puluh lima ribu rupiah`."""
    return f"{in_words(amount_rp)} rupiah"


def _with_rest(head: str, rest: int) -> str:
    return f"{head} {in_words(rest)}" if rest else head
