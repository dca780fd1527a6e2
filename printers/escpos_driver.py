"""python-escpos, brought in politely: only when a job is encoded, and only its byte builder.

Importing it sets up the root logger and leaves a temporary folder behind; both are undone
here. Its printer connections lose data and are never used.
"""

import logging
import os
import shutil
import threading
from typing import Any

from printers.profiles import Profile

_import_lock = threading.Lock()


def dummy(profile: Profile) -> Any:
    """Make the library's `Dummy` printer, which collects bytes, with our own profile data."""
    with _import_lock:
        printer_class, profile_class = _classes()
    own = profile_class(columns=profile.columns, features={})
    own.profile_data = {
        "media": {"width": {"pixels": profile.paper_dots, "mm": profile.paper_mm}, "dpi": 203},
        "fonts": {"0": {"columns": profile.columns}},
        "codePages": {str(profile.code_page_number): profile.code_page.upper()},
    }
    magic = {"encoding": profile.code_page.upper(), "disabled": True}
    return printer_class(profile=own, magic_encode_args=magic)


def _classes() -> tuple[Any, Any]:
    root = logging.getLogger()
    handlers_before = list(root.handlers)
    from escpos import capabilities  # noqa: PLC0415 - half a second, for who prints alone
    from escpos.printer import Dummy  # noqa: PLC0415 - the same

    for handler in set(root.handlers) - set(handlers_before):
        root.removeHandler(handler)
    if "ESCPOS_CAPABILITIES_PICKLE_DIR" not in os.environ:
        shutil.rmtree(capabilities.pickle_dir, ignore_errors=True)
    return Dummy, capabilities.Profile
