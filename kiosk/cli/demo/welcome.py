"""What a person reads when the demonstration is ready: addresses, sign-ins, what to try."""

from dataclasses import dataclass

from kiosk.cli.demo.folder import DemoFolder
from kiosk.cli.demo.hub_seed import HUB_SIGN_INS
from kiosk.cli.demo.program import FRIDAY, FRIDAY_INSTALLATION, OMZET_RP, STAFF, UNITS
from kiosk.domain.money import format_amount, format_rupiah


@dataclass(frozen=True, slots=True)
class Ports:
    """Where the three programs listen on this machine."""

    till: int
    hub: int
    printer: int

    @property
    def panel(self) -> int:
        """Give the port of the virtual printer's panel, beside its own."""
        return self.printer + 1


def welcome(ports: Ports, folder: DemoFolder, printer_id: int) -> str:
    """Write the whole text."""
    till, hub = f"http://127.0.0.1:{ports.till}", f"http://127.0.0.1:{ports.hub}"
    code, name = FRIDAY_INSTALLATION.tills[0]
    figures = f"{format_amount(UNITS)} units, {format_rupiah(OMZET_RP)}"
    lines = [
        "",
        "Lapak is ready.",
        "",
        f"  Till            {till}",
        f"  Its paper       {till}/printers/{printer_id}/paper",
        f"  Buyer's screen  {till}/display/{code}",
        f"  Its printer     http://127.0.0.1:{ports.panel}/ (take its paper away, open its cover …)",
        f"  Hub             {hub}",
        f"  Scoreboard      {hub}/papan",
        "",
        "  Sign in at the till",
        *(f"    {person.name:<10}PIN {person.pin:<8}{person.role}" for person in STAFF),
        "  Sign in at the hub",
        *(f"    {one.login:<12}{one.password:<18}{one.role}" for one in HUB_SIGN_INS),
        "",
        f"The hub shows the program of 26 November – 5 December 2021: {figures}.",
        f"{name} ({code}) is open for {FRIDAY.name}: choose it at the till, sign in and sell.",
        f"Marketplace exports to import at the hub: {folder.samples}",
        f"Its USB sticks are the folders in {folder.sticks}",
        f"What the programs write: {folder.logs}",
        "",
        "Ctrl+C ends everything; what was sold is kept. --fresh begins anew.",
    ]
    return "\n".join(lines)
