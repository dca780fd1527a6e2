"""A file is brought up to date; what takes the steps is loaded only where one is missing."""

import subprocess
import sys

from sqlite_utils import Database as Tables
from sqlite_utils import utils

from kiosk.sqlite_engine import sqlite3
from kiosk.storage.database import Database
from kiosk.storage.migrations import migrations
from kiosk.storage.schema import STEPS, bring_up_to_date

# What a running till has no use for; each is a megabyte or more.
HEAVY = {
    "asyncio",
    "greenlet",
    "sqlite_utils",
    "dateutil",
    "PIL",
    "escpos",
    "pydantic",
    "rapidfuzz",
    "segno",
}


def test_every_step_is_a_module_of_its_number(tmp_path):
    tables = Tables(tmp_path / "till.db")

    migrations.apply(tables)

    numbers = [step.name.partition("_")[0] for step in migrations.applied(tables)]
    assert numbers == sorted(module.stem for module in STEPS.glob("m[0-9]*.py"))


def test_a_file_of_an_older_release_gets_the_steps_it_lacks(tmp_path):
    path = tmp_path / "till.db"
    old = Tables(path)
    migrations.apply(old, stop_before=migrations.pending(old)[-1].name)
    old.conn.close()

    database = Database(path)
    bring_up_to_date(database)

    with database.tables() as tables:
        assert migrations.pending(tables) == []
    database.close()


def test_both_who_open_a_file_chose_the_same_engine():
    assert sqlite3 is utils.sqlite3


def test_a_till_that_starts_again_and_waits_loads_nothing_heavy(tmp_path):
    opened = (
        "import sys; from kiosk.wsgi import open_installation, read_settings, create_app;"
        "from kiosk.workers.uploading import Uploader;"
        "here = open_installation(read_settings()); create_app(here); Uploader(here).step();"
        "print(*{name.partition('.')[0] for name in sys.modules})"
    )
    start = [sys.executable, "-c", opened]
    settings = {"KIOSK_DATA": str(tmp_path / "till")}

    subprocess.run(start, env=settings, check=True, capture_output=True)
    again = subprocess.run(start, env=settings, check=True, capture_output=True, text=True)

    assert HEAVY.isdisjoint(again.stdout.split())
