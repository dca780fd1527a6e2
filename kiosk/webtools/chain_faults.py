"""What does not hold in a journal, in words: by the one word a fault has for it."""

from typing import Final

from kiosk.errors import N_

FAULTS: Final = {
    "missing": N_("Entry %(seq)s is missing: it happened, and was removed afterwards."),
    "changed": N_("Entry %(seq)s was changed after it happened, or stands out of order."),
    "unreadable": N_("Entry %(seq)s cannot be read: the file is damaged there."),
    "elsewhere": N_("Entry %(seq)s says that it stands elsewhere."),
    "cut_off": N_("The entries from %(seq)s on were sent to the hub, and are gone here."),
    "other": N_("Entry %(seq)s does not hold."),
}
