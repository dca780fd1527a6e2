"""`kiosk doctor`: what is well with a machine and what needs a hand, beside a running till."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Final

import click

from kiosk.clock import SystemClock
from kiosk.errors import WorldError
from kiosk.services.checkup import examine, look_at
from kiosk.services.status import StatusFact
from kiosk.settings import read_settings

NEEDS_A_HAND: Final = 1
SALES_IN_DANGER: Final = 2


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for a program to read.")
def doctor(as_json: bool) -> None:  # noqa: FBT001 - click passes a flag by name
    """Say what is well with the till in KIOSK_DATA, what is not, and what to do about it.

    Ends with 0 where all is well, 1 where something needs a hand, and 2 where the file or
    the journal does not hold, or cannot be read.
    """
    facts = _facts()
    status = _status(facts)
    if as_json:
        click.echo(json.dumps({"status": status, "facts": [asdict(fact) for fact in facts]}))
    else:
        _tell(facts)
    raise SystemExit(status)


def _facts() -> list[StatusFact]:
    settings = read_settings()
    try:
        return examine(look_at(settings, SystemClock()))
    except WorldError as error:
        advice = "Set KIOSK_DATA to the till's folder; a damaged file is restored: kiosk restore."
        return [StatusFact("File", str(error), ok=False, advice=advice, is_grave=True)]


def _status(facts: Sequence[StatusFact]) -> int:
    if any(fact.is_grave for fact in facts):
        return SALES_IN_DANGER
    return NEEDS_A_HAND if any(not fact.ok for fact in facts) else 0


def _tell(facts: Sequence[StatusFact]) -> None:
    for fact in facts:
        click.echo(f"{'ok    ' if fact.ok else 'LOOK  '}{fact.name}: {_said(fact)}")
        if fact.advice:
            click.echo(f"      → {fact.advice}")
    unwell = sum(not fact.ok for fact in facts)
    click.echo(f"{unwell} of {len(facts)} need a hand." if unwell else "All is well.")


def _said(fact: StatusFact) -> str:
    return " · ".join((fact.value, *(text % {"num": number} for text, number in fact.told)))
