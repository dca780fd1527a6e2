"""The kinds of printers found at bazaars, written down by us.

The printer database that comes with python-escpos has wrong columns for some models and no
word on answering, so nothing is taken from it. Where makers differ within a model the
careful value stands here: a QR code that is drawn, a confirmation that is not waited for.
"""

from dataclasses import replace
from typing import Final

from printers.errors import UnknownProfileError
from printers.profiles.kind import Profile

GENERIC_58: Final = Profile(
    key="generic-58",
    name="58 mm printer, 32 columns (most Bluetooth and USB ones)",
    paper_mm=58,
    paper_dots=384,
    columns=32,
    has_cutter=False,
    has_drawer=False,
    has_status=False,
    qr_native=False,
    confirm="none",
    mm_per_second=50,
    feed_lines_before_cut=1,
    feed_lines_before_tear=4,
)
BATTERY_58: Final = replace(
    GENERIC_58,
    key="battery-58",
    name="58 mm battery printer on Bluetooth (RPP02, EPPOS, Panda, Zjiang)",
    chunk_bytes=256,
    pause_ms=20,
)
IWARE_58: Final = replace(
    GENERIC_58,
    key="iware-58",
    name="58 mm desk printer: Iware, Zjiang, EPPOS, Panda",
    has_drawer=True,
    mm_per_second=90,
)
POS_5890: Final = replace(
    GENERIC_58,
    key="pos-5890",
    name="58 mm desk printer: POS-5890, Xprinter XP-58",
    has_drawer=True,
    has_status=True,
    mm_per_second=90,
)
GENERIC_80_48: Final = Profile(
    key="generic-80-48",
    name="80 mm printer, 48 columns",
    paper_mm=80,
    paper_dots=576,
    columns=48,
    has_cutter=True,
    has_drawer=True,
    has_status=True,
    qr_native=False,
    confirm="gs_r",
    mm_per_second=120,
    feed_lines_before_cut=1,
    feed_lines_before_tear=4,
)
GENERIC_80_42: Final = replace(
    GENERIC_80_48,
    key="generic-80-42",
    name="80 mm printer, 42 columns",
    paper_dots=512,
    columns=42,
    mm_per_second=90,
)
SILENT_80: Final = replace(
    GENERIC_80_48,
    key="silent-80",
    name="80 mm printer, 48 columns, that never answers",
    has_status=False,
    confirm="none",
)
XPRINTER_80: Final = replace(
    GENERIC_80_48,
    key="xprinter-80",
    name="Xprinter XP-80, XP-N160, XP-Q200, 80 mm",
    qr_native=True,
    mm_per_second=160,
)
IWARE_80: Final = replace(
    GENERIC_80_48,
    key="iware-80",
    name="80 mm printer with cutter: Iware, Zjiang, EPPOS, Panda",
    mm_per_second=160,
)
EPSON_TM: Final = replace(
    GENERIC_80_48,
    key="epson-tm",
    name="Epson TM-T82, TM-T20 and their kin, 80 mm",
    qr_native=True,
    confirm="process_id",
    mm_per_second=150,
)
EPSON_T88: Final = replace(
    EPSON_TM, key="epson-t88", name="Epson TM-T88 V and later, 80 mm", mm_per_second=300
)
EPSON_M30: Final = replace(EPSON_TM, key="epson-m30", name="Epson TM-m30, 80 mm", mm_per_second=200)
BIXOLON_80: Final = replace(
    GENERIC_80_48,
    key="bixolon-80",
    name="Bixolon SRP-330, SRP-350, 80 mm",
    qr_native=True,
    mm_per_second=150,
)
STAR_ESCPOS: Final = replace(
    GENERIC_80_48,
    key="star-escpos",
    name="Star TSP100, TSP650, mC-Print set to ESC/POS, 80 mm",
    has_status=False,
    confirm="none",
    mm_per_second=150,
)
SIMULATOR: Final = replace(
    GENERIC_58,
    key="simulator",
    name="Virtual printer on this machine",
    has_cutter=True,
    has_drawer=True,
    has_status=True,
    confirm="process_id",
    mm_per_second=90,
)

PROFILES: Final[dict[str, Profile]] = {
    each.key: each
    for each in (
        GENERIC_58,
        BATTERY_58,
        IWARE_58,
        POS_5890,
        GENERIC_80_48,
        GENERIC_80_42,
        SILENT_80,
        XPRINTER_80,
        IWARE_80,
        EPSON_TM,
        EPSON_T88,
        EPSON_M30,
        BIXOLON_80,
        STAR_ESCPOS,
        SIMULATOR,
    )
}


def profile(key: str) -> Profile:
    """Look a known profile up by its key. Raises `UnknownProfileError` naming those there are."""
    try:
        return PROFILES[key]
    except KeyError:
        raise UnknownProfileError(key=key, known=", ".join(PROFILES)) from None
