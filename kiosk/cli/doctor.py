"""`kiosk doctor`: what is well with a machine and what needs a hand, beside a running till."""

import click

from kiosk.clock import SystemClock
from kiosk.services.checkup import examine, look_at
from kiosk.settings import read_settings


@click.command()
def doctor() -> None:
    """Say what is well with the till in KIOSK_DATA, what is not, and what to do about it."""
    here = look_at(read_settings(), SystemClock())
    facts = examine(here)
    for fact in facts:
        click.echo(f"{'ok    ' if fact.ok else 'LOOK  '}{fact.name}: {fact.value}")
        if fact.advice:
            click.echo(f"      → {fact.advice}")
    unwell = sum(not fact.ok for fact in facts)
    if unwell:
        click.echo(f"{unwell} of {len(facts)} need a hand.")
        raise SystemExit(1)
    click.echo("All is well.")
