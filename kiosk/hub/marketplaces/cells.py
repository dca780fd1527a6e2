"""Cells of a marketplace's file: clean text, ids, whole rupiah, counts and times in WIB.

A cell is refused, with its text and the reason, rather than guessed at: `37.2` may once
have been `37.200`, and nobody can tell from the cell alone.
"""

import datetime as dt
import re
import unicodedata
from functools import lru_cache

from kiosk.domain.money import Rupiah
from kiosk.errors import N_, KioskError

Cell = str | int | float | bool | dt.datetime | dt.date | dt.time | dt.timedelta | None

WIB = dt.timezone(dt.timedelta(hours=7), "WIB")

_HALF_A_DAY = 12

# Above these a column has slipped: no order line is worth a trillion rupiah.
LARGEST_AMOUNT_RP = 1_000_000_000_000
LARGEST_COUNT = 1_000_000
# Labels are shown and compared; beyond this they are an attack or a slipped column.
LONGEST_LABEL = 500
LONGEST_IDENTIFIER = 80

# A float holds every whole number up to here; above it digits are already lost.
_EXACT_FLOAT = 2**53

_INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\\x00-\\x08\\x0e-\\x1f\\x7f]"
)
_NOTHING = frozenset({"", "-", "–", "—", "rp-", "rp -", "non tunai"})
_AMOUNT = re.compile(
    r"(?P<minus>[-−])?\s*(?:rp\.?|idr)?\s*(?P<inner_minus>[-−])?\s*"
    r"(?:(?P<plain>[0-9]+)(?:[.,](?P<plain_part>[0-9]{1,2}))?"
    r"|(?P<dots>[1-9][0-9]{0,2}(?:\.[0-9]{3})+)(?:,(?P<dots_part>[0-9]{1,2}))?"
    r"|(?P<commas>[1-9][0-9]{0,2}(?:,[0-9]{3})+)(?:\.(?P<commas_part>[0-9]{1,2}))?)"
    r"(?:,-)?\s*(?:idr)?",
    re.IGNORECASE,
)
_EXPONENT = re.compile(r"[0-9](?:[.,][0-9]+)?e\+?[0-9]+", re.IGNORECASE)
_CLOCK = (
    r"(?:,?[ T]+(?P<hour>[0-9]{1,2})[:.](?P<minute>[0-9]{2})"
    r"(?:[:.](?P<second>[0-9]{2})(?:\.[0-9]{1,6})?)?"
    r"(?: ?(?P<half>[AaPp])\.?[Mm]\.?)?"
    r"(?: ?(?:WIB|(?P<offset>Z|UTC|[+-][0-9]{2}:?[0-9]{2})))?)?"
)
_MONTH_FIRST = re.compile(r"([0-9]{1,2})([/-])([0-9]{1,2})(?=[/-][0-9]{4})")
_TIMES = (
    re.compile(r"(?P<day>[0-9]{1,2})[/-](?P<month>[0-9]{1,2})[/-](?P<year>[0-9]{4})" + _CLOCK),
    re.compile(r"(?P<year>[0-9]{4})[/-](?P<month>[0-9]{1,2})[/-](?P<day>[0-9]{1,2})" + _CLOCK),
    re.compile(r"(?P<day>[0-9]{1,2}) (?P<month>[A-Za-z]{3,9}) (?P<year>[0-9]{4})" + _CLOCK),
)
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan",
            "feb",
            "mar",
            "apr",
            "may mei",
            "jun",
            "jul",
            "aug agu",
            "sep",
            "oct okt",
            "nov nop",
            "dec des",
        ),
        start=1,
    )
    for name in names.split()
}

