"""A real PostgreSQL server for the suite, in a temporary folder, on a Unix socket alone."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg

from tests.support.system_packages import PackageMissingError, postgres_folder

USER = "postgres"
START_SECONDS = 60
# What is lost when the machine stops is of no use to anybody, so nothing waits for the disk.
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "50",
}


class PostgresStartError(AssertionError):
    """The server did not come up; the text ends with its log."""


class PostgresServer:
    """A running server that makes databases."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._numbers = count(1)

    def url(self, database: str) -> str:
        """Give the address as SQLAlchemy takes it."""
        return f"postgresql+psycopg://{USER}@/{database}?host={self.folder}"

    def new_database(self, template: str = "template0") -> str:
        """Make an empty database, or a copy of another that nobody is in; give its name."""
        name = f"test_{next(self._numbers)}"
        self._run(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def drop_database(self, name: str) -> None:
        self._run(f"DROP DATABASE {name} WITH (FORCE)")

    def is_ready(self) -> bool:
        try:
            self._run("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True

    def _run(self, statement: str) -> None:
        with psycopg.connect(
            host=str(self.folder), user=USER, dbname="postgres", autocommit=True
        ) as connection:
            connection.execute(statement)


@contextmanager
def running_postgres() -> Iterator[PostgresServer]:
    """Start a server and stop it again; raise PackageMissingError without its programs."""
    programs = postgres_folder()
    if programs is None:
        raise PackageMissingError("postgresql", "its programs are not here")
    folder = Path(tempfile.mkdtemp(prefix="lapak-pg-"))
    # The server refuses to run as root, so root hands it to the user of Debian's package.
    identity = {"user": USER, "group": USER, "extra_groups": []} if os.geteuid() == 0 else {}
    if identity:
        shutil.chown(folder, USER, USER)
    try:
        yield from _serve(programs, folder, identity)
    finally:
        shutil.rmtree(folder)


def _serve(programs: Path, folder: Path, identity: dict) -> Iterator[PostgresServer]:
    data, log = folder / "data", folder / "log"
    made = subprocess.run(
        [
            *(str(programs / "initdb"), "--pgdata", str(data), "--username", USER),
            *("--auth", "trust", "--encoding", "UTF8", "--locale", "C", "--no-sync"),
        ],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        **identity,
    )
    if made.returncode:
        raise PostgresStartError(made.stderr)
    options = [part for name, value in SETTINGS.items() for part in ("-c", f"{name}={value}")]
    with log.open("wb") as output:
        process = subprocess.Popen(
            [str(programs / "postgres"), "-D", str(data), "-k", str(folder), *options],
            cwd=folder,
            stdout=output,
            stderr=subprocess.STDOUT,
            **identity,
        )
    try:
        server = PostgresServer(folder)
        _wait_until_ready(server, process, log)
        yield server
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(START_SECONDS)


def _wait_until_ready(server: PostgresServer, process: subprocess.Popen, log: Path) -> None:
    give_up_at = time.monotonic() + START_SECONDS
    while not server.is_ready():
        if process.poll() is not None or time.monotonic() > give_up_at:
            raise PostgresStartError(log.read_text("utf-8", "replace"))
        time.sleep(0.05)
