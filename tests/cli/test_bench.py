import json
import os
import signal
import subprocess
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.cli.bench.budgets import BUDGETS, Budget
from kiosk.cli.bench.command import MEASURES
from kiosk.cli.bench.installation import make_installation, opened
from kiosk.cli.bench.million import fill
from kiosk.cli.bench.results import percentile
from kiosk.services.journals import rebuild, verify
from tests.support.processes import KIOSK

KEYS = {"name", "value", "unit", "budget", "holds", "runs", "min", "max", "note"}


def run_bench(*names, **environment):
    """Run a quick bench of some budgets."""
    only = [part for name in names for part in ("--only", name)]
    return subprocess.run(
        [*KIOSK, "bench", "--quick", *only],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )


def results_of(run):
    document = json.loads(run.stdout.splitlines()[-1])
    assert list(document) == ["results"]
    return {row["name"]: row for row in document["results"]}


def children_of(pid):
    found = []
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in path.read_text().split():
            found += [int(child), *children_of(child)]
    return found


def is_running(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_every_budget_is_filled_by_exactly_one_measurement():
    filled = [name for _measure, names in MEASURES for name in names]

    assert sorted(filled) == sorted(BUDGETS)


def test_a_run_ends_with_one_object_that_holds_the_rows_asked_for():
    run = run_bench("same_sale_from_8_clients", "upload_bytes_per_sale", "font_bytes")

    assert run.returncode == 0, run.stderr
    rows = results_of(run)
    assert list(rows) == ["font_bytes", "upload_bytes_per_sale", "same_sale_from_8_clients"]
    for row in rows.values():
        assert set(row) == KEYS
        assert row["min"] <= row["value"] <= row["max"]
        assert row["runs"] >= 1
    assert rows["same_sale_from_8_clients"]["value"] == 1
    assert rows["same_sale_from_8_clients"]["holds"] is True
    assert rows["font_bytes"]["value"] > 0
    assert 0 < rows["upload_bytes_per_sale"]["value"] < 2_000
    assert "font_bytes" in run.stderr


def test_the_hub_is_measured_on_postgresql_and_with_a_large_store():
    run = run_bench("hub_ingest_postgresql", "hub_dashboard_1000000_sales_p99")

    assert run.returncode == 0, run.stderr
    rows = results_of(run)
    assert rows["hub_ingest_postgresql"]["value"] > 0
    assert rows["hub_dashboard_1000000_sales_p99"]["note"].startswith("5996 sales")


def test_what_cannot_be_measured_is_a_row_without_a_value_and_says_what_to_install(tmp_path):
    run = run_bench("font_bytes", "upload_bytes_per_sale", PATH=str(tmp_path))

    assert run.returncode == 1
    rows = results_of(run)
    assert rows["font_bytes"]["value"] is None
    assert rows["font_bytes"]["holds"] is False
    assert "apt-get install chromium" in rows["font_bytes"]["note"]
    assert rows["upload_bytes_per_sale"]["value"] > 0


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_a_run_that_is_stopped_leaves_no_program_and_no_file_behind(tmp_path, stop):
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    with (tmp_path / "log").open("wb") as log:
        run = subprocess.Popen(
            [*KIOSK, "bench", "--quick", "--only", "memory_idle"],
            env={**os.environ, "TMPDIR": str(scratch)},
            stdout=log,
            stderr=log,
        )
    # The till's parent and its worker.
    while len(children_of(run.pid)) < 2:
        assert run.poll() is None
        time.sleep(0.05)
    programs = children_of(run.pid)

    run.send_signal(stop)

    assert run.wait(60) != 0
    assert not any(is_running(pid) for pid in programs)
    assert list(scratch.iterdir()) == []


def test_a_file_written_in_bulk_is_what_the_till_itself_would_have_written(tmp_path):
    folder = make_installation(tmp_path / "till")

    written = fill(folder, 1_500)

    assert written == 1_500
    with opened(folder) as here:
        with here.db.read() as connection:
            [verdict] = verify(connection)
        assert verdict.fault is None
        assert verdict.sales == 1 + 1_500
        assert rebuild(here).drifted == ()


@given(st.lists(st.integers(0, 1_000), min_size=1), st.integers(1, 100))
def test_a_percentile_is_the_least_sample_that_enough_samples_do_not_exceed(samples, per_cent):
    found = percentile(samples, per_cent)

    assert found in samples
    assert sum(sample <= found for sample in samples) * 100 >= per_cent * len(samples)
    assert sum(sample < found for sample in samples) * 100 < per_cent * len(samples)


@pytest.mark.parametrize(
    ("budget", "text", "held", "broken"),
    [
        (Budget("page", "kB", most=60), "≤ 60", 60, 60.1),
        (Budget("rate", "sales/s", least=300), "≥ 300", 300, 299.9),
        (Budget("rows", "rows", most=1, least=1), "= 1", 1, 0),
    ],
)
def test_a_budget_says_what_it_allows_and_holds_up_to_its_limit(budget, text, held, broken):
    assert budget.text == text
    assert budget.holds(held)
    assert not budget.holds(broken)
