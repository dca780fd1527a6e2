"""Requests without NUL: PostgreSQL keeps none in a text, and no page of ours means one."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask import Request
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.datastructures.structures import iter_multi_items


class PlainValues(ImmutableMultiDict[str, Any]):
    """What was sent in an address or a form, every NUL in a text left out."""

    def __init__(self, mapping: Mapping[str, Any] | Iterable[tuple[str, Any]] = ()) -> None:
        super().__init__([(name, _plain(value)) for name, value in iter_multi_items(mapping)])


def _plain(value: object) -> object:
    return value.replace("\x00", "") if isinstance(value, str) else value


class PlainRequest(Request):
    """A request whose values are plain."""

    parameter_storage_class = PlainValues
