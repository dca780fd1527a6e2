"""What a printer's state is in words, and what a person does about it.

By the codes of `printers.errors`. The library says the same in plain English for a terminal; these are to be translated.
"""

from typing import Final

from kiosk.errors import N_

FAULT: Final = N_("Fault")
STATES: Final = {
    "ready": N_("Ready"),
    "unknown": N_("Not asked yet"),
    "near_end": N_("Paper nearly out"),
    "paper_out": N_("Paper is out"),
    "cover_open": N_("Cover is open"),
    "cutter": N_("Cutter is stuck"),
    "offline": N_("Not ready"),
    "no_answer": N_("Does not answer"),
    "unconfirmed": N_("Did not confirm"),
    "refused": N_("Refuses the connection"),
    "unreachable": N_("Cannot be reached"),
    "no_device": N_("Not plugged in"),
    "not_a_device": N_("Not plugged in"),
    "not_allowed": N_("May not be used by this program"),
    "outside_folder": N_("File lies outside its folder"),
    "busy": N_("Busy with another machine"),
    "storage_full": N_("Storage is full"),
    "stalled": N_("Stopped taking data"),
    "closed": N_("Hung up"),
    "interrupted": N_("Was interrupted"),
    "not_a_file": N_("Not a file"),
    "not_a_serial_line": N_("Not a serial line"),
    "no_bluetooth": N_("No Bluetooth here"),
    "no_usb_library": N_("libusb is missing"),
    "not_a_printer": N_("Not a printer"),
    "no_cups": N_("CUPS is missing"),
    "cups_silent": N_("CUPS does not answer"),
    "no_queue": N_("CUPS has no such queue"),
    "queue_stopped": N_("CUPS has stopped its queue"),
    "queue_refused": N_("CUPS does not take the job"),
    "still_queued": N_("Still with CUPS"),
    "hand_over_only": N_("Tap to hand over"),
    "bad_address": N_("Address is wrong"),
    "unknown_profile": N_("Kind is unknown"),
}
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


def in_words(state: str) -> str:
    """Say a printer's state in words to be translated; one nobody foresaw is a fault."""
    return STATES.get(state, FAULT)