NOT_AN_AMOUNT = N_("This is not an amount in rupiah.")
NOT_WHOLE_RUPIAH = N_(
    "This is not whole rupiah. A spreadsheet program may have changed 37.200 into 37.2: "
    "use the file as it was downloaded."
)
AMOUNT_TOO_LARGE = N_("This amount is larger than any sale.")
NOT_A_COUNT = N_("This is not a number of pieces.")
NOT_A_TIME = N_("This is not a date and time that the export uses.")
IDENTIFIER_TOO_LONG = N_("This is too long for a number that names an order or a product.")
LOST_DIGITS = N_(
    "A spreadsheet program rounded this number. Use the file as it was downloaded, without opening it first."
)


class UnreadableCellError(KioskError):
    """A cell does not hold what its column promises.

    `text` is the cell (at most 100 characters) and `reason` one of the sentences above.
    """

    def __init__(self, text: str, reason: str) -> None:
        self.text = text[:100]
        self.reason = reason
        super().__init__("%(reason)s (“%(text)s”)", reason=reason, text=self.text)


class LostDigitsError(UnreadableCellError):
    """An id was rounded by a spreadsheet program: two orders may have become one."""

    def __init__(self, text: str) -> None:
        super().__init__(text, LOST_DIGITS)


def clean(text: str) -> str:
    """Take out what nobody sees (BOM, zero-width, control), in NFC, inner spaces single."""
    if not (text.isascii() and text.isprintable()):
        text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
        text = unicodedata.normalize("NFC", text)
    return " ".join(text.split())


def as_text(cell: Cell) -> str:
    """Write any cell as clean text: whole floats with all their digits, times as ISO 8601.

    A number too large for a float to hold exactly comes out in exponent form (`5.8e+17`),
    so that `parse_identifier` can refuse it.
    """
    if isinstance(cell, str):
        return clean(cell)
    if isinstance(cell, float):
        return _float_text(cell)
    if isinstance(cell, dt.datetime):
        # A serial date is a float of days: its seconds arrive a hair off the full second.
        rounded = cell + dt.timedelta(milliseconds=500)
        return rounded.replace(microsecond=0).isoformat(" ")
    if isinstance(cell, dt.date | dt.time):
        return cell.isoformat()
    return "" if cell is None else str(cell)


def _float_text(number: float) -> str:
    if abs(number) > _EXACT_FLOAT:
        return f"{number:e}"
    return str(int(number)) if number.is_integer() else repr(number)


def parse_rupiah(text: str) -> Rupiah:
    """Read an amount: `145000`, `37.200`, `Rp 12.500`, `Rp12.500,00`, `12500.0`, `-5.000`.

    Nothing, a dash and `Non Tunai` are Rp0. A final group of exactly three digits is
    thousands. Raises UnreadableCellError for anything else, a part of a rupiah included.
    """
    return Rupiah(_parse_whole(text, NOT_AN_AMOUNT, LARGEST_AMOUNT_RP))


def parse_count(text: str) -> int:
    """Read a number of pieces, 0 or more; nothing and a dash are 0.

    Raises UnreadableCellError for anything else.
    """
    count = _parse_whole(text, NOT_A_COUNT, LARGEST_COUNT)
    if count < 0:
        raise UnreadableCellError(text, NOT_A_COUNT)
    return count


@lru_cache(maxsize=8192)
def _parse_whole(text: str, not_a_number: str, largest: int) -> int:
    text = clean(text)
    if text.casefold() in _NOTHING:
        return 0
    match = _AMOUNT.fullmatch(text)
    if match is None or (match["minus"] and match["inner_minus"]):
        raise UnreadableCellError(text, not_a_number)
    part = match["plain_part"] or match["dots_part"] or match["commas_part"] or ""
    if part.strip("0"):
        raise UnreadableCellError(text, NOT_WHOLE_RUPIAH)
    digits = (match["plain"] or match["dots"] or match["commas"]).replace(".", "").replace(",", "")
    digits = digits.lstrip("0") or "0"
    if len(digits) > len(str(largest)) or int(digits) > largest:
        raise UnreadableCellError(text, AMOUNT_TOO_LARGE)
    return -int(digits) if match["minus"] or match["inner_minus"] else int(digits)


