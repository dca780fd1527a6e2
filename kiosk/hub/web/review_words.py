"""What each reason for the review tray means, and what a person can do about it."""

from flask_babel import gettext as _


def advice_words() -> dict[str, str]:
    """Give a sentence or two for each reason that a person may wonder about."""
    unreadable = _(
        "It is kept as it came, and nothing else waited for it. Ask at the machine what was sold "
        "then; if it was a sale, write it down as a manual recap. Set it aside when that is done."
    )
    return {
        "seq": unreadable,
        "id": unreadable,
        "kind": unreadable,
        "unreadable": unreadable,
        "body": unreadable,
        "unbalanced": unreadable,
        "unknown_vendor": _(
            "What was sold of it counts all the same, among goods of nobody known. Ask at the "
            "machine which stall it is."
        ),
        "unknown_event": _(
            "Look whether the machine is at the right event. The entry counts by itself once the "
            "event is there and the totals are counted anew."
        ),
        "unknown_kind": _(
            "It is kept as it came. Update the hub; what it then knows counts after the totals are "
            "counted anew."
        ),
        "conflict": _(
            "Usually an order was paid at two copies of one machine. Compare with the paper receipts "
            "and choose the copy that is right; the other one then counts nowhere."
        ),
        "fork": _(
            "A tablet was copied, or a backup was put in place by hand, and both copies sold on. "
            "Both sides are below. If both really sold, accept it; every sale counts once. "
            "Ask that only one of them goes on."
        ),
        "changed_file": _(
            "The chain of entries on the machine no longer held. All before that entry is as it was "
            "sealed. Compare what was sent since with the paper receipts, then accept it or set it "
            "aside."
        ),
        "excess": _("Look whether the goods were taken back twice, by two machines."),
    }
