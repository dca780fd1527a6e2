"""What can go wrong on the way to paper, each with a code, a sentence and what to do.

`reason` is a stable code for rows and translations; the text is plain English for the
person beside the printer. `permanent` says that trying the same again cannot help. None of
these says whether anything was printed: that is for whoever counted the bytes.
"""

from typing import ClassVar


class PrinterError(Exception):
    """A failure of a printer, or of a document on its way there.

    `facts` are the values filled into the class's sentence.
    """

    reason: ClassVar[str] = "printer"
    permanent: ClassVar[bool] = False
    sentence: ClassVar[str] = "The printer does not work: check it and try again."

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(self.sentence.format(**facts))


# What the printer itself says.


class PaperOutError(PrinterError):
    """The roll has ended."""

    reason = "paper_out"
    sentence = "The paper is out: put in a new roll, printing then goes on by itself."


class CoverOpenError(PrinterError):
    """The lid is not shut."""

    reason = "cover_open"
    sentence = "The printer's cover is open: press it shut until it clicks."


class CutterError(PrinterError):
    """The knife is stuck."""

    reason = "cutter"
    sentence = "The cutter is stuck: open the cover, take out the paper bits and close it again."


class OfflineError(PrinterError):
    """The printer answers, and says that it will not print."""

    reason = "offline"
    sentence = (
        "The printer says it is not ready: switch it off, wait five seconds and switch it on."
    )


class NoAnswerError(PrinterError):
    """A printer that should answer questions did not."""

    reason = "no_answer"
    sentence = (
        "The printer does not answer: switch it off and on. If it printed before without"
        " answering, choose a profile without status."
    )


class UnconfirmedError(PrinterError):
    """Everything was sent, and the printer never said it had printed it."""

    reason = "unconfirmed"
    sentence = "The printer did not confirm: look whether the receipt came out."


# What the way to the printer says.


class RefusedError(PrinterError):
    """The address answers, but no printer is listening there."""

    reason = "refused"
    sentence = "{address} refuses: is the printer on, and is this its address and port?"


class UnreachableError(PrinterError):
    """Nothing answers at the address."""

    reason = "unreachable"
    sentence = "{address} cannot be reached: check that the printer is on and in the same network."


class NoDeviceError(PrinterError):
    """The device file is not there: unplugged, or switched off."""

    reason = "no_device"
    sentence = "{path} is not there: plug the printer in and switch it on."


class NotADeviceError(PrinterError):
    """The path is an ordinary file, which would swallow receipts in silence."""

    reason = "not_a_device"
    permanent = True
    sentence = "{path} is not a printer device: choose the printer's own device file."


class NotAFileError(PrinterError):
    """The path is a folder or a device where an ordinary file is wanted."""

    reason = "not_a_file"
    permanent = True
    sentence = "{path} is not an ordinary file: choose a file, or use device:// for a printer."


class NotAllowedError(PrinterError):
    """The operating system denies access."""

    reason = "not_allowed"
    sentence = "{path} may not be opened: add this program's user to the group that owns it (lp)."


class OutsideFolderError(PrinterError):
    """A file that lies outside the folder for printers' files."""

    reason = "outside_folder"
    permanent = True
    sentence = "A printer's file may lie in {folder} only: change its address."


class NotASerialLineError(PrinterError):
    """The device has no speed and no parity to set."""

    reason = "not_a_serial_line"
    permanent = True
    sentence = (
        "{path} is no serial line with these settings: check speed and parity, or use device://."
    )


class NoBluetoothError(PrinterError):
    """This Python was built without Bluetooth sockets."""

    reason = "no_bluetooth"
    permanent = True
    sentence = (
        "This machine's Python cannot reach {address} by itself: run `rfcomm bind 0 {address} 1`"
        " and use device:///dev/rfcomm0."
    )


class NoUSBLibraryError(PrinterError):
    """The library that speaks USB is not installed."""

    reason = "no_usb_library"
    sentence = (
        "USB printers without a device file need libusb: install the package libusb-1.0-0, or use"
        " device:///dev/usb/lp0."
    )


class NotAPrinterError(PrinterError):
    """A USB device without a way to send it data."""

    reason = "not_a_printer"
    permanent = True
    sentence = "{path} takes no print data: choose another device."


class NoCupsError(PrinterError):
    """The programs of CUPS are not installed."""

    reason = "no_cups"
    sentence = (
        "CUPS is not on this machine: install the package cups-client, or choose another way."
    )


class CupsSilentError(PrinterError):
    """A program of CUPS did not end in time."""

    reason = "cups_silent"
    sentence = "CUPS does not answer: restart it, or choose another way to the printer."


class HandOverOnlyError(PrinterError):
    """RawBT takes jobs from a tap on the tablet alone."""

    reason = "hand_over_only"
    sentence = "Jobs for RawBT are handed over on the tablet: open the job and tap."


