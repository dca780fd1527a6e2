"""What this machine prints on receipts: the organiser's words, or its own instead."""

import hashlib
import json
from dataclasses import dataclass

from kiosk.storage.database import Connection


@dataclass(frozen=True, slots=True)
class OwnTexts:
    """This machine's own words; None is the organiser's. `logo` is a picture's key, '' none."""

    header: tuple[str, ...] | None = None
    footer: tuple[str, ...] | None = None
    contact: str | None = None
    logo: str | None = None


def own_texts(connection: Connection) -> OwnTexts:
    """Give what was written on this machine."""
    row = connection.execute("SELECT * FROM own_receipt_texts").fetchone()
    if row is None:
        return OwnTexts()
    return OwnTexts(_lines(row["header"]), _lines(row["footer"]), row["contact"], row["logo"])


def keep_own_texts(connection: Connection, texts: OwnTexts) -> None:
    """Print these from now on."""
    connection.execute("DELETE FROM own_receipt_texts")
    connection.execute(
        "INSERT INTO own_receipt_texts (one, header, footer, contact, logo)"
        " VALUES (1, :header, :footer, :contact, :logo)",
        {
            "header": _stored(texts.header),
            "footer": _stored(texts.footer),
            "contact": texts.contact,
            "logo": texts.logo,
        },
    )


def forget_own_texts(connection: Connection) -> None:
    """Print the organiser's words again."""
    connection.execute("DELETE FROM own_receipt_texts")


def keep_picture(connection: Connection, png: bytes) -> str:
    """Keep a picture of this machine's own and give its key."""
    key = hashlib.sha256(png).hexdigest()
    connection.execute(
        "INSERT INTO own_pictures (key, png) VALUES (:key, :png) ON CONFLICT DO NOTHING",
        {"key": key, "png": png},
    )
    return key


def picture(connection: Connection, key: str) -> bytes | None:
    """Give a picture, the organiser's or this machine's, or None where it is not known."""
    row = connection.execute(
        """
        SELECT png FROM pictures WHERE key = :key
        UNION ALL
        SELECT png FROM own_pictures WHERE key = :key
        LIMIT 1
        """,
        {"key": key},
    ).fetchone()
    return row["png"] if row else None


def till_language(connection: Connection, till: str) -> str | None:
    """Give the language of a till's receipts, None where it is the event's."""
    row = connection.execute(
        "SELECT language FROM till_languages WHERE till = :till", {"till": till}
    ).fetchone()
    return row["language"] if row else None


def keep_till_language(connection: Connection, till: str, language: str | None) -> None:
    """Set the language of a till's receipts; None is the event's."""
    connection.execute("DELETE FROM till_languages WHERE till = :till", {"till": till})
    if language is not None:
        connection.execute(
            "INSERT INTO till_languages (till, language) VALUES (:till, :language)",
            {"till": till, "language": language},
        )


def _lines(stored: str | None) -> tuple[str, ...] | None:
    return None if stored is None else tuple(json.loads(stored))


def _stored(lines: tuple[str, ...] | None) -> str | None:
    return None if lines is None else json.dumps(lines, ensure_ascii=False)
