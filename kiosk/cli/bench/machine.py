"""What a till asks of its machine: memory of all its processes, and the time of a start."""

import time
from collections.abc import Iterator
from functools import partial
from typing import Final

from kiosk.cli.bench.cashier import Cashier
from kiosk.cli.bench.installation import make_installation, running_till, serving_till
from kiosk.cli.bench.plan import Plan
from kiosk.cli.bench.results import Measured
from kiosk.cli.bench.selling import CLIENTS, at_once, eight_cashiers, sell

SETTLE_SECONDS: Final = 1.0
_MB: Final = 1_000_000


def measure_memory(plan: Plan) -> Iterator[Measured]:
    """Measure PSS of all processes: one till page shown, then after many sales by eight."""
    folder = make_installation(plan.new_folder("memory") / "till")
    with serving_till(folder) as program:
        with Cashier(program.port, "K12"):
            time.sleep(SETTLE_SECONDS)
            idle = program.memory_bytes()
        with eight_cashiers(program.port) as cashiers:
            at_once(cashiers, partial(sell, sales=plan.sizes.sales_for_memory // CLIENTS))
            time.sleep(SETTLE_SECONDS)
            after = program.memory_bytes()
    yield Measured("memory_idle", [idle / _MB])
    yield Measured("memory_after_2000_sales", [after / _MB])


def measure_start(plan: Plan) -> Iterator[Measured]:
    """Measure from starting the command to the selling screen being answered."""
    folder = make_installation(plan.new_folder("start") / "till")
    with serving_till(folder) as program, Cashier(program.port, "K01") as cashier:
        cookie = cashier.cookie
    seconds = []
    for _ in range(plan.sizes.starts):
        with running_till(folder) as program:
            program.wait_for_port()
            # A cashier with a cookie comes in by opening the selling screen.
            with Cashier(program.port, "K01", cookie):
                seconds.append(time.perf_counter() - program.started)
    yield Measured("start_to_first_page", seconds)