class NoQueueError(PrinterError):
    """CUPS has no queue of this name."""

    reason = "no_queue"
    sentence = "CUPS has no queue {queue}: add the printer in CUPS, or choose another queue."


class QueueStoppedError(PrinterError):
    """The queue takes no jobs, or holds them."""

    reason = "queue_stopped"
    sentence = (
        "CUPS has stopped the queue {queue}: see to the printer, then run cupsenable {queue}."
    )


class QueueRefusedError(PrinterError):
    """CUPS did not take the job."""

    reason = "queue_refused"
    sentence = "CUPS did not take the job: {said}"


class StillQueuedError(PrinterError):
    """CUPS took the job and has not passed it on in time."""

    reason = "still_queued"
    sentence = "CUPS still has the job {ticket}: see to the printer, it may come out later."


class BusyError(PrinterError):
    """Another program holds the device."""

    reason = "busy"
    sentence = "{path} is in use by another program: close that program."


class StorageFullError(PrinterError):
    """A file could not take the job."""

    reason = "storage_full"
    sentence = "{path} could not be written: make room on the disk."


class StalledError(PrinterError):
    """The printer stopped taking bytes."""

    reason = "stalled"
    sentence = "The printer stopped taking data: look at its paper, its cover and its lights."


class ClosedError(PrinterError):
    """The connection ended before it should."""

    reason = "closed"
    sentence = "The connection to the printer broke: check its power and its cable."


class BadAddressError(PrinterError):
    """An address that names no printer."""

    reason = "bad_address"
    permanent = True
    sentence = (
        "{address!r} is no printer address: write tcp://HOST:9100, device:///dev/usb/lp0,"
        " usb:04b8:0e15, serial:///dev/ttyUSB0?baud=19200, bluetooth://66:22:AB:CD:EF:01,"
        " cups://QUEUE, file:///PATH, rawbt: or null:."
    )


class BadProfileError(PrinterError):
    """A profile no printer has: one of its fields is out of bounds."""

    reason = "bad_profile"
    permanent = True
    sentence = "{field} of this kind of printer must be from {least} to {most}."


class DotsOfWholeBytesError(BadProfileError):
    """A printable width that no row of bytes makes."""

    sentence = "The printable width of this kind of printer must be a multiple of 8 dots."


class UnknownProfileError(PrinterError):
    """A profile key that is not in the list."""

    reason = "unknown_profile"
    permanent = True
    sentence = "There is no printer profile {key!r}: choose one of {known}."


# What the document says.


class BadDocumentError(PrinterError):
    """A document, or one element of it, is not what it should be."""

    reason = "bad_document"
    permanent = True
    sentence = "This document cannot be printed: {where}: {what}."


class UnprintableError(PrinterError):
    """A document that the program cannot turn into bytes, for a fault of its own."""

    reason = "unprintable"
    permanent = True
    sentence = (
        "This document cannot be printed for a fault in the program: its log says which. Write"
        " the receipt by hand."
    )


class DocumentTooLongError(PrinterError):
    """A job that would use up the roll."""

    reason = "too_long"
    permanent = True
    sentence = (
        "This document would be {length} {unit} long, and {limit} is the most: print it in parts."
    )


class BadImageError(PrinterError):
    """A picture that cannot be decoded."""

    reason = "bad_image"
    permanent = True
    sentence = "The picture cannot be read: save it again as a PNG file."


class BadLogoError(PrinterError):
    """A file handed in as a logo that is no picture."""

    reason = "bad_logo"
    permanent = True
    sentence = "This picture cannot be read: choose a PNG, JPEG, WebP, GIF or BMP file."


class LogoTooLargeError(PrinterError):
    """A picture of more dots than a logo needs, or than this machine should unpack."""

    reason = "logo_too_large"
    permanent = True
    sentence = (
        "This picture is too large ({size}): make it smaller, at most 12 megapixels and 40 MB."
    )


class BarcodeTooWideError(PrinterError):
    """A barcode that does not fit across the paper."""

    reason = "barcode_too_wide"
    permanent = True
    sentence = "The barcode needs {needed} dots and the paper has {paper}: use a shorter code."


class QRTooLargeError(PrinterError):
    """A QR code that does not fit across the paper."""

    reason = "qr_too_large"
    permanent = True
    sentence = "The QR code needs {needed} dots and the paper has {paper}: shorten its text."


class NoDrawerError(PrinterError):
    """A drawer kick for a printer without a drawer."""

    reason = "no_drawer"
    permanent = True
    sentence = "No cash drawer is connected to this printer: open the drawer with its key."


class PrintingInterruptedError(PrinterError):
    """The program ended in the middle of a job."""

    reason = "interrupted"
    sentence = "The program stopped while printing: look whether the receipt came out."
