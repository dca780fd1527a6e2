"""What a person does about a printer's state, by the codes of `printers.errors`.

The library says the same in plain English for a terminal; these are to be translated.
"""

from typing import Final

from kiosk.errors import N_

ADVICE: Final = {
    "near_end": N_("Have a new roll at hand."),
    "paper_out": N_("Put in a new roll; printing then goes on by itself."),
    "cover_open": N_("Press the cover shut until it clicks."),
    "cutter": N_("Open the cover, take out the bits of paper and close it again."),
    "offline": N_("Switch it off, wait five seconds and switch it on."),
    "no_answer": N_(
        "Switch it off and on. If it printed before without answering, choose a kind that never"
        " answers."
    ),
    "unconfirmed": N_("Look whether the receipt came out, and answer."),
    "refused": N_("Is the printer on, and is this its address and port?"),
    "unreachable": N_("Switch the printer on, and see that it is in the same network."),
    "no_device": N_("Plug the printer in and switch it on."),
    "not_a_device": N_("Choose the printer's own device file, e.g. /dev/usb/lp0."),
    "not_a_file": N_("Choose an ordinary file, or device:// for a printer."),
    "outside_folder": N_("Correct its address below: a file lies in one folder only."),
    "not_a_serial_line": N_("Check speed and parity, or use device:// instead."),
    "not_allowed": N_("Add this program's user to the group lp, then start the till again."),
    "busy": N_("Close the other program that uses it."),
    "storage_full": N_("Make room on the disk."),
    "stalled": N_("Look at its paper, its cover and its lights."),
    "closed": N_("Check its power and its cable."),
    "no_bluetooth": N_("Run “rfcomm bind 0 ADDRESS 1” and use device:///dev/rfcomm0."),
    "no_usb_library": N_("Install libusb-1.0-0, or use device:///dev/usb/lp0."),
    "not_a_printer": N_("Choose another device; this one takes nothing to print."),
    "no_cups": N_("Install cups-client, or choose another way to the printer."),
    "cups_silent": N_("Start CUPS again, or choose another way to the printer."),
    "no_queue": N_("Add the printer in CUPS, or choose another queue."),
    "queue_stopped": N_("See to the printer, then start its queue again with cupsenable."),
    "queue_refused": N_("See in CUPS why it takes no jobs."),
    "still_queued": N_("See to the printer; the job may come out later."),
    "hand_over_only": N_("Open this page on the tablet and hand each job over."),
    "bad_address": N_("Correct its address below."),
    "unknown_profile": N_("Choose its kind below."),
}


def advice(state: str) -> str:
    """Give what a person does about a printer's state; empty where it needs nobody."""
    return ADVICE.get(state, "")
