"""Variants in the order in which people say them: S, M, L; 250 ml before 1 liter."""

import re
from typing import Final

_SIZES: Final = {
    size: rank
    for rank, size in enumerate(("xxs", "xs", "s", "m", "l", "xl", "xxl", "xxxl"), start=1)
}
_NUMBER: Final = re.compile(r"([0-9]{1,6})(?:[.,]([0-9]{1,3}))?\s*([a-z]*)")
# Of measures, the large ones in the small ones' thousands.
_LARGE: Final = frozenset({"kg", "kilo", "l", "lt", "liter", "m"})


def variant_order(variant: str) -> tuple[int, int, str]:
    """Give the sort key of a variant: sizes by size, measures by amount, words by letter."""
    text = variant.strip().casefold()
    size = _SIZES.get(text) or _SIZES.get(text.removeprefix("ukuran").strip())
    if size:
        return 0, size, text
    measure = _NUMBER.match(text)
    if measure:
        thousandths = int(measure[1]) * 1000 + int((measure[2] or "0").ljust(3, "0"))
        return 1, thousandths * (1000 if measure[3] in _LARGE else 1), text
    return 2, 0, text
