"""A catalogue file as a form brings it: uploaded by this browser, or on a stick in the machine."""

from typing import Any, Final

from flask import request

from kiosk.services.bundle_files import NoFileError, file_on_stick
from kiosk.web.context import here
from kiosk.wire.bundle_files import LARGEST_FILE_BYTES

# The addresses that take a file.
_TAKES: Final = {"setup.start_from_file", "catalogue.take_file"}
# The file, and a little for the form around it.
_UPLOAD_BYTES: Final = LARGEST_FILE_BYTES + (1 << 16)


def allow_file(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Let these addresses take a file; it runs before the form is first looked at."""
    if endpoint in _TAKES:
        request.max_content_length = _UPLOAD_BYTES


def chosen_file() -> bytes:
    """Give the bytes of the `file` uploaded, else of the one chosen `on_stick`; raises NoFileError."""
    file = request.files.get("file")
    if file is not None and file.filename:
        data: bytes = file.read(LARGEST_FILE_BYTES + 1)
        file.close()
        return data
    key = request.form.get("on_stick", "")
    if not key:
        raise NoFileError
    return file_on_stick(here(), key)
