"""`kiosk`: one command for both programs; each subcommand is loaded when it is asked for."""

import importlib
from typing import Final

import click

# name → module and attribute of its click command
COMMANDS: Final = {
    "backup": "kiosk.cli.backup:backup",
    "bench": "kiosk.cli.bench.command:bench",
    "bundle": "kiosk.cli.bundle:bundle",
    "demo": "kiosk.cli.demo.command:demo",
    "doctor": "kiosk.cli.doctor:doctor",
    "hub": "kiosk.cli.hub:hub",
    "hub-import": "kiosk.cli.hub:hub_import",
    "journal": "kiosk.cli.journal:journal",
    "printer": "kiosk.cli.printer:printer",
    "restore": "kiosk.cli.backup:restore",
    "till": "kiosk.cli.till:till",
}


class LazyCommands(click.Group):
    """A group that imports a subcommand's module only when it is used."""

    def list_commands(self, _context: click.Context) -> list[str]:
        """List the subcommands by name."""
        return sorted(COMMANDS)

    def get_command(self, _context: click.Context, name: str) -> click.Command | None:
        """Import one subcommand; None for a name that is none."""
        if name not in COMMANDS:
            return None
        module, attribute = COMMANDS[name].split(":")
        command = getattr(importlib.import_module(module), attribute)
        assert isinstance(command, click.Command)
        return command


@click.group(cls=LazyCommands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="lapak", prog_name="kiosk")
def kiosk() -> None:
    """Lapak: a till for Friday bazaars, and the campaign hub behind it."""
