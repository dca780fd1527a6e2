"""Notices: a sentence on the next page a person sees, with a way to undo where there is one."""

from typing import Any, Final

from flask import session

_SESSION_KEY: Final = "hub_notices"


def warn(sentence: str) -> None:
    """Say on the next page what a person should know about what they just did."""
    _keep("warn", sentence)


def done(sentence: str) -> None:
    """Say on the next page what was done and cannot be seen there by itself."""
    _keep("good", sentence)


def done_with_undo(sentence: str, undo: str, *, active: bool) -> None:
    """Say what was done, with a button that posts `active` to `undo` and so takes it back."""
    _keep("good", sentence, undo, "1" if active else "0")


def take_notices() -> list[dict[str, Any]]:
    """Give the notices that wait, and forget them."""
    found: list[dict[str, Any]] = session.pop(_SESSION_KEY, [])
    return found


def _keep(kind: str, sentence: str, undo: str = "", active: str = "") -> None:
    notice = {"kind": kind, "sentence": sentence, "undo": undo, "active": active}
    session[_SESSION_KEY] = [*session.get(_SESSION_KEY, []), notice]
