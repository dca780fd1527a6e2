"""Make sure that the suite's two system programs are there: Chromium and PostgreSQL.

Run by `make test` before pytest. As root it installs what is missing with apt-get and says
so; anybody else gets the name of the package to ask for. Needs the standard library alone.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

CREATE_NO_CLUSTER = Path("/etc/postgresql-common/createcluster.d/no-main-cluster.conf")


class PackageMissingError(Exception):
    """A program the suite needs is absent and may not be installed from here."""

    def __init__(self, package: str, reason: str) -> None:
        super().__init__(
            f"The tests need {package} and {reason}. Install it with: apt-get install {package}"
        )


def chromium_path() -> Path | None:
    """Where Debian's Chromium is, or None."""
    found = shutil.which("chromium")
    return Path(found) if found else None


def postgres_folder() -> Path | None:
    """The folder holding `postgres` and `initdb`, the newest version's; or None."""
    on_path = shutil.which("postgres")
    if on_path and Path(on_path).resolve().with_name("initdb").exists():
        return Path(on_path).resolve().parent
    versions = Path("/usr/lib/postgresql").glob("*/bin/postgres")
    newest = sorted(versions, key=lambda path: float(path.parts[-3]))
    return newest[-1].parent if newest else None


def is_present(package: str) -> bool:
    return {"chromium": chromium_path, "postgresql": postgres_folder}[package]() is not None


def install(package: str) -> None:
    """Install one Debian package; raise PackageMissingError where that is not possible."""
    if shutil.which("apt-get") is None:
        raise PackageMissingError(package, "this is no Debian system")
    if os.geteuid() != 0:
        raise PackageMissingError(package, "only root may install it")
    apt(package, "update")
    if package == "postgresql":
        forbid_the_standing_server(package)
    apt(package, "install", package)
    if not is_present(package):
        raise PackageMissingError(package, "apt-get installed it without its programs")


def forbid_the_standing_server(package: str) -> None:
    """Keep Debian's package from making and starting a server of its own."""
    apt(package, "install", "postgresql-common")
    CREATE_NO_CLUSTER.parent.mkdir(parents=True, exist_ok=True)
    CREATE_NO_CLUSTER.write_text("create_main_cluster = false\n", encoding="ascii")


def apt(package: str, verb: str, *names: str) -> None:
    options = ["--yes", "--quiet", "--no-install-recommends"] if verb == "install" else ["--quiet"]
    command = ["apt-get", verb, *options, *names]
    say(f"Running: {' '.join(command)}")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    if subprocess.run(command, env=quiet, stdin=subprocess.DEVNULL, check=False).returncode:
        raise PackageMissingError(package, f"`{' '.join(command)}` failed")


def say(sentence: str) -> None:
    sys.stderr.write(sentence + "\n")
    sys.stderr.flush()


def main(packages: list[str]) -> int:
    for package in packages:
        if is_present(package):
            continue
        say(f"The tests need {package}, which is not here.")
        try:
            install(package)
        except PackageMissingError as missing:
            say(str(missing))
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
