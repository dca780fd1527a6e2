"""Barcodes drawn by us: EAN-13 and Code 128, as dots.

Printers have commands for both, and differ in them: for Code 128 many print nothing unless the
code set is said in the data, and some know no barcode at all. Dots come out of every one.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from printers.bitmap import Bitmap
from printers.elements import BarcodeSymbol
from printers.errors import BarcodeTooWideError

QUIET_MODULES: Final = 10
"""White on either side: a scanner finds the first bar by it."""
_WIDEST_MODULE_DOTS: Final = 3
_SMALLEST_MODULE_DOTS: Final = 2

# EAN-13: the seven modules of a digit on the left, odd parity; the others follow from it.
_ODD: Final = (
    "0001101", "0011001", "0010011", "0111101", "0100011",
    "0110001", "0101111", "0111011", "0110111", "0001011",
)  # fmt: skip
# Which of the left six digits are even says the first digit, which has no bars of its own.
_EVEN_PLACES: Final = (
    (), (2, 4, 5), (2, 3, 5), (2, 3, 4), (1, 4, 5),
    (1, 2, 5), (1, 2, 3), (1, 3, 5), (1, 3, 4), (1, 2, 4),
)  # fmt: skip

# Code 128: the widths of bar, space, bar … for the values 0 to 106; the last is the stop.
_WIDTHS: Final = [
    "212222",
    "222122",
    "222221",
    "121223",
    "121322",
    "131222",
    "122213",
    "122312",
    "132212",
    "221213",
    "221312",
    "231212",
    "112232",
    "122132",
    "122231",
    "113222",
    "123122",
    "123221",
    "223211",
    "221132",
    "221231",
    "213212",
    "223112",
    "312131",
    "311222",
    "321122",
    "321221",
    "312212",
    "322112",
    "322211",
    "212123",
    "212321",
    "232121",
    "111323",
    "131123",
    "131321",
    "112313",
    "132113",
    "132311",
    "211313",
    "231113",
    "231311",
    "112133",
    "112331",
    "132131",
    "113123",
    "113321",
    "133121",
    "313121",
    "211331",
    "231131",
    "213113",
    "213311",
    "213131",
    "311123",
    "311321",
    "331121",
    "312113",
    "312311",
    "332111",
    "314111",
    "221411",
    "431111",
    "111224",
    "111422",
    "121124",
    "121421",
    "141122",
    "141221",
    "112214",
    "112412",
    "122114",
    "122411",
    "142112",
    "142211",
    "241211",
    "221114",
    "413111",
    "241112",
    "134111",
    "111242",
    "121142",
    "121241",
    "114212",
    "124112",
    "124211",
    "411212",
    "421112",
    "421211",
    "212141",
    "214121",
    "412121",
    "111143",
    "111341",
    "131141",
    "114113",
    "114311",
    "411113",
    "411311",
    "113141",
    "114131",
    "311141",
    "411131",
    "211412",
    "211214",
    "211232",
    "2331112",
]
_START_B: Final = 104
_START_C: Final = 105
_TO_B: Final = 100
_STOP: Final = 106


def draw_barcode(data: str, symbol: BarcodeSymbol, paper_dots: int, height_dots: int) -> Bitmap:
    """Draw a code with its quiet zones, as wide as the paper allows, at most 3 dots a module.

    `data` is 13 digits for EAN-13, printable ASCII for Code 128. Raises `BarcodeTooWideError`.
    """
    modules = (0,) * QUIET_MODULES + tuple(_modules(data, symbol)) + (0,) * QUIET_MODULES
    module_dots = min(_WIDEST_MODULE_DOTS, paper_dots // len(modules))
    if module_dots < _SMALLEST_MODULE_DOTS:
        needed = len(modules) * _SMALLEST_MODULE_DOTS
        raise BarcodeTooWideError(needed=needed, paper=paper_dots)
    bits = "".join(str(module) * module_dots for module in modules)
    width_bytes = (len(bits) + 7) // 8
    row = int(bits.ljust(width_bytes * 8, "0"), 2).to_bytes(width_bytes, "big")
    return Bitmap(width_bytes, height_dots, row * height_dots)


def _modules(data: str, symbol: BarcodeSymbol) -> Iterator[int]:
    if symbol == "ean13":
        yield from (int(module) for module in _ean13([int(digit) for digit in data]))
        return
    for value in _code128(data):
        for place, width in enumerate(_WIDTHS[value]):
            yield from (1 - place % 2,) * int(width)


def _ean13(digits: Sequence[int]) -> str:
    left, right = digits[1:7], digits[7:]
    even = _EVEN_PLACES[digits[0]]
    return (
        "101"
        + "".join(
            _mirrored(_inverted(_ODD[digit])) if place in even else _ODD[digit]
            for place, digit in enumerate(left)
        )
        + "01010"
        + "".join(_inverted(_ODD[digit]) for digit in right)
        + "101"
    )


def _inverted(modules: str) -> str:
    return modules.translate({ord("0"): "1", ord("1"): "0"})


def _mirrored(modules: str) -> str:
    return modules[::-1]


def _code128(data: str) -> list[int]:
    """Give the values of a code, its check and stop included: digits in pairs where they are many."""
    paired = len(data) - len(data) % 2 if data.isdigit() and len(data) > 3 else 0  # noqa: PLR2004 - below, pairs save nothing
    values = [_START_C if paired else _START_B]
    values += [int(data[at : at + 2]) for at in range(0, paired, 2)]
    if paired and paired < len(data):
        values.append(_TO_B)
    values += [ord(char) - 32 for char in data[paired:]]
    check = (values[0] + sum(place * value for place, value in enumerate(values))) % 103
    return [*values, check, _STOP]
