"""Whether a dead printer slows paying: two tills side by side, one printer dead, one alive."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from kiosk.cli.bench.cashier import Cashier
from kiosk.cli.bench.installation import make_installation, opened, serving_till
from kiosk.cli.bench.plan import Plan
from kiosk.cli.bench.programs import KIOSK, running
from kiosk.cli.bench.results import Measured, percentile
from kiosk.cli.bench.selling import WARM_UP_SALES, sell
from kiosk.storage import printer_uses, printers

_SIMULATE: Final = (KIOSK, "printer", "simulate", "--port", "{port}")
# It takes a connection and never reads a byte: worse than one that is switched off.
_DEAD: Final = ("--fault", "black_hole=1")


def measure_dead_printer(plan: Plan) -> Iterator[Measured]:
    """Measure paying with a dead printer against paying with one that prints, turn by turn."""
    folder = plan.new_folder("printers")
    ratios = []
    with ExitStack() as stack:

        def cashier_with_printer(name: str, *faults: str) -> Cashier:
            printer = stack.enter_context(running([*_SIMULATE, *faults], folder, {}))
            printer.wait_for_port()
            till = _make_till(folder / name, printer.port)
            program = stack.enter_context(serving_till(till))
            return stack.enter_context(Cashier(program.port, "K01"))

        live, dead = cashier_with_printer("live"), cashier_with_printer("dead", *_DEAD)
        for cashier in (live, dead):
            sell(cashier, WARM_UP_SALES)
        for _ in range(plan.sizes.rounds):
            live_ms = percentile(sell(live, plan.sizes.sales_a_round)[1], 50)
            dead_ms = percentile(sell(dead, plan.sizes.sales_a_round)[1], 50)
            ratios.append(dead_ms / live_ms)
    yield Measured(
        "pay_p50_dead_printer_to_live_one",
        ratios,
        f"the last round's p50 is {dead_ms:.2f} ms against {live_ms:.2f} ms",
    )


def _make_till(folder: Path, printer_port: int) -> Path:
    """Make an installation whose first till prints at that port."""
    made = make_installation(folder)
    with opened(made) as here, here.db.write() as connection:
        address = f"tcp://127.0.0.1:{printer_port}"
        number = printers.add(connection, "Depan", address, "simulator")
        printer_uses.assign(connection, number, {"receipt": ["K01"]}, [])
    return made
