"""Kinds of printers as people keep them: known ones, and one's own described in a form."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, cast

from kiosk.errors import N_, KioskError, Message
from kiosk.services.approvals import Approval, approver_for
from kiosk.services.browsers import Browser
from kiosk.services.installation import Installation
from kiosk.storage import printer_profiles
from kiosk.storage.database import Connection
from printers.errors import BadProfileError, DotsOfWholeBytesError, UnknownProfileError
from printers.profiles import BOUNDS, Confirm, Profile

# What each number of a kind is called on its form and in a refusal.
FIELD_NAMES: Final[Mapping[str, Message]] = {
    "paper_mm": N_("Paper, mm"),
    "paper_dots": N_("Printable width, dots"),
    "columns": N_("Letters in a line"),
    "mm_per_second": N_("Speed, mm a second"),
    "feed_lines_before_cut": N_("Lines fed before the cut"),
    "feed_lines_before_tear": N_("Lines fed before the tear bar"),
    "code_page_number": N_("Number of the code page"),
    "chunk_bytes": N_("Bytes sent at once"),
    "pause_ms": N_("Pause between them, ms"),
}
FLAGS: Final = ("has_cutter", "has_drawer", "has_status", "qr_native")


class KindUnknownError(KioskError):
    """An address names a kind that is not there, or one that may not be changed."""

    status = 404

    def __init__(self) -> None:
        super().__init__(N_("There is no such kind of printer. Choose one from the list."))


class KindNotCredibleError(KioskError):
    """A field of the form is not what a printer can be."""

    def __init__(self, field: str, least: int, most: int) -> None:
        self.field = field
        super().__init__(
            N_("“%(field)s” must be a whole number from %(least)d to %(most)d."),
            field=FIELD_NAMES[field],
            least=least,
            most=most,
        )


class KindWidthError(KioskError):
    """A printable width that no row of bytes makes."""

    def __init__(self) -> None:
        super().__init__(
            N_("“%(field)s” must be a multiple of 8, as 384 or 576."),
            field=FIELD_NAMES["paper_dots"],
        )


class KindChoiceError(KioskError):
    """A form names a code page, or a way to confirm, that there is not."""

    def __init__(self) -> None:
        super().__init__(
            N_("Choose the letters of this kind, and how it says that a job is done, as listed.")
        )


class KindNameError(KioskError):
    """The name of a kind is missing, too long or taken."""

    def __init__(self) -> None:
        super().__init__(N_("Give this kind a name of its own, of at most 80 letters."))


class KindInUseError(KioskError):
    """A kind that printers are of cannot be deleted."""

    status = 409

    def __init__(self, names: list[str]) -> None:
        super().__init__(
            N_("%(names)s is of this kind. Choose another kind for it first."),
            names=", ".join(names),
        )


@dataclass(frozen=True, slots=True)
class KindForm:
    """A kind's form as typed: texts for the numbers, by the names of `Profile`'s fields."""

    name: str
    numbers: Mapping[str, str]
    flags: frozenset[str]
    confirm: str
    code_page: str


def kinds(here: Installation) -> list[Profile]:
    """List every kind of printer, one's own first."""
    with here.db.read() as connection:
        return printer_profiles.all_profiles(connection)


def kind(here: Installation, key: str) -> Profile:
    """Give one kind; raises KindUnknownError."""
    with here.db.read() as connection:
        return _kind(connection, key)


def keep_kind(
    here: Installation, browser: Browser, key: str | None, form: KindForm, approval: Approval
) -> str:
    """Describe a new kind or change one's own; gives its key. Takes a coordinator.

    Raises KindUnknownError, KindNameError, KindChoiceError, KindNotCredibleError, KindWidthError
    and what `approver_for` raises.
    """
    approver_for(here, browser, approval)
    described = _described(key or "", form)
    with here.db.write() as connection:
        if key is not None:
            _own(connection, key)
        taken = {one.name for one in printer_profiles.all_profiles(connection) if one.key != key}
        if described.name in taken:
            raise KindNameError
        if key is None:
            key = printer_profiles.add(connection, described)
        else:
            printer_profiles.change(connection, described)
    here.bells.printing.ring()
    return key


def delete_kind(here: Installation, browser: Browser, key: str, approval: Approval) -> None:
    """Delete one's own kind that no printer is of. Takes a coordinator.

    Raises KindUnknownError, KindInUseError and what `approver_for` raises.
    """
    approver_for(here, browser, approval)
    with here.db.write() as connection:
        _own(connection, key)
        names = printer_profiles.printers_of(connection, key)
        if names:
            raise KindInUseError(names)
        printer_profiles.delete(connection, key)


def _own(connection: Connection, key: str) -> Profile:
    if not printer_profiles.is_own(key):
        raise KindUnknownError
    return _kind(connection, key)


def _kind(connection: Connection, key: str) -> Profile:
    try:
        return printer_profiles.profile(connection, key)
    except UnknownProfileError:
        raise KindUnknownError from None


def _described(key: str, form: KindForm) -> Profile:
    fields: dict[str, Any] = {flag: flag in form.flags for flag in FLAGS}
    for field in BOUNDS:
        fields[field] = _whole(field, form.numbers.get(field, ""))
    try:
        return Profile(
            key=key,
            name=" ".join(form.name.split()),
            confirm=cast("Confirm", form.confirm),
            code_page=form.code_page,
            **fields,
        )
    except DotsOfWholeBytesError:
        raise KindWidthError from None
    except BadProfileError as error:
        if error.facts["field"] == "name":
            raise KindNameError from None
        if error.facts["field"] in ("code_page", "confirm"):
            raise KindChoiceError from None
        facts = cast("dict[str, Any]", error.facts)
        raise KindNotCredibleError(facts["field"], facts["least"], facts["most"]) from None


def _whole(field: str, text: str) -> int:
    typed = text.strip()
    if not (typed.isascii() and typed.isdecimal() and len(typed) <= 6):  # noqa: PLR2004 - digits
        raise KindNotCredibleError(field, *BOUNDS[field])
    return int(typed)
