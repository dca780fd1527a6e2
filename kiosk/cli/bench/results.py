"""Figures as they are reported: the median of the runs, with the least and the most."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from statistics import median
from typing import Any

from kiosk.cli.bench.budgets import Budget

DECIMALS = 3


@dataclass(frozen=True, slots=True)
class Measured:
    """One figure's runs in its budget's unit; `note` says in words what a reader should know."""

    name: str
    runs: Sequence[float]
    note: str = ""


def percentile(samples: Sequence[float], per_cent: int) -> float:
    """Give the smallest sample that `per_cent` of all samples do not exceed (nearest rank)."""
    ordered = sorted(samples)
    return ordered[max(ceil(len(ordered) * per_cent / 100), 1) - 1]


def as_row(budget: Budget, measured: Measured) -> Mapping[str, Any]:
    """Give a row of the report for what was measured; there is at least one run."""
    value = median(measured.runs)
    return _row(
        budget,
        value=round(value, DECIMALS),
        holds=budget.holds(value),
        runs=len(measured.runs),
        least=round(min(measured.runs), DECIMALS),
        most=round(max(measured.runs), DECIMALS),
        note=measured.note,
    )


def unmeasured_row(budget: Budget, reason: str) -> Mapping[str, Any]:
    """Give a row of the report for what could not be measured: no value, and not held."""
    return _row(budget, value=None, holds=False, runs=0, least=None, most=None, note=reason)


def _row(
    budget: Budget,
    *,
    value: float | None,
    holds: bool,
    runs: int,
    least: float | None,
    most: float | None,
    note: str,
) -> Mapping[str, Any]:
    return {
        "name": budget.name,
        "value": value,
        "unit": budget.unit,
        "budget": budget.text,
        "holds": holds,
        "runs": runs,
        "min": least,
        "max": most,
        "note": note,
    }
