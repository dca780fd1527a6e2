"""The whole fault campaign, by one command: `make faults`, or `python -m tests.faults`.

    python -m tests.faults [--percent 10] [--seed 7] [KIND …]

Prints a line a kind of fault as each is done, and exits with 1 where a sale was lost, doubled,
or anything else did not hold. A kind's name runs that one alone. Nobody needs to stay: what
hangs for an hour ends the run with where it hung, and status 1.
"""

# ruff: noqa: T201 - a table is what it is for

import argparse
import faulthandler
import logging
import random
import tempfile
from pathlib import Path

from kiosk.webtools.logs import configure_logging
from tests.faults.campaign import HEAD, KINDS, line, run_all, total

# No kind takes a quarter of it.
MOST_SECONDS = 3_600


def main() -> int:
    """Run what the command line names."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--percent", type=int, default=100, help="how much of each kind")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument("kinds", nargs="*", metavar="KIND", help=", ".join(k.name for k in KINDS))
    wish = parser.parse_args()
    unknown = set(wish.kinds) - {kind.name for kind in KINDS}
    if unknown:
        parser.error(f"no such kind: {', '.join(sorted(unknown))}")
    # What the programs say of each fault belongs to no table.
    configure_logging(level=logging.CRITICAL)
    print(f"seed {wish.seed}\n{HEAD}", flush=True)
    rows = []
    with tempfile.TemporaryDirectory(prefix="lapak-faults-") as folder:
        faulthandler.dump_traceback_later(MOST_SECONDS, exit=True)
        for row in run_all(Path(folder), wish.kinds, wish.percent, wish.seed):
            faulthandler.dump_traceback_later(MOST_SECONDS, exit=True)
            print(line(row), flush=True)
            rows.append(row)
    print(total(rows))
    return int(not all(row.holds for row in rows))


if __name__ == "__main__":
    raise SystemExit(main())
