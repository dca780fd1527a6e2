"""`kiosk bench`: run the measurements, say how far they are, and print one JSON object last."""

import json
import os
import signal
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import Any, Final

import click

from kiosk.cli.bench import browser, hub, machine, paper, selling
from kiosk.cli.bench.budgets import BUDGETS
from kiosk.cli.bench.plan import FULL, MILLION, QUICK, Plan
from kiosk.cli.bench.results import Measured, as_row, unmeasured_row
from kiosk.errors import KioskError, WorldError

Measure = Callable[[Plan], Iterator[Measured]]

# Each measurement with the budgets it fills. Where the disk is written full comes last.
MEASURES: Final[tuple[tuple[Measure, tuple[str, ...]], ...]] = (
    (
        browser.measure_page,
        ("till_page_bytes", "till_page_requests", "font_bytes"),
    ),
    (browser.measure_large_page, ("till_page_1000_products_bytes",)),
    (
        browser.measure_navigation,
        ("navigation_to_usable", "navigation_to_usable_cpu_6x_slower"),
    ),
    (
        browser.measure_navigation_many_products,
        (
            "navigation_to_usable_1000_products",
            "navigation_to_usable_1000_products_cpu_6x_slower",
        ),
    ),
    (browser.measure_sale_bytes, ("bytes_per_sale_browser_and_till",)),
    (machine.measure_start, ("start_to_first_page",)),
    (machine.measure_memory, ("memory_idle", "memory_after_2000_sales")),
    (selling.measure_one_cashier, ("tap_p50", "tap_p99", "pay_p50", "pay_p99")),
    (
        selling.measure_one_cashier_many_products,
        (
            "tap_1000_products_p50",
            "tap_1000_products_p99",
            "pay_1000_products_p50",
            "pay_1000_products_p99",
        ),
    ),
    (paper.measure_dead_printer, ("pay_p50_dead_printer_to_live_one",)),
    (selling.measure_rush, ("sales_per_second_8_clients",)),
    (selling.measure_rush_truncate, ("sales_per_second_8_clients_truncate",)),
    (selling.measure_same_sale, ("same_sale_from_8_clients",)),
    (hub.measure_upload_bytes, ("upload_bytes_per_sale",)),
    (hub.measure_ingest_sqlite, ("hub_ingest_sqlite",)),
    (hub.measure_ingest_postgresql, ("hub_ingest_postgresql",)),
    (
        hub.measure_dashboard,
        ("hub_dashboard_1000000_sales_p99", "hub_dashboard_p50_growth_with_1000000_sales"),
    ),
    (selling.measure_growth, ("pay_p50_growth_with_1000000_sales",)),
)


@click.command()
@click.option("--only", multiple=True, type=click.Choice(list(BUDGETS)), metavar="NAME")
@click.option("--quick", is_flag=True, help="Small sizes: shows that all works, and no speed.")
@click.option(
    "--sales",
    type=click.IntRange(1, MILLION),
    help="How many sales lie in the large files (1,000,000; with --quick few).",
)
def bench(only: tuple[str, ...], quick: bool, sales: int | None) -> None:  # noqa: FBT001 - click's flag
    """Measure the budgets, all or those named, against the real programs.

    Progress goes to stderr; the last line on stdout is one JSON object. The exit status is
    1 where something could not be measured, whatever the figures.
    """
    wanted = frozenset(only) or frozenset(BUDGETS)
    sizes = QUICK if quick else FULL
    sizes = replace(sizes, many_sales=sales or sizes.many_sales)
    # A service manager's stop is Ctrl-C to us: every program started is ended on the way out.
    signal.signal(signal.SIGTERM, _interrupt)
    _warn_of_others()
    with tempfile.TemporaryDirectory(prefix="lapak-bench-") as folder:
        rows = measure_all(Plan(Path(folder), sizes, _say), wanted)
    click.echo(json.dumps({"results": [rows[name] for name in BUDGETS if name in wanted]}))
    if any(row["value"] is None for row in rows.values()):
        raise SystemExit(1)


def measure_all(plan: Plan, wanted: frozenset[str]) -> dict[str, Mapping[str, Any]]:
    """Run every measurement that fills a wanted budget; gives rows by name.

    What fails is a row without a value, and the rest goes on.
    """
    rows: dict[str, Mapping[str, Any]] = {}
    for measure, names in MEASURES:
        if wanted.isdisjoint(names):
            continue
        plan.say(f"measuring {', '.join(names)}")
        try:
            measured = {one.name: one for one in measure(plan)}
        except (KioskError, WorldError, OSError) as error:
            plan.say(f"not measured: {error}")
            rows |= {name: unmeasured_row(BUDGETS[name], str(error)) for name in names}
            continue
        rows |= {name: as_row(BUDGETS[name], measured[name]) for name in names}
        for name in names:
            plan.say(_in_words(rows[name]))
    return {name: row for name, row in rows.items() if name in wanted}


def _in_words(row: Mapping[str, Any]) -> str:
    verdict = "held" if row["holds"] else "NOT HELD"
    return f"  {row['name']}: {row['value']:g} {row['unit']}, budget {row['budget']}: {verdict}"


def _warn_of_others() -> None:
    """Say that figures will be worse than this machine is, where it is busy already."""
    busy, cores = os.getloadavg()[0], os.cpu_count() or 1
    if busy > cores / 2:
        _say(f"this machine is busy already: load {busy:.1f} on {cores} cores")


def _say(words: str) -> None:
    click.echo(words, err=True)


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
