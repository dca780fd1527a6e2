"""The ways to pay in an event's form: which are offered, under what name, by which rules."""

from collections.abc import Iterator
from typing import Final

from kiosk.domain.methods import (
    LONGEST_NAME,
    MOST_METHODS,
    Kind,
    Method,
    State,
    code_of,
)
from kiosk.errors import N_, KioskError
from kiosk.hub.web.forms import Form, TooLongError

# Kinds of which there is one at most; the others are named, one a line.
SINGLE: Final[tuple[Kind, ...]] = ("cash", "qris", "transfer", "debit")
# Whose money a till cannot see come; of these the organiser says how they are counted.
_CLAIMABLE: Final = ("transfer", "ewallet")
_LISTS: Final[dict[str, tuple[Kind, bool]]] = {
    "ewallets": ("ewallet", False),
    "vouchers": ("voucher", False),
    "vouchers_with_change": ("voucher", True),
}

_FIELDS: Final = frozenset({"account", *_LISTS, *(f"pay_{kind}" for kind in SINGLE)})


class NoMethodError(KioskError):
    """An event at which nothing could be paid."""

    def __init__(self) -> None:
        super().__init__(N_("Offer at least one way to pay."))


class TooManyMethodsError(KioskError):
    """More ways to pay than a till has room for."""

    def __init__(self) -> None:
        super().__init__(N_("A till has room for %(most)d ways to pay."), most=MOST_METHODS)


def standing(methods: tuple[Method, ...]) -> dict[str, str]:
    """Give the fields as they stand for an event."""
    fields: dict[str, str] = {}
    for one in methods:
        if one.kind in SINGLE:
            fields[f"pay_{one.kind}"] = "1"
            fields[f"name_{one.kind}"] = one.name
        if one.kind in _CLAIMABLE and one.state == "claimed":
            fields[f"claimed_{one.kind}"] = "1"
        if one.account:
            fields["account"] = one.account
    for name, (kind, gives_change) in _LISTS.items():
        named = (
            one.name for one in methods if (one.kind, one.gives_change) == (kind, gives_change)
        )
        fields[name] = "\n".join(named)
    return fields


def read(form: Form, before: tuple[Method, ...]) -> tuple[Method, ...]:
    """Read the ways to pay, refusing in place what a till could not show.

    A form that does not speak of them leaves them as they were.
    """
    if not _FIELDS & form.values.keys():
        return before
    found = {one.code: one for one in (*_single(form), *_named(form))}
    if not found:
        form.refuse(NoMethodError(), "pay_cash")
    if len(found) > MOST_METHODS:
        form.refuse(TooManyMethodsError(), "ewallets")
    return tuple(found.values())


def _single(form: Form) -> Iterator[Method]:
    for kind in SINGLE:
        name = form.words(f"name_{kind}", required=False, most=LONGEST_NAME)[:LONGEST_NAME]
        account = form.words("account", required=False) if kind == "transfer" else ""
        if form.flag(f"pay_{kind}"):
            yield Method(kind, kind, name, _state(form, kind), account=account[:200])


def _named(form: Form) -> Iterator[Method]:
    for field, (kind, gives_change) in _LISTS.items():
        for line in form.lines(field).splitlines():
            name = line.strip()
            if len(name) > LONGEST_NAME:
                form.refuse(TooLongError(LONGEST_NAME), field)
            if name:
                code, state = code_of(kind, name), _state(form, kind)
                yield Method(code, kind, name[:LONGEST_NAME], state, gives_change)


def _state(form: Form, kind: Kind) -> State:
    if kind == "qris" or (kind in _CLAIMABLE and form.flag(f"claimed_{kind}")):
        return "claimed"
    return "final"
