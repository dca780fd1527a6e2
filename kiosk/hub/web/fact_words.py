"""Why an entry does not count, in a person's language.

The facts were written down in English when the entry came, and stay so in the store. A
sentence is known again by its text around what differs; one that nobody wrote here, such as
an older version's, stays as it is.
"""

import re
from typing import Final

from flask_babel import gettext as _

from kiosk.errors import N_

SENTENCES: Final = (
    N_("it says it is entry %(n)s"),
    N_("its id is not a UUID"),
    N_("its kind is not a word"),
    N_("a text or the time in it cannot be read"),
    N_("its time has no offset"),
    N_("a text in it holds a NUL"),
    N_("a sale without lines"),
    N_("a line is neither by piece nor by weight"),
    N_("a payment is neither final nor claimed"),
    N_("its lines and rounding do not make its total"),
    N_("its payments do not make its total"),
    N_("“product” is no object"),
    N_("“%(name)s” is empty"),
    N_("the product is sold neither by piece nor by weight"),
    N_("the hub has no event of this id"),
    N_("“%(name)s” is no whole number that fits"),
    N_("“%(name)s” is no text that fits"),
    N_("“%(name)s” is no id"),
    N_("“%(name)s” is no list of objects"),
    N_("two of its parts have the same number"),
    N_("“%(name)s” is not known here"),
    N_("more came back than its sale had sold"),
    N_("the product that was added belongs to no vendor known here"),
    N_("not JSON: %(what)s"),
    N_("not an object with the fields of version 1"),
    N_("version %(n)s is not known here"),
    N_("kind, id and at must be texts"),
    N_("seq must be a whole number from 1"),
    N_("body must be an object"),
    N_("till must be a text or null"),
    N_("by and approved_by must name an operator or be null"),
)
_DIFFERS: Final = re.compile(r"%\\\((\w+)\\\)s")
_PATTERNS: Final = tuple(
    (one, re.compile(_DIFFERS.sub(r"(?P<\1>.*)", re.escape(one)), re.DOTALL)) for one in SENTENCES
)


def fact_words(fact: str) -> str:
    """Say a fact in the person's language."""
    for sentence, pattern in _PATTERNS:
        found = pattern.fullmatch(fact)
        if found:
            return str(_(sentence, **found.groupdict()))
    return fact
