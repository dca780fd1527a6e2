"""Kinds of printers: what each is and can do, those that are known, and one's own."""

from printers.profiles.kind import (
    BOUNDS,
    CODE_PAGES,
    CONFIRMS,
    DOTS_PER_MM,
    LETTER_DOTS,
    LINE_DOTS,
    Confirm,
    Profile,
)
from printers.profiles.known import (
    BATTERY_58,
    EPSON_TM,
    GENERIC_58,
    GENERIC_80_42,
    GENERIC_80_48,
    PROFILES,
    SILENT_80,
    SIMULATOR,
    profile,
)

__all__ = [
    "BATTERY_58",
    "BOUNDS",
    "CODE_PAGES",
    "CONFIRMS",
    "DOTS_PER_MM",
    "EPSON_TM",
    "GENERIC_58",
    "GENERIC_80_42",
    "GENERIC_80_48",
    "LETTER_DOTS",
    "LINE_DOTS",
    "PROFILES",
    "SILENT_80",
    "SIMULATOR",
    "Confirm",
    "Profile",
    "profile",
]
