"""Checks that the Indonesian catalogue is complete; run by `make check`.

Every text in code and templates has a translation that is not marked fuzzy and keeps the
places for facts, and no translation is left over; no template and no script says anything
past the catalogue.
"""

import re
import sys
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from tests.support.untranslatable import everywhere

REPOSITORY = Path(__file__).parents[2]
TRANSLATIONS = REPOSITORY / "kiosk/translations"
CATALOGUE = TRANSLATIONS / "id/LC_MESSAGES/messages.po"
KEYWORDS = {
    "_": None,
    "N_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "lazy_gettext": None,
    "pgettext": ((1, "c"), 2),
}
_PLACE = re.compile(r"%\(\w+\)[sd]")


def extract(repository: Path) -> Catalog:
    """Gather what code and templates say."""
    with (TRANSLATIONS / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    found = Catalog()
    for path, line, text, _comments, context in extract_from_dir(
        repository, methods, options, keywords=KEYWORDS
    ):
        found.add(text, locations=[(path, line)], context=context)
    return found


def shortcomings(said: Catalog, translated: Catalog) -> list[str]:
    """Give a sentence for everything that is wrong with a catalogue."""
    wrong = []
    for message in said:
        if message.id:
            answer = translated.get(message.id, message.context)
            where = ":".join(map(str, message.locations[0]))
            wrong += [f"{where}: {reason}" for reason in _reasons(message, answer)]
    wrong += [
        f"left over: {message.id!r}"
        for message in translated
        if message.id and said.get(message.id, message.context) is None
    ]
    return wrong


def _reasons(message: Message, answer: Message | None) -> list[str]:
    if answer is None or not all(_forms(answer.string)):
        return [f"{message.id!r} is not translated"]
    if answer.fuzzy:
        return [f"{message.id!r} is marked fuzzy"]
    wanted = set(_PLACE.findall(_forms(message.id)[-1]))
    if any(set(_PLACE.findall(form)) != wanted for form in _forms(answer.string)):
        return [f"{message.id!r} and its translation hold different facts"]
    return []


def _forms(text: str | tuple[str, ...]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def main() -> int:
    with CATALOGUE.open("rb") as file:
        wrong = shortcomings(extract(REPOSITORY), read_po(file, locale="id"))
    wrong += everywhere()
    for sentence in wrong:
        sys.stderr.write(sentence + "\n")
    if wrong:
        sys.stderr.write(f"{len(wrong)} texts need a hand: make messages, then translate.\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
