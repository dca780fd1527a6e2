"""Kinds of printers: those every till knows, and those somebody described here."""

import json
from dataclasses import asdict
from typing import Final

from kiosk.storage.database import Connection
from printers.errors import UnknownProfileError
from printers.profiles import PROFILES, Profile

_OWN: Final = "own-"


def all_profiles(connection: Connection) -> list[Profile]:
    """List every kind, one's own first."""
    rows = connection.execute("SELECT * FROM printer_profiles ORDER BY name").fetchall()
    return [*(_profile(row) for row in rows), *PROFILES.values()]


def profile(connection: Connection, key: str) -> Profile:
    """Give a kind by its key; raises UnknownProfileError."""
    if key in PROFILES:
        return PROFILES[key]
    row = connection.execute(
        "SELECT * FROM printer_profiles WHERE :own || id = :key", {"own": _OWN, "key": key}
    ).fetchone()
    if row is None:
        raise UnknownProfileError(key=key, known=", ".join(PROFILES))
    return _profile(row)


def is_own(key: str) -> bool:
    """Say whether a key is of a kind described here, which may be changed."""
    return key.startswith(_OWN)


def add(connection: Connection, described: Profile) -> str:
    """Keep a kind under its name and give the key it got; its own key is not looked at."""
    rows = connection.execute(
        "INSERT INTO printer_profiles (name, document) VALUES (:name, :document) RETURNING id",
        {"name": described.name, "document": _document(described)},
    ).fetchall()
    return f"{_OWN}{rows[0]['id']}"


def change(connection: Connection, described: Profile) -> None:
    """Change the kind with this key."""
    connection.execute(
        """
        UPDATE printer_profiles SET name = :name, document = :document
        WHERE :own || id = :key
        """,
        {
            "own": _OWN,
            "key": described.key,
            "name": described.name,
            "document": _document(described),
        },
    )


def delete(connection: Connection, key: str) -> None:
    """Forget a kind."""
    connection.execute(
        "DELETE FROM printer_profiles WHERE :own || id = :key", {"own": _OWN, "key": key}
    )


def printers_of(connection: Connection, key: str) -> list[str]:
    """List the names of the printers that are of a kind."""
    rows = connection.execute(
        "SELECT name FROM printers WHERE profile = :key AND removed_at IS NULL ORDER BY name",
        {"key": key},
    )
    return [row["name"] for row in rows]


def _document(described: Profile) -> str:
    fields = asdict(described)
    del fields["key"], fields["name"]
    return json.dumps(fields, sort_keys=True)


def _profile(row: Connection) -> Profile:
    return Profile(key=f"{_OWN}{row['id']}", name=row["name"], **json.loads(row["document"]))
