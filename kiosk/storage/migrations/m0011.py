"""Schema of step 11: a browser may have what sells best come first in its grid."""

from typing import Final

GRIDS: Final = (
    """
    ALTER TABLE browsers ADD COLUMN best_first INTEGER NOT NULL DEFAULT 0
        CHECK (best_first IN (0, 1))
    """,
)
