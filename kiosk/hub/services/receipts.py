"""An event's receipts (*struk*): the organiser's words, the contact, the language, the logo."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from kiosk.clock import Clock
from kiosk.documents.logos import read_logo
from kiosk.domain.receipt_texts import RefusesReturnsError, check_receipt_lines
from kiosk.hub.services.accounts import audit
from kiosk.hub.services.campaigns import NotFoundError
from kiosk.hub.storage.events import EventPlan, find_event, update_event
from kiosk.hub.storage.receipt_papers import ReceiptPaper, find_paper, write_paper
from kiosk.hub.storage.store import Store


@dataclass(frozen=True, slots=True)
class ReceiptWords:
    """What an organiser writes: header and footer a printed line each."""

    header: tuple[str, ...]
    footer: tuple[str, ...]
    contact: str
    language: str


class FooterRefusesReturnsError(RefusesReturnsError):
    """The refusal stands in the footer."""

    field = "footer"


class HeaderRefusesReturnsError(RefusesReturnsError):
    """The refusal stands in the header."""

    field = "header"


def paper_of(store: Store, event: EventPlan) -> ReceiptPaper:
    """Give what stands on an event's receipts beside its header and footer."""
    with store.read() as connection:
        return find_paper(connection, event.id)


def words_of_event(event: EventPlan, paper: ReceiptPaper) -> ReceiptWords:
    """Give an event's words as they stand."""
    header, footer = event.receipt_header.splitlines(), event.receipt_footer.splitlines()
    return ReceiptWords(tuple(header), tuple(footer), paper.contact, paper.language)


def check_words(words: ReceiptWords) -> None:
    """Refuse what no receipt may say: raises the error of the box it stands in.

    A sentence that runs from header to footer is nobody's, so each is read alone.
    """
    for lines, error in (
        (words.header, HeaderRefusesReturnsError),
        (words.footer, FooterRefusesReturnsError),
    ):
        try:
            check_receipt_lines(lines)
        except RefusesReturnsError as refusal:
            raise error(refusal.found) from None


def save_words(store: Store, clock: Clock, by: str, event: EventPlan, words: ReceiptWords) -> None:
    """Write an event's words; raises what `check_words` raises, and NotFoundError."""
    check_words(words)
    facts = {"header": words.header, "footer": words.footer, "contact": words.contact}

    def save(connection: Connection) -> None:
        standing = find_event(connection, event.id)
        if standing is None:
            raise NotFoundError
        update_event(
            connection,
            replace(
                standing,
                receipt_header="\n".join(words.header),
                receipt_footer="\n".join(words.footer),
            ),
        )
        paper = find_paper(connection, event.id)
        changed = replace(paper, contact=words.contact, language=words.language)
        write_paper(connection, event.id, changed)
        audit(connection, clock, by=by, action="receipt changed", subject=event.id, facts=facts)

    store.retrying(save)


def save_logo(store: Store, clock: Clock, by: str, event: EventPlan, picture: bytes) -> None:
    """Make a picture the logo on an event's receipts; raises LogoRefusedError."""
    logo = read_logo(picture)
    store.retrying(_change_logo(clock, by, event, logo))


def drop_logo(store: Store, clock: Clock, by: str, event: EventPlan) -> None:
    """Print no logo from now on."""
    store.retrying(_change_logo(clock, by, event, None))


def _change_logo(
    clock: Clock, by: str, event: EventPlan, logo: bytes | None
) -> Callable[[Connection], None]:
    def change(connection: Connection) -> None:
        paper = find_paper(connection, event.id)
        write_paper(connection, event.id, replace(paper, logo=logo))
        action = "logo dropped" if logo is None else "logo changed"
        audit(connection, clock, by=by, action=action, subject=event.id)

    return change
