"""The page that shows whether a printer and its profile fit each other."""

from collections.abc import Callable

from printers.elements import QR, Cut, Document, Element, Heading, Pair, Rule, Text
from printers.profiles import Profile

Translate = Callable[[str], str]
"""Gives a sentence in the reader's language; the sentence itself is the key."""


def page(
    profile: Profile, printer: str, *, code: str = "LAPAK", translate: Translate = str
) -> Document:
    """Lay down a page on which every wrong setting can be seen with the naked eye.

    `printer` is the name people call it, `code` what the QR code at its end holds.
    """
    _ = translate
    return Document(
        (
            Heading(_("TEST PAGE"), 2),
            Heading(printer),
            Rule("="),
            Text(ruler(profile.columns)),
            Text(_("The ruler ends at the edge of the paper.")),
            Rule(),
            Pair(_("Profile"), profile.key),
            Pair(_("Columns"), str(profile.columns)),
            Pair(_("Paper"), f"{profile.paper_mm} mm, {profile.paper_dots} dots"),
            Pair(_("Confirms"), profile.confirm),
            Rule(),
            Text(f"{profile.code_page}, ESC t {profile.code_page_number}:", bold=True),
            Text("ABCDEFGHIJKLMNOPQRSTUVWXYZ abcdefghijklmnopqrstuvwxyz 0123456789"),
            Text("! \" # $ % & ' ( ) * + , - . / : ; < = > ? @ [ \\ ] ^ _ ` { | } ~"),
            Text("Café, naïve, Rp 5.000 – 10.000"),
            Text(_("Bold"), bold=True),
            Text(_("Double"), size=2),
            Pair("TOTAL", "Rp 5.000", bold=True, size=2),
            Rule(),
            QR(code, caption=code, size=6),
            Rule(),
            *_said_in_words(profile, translate),
            Cut(),
        )
    )


def ruler(columns: int) -> str:
    """Count the columns: `1234567890…`, exactly as many as the paper should have."""
    return "".join(str(n % 10) for n in range(1, columns + 1))


def _said_in_words(profile: Profile, translate: Translate) -> tuple[Element, ...]:
    _ = translate
    drawer = (
        _("A drawer can be connected; this page does not open it.")
        if profile.has_drawer
        else _("No drawer is connected.")
    )
    cut = (
        _("The paper is cut after this line.")
        if profile.has_cutter
        else _("This printer has no cutter: tear the paper off here.")
    )
    return Text(drawer), Text(cut)
