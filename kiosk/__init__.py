"""Lapak: a till for Friday bazaars, and the campaign hub behind it."""

import sys

__version__ = "0.2.0"

# structlog loads rich, for coloured tracebacks, wherever some tool has brought it along. Our
# lines are plain, and a till has better uses for 5 MB. Whoever wants rich imports it first.
sys.modules.setdefault("rich", None)  # type: ignore[arg-type]  # rules an import out
