"""What an entry says, in a person's words."""

from flask_babel import gettext as _

from kiosk.domain.money import format_rupiah
from kiosk.hub.services.decisions import summarise


def entry_facts(stored: bytes) -> list[tuple[str, str]]:
    """Give what an entry says as far as it says it; nothing where it cannot be read."""
    summary = summarise(stored)
    if summary is None:
        return []
    facts = [
        (_("Sale"), summary.number),
        (_("Cashier"), summary.by),
        (_("Till"), summary.till),
        (_("What was sold"), ", ".join(summary.lines)),
        (_("Total"), "" if summary.total_rp is None else format_rupiah(summary.total_rp)),
    ]
    return [(words, fact) for words, fact in facts if fact]


def kind_words() -> dict[str, str]:
    """Give the words for the kinds of entries that a sale's figures rest on."""
    return {
        "sale": _("Sale"),
        "refund": _("Refund"),
        "payment_confirmed": _("Payment confirmed"),
        "payment_changed": _("Payment changed"),
        "shift_opened": _("Shift opened"),
        "shift_closed": _("Shift closed"),
    }
