"""What stands on an event's receipts beside header and footer, as rows."""

from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select

from kiosk.hub.storage.tables import receipt_papers


@dataclass(frozen=True, slots=True)
class ReceiptPaper:
    """Whom to ask about returns, the receipt's language, and a logo of black and white dots."""

    contact: str = ""
    language: str = "id"
    logo: bytes | None = None


def find_paper(connection: Connection, event_id: str) -> ReceiptPaper:
    """Give an event's paper; one nobody has written is plain."""
    row = (
        connection.execute(select(receipt_papers).where(receipt_papers.c.event == event_id))
        .mappings()
        .first()
    )
    return ReceiptPaper(row["contact"], row["language"], row["logo"]) if row else ReceiptPaper()


def write_paper(connection: Connection, event_id: str, paper: ReceiptPaper) -> None:
    """Put an event's paper in place of what it was."""
    connection.execute(delete(receipt_papers).where(receipt_papers.c.event == event_id))
    connection.execute(
        insert(receipt_papers).values(
            event=event_id, contact=paper.contact, language=paper.language, logo=paper.logo
        )
    )
