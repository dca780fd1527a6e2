"""Bringing a store up to date, once, before the server starts.

The steps are in `versions`; a step that has been released is never edited. The places of
South Jakarta come with the program and are put in where they are missing.
"""

import csv
from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from kiosk.hub.storage.store import Store, insert_ignore
from kiosk.hub.storage.tables import places

FOLDER: Final = Path(__file__).parent


def migrate(store: Store) -> None:
    """Run the steps that the store has not seen, in one transaction."""
    with store.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        _load_places(connection)


def _load_places(connection: Connection) -> None:
    """Put in the 10 kecamatan and 65 kelurahan by their official codes."""
    rows: dict[str, dict[str, str | None]] = {}
    with (FOLDER / "places.csv").open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            kecamatan, kelurahan = line["kode_kecamatan"], line["kode_kelurahan"]
            rows[kecamatan] = _place(kecamatan, "kecamatan", line["kecamatan"], None)
            rows[kelurahan] = _place(kelurahan, "kelurahan", line["kelurahan"], kecamatan)
    insert_ignore(connection, places, list(rows.values()))


def _place(code: str, kind: str, name: str, parent: str | None) -> dict[str, str | None]:
    return {"code": code, "kind": kind, "name": name, "parent": parent}
