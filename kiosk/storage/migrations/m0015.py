"""Schema of step 15: which printers have a sensor for the end of their roll."""

from typing import Final

ROLL_SENSORS: Final = (
    # Set once a printer has said that its roll ends: from then on it is believed, not the count.
    """
    ALTER TABLE printer_rolls ADD COLUMN has_sensor INTEGER NOT NULL DEFAULT 0
    CHECK (has_sensor IN (0, 1))
    """,
)
