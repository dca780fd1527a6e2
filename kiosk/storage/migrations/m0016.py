"""Schema of step 16: whose QRIS code asks for the amount by the organiser's word."""

from typing import Final

FILLED_CODES: Final = (
    # What a coordinator switched here stands in qris_codes and comes first.
    """
    ALTER TABLE stalls ADD COLUMN qris_fills INTEGER NOT NULL DEFAULT 0
    CHECK (qris_fills IN (0, 1))
    """,
)
