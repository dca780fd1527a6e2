"""Finding claimed payments in a bank's list, as it was pasted or sent as text or a workbook.

Nothing of how banks lay their lists out is known here: a line is looked at for the
reference that the cashier noted and for the amount, and what was found is only proposed.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final, Literal

from kiosk.hub.marketplaces.cells import as_text
from kiosk.hub.marketplaces.limits import Limits
from kiosk.hub.marketplaces.rows import read_sheets

LONGEST_LIST: Final = 500_000
MOST_LINES: Final = 5_000
LARGEST_FILE: Final = 5 << 20
_LIMITS: Final = Limits(file_bytes=LARGEST_FILE, unpacked_bytes=64 << 20, rows=MOST_LINES)
_SHORTEST_REFERENCE: Final = 4
_WORD: Final = re.compile(r"[0-9A-Za-z]+(?:[.,/_-][0-9A-Za-z]+)*")
# 24000, 24.000, 24,000, each perhaps with two decimals of the other kind.
_AMOUNT: Final = re.compile(
    r"(?:(?:IDR|Rp)\.?)?([0-9]{1,12}|[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,3}(?:,[0-9]{3})+)(?:[.,]00)?",
    re.IGNORECASE,
)

# How a payment was found: by its reference, or by its amount alone.
Found = Literal["reference", "amount"]


@dataclass(frozen=True, slots=True)
class Sought:
    """A claimed payment as it is looked for; `reference` is as the cashier typed it."""

    key: str
    reference: str
    amount_rp: int


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a payment was found: the line as it stands in the list, and by what."""

    how: Found
    line: str


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    words: tuple[str, ...]
    amounts: frozenset[int]


def lines_of_file(name: str, data: bytes) -> str:
    """Give a file's rows as lines, a workbook's with its cells beside each other.

    Raises what `read_sheets` raises for a file that is neither a workbook nor text.
    """
    try:
        return data.decode("utf-8-sig") if _is_text(data) else _rows_of(name, data)
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _is_text(data: bytes) -> bool:
    """Tell a bank's plain text, whose rows nobody has to understand, from everything else."""
    return b"\0" not in data and not data.startswith((b"PK", b"%PDF", b"\x89PNG", b"\xff\xd8"))


def _rows_of(name: str, data: bytes) -> str:
    rows = (row for sheet in read_sheets(name, data, _LIMITS) for row in sheet.rows())
    return "\n".join(
        " ; ".join(" ".join(as_text(cell).split()) for cell in row)
        for row in islice(rows, MOST_LINES)
    )


def find_in_list(text: str, claims: Sequence[Sought]) -> dict[str, Hit]:
    """Give what was found, by the payments' keys; each line of the list stands for one payment.

    A reference is found where a word of the line ends like it, and the line says the
    amount, or no amount at all. By amount alone only as many are found as the list has.
    """
    lines = [_read(line) for line in text[:LONGEST_LIST].splitlines()[:MOST_LINES]]
    free = [line for line in lines if line.words]
    hits: dict[str, Hit] = {}
    for claim in claims:
        found = next((line for line in free if _names(line, claim)), None)
        if found is not None:
            hits[claim.key] = Hit("reference", found.text)
            free.remove(found)
    left = [claim for claim in claims if claim.key not in hits]
    wanted = Counter(claim.amount_rp for claim in left)
    for claim in left:
        same = [line for line in free if claim.amount_rp in line.amounts]
        if same and len(same) >= wanted[claim.amount_rp]:
            hits[claim.key] = Hit("amount", same[0].text)
            free.remove(same[0])
            wanted[claim.amount_rp] -= 1
    return hits


def _read(line: str) -> _Line:
    text = " ".join(line.split())[:200]
    words = tuple(_WORD.findall(text))
    return _Line(text, words, frozenset(_amounts(words)))


def _amounts(words: Iterable[str]) -> Iterable[int]:
    for word in words:
        found = _AMOUNT.fullmatch(word)
        if found:
            yield int(re.sub(r"\D", "", found[1]))


def _names(line: _Line, claim: Sought) -> bool:
    """Say whether a line has a claim's reference and does not speak of another amount."""
    reference = _reference(claim.reference)
    named = [word for word in line.words if reference and _plain(word).endswith(reference)]
    if not named:
        return False
    others = frozenset(_amounts(word for word in line.words if word not in named))
    return claim.amount_rp in others or not others


def _reference(typed: str) -> str:
    """Give the part of a typed reference that a bank would print, '' if there is none."""
    words = [_plain(word) for word in _WORD.findall(typed)]
    long = [word for word in words if len(word) >= _SHORTEST_REFERENCE and re.search(r"\d", word)]
    return max(long, key=len, default="")


def _plain(word: str) -> str:
    return re.sub(r"[^0-9A-Z]", "", word.upper())
