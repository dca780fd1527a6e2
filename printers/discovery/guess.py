"""Which kind a printer probably is, from what it calls itself and how it is reached.

A guess: the test page and a person's eyes have the last word.
"""

from typing import Final

from printers.discovery.found import Via
from printers.profiles import (
    BATTERY_58,
    EPSON_TM,
    GENERIC_58,
    GENERIC_80_48,
    SILENT_80,
    profile,
)

# The first word found in a model's name decides, so the narrower ones stand first.
_MODELS: Final = (
    ("TM-T88", "epson-t88"),
    ("TM-M30", "epson-m30"),
    ("EPSON", EPSON_TM.key),
    ("TM-T", EPSON_TM.key),
    ("BIXOLON", "bixolon-80"),
    ("SRP-", "bixolon-80"),
    ("STAR", "star-escpos"),
    ("TSP", "star-escpos"),
    ("5890", "pos-5890"),
    ("XP-58", "pos-5890"),
    ("RPP", BATTERY_58.key),
    ("XP-", "xprinter-80"),
    ("XPRINTER", "xprinter-80"),
    ("POS-80", GENERIC_80_48.key),
    ("POS80", GENERIC_80_48.key),
    ("58", GENERIC_58.key),
    ("80", GENERIC_80_48.key),
)


def guess(model: str, via: Via, *, answers: bool) -> str:
    """Give the key of the kind that fits best.

    A printer that was asked and did not answer is never taken for one that must.
    """
    found = _by_name(model) or _by_way(via)
    if not answers and via in ("usb", "network") and profile(found).has_status:
        return SILENT_80.key if profile(found).columns > GENERIC_58.columns else GENERIC_58.key
    return found


def _by_name(model: str) -> str | None:
    name = model.upper()
    return next((key for word, key in _MODELS if word in name), None)


def _by_way(via: Via) -> str:
    if via == "bluetooth":
        return BATTERY_58.key
    return GENERIC_58.key if via in ("serial", "cups") else GENERIC_80_48.key
