"""The frame of a slip as this machine prints it: the bazaar, its stalls, and whose words."""

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.documents.frames import LeftChange, ReceiptFrame, StallFrame
from kiosk.documents.words import PaperWords, words_of
from kiosk.domain.catalogue import Stall
from kiosk.domain.entries import Entry
from kiosk.services.recording import NotSetUpError
from kiosk.storage import catalogue, journal, refunds
from kiosk.storage.catalogue import Catalogue
from kiosk.storage.database import Connection
from kiosk.storage.receipt_texts import OwnTexts, own_texts, picture, till_language
from kiosk.storage.tips import tips_of_sale
from printers.elements import Document, from_json, to_json
from printers.errors import BadDocumentError

# So many hex digits of a head stand on paper.
SEAL_DIGITS = 8
_KEPT_IMAGE = '"kept_image"'


@dataclass(frozen=True, slots=True)
class ReceiptTexts:
    """The words a receipt is framed with; header and footer a printed line each."""

    header: tuple[str, ...]
    footer: tuple[str, ...]
    contact: str


def texts_in_force(frame: Catalogue, own: OwnTexts) -> ReceiptTexts:
    """Give this machine's own words where it has any, else the organiser's."""
    return ReceiptTexts(
        header=frame.header if own.header is None else own.header,
        footer=frame.footer if own.footer is None else own.footer,
        contact=frame.contact if own.contact is None else own.contact,
    )


def logo_in_force(frame: Catalogue, own: OwnTexts) -> str | None:
    """Give the key of the picture that is printed, None for no logo."""
    return (frame.logo if own.logo is None else own.logo) or None


def language_in_force(connection: Connection, frame: Catalogue, till: str) -> str:
    """Give the language of a till's receipts: its own, or the event's."""
    return till_language(connection, till) or frame.receipt_language


def words_at(connection: Connection, till: str) -> PaperWords:
    """Give the words a till prints in: the event's for no till, Indonesian before the set-up."""
    frame = catalogue.catalogue(connection)
    return words_of(language_in_force(connection, frame, till) if frame else "")


def frame_of(connection: Connection, entry: Entry) -> ReceiptFrame:
    """Give what stands around an entry's slip: today's bazaar, who made it and when.

    Raises NotSetUpError.
    """
    frame = catalogue.catalogue(connection)
    if frame is None:
        raise NotSetUpError
    own = own_texts(connection)
    texts = texts_in_force(frame, own)
    return ReceiptFrame(
        event=frame.event.name,
        place=frame.event.place,
        header=texts.header,
        footer=texts.footer,
        stalls=stall_frames(catalogue.stalls(connection)),
        cashier=entry.by.name if entry.by else "",
        at=entry.at,
        contact=texts.contact,
        logo=logo_in_force(frame, own),
        words=words_of(language_in_force(connection, frame, entry.till or "")),
        voided=entry.kind == "sale" and refunds.is_voided(connection, entry.id),
        tips=tuple(
            LeftChange(tip.reason, tip.amount_rp) for tip in tips_of_sale(connection, entry.id)
        ),
        seal=_seal_before(connection, entry),
    )


def _seal_before(connection: Connection, entry: Entry) -> str:
    """Give the head before a sale for every tenth receipt, and nothing for the others.

    It is the one before, because it is known whatever the sale turns out to be, and whoever
    holds the receipt of the sale can work out the next one.
    """
    if entry.kind != "sale" or not str(entry.body["number"]).endswith("0"):
        return ""
    found = journal.hash_before_sale(connection, entry.id)
    return found.hex()[:SEAL_DIGITS] if found else ""


def stall_frames(stalls: Mapping[str, Stall]) -> dict[str, StallFrame]:
    """Give stalls as their buyers read them, by id."""
    return {
        stall.id: StallFrame(stall.name, stall.kelurahan, stall.shop_url)
        for stall in stalls.values()
    }


def illustrated(connection: Connection, document: Document) -> Document:
    """Put the pictures into a document that names them."""
    return document.with_pictures(lambda key: picture(connection, key))


def illustrated_json(connection: Connection, stored: str) -> str:
    """Put the pictures into a stored document; one that does not read is given as it is."""
    if _KEPT_IMAGE not in stored:
        return stored
    try:
        return to_json(illustrated(connection, from_json(stored)))
    except BadDocumentError:
        return stored
