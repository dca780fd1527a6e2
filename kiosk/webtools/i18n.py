"""Language and numbers as a person reads them: Indonesian first, English by a switch.

Texts in code and templates are English; the catalogue in `kiosk/translations` holds the
Indonesian ones. Amounts are written the Indonesian way in both languages, because both
stand beside Indonesian price tags. Times are in WIB, whatever zone an instant came with.
"""

import re
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from babel.dates import format_date as babel_date
from babel.dates import get_timezone
from babel.support import NullTranslations
from flask import Flask, redirect, request, session
from flask_babel import Babel, get_locale, get_translations
from flask_babel import gettext as translate
from markupsafe import Markup
from werkzeug import Response

from kiosk.domain.money import format_amount, format_rupiah
from kiosk.errors import N_, KioskError, Message

LANGUAGES: Final = {"id": "Bahasa Indonesia", "en": "English"}
DEFAULT_LANGUAGE: Final = "id"
CATALOGUES: Final = Path(__file__).parents[1] / "translations"
TIME_ZONE: Final = "Asia/Jakarta"
_SESSION_KEY: Final = "language"
MOST_WORDS: Final = 2_000


class UnknownLanguageError(KioskError):
    """A language was asked for that has no catalogue."""

    def __init__(self, language: str) -> None:
        self.language = language[:20]
        super().__init__(
            N_("There is no language “%(language)s” here. Choose Indonesian or English."),
            language=self.language,
        )


def install_i18n(app: Flask) -> None:
    """Translate, give templates their formats, and answer POST /language."""
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(CATALOGUES)
    app.config["BABEL_DEFAULT_LOCALE"] = DEFAULT_LANGUAGE
    app.config["BABEL_DEFAULT_TIMEZONE"] = TIME_ZONE
    Babel(app, locale_selector=language)
    _install_words(app)
    app.jinja_env.filters.update(
        rupiah=format_rupiah,
        amount=format_amount,
        count=format_amount,
        time=format_time,
        date=format_date,
        moment=format_moment,
        short_moment=format_short_moment,
    )
    app.jinja_env.globals.update(language=language, languages=LANGUAGES)
    app.add_url_rule("/language", "language", switch_language, methods=["POST"])


def _install_words(app: Flask) -> None:
    """Let templates look words up in the language of the page, each word once.

    A page holds dozens of words, and the answer to a payment a dozen: neither the catalogue
    nor the word in it is found anew each time.
    """
    kept: dict[str, NullTranslations] = {}

    def words() -> NullTranslations:
        spoken = language()
        if spoken not in kept:
            kept[spoken] = get_translations()
        return kept[spoken]

    # The language is part of what is looked up; of a text that somebody typed few are kept.
    @lru_cache(MOST_WORDS)
    def word(_language: str, text: str) -> Markup:
        return Markup(words().gettext(text))  # noqa: S704 - our own texts; facts are escaped

    def say_word(text: str, /, **facts: Any) -> Markup:
        return word(language(), text) % facts

    environment = app.jinja_env
    environment.install_gettext_callables(  # type: ignore[attr-defined] # the extension's own
        gettext=lambda text: words().gettext(text),
        ngettext=lambda text, plural, number: words().ngettext(text, plural, number),
        newstyle=True,
    )
    environment.globals.update({"_": say_word, "gettext": say_word})


def language() -> str:
    """Give the code of the language this browser chose, `id` unless it did."""
    chosen = session.get(_SESSION_KEY, DEFAULT_LANGUAGE)
    return chosen if chosen in LANGUAGES else DEFAULT_LANGUAGE


def switch_language() -> Response:
    """POST /language: speak `language` to this browser and go back to the page `next`."""
    wanted = request.form.get("language", "")
    if wanted not in LANGUAGES:
        raise UnknownLanguageError(wanted)
    session[_SESSION_KEY] = wanted
    return redirect(local_path(request.form.get("next", "")), code=303)


def local_path(path: str) -> str:
    """Give `path` if it stays on this machine, else the start page."""
    stays_here = re.fullmatch(r"/(?!/)[^\\]*", path) is not None and path.isprintable()
    return path if stays_here else "/"


def say(error: KioskError) -> str:
    """Give a person's error in their language, with those of its facts that are texts."""
    facts = {name: say_fact(fact) for name, fact in error.facts.items()}
    sentence: str = translate(error.message, **facts)
    return sentence


def say_fact(fact: object) -> object:
    """Give a fact in the person's language where it is one of our texts, else as it is."""
    return translate(fact) if isinstance(fact, Message) else fact


def _in_wib(instant: datetime) -> datetime:
    if instant.tzinfo is None:
        message = "A time is shown only if its zone is known."
        raise ValueError(message)
    return instant.astimezone(get_timezone(TIME_ZONE))


def format_time(instant: datetime) -> str:
    """Write a time of day: `19.30 WIB`; raise ValueError without a zone."""
    return f"{_in_wib(instant):%H.%M} WIB"


def format_date(day: date) -> str:
    """Write a day, or an instant's day in WIB: `Jumat, 20 November 2026`."""
    if isinstance(day, datetime):
        day = _in_wib(day).date()
    return babel_date(day, "EEEE, d MMMM y", locale=get_locale() or DEFAULT_LANGUAGE)


def format_moment(instant: datetime) -> str:
    """Write day and time: `Jumat, 20 November 2026, 19.30 WIB`."""
    return f"{format_date(instant)}, {format_time(instant)}"


def format_short_moment(instant: datetime) -> str:
    """Write day and time where many stand below each other: `Jum, 20 Nov 2026, 19.30 WIB`."""
    day = babel_date(
        _in_wib(instant).date(), "EEE, d MMM y", locale=get_locale() or DEFAULT_LANGUAGE
    )
    return f"{day}, {format_time(instant)}"