def parse_identifier(text: str) -> str:
    """Read a number that names something, kept as text; nothing and a dash are empty.

    Raises LostDigitsError for exponent form (`5.8E+17`), UnreadableCellError if too long.
    """
    text = clean(text).lstrip("'")
    if _EXPONENT.fullmatch(text):
        raise LostDigitsError(text)
    if len(text) > LONGEST_IDENTIFIER:
        raise UnreadableCellError(text, IDENTIFIER_TOO_LONG)
    return "" if text == "-" else text


@lru_cache(maxsize=65536)
def parse_time(text: str) -> dt.datetime | None:
    """Read a time in WIB: `20/11/2026 09:00:20`, `20-11-2026`, `2026-11-20 09:12`, `20 Nov 2026 2:12 PM`.

    The day comes before the month; a date alone is its midnight; nothing and a dash are
    None. Raises UnreadableCellError for anything else.
    """
    text = clean(text)
    if text.casefold() in _NOTHING:
        return None
    match = next(filter(None, (pattern.fullmatch(text) for pattern in _TIMES)), None)
    if match is None:
        raise UnreadableCellError(text, NOT_A_TIME)
    month = match["month"]
    try:
        moment = dt.datetime(
            int(match["year"]),
            int(month) if month.isdigit() else _MONTHS[month[:3].lower()],
            int(match["day"]),
            _hour(match),
            int(match["minute"] or 0),
            int(match["second"] or 0),
            tzinfo=_zone(match["offset"]),
        )
        return moment.astimezone(WIB)
    except (ValueError, KeyError, OverflowError) as error:
        raise UnreadableCellError(text, NOT_A_TIME) from error


def _hour(match: re.Match[str]) -> int:
    """Give the hour of 24; raises ValueError for a 13th hour before or after noon."""
    hour = int(match["hour"] or 0)
    if match["half"] is None:
        return hour
    if not 1 <= hour <= _HALF_A_DAY:
        raise ValueError(hour)
    return hour % _HALF_A_DAY + (_HALF_A_DAY if match["half"] in "Pp" else 0)


def _zone(offset: str | None) -> dt.timezone:
    if offset is None:
        return WIB
    if offset in ("Z", "UTC"):
        return dt.UTC
    sign = -1 if offset[0] == "-" else 1
    return dt.timezone(sign * dt.timedelta(hours=int(offset[1:3]), minutes=int(offset[-2:])))


def parse_time_month_first(text: str) -> dt.datetime | None:
    """Read a time whose month stands before its day, `11/20/2026 2:30 PM`; else as `parse_time`."""
    return parse_time(_MONTH_FIRST.sub(r"\3\2\1", clean(text), count=1))


def parse_rupiah_with_point(text: str) -> Rupiah:
    """Read an amount whose decimals follow a point: `37.000` is Rp37, `1,250.00` Rp1.250."""
    return _parse_decimals(text, ",", ".")


def parse_rupiah_with_comma(text: str) -> Rupiah:
    """Read an amount whose decimals follow a comma: `37,000` is Rp37, `1.250,00` Rp1.250."""
    return _parse_decimals(text, ".", ",")


def _parse_decimals(text: str, thousands: str, point: str) -> Rupiah:
    """Read an amount of any number of decimals; raises UnreadableCellError."""
    whole, _point, part = clean(text).partition(point)
    if not _point:
        return parse_rupiah(whole.replace(thousands, ""))
    decimals = re.fullmatch(r"([0-9]*)(\s*(?:idr)?)", part, re.IGNORECASE)
    if decimals is None:
        raise UnreadableCellError(text, NOT_AN_AMOUNT)
    if decimals[1].strip("0"):
        raise UnreadableCellError(text, NOT_WHOLE_RUPIAH)
    return parse_rupiah(whole.replace(thousands, ""))
