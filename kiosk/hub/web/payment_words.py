"""Ways to pay and what became of a payment, in words."""

from flask_babel import gettext as _

from kiosk.domain.methods import kind_of


def method_words(method: str) -> str:
    """Name a way to pay by its kind; one nobody knows is called as it is."""
    kinds = {
        "cash": _("Cash"),
        "qris": _("QRIS"),
        "transfer": _("Transfer"),
        "debit": _("Debit"),
        "ewallet": _("E-wallet"),
        "voucher": _("Voucher"),
    }
    return str(kinds.get(kind_of(method), method))


def state_words(state: str) -> str:
    """Say what became of a payment."""
    states = {
        "final": _("received"),
        "claimed": _("not confirmed yet"),
        "never_received": _("never received"),
    }
    return str(states.get(state, state))
