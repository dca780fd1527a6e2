"""How fast a till answers: taps and payments of one cashier, and of eight at once."""

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Final

from kiosk.cli.bench.cashier import LINES, Cashier
from kiosk.cli.bench.installation import (
    FEW_PRODUCTS,
    MANY_PRODUCTS,
    make_installation,
    serving_till,
)
from kiosk.cli.bench.million import fill
from kiosk.cli.bench.plan import Plan
from kiosk.cli.bench.results import Measured, percentile
from kiosk.storage.data_folder import DATABASE
from kiosk.storage.database import open_read_only

CLIENTS: Final = 8
WARM_UP_SALES: Final = 20


def measure_one_cashier(plan: Plan) -> Iterator[Measured]:
    """Measure taps and payments of one cashier who has the till to herself."""
    yield from _one_cashier(plan, "", FEW_PRODUCTS)


def measure_one_cashier_many_products(plan: Plan) -> Iterator[Measured]:
    """Measure the same with 1,000 products."""
    yield from _one_cashier(plan, "_1000_products", MANY_PRODUCTS)


def _one_cashier(plan: Plan, kind: str, products: int) -> Iterator[Measured]:
    folder = make_installation(plan.new_folder(f"one-cashier{kind}") / "till", products)
    taps: list[list[float]] = []
    pays: list[list[float]] = []
    with serving_till(folder) as program, Cashier(program.port, "K01") as cashier:
        sell(cashier, WARM_UP_SALES)
        for _ in range(plan.sizes.rounds):
            taps_ms, pays_ms = sell(cashier, plan.sizes.sales_a_round)
            taps.append(taps_ms)
            pays.append(pays_ms)
    yield Measured(f"tap{kind}_p50", [percentile(round_, 50) for round_ in taps])
    yield Measured(f"tap{kind}_p99", [percentile(round_, 99) for round_ in taps])
    yield Measured(f"pay{kind}_p50", [percentile(round_, 50) for round_ in pays])
    yield Measured(f"pay{kind}_p99", [percentile(round_, 99) for round_ in pays])


def measure_growth(plan: Plan) -> Iterator[Measured]:
    """Measure paying with a large file against paying with an empty one, turn by turn."""
    folder = plan.new_folder("growth")
    empty = make_installation(folder / "empty")
    large = make_installation(folder / "large")
    plan.say(f"writing a file with {plan.sizes.many_sales} sales")
    filled = fill(large, plan.sizes.many_sales)
    ratios = []
    with ExitStack() as stack:
        small_till, large_till = (
            stack.enter_context(Cashier(stack.enter_context(serving_till(each)).port, "K01"))
            for each in (empty, large)
        )
        for cashier in (small_till, large_till):
            sell(cashier, WARM_UP_SALES)
        for _ in range(plan.sizes.rounds):
            small_ms = percentile(sell(small_till, plan.sizes.sales_a_round)[1], 50)
            large_ms = percentile(sell(large_till, plan.sizes.sales_a_round)[1], 50)
            ratios.append(large_ms / small_ms)
    yield Measured(
        "pay_p50_growth_with_1000000_sales",
        ratios,
        f"{filled} sales; the last round's p50 is {large_ms:.2f} ms against {small_ms:.2f} ms",
    )


def measure_rush(plan: Plan) -> Iterator[Measured]:
    """Measure how many filled carts a second eight cashiers can turn into sales."""
    yield _rush(plan, "sales_per_second_8_clients")


def measure_rush_truncate(plan: Plan) -> Iterator[Measured]:
    """Measure the same where SQLite's engine is too old for its write-ahead log."""
    yield _rush(plan, "sales_per_second_8_clients_truncate", KIOSK_JOURNAL_MODE="truncate")


def measure_same_sale(plan: Plan) -> Iterator[Measured]:
    """Let eight browsers pay the very same cart at once, and count the sales in the file."""
    folder = make_installation(plan.new_folder("same-sale") / "till")
    made = []
    with serving_till(folder) as program, eight_cashiers(program.port, same=True) as cashiers:
        for _ in range(plan.sizes.contested_carts):
            before = count_sales(folder / DATABASE)
            cart, _ms = cashiers[0].fill_cart(1)
            at_once(cashiers, partial(Cashier.pay, cart=cart))
            made.append(count_sales(folder / DATABASE) - before)
    # One cart sold twice must not vanish in a median.
    worst = max(made, key=lambda rows: abs(rows - 1))
    yield Measured(
        "same_sale_from_8_clients", [worst], f"the worst of {len(made)} carts, each paid 8 times"
    )


@contextmanager
def eight_cashiers(port: int, *, same: bool = False) -> Iterator[list[Cashier]]:
    """Give eight cashiers, each at a till of her own, or all as one browser with eight lines."""
    with ExitStack() as stack:
        first = stack.enter_context(Cashier(port, "K01"))
        others = [
            Cashier(port, f"K{n:02d}", first.cookie if same else "") for n in range(2, CLIENTS + 1)
        ]
        for cashier in others:
            stack.enter_context(cashier)
        yield [first, *others]


def at_once(cashiers: Sequence[Cashier], do: Callable[[Cashier], object]) -> float:
    """Let all cashiers do something at once; gives the seconds until the last is done."""
    with ThreadPoolExecutor(len(cashiers)) as pool:
        started = time.perf_counter()
        list(pool.map(do, cashiers))
        return time.perf_counter() - started


def sell(cashier: Cashier, sales: int) -> tuple[list[float], list[float]]:
    """Sell three-line carts one after another; gives milliseconds of taps and of payments."""
    taps: list[float] = []
    pays: list[float] = []
    for n in range(sales):
        cart, taps_ms = cashier.fill_cart(1 + n % (FEW_PRODUCTS - LINES))
        taps += taps_ms
        pays.append(cashier.pay(cart))
    return taps, pays


def count_sales(path: Path) -> int:
    """Count the sales in a till's file while the till is running."""
    with closing(open_read_only(path)) as connection:
        rows: int = connection.execute("SELECT count(*) FROM sales").fetchone()[0]
        return rows


def _rush(plan: Plan, name: str, **settings: str) -> Measured:
    folder = make_installation(plan.new_folder(name) / "till")
    sizes = plan.sizes
    rates = []
    with serving_till(folder, **settings) as program, eight_cashiers(program.port) as cashiers:
        at_once(cashiers, partial(sell, sales=sizes.carts_a_rush))
        started = time.perf_counter()
        for _ in range(sizes.rushes):
            queues: dict[Cashier, list[str]] = {cashier: [] for cashier in cashiers}
            at_once(cashiers, partial(_queue_up, queues, sizes.carts_a_rush))
            seconds = at_once(cashiers, partial(_pay_queue, queues))
            rates.append(CLIENTS * sizes.carts_a_rush / seconds)
        whole_seconds = time.perf_counter() - started
    all_sales = CLIENTS * sizes.carts_a_rush * sizes.rushes
    return Measured(
        name, rates, f"with ringing up and parking, {all_sales / whole_seconds:.0f} sales/s"
    )


def _queue_up(queues: dict[Cashier, list[str]], many: int, cashier: Cashier) -> None:
    """Fill and park carts, as a queue is rung up before anybody pays."""
    for n in range(many):
        cart, _ms = cashier.fill_cart(1 + n % (FEW_PRODUCTS - LINES))
        cashier.park()
        queues[cashier].append(cart)


def _pay_queue(queues: dict[Cashier, list[str]], cashier: Cashier) -> None:
    for cart in queues[cashier]:
        cashier.pay(cart)
