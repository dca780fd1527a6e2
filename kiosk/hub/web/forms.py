"""Forms: what was typed becomes values, and every refusal stands at its field.

What was typed is kept as it was, so that a page shown again has lost nothing.
"""

import re
from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import TypeVar

from flask import Response, make_response, redirect, render_template, request

from kiosk.clock import WIB
from kiosk.domain.money import AmountNotUnderstoodError, AmountTooLargeError, Rupiah, parse_rupiah
from kiosk.domain.qris import QrisError, read_static
from kiosk.domain.sales import BASIS_POINTS
from kiosk.errors import N_, KioskError
from kiosk.webtools.i18n import say

NOT_FOUND = 404
Value = TypeVar("Value")
_PER_CENT = re.compile(r"(\d{1,3})(?:[.,](\d))?\s*%?", re.ASCII)


class RequiredError(KioskError):
    """A field that must hold something is empty."""

    def __init__(self) -> None:
        super().__init__(N_("Fill this in."))


class TooLongError(KioskError):
    """A field holds more than fits."""

    def __init__(self, most: int) -> None:
        self.most = most
        super().__init__(N_("Shorten this to at most %(most)s characters."), most=most)


class MomentError(KioskError):
    """A field holds no date and time."""

    def __init__(self) -> None:
        super().__init__(N_("Choose a date and a time, for example 20-11-2026 07.00."))


class PerCentError(KioskError):
    """A field holds no per cent with at most one decimal."""

    def __init__(self) -> None:
        super().__init__(N_("Type per cent from 0 to 100 with at most one decimal, e.g. 7,5."))


class ChoiceError(KioskError):
    """A field holds none of the choices offered."""

    def __init__(self) -> None:
        super().__init__(N_("Choose one from the list."))


class FormRefusedError(KioskError):
    """At least one field was refused; each says why in its place."""

    def __init__(self) -> None:
        super().__init__(N_("Something is missing or wrong. See the marked fields."))


class Form:
    """What was typed (or stands already), and the refusal of each field in words."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self.values = dict(values)
        self.errors: dict[str, str] = {}

    def typed(self, name: str) -> str:
        """Give a field as it was typed, '' if it is not there."""
        return self.values.get(name, "")

    def error(self, name: str) -> str:
        """Give a field's refusal in words, '' if there is none."""
        return self.errors.get(name, "")

    def refuse(self, error: KioskError, name: str = "") -> None:
        """Put a refusal at a field, the first one of a field staying."""
        field = (
            name or getattr(error, "field", "") or ("qris" if isinstance(error, QrisError) else "")
        )
        self.errors.setdefault(field, say(error))

    def check(self) -> None:
        """Raise FormRefusedError if a field was refused."""
        if self.errors:
            raise FormRefusedError

    def words(self, name: str, *, required: bool = True, most: int = 200) -> str:
        """Read one line of text, its spaces single."""
        text = " ".join("".join(c if c.isprintable() else " " for c in self.typed(name)).split())
        if required and not text:
            self.refuse(RequiredError(), name)
        elif len(text) > most:
            self.refuse(TooLongError(most), name)
        return text

    def lines(self, name: str, *, most: int = 1000) -> str:
        """Read several lines, the empty ones at the end dropped."""
        lines = [" ".join(line.split()) for line in self.typed(name).splitlines()]
        text = "\n".join("".join(c for c in line if c.isprintable()) for line in lines).strip("\n")
        if len(text) > most:
            self.refuse(TooLongError(most), name)
        return text

    def amount(self, name: str) -> Rupiah | None:
        """Read an amount, None for an empty field."""
        text = self.typed(name).strip()
        if not text:
            return None
        try:
            return parse_rupiah(text)
        except (AmountNotUnderstoodError, AmountTooLargeError) as error:
            self.refuse(error, name)
            return None

    def required_amount(self, name: str) -> Rupiah:
        """Read an amount that must be there."""
        amount = self.amount(name)
        if amount is None:
            self.refuse(RequiredError(), name)
        return amount or Rupiah(0)

    def moment(self, name: str) -> datetime | None:
        """Read a date and time in WIB, None for an empty field."""
        text = self.typed(name).strip()
        if not text:
            return None
        try:
            return datetime.fromisoformat(text).replace(tzinfo=WIB)
        except ValueError:
            self.refuse(MomentError(), name)
            return None

    def required_moment(self, name: str) -> datetime:
        """Read a date and time that must be there; where refused, the value is meaningless."""
        moment = self.moment(name)
        if moment is None:
            self.refuse(RequiredError(), name)
        return moment or datetime.min.replace(tzinfo=WIB)

    def per_cent(self, name: str) -> int:
        """Read per cent with at most one decimal as basis points; empty is 0."""
        text = self.typed(name).strip()
        if not text:
            return 0
        match = _PER_CENT.fullmatch(text)
        points = int(match[1]) * 100 + int(match[2] or 0) * 10 if match else -1
        if not 0 <= points <= BASIS_POINTS:
            self.refuse(PerCentError(), name)
            return 0
        return points

    def read(self, name: str, parse: Callable[[str], Value]) -> Value | None:
        """Read a field by `parse`, which raises KioskError; None for an empty one."""
        text = self.typed(name).strip()
        if not text:
            return None
        try:
            return parse(text)
        except KioskError as error:
            self.refuse(error, name)
            return None

    def choice(self, name: str, allowed: Collection[str]) -> str:
        """Read one of the choices offered."""
        text = self.typed(name)
        if text not in allowed:
            self.refuse(ChoiceError(), name)
        return text

    def flag(self, name: str) -> bool:
        """Say whether a box is ticked."""
        return name in self.values

    def qris(self, name: str) -> str | None:
        """Read a static QRIS payload, None for an empty field."""
        text = self.typed(name).strip()
        if not text:
            return None
        try:
            return read_static(text).payload
        except QrisError as error:
            self.refuse(error, name)
            return None


def answer_form(
    template: str,
    standing: Mapping[str, str],
    save: Callable[[Form], str | Response],
    **context: object,
) -> Response:
    """Show a form with what stands, or save what was typed and go on to another page.

    `save` reads the form, calls one service and gives the address to go on to, or the
    answer itself where that may be seen only once. What it refuses is shown in place with 422, nothing typed being lost; what is not there is a 404.
    """
    if request.method != "POST":
        return make_response(render_template(template, form=Form(standing), **context))
    form = Form(request.form.to_dict())
    try:
        after = save(form)
        return make_response(redirect(after, 303) if isinstance(after, str) else after)
    except KioskError as error:
        if error.status == NOT_FOUND:
            raise
        if not isinstance(error, FormRefusedError):
            form.refuse(error)
    return make_response(render_template(template, form=form, **context), 422)


def written_per_cent(basis_points: int) -> str:
    """Write basis points as the form takes them: 750 is `7,5`."""
    whole, rest = divmod(basis_points, 100)
    return f"{whole},{rest // 10}" if rest else str(whole)


def written_moment(moment: datetime | None) -> str:
    """Write an instant as a date-and-time field takes it, in WIB."""
    return moment.astimezone(WIB).strftime("%Y-%m-%dT%H:%M") if moment else ""
