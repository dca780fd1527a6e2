"""Free choices of a product: “less sugar”, “no ice”. What is chosen becomes the line's note.

A choice costs nothing; what costs more is a variant with its own price.
"""

from collections.abc import Iterable
from typing import Final

from kiosk.errors import N_, KioskError

MOST_CHOICES: Final = 12
LONGEST_CHOICE: Final = 40
# Between the choices of one line, in its note; in a spreadsheet's cell a semicolon stands there.
NOTE_SEPARATOR: Final = ", "


class ChoicesError(KioskError):
    """More choices than a sheet shows, or one longer than a button."""

    field = "choices"

    def __init__(self) -> None:
        super().__init__(
            N_("At most %(most)d choices of %(longest)d letters each. Shorten them."),
            most=MOST_CHOICES,
            longest=LONGEST_CHOICE,
        )


def read_choices(texts: Iterable[str]) -> tuple[str, ...]:
    """Read choices as they were typed, the empty and the repeated ones dropped.

    Raises ChoicesError.
    """
    cleaned = (" ".join(text.split()) for text in texts)
    choices = tuple(dict.fromkeys(text for text in cleaned if text))
    if len(choices) > MOST_CHOICES or any(len(choice) > LONGEST_CHOICE for choice in choices):
        raise ChoicesError
    return choices
