"""The form in which a person says what the columns of an unknown file are.

Each column of the file is a row: its name, its first cells, and what it holds. It is
filled in with guesses; what was typed comes before them.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from flask import request
from flask_babel import gettext

from kiosk.errors import N_, KioskError
from kiosk.hub.marketplaces import State
from kiosk.hub.marketplaces.guessing import Column, Look, guess_columns, guess_state
from kiosk.hub.marketplaces.mapped import FACTS, Amounts, ColumnMapping, Dates
from kiosk.hub.services.column_mappings import check_mapping
from kiosk.hub.web.channels import channel_key, channel_name
from kiosk.hub.web.forms import Form

Choice = TypeVar("Choice", bound=str)

STATES: Final[Mapping[State, str]] = {
    "completed": N_("completed"),
    "paid": N_("paid, not completed yet"),
    "unpaid": N_("not paid yet"),
    "cancelled": N_("cancelled or sent back"),
    "unknown": N_("not known yet: in no total"),
}
EVERY_ROW: Final[tuple[State, ...]] = ("completed", "paid")
DATES: Final[Mapping[Dates, str]] = {
    "day_first": N_("day first: 20/11/2026, 2026-11-20, 20 Nov 2026"),
    "month_first": N_("month first: 11/20/2026"),
}
AMOUNTS: Final[Mapping[Amounts, str]] = {
    "either": N_("Rp37.000, 37,000 and 37000.00 are all Rp37.000"),
    "comma": N_("decimals after a comma: 37000,000"),
    "point": N_("decimals after a point: 37000.000"),
}
_LONGEST_CHANNEL: Final = 40


class ColumnTwiceError(KioskError):
    """Two columns are said to hold the same."""

    def __init__(self, first: str) -> None:
        self.first = first
        super().__init__(N_("“%(column)s” holds this already. Choose one of them."), column=first)


class WordsUndecidedError(KioskError):
    """Status texts stand in the file whose meaning nobody was asked for yet."""

    def __init__(self) -> None:
        super().__init__(N_("Say what each status text means, then save."))


@dataclass(frozen=True, slots=True)
class Asked:
    """The columns that a person is asked about, and the texts that stand in one of them."""

    signature: str
    header_row: int
    columns: Sequence[Column]
    words: Callable[[str], Sequence[str]]


def asked_of_file(look: Look) -> Asked:
    """Ask about a file's columns."""
    return Asked(look.signature, look.header_row, look.columns, look.words)


def asked_of_mapping(mapping: ColumnMapping) -> Asked:
    """Ask again about what was said; without the file there are no cells to show."""
    columns = [Column(name, ()) for name in mapping.columns.values()]
    return Asked(mapping.signature, 0, columns, lambda _column: list(mapping.words))


def standing_values(asked: Asked, mapping: ColumnMapping | None) -> dict[str, str]:
    """Give what the form is filled in with: what was said before, else guesses."""
    facts = mapping.columns if mapping else guess_columns([one.name for one in asked.columns])
    by_name = {name: fact for fact, name in facts.items()}
    values = {
        f"fact-{n}": by_name.get(column.name, "") for n, column in enumerate(asked.columns, 1)
    }
    return values | {
        "channel": channel_name(mapping.channel) if mapping else "",
        "dates": mapping.dates if mapping else "day_first",
        "amounts": mapping.amounts if mapping else "either",
        "every_row": mapping.every_row if mapping else "completed",
    }


def status_words(form: Form, asked: Asked, mapping: ColumnMapping | None) -> list[tuple[str, str]]:
    """Give the status texts of the column that holds the status, each with its meaning."""
    columns = [
        column.name
        for n, column in enumerate(asked.columns, 1)
        if form.typed(f"fact-{n}") == "status"
    ]
    typed = _typed_words(form)
    said = dict(mapping.words) if mapping else {}
    return [
        (word, typed.get(word) or said.get(word) or guess_state(word))
        for word in (asked.words(columns[0]) if columns else ())
    ]


def _typed_words(form: Form) -> dict[str, str]:
    return {
        text: form.typed(f"state-{name.removeprefix('word-')}")
        for name, text in form.values.items()
        if name.startswith("word-")
    }


def read_mapping(form: Form, asked: Asked) -> ColumnMapping:
    """Read what was said; raises FormRefusedError, or what `check_mapping` raises."""
    columns: dict[str, str] = {}
    for n, column in enumerate(asked.columns, 1):
        fact = form.choice(f"fact-{n}", {"", *FACTS})
        if fact in columns:
            form.refuse(ColumnTwiceError(columns[fact]), f"fact-{n}")
        elif fact:
            columns[fact] = column.name
    words = _typed_words(form) if "status" in columns else {}
    if "status" in columns and set(asked.words(columns["status"])) - words.keys():
        form.refuse(WordsUndecidedError(), "words")
    mapping = ColumnMapping(
        signature=asked.signature,
        channel=channel_key(form.words("channel", most=_LONGEST_CHANNEL)),
        columns=columns,
        words={text: _one_of(STATES, state) for text, state in words.items()},
        every_row=_one_of(EVERY_ROW, form.typed("every_row")),
        dates=_one_of(DATES, form.typed("dates")),
        amounts=_one_of(AMOUNTS, form.typed("amounts")),
    )
    form.check()
    check_mapping(mapping)
    return mapping


def _one_of(choices: Iterable[Choice], typed: str) -> Choice:
    """Give the choice that was typed; the first one stands where none of them was."""
    offered = list(choices)
    return next((choice for choice in offered if choice == typed), offered[0])


def requested_form(standing: Mapping[str, str]) -> Form:
    """Give the form as it was sent, or as it stands where a page is only looked at."""
    return Form(request.form.to_dict() if request.method == "POST" else standing)


def mapping_context(form: Form, asked: Asked, mapping: ColumnMapping | None) -> dict[str, object]:
    """Give a template what it needs to show the form."""
    return {
        "asked": asked,
        "facts": FACTS,
        "status_words": status_words(form, asked, mapping),
        "states": STATES,
        "every_row": [(state, STATES[state]) for state in EVERY_ROW],
        "dates": DATES,
        "amounts": AMOUNTS,
        "spoken": _spoken,
    }


def _spoken(choices: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Give choices in the language of the page."""
    return [(value, gettext(words)) for value, words in choices]
