"""What this machine prints around the goods: the organiser's words, or a coordinator's own.

The organiser's come with every bundle and stay; what is written here stands before them on
this machine alone, until it is taken back.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from kiosk.documents import specimen
from kiosk.documents.frames import ReceiptFrame
from kiosk.documents.logos import read_logo
from kiosk.documents.receipts import receipt
from kiosk.documents.words import LANGUAGES, words_of
from kiosk.domain.catalogue import Till
from kiosk.domain.operators import NotAllowedError
from kiosk.domain.receipt_texts import LONGEST_CONTACT, check_receipt_lines, visible_lines
from kiosk.services.browsers import Browser
from kiosk.services.installation import Installation
from kiosk.services.receipt_frames import (
    ReceiptTexts,
    illustrated,
    logo_in_force,
    texts_in_force,
)
from kiosk.services.recording import NotSetUpError
from kiosk.services.tills import operator_of
from kiosk.storage import catalogue, receipt_texts
from kiosk.storage.catalogue import Catalogue
from kiosk.storage.database import Connection
from kiosk.storage.receipt_texts import OwnTexts
from printers.elements import Document


@dataclass(frozen=True, slots=True)
class ReceiptTextsView:
    """What is printed now; `languages` by till, '' where the till's is the event's."""

    texts: ReceiptTexts
    is_own: bool
    has_logo: bool
    event_language: str
    languages: Mapping[Till, str]


def texts(here: Installation) -> ReceiptTextsView:
    """Give what this machine prints; raises NotSetUpError."""
    with here.db.read() as connection:
        frame, own = _frame(connection), receipt_texts.own_texts(connection)
        return ReceiptTextsView(
            texts=texts_in_force(frame, own),
            is_own=own != OwnTexts(),
            has_logo=bool(logo_in_force(frame, own)),
            event_language=frame.receipt_language,
            languages={
                till: receipt_texts.till_language(connection, till.id) or ""
                for till in catalogue.tills(connection)
            },
        )


def specimen_receipt(here: Installation, shown: ReceiptTexts, language: str) -> Document:
    """Write a made-up sale's receipt with these words; raises NotSetUpError."""
    with here.db.read() as connection:
        frame, own = _frame(connection), receipt_texts.own_texts(connection)
        document = receipt(
            specimen.specimen_sale(),
            ReceiptFrame(
                event=frame.event.name,
                place=frame.event.place,
                header=visible_lines(shown.header),
                footer=visible_lines(shown.footer),
                stalls=specimen.STALLS,
                cashier=specimen.CASHIER,
                at=specimen.AT,
                contact=shown.contact[:LONGEST_CONTACT],
                logo=logo_in_force(frame, own),
                words=words_of(language or frame.receipt_language),
            ),
        )
        return illustrated(connection, document)


def check(shown: ReceiptTexts) -> None:
    """Refuse what no receipt may say: raises RefusesReturnsError, ReceiptTextTooLongError."""
    check_receipt_lines(shown.header)
    check_receipt_lines(shown.footer)


def keep_texts(
    here: Installation, browser: Browser, shown: ReceiptTexts, languages: Mapping[str, str]
) -> None:
    """Print these words from now on; what equals the organiser's stays the organiser's.

    `languages` are by till, anything unknown being the event's. Raises what `check` raises,
    and NotAllowedError for who is no coordinator.
    """
    _let_coordinators(browser)
    check(shown)
    shown = replace(shown, contact=shown.contact[:LONGEST_CONTACT])
    with here.db.write() as connection:
        frame, own = _frame(connection), receipt_texts.own_texts(connection)
        receipt_texts.keep_own_texts(
            connection,
            OwnTexts(
                header=None if shown.header == frame.header else shown.header,
                footer=None if shown.footer == frame.footer else shown.footer,
                contact=None if shown.contact == frame.contact else shown.contact,
                logo=own.logo,
            ),
        )
        for till in catalogue.tills(connection):
            language = languages.get(till.id, "")
            chosen = language if language in LANGUAGES else None
            receipt_texts.keep_till_language(connection, till.id, chosen)


def keep_logo(here: Installation, browser: Browser, picture: bytes) -> None:
    """Print a logo of this machine's own; raises LogoRefusedError, NotAllowedError."""
    _let_coordinators(browser)
    logo = read_logo(picture)
    with here.db.write() as connection:
        _change_logo(connection, receipt_texts.keep_picture(connection, logo))


def drop_logo(here: Installation, browser: Browser) -> None:
    """Print no logo; raises NotAllowedError."""
    _let_coordinators(browser)
    with here.db.write() as connection:
        _change_logo(connection, "")


def forget(here: Installation, browser: Browser) -> None:
    """Print the organiser's words and logo again; raises NotAllowedError."""
    _let_coordinators(browser)
    with here.db.write() as connection:
        receipt_texts.forget_own_texts(connection)


def _change_logo(connection: Connection, logo: str) -> None:
    own = receipt_texts.own_texts(connection)
    receipt_texts.keep_own_texts(connection, replace(own, logo=logo))


def _frame(connection: Connection) -> Catalogue:
    frame = catalogue.catalogue(connection)
    if frame is None:
        raise NotSetUpError
    return frame


def _let_coordinators(browser: Browser) -> None:
    operator_of(browser)
    if browser.operator is None or not browser.operator.approves:
        raise NotAllowedError
