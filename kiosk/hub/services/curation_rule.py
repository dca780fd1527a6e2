"""The rule of ranking: what stays, what is watched and what needs help, over several events.

Pure: figures go in, a judgement with its reason comes out. What ran out is never called weak,
for nobody knows how much more of it would have been sold.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from kiosk.errors import N_
from kiosk.hub.services.campaigns import FieldError

STAY: Final = "stay"
WATCH: Final = "watch"
HELP: Final = "help"
EARLY: Final = "early"
RISING: Final = "rising"
FALLING: Final = "falling"
STEADY: Final = "steady"
_MOST: Final = {"events": 12, "least_events": 12, "trend_percent": 100}


class RuleOrderError(FieldError):
    """What stays must sell at least as much as what needs help."""

    def __init__(self, field: str) -> None:
        self.field = field
        super().__init__(N_("What stays must sell more than what needs help. Type more here."))


class RuleNumberError(FieldError):
    """A number of the rule that cannot be."""

    def __init__(self, field: str, least: int, most: int) -> None:
        self.field = field
        super().__init__(N_("Type a number from %(least)s to %(most)s."), least=least, most=most)


@dataclass(frozen=True, slots=True)
class Rule:
    """By what products and vendors are judged, as averages of one event.

    `events` is how many of the last ones are looked at; with fewer than `least_events` of
    them it is too early to say. From `trend_percent` on more or less is a trend.
    """

    events: int = 4
    least_events: int = 2
    keep_units: int = 5
    help_units: int = 2
    keep_omzet_rp: int = 500_000
    help_omzet_rp: int = 150_000
    trend_percent: int = 25


@dataclass(frozen=True, slots=True)
class AtEvent:
    """What one event saw of a product (pieces) or a vendor (rupiah), and whether it ran out."""

    amount: int
    ran_out: bool = False


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is proposed and why: `reason` is one word, the numbers are what it was made of.

    `average_tenths` is the average of an event in tenths.
    """

    proposal: str
    reason: str
    trend: str
    events: int
    ran_out: int
    average_tenths: int


def check_rule(rule: Rule) -> None:
    """Refuse a rule that cannot be; raises RuleNumberError and RuleOrderError."""
    for name, value in asdict(rule).items():
        least = 1 if name in {"events", "least_events"} else 0
        most = _MOST.get(name, 10**9)
        if not least <= value <= most:
            raise RuleNumberError(name, least, most)
    if rule.least_events > rule.events:
        raise RuleNumberError("least_events", 1, rule.events)
    if rule.keep_units <= rule.help_units:
        raise RuleOrderError("keep_units")
    if rule.keep_omzet_rp <= rule.help_omzet_rp:
        raise RuleOrderError("keep_omzet_rp")


def rule_of(facts: dict[str, Any]) -> Rule:
    """Read a rule that was kept; what it lacks is as usual."""
    return Rule(**{name: facts.get(name, usual) for name, usual in asdict(Rule()).items()})


def judge(seen: Sequence[AtEvent], keep: int, weak: int, rule: Rule) -> Judgement:
    """Judge what the events saw, the first of them first; `keep` and `weak` are averages."""
    count, total = len(seen), sum(one.amount for one in seen)
    ran_out = sum(one.ran_out for one in seen)
    trend = trend_of([one.amount for one in seen], rule.trend_percent)
    proposal, reason = _proposal(count, total, ran_out, trend, keep, weak, rule.least_events)
    return Judgement(proposal, reason, trend, count, ran_out, total * 10 // count if count else 0)


def _proposal(
    count: int, total: int, ran_out: int, trend: str, keep: int, weak: int, least: int
) -> tuple[str, str]:
    if count < least:
        return EARLY, "few_events"
    if total >= keep * count:
        return STAY, "sells"
    if ran_out and ran_out * 2 >= count:
        return STAY, "ran_out"
    if total >= weak * count:
        return WATCH, "between"
    if ran_out:
        return WATCH, "ran_out_once"
    return (WATCH, "rising") if trend == RISING else (HELP, "weak")


def trend_of(amounts: Sequence[int], percent: int) -> str:
    """Compare the later half with the earlier one, the middle of an odd number left out."""
    half = len(amounts) // 2
    earlier, later = sum(amounts[:half]), sum(amounts[len(amounts) - half :])
    if later * 100 > earlier * (100 + percent):
        return RISING
    return FALLING if later * 100 < earlier * (100 - percent) else STEADY
