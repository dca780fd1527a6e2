"""Where `kiosk` starts: the till at once, everything else by reading the command line.

The process that watches the till's worker is there all day, and what reads a command line
would be a sixth of it. So `kiosk till`, which has nothing to read, goes around it.
"""

import sys
from collections.abc import Callable

from kiosk.errors import KioskError, WorldError
from kiosk.settings import SettingsError


def main() -> None:
    """Run the command; an expected failure is one sentence on stderr and exit status 1."""
    try:
        _command()()
    except (KioskError, WorldError, SettingsError) as error:
        print(f"kiosk: {error}", file=sys.stderr)  # noqa: T201 - for who typed it
        raise SystemExit(1) from None


def _command() -> Callable[[], None]:
    """Load what was asked for, and nothing else."""
    if sys.argv[1:] == ["till"]:
        from kiosk.cli.till_server import serve_till  # noqa: PLC0415 - see above

        return serve_till
    from kiosk.cli.commands import kiosk  # noqa: PLC0415 - see above

    return kiosk
