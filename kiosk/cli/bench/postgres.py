"""A real PostgreSQL in a folder of its own: on a Unix socket alone, and durable as in service."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from kiosk.cli.bench.programs import NotMeasuredError, as_user, running

USER: Final = "postgres"
START_SECONDS: Final = 60
LOOK_EVERY_SECONDS: Final = 0.1
_SOCKET: Final = ".s.PGSQL.5432"


@contextmanager
def running_postgres() -> Iterator[str]:
    """Run a server until the block ends; gives its SQLAlchemy URL.

    Raises NotMeasuredError where its programs are not installed or do not start.
    """
    programs = _programs()
    # The server refuses to run as root, so root hands it to the user of Debian's package.
    user = USER if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="lapak-pg-"))
    try:
        if user:
            shutil.chown(folder, user, user)
        _make_cluster(programs, folder, user)
        command = [
            *(str(programs / "postgres"), "-D", str(folder / "data"), "-k", str(folder)),
            *("-c", "listen_addresses=", "-c", "max_connections=40"),
        ]
        with running(command, folder, {}, polite=signal.SIGINT, user=user) as server:
            give_up_at = time.monotonic() + START_SECONDS
            while not _is_ready(folder):
                if server.process.poll() is not None or time.monotonic() > give_up_at:
                    raise NotMeasuredError(f"PostgreSQL did not start: {server.last_words()}")
                time.sleep(LOOK_EVERY_SECONDS)
            yield f"postgresql+psycopg://{USER}@/postgres?host={folder}"
    finally:
        shutil.rmtree(folder)


def _programs() -> Path:
    """Find the folder with `postgres` and `initdb`, the newest version's."""
    versions = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = sorted(versions, key=lambda path: int(path.parts[-3].partition(".")[0]))
    found = newest[-1] if newest else Path(shutil.which("initdb") or "")
    if not found.name:
        raise NotMeasuredError(
            "PostgreSQL is not here; install it with: apt-get install postgresql"
        )
    return found.resolve().parent


def _make_cluster(programs: Path, folder: Path, user: str | None) -> None:
    made = subprocess.run(  # noqa: S603 - the system's own program
        [
            *(str(programs / "initdb"), "--pgdata", str(folder / "data"), "--username", USER),
            *("--auth", "trust", "--encoding", "UTF8", "--locale", "C"),
        ],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        **as_user(user),
    )
    if made.returncode:
        raise NotMeasuredError(f"PostgreSQL could not be set up: {made.stderr.strip()}")


def _is_ready(folder: Path) -> bool:
    """Say whether the server answers."""
    import psycopg  # noqa: PLC0415 - needed for this alone

    if not (folder / _SOCKET).exists():
        return False
    try:
        psycopg.connect(host=str(folder), user=USER, dbname="postgres").close()
    except psycopg.OperationalError:
        return False
    return True
