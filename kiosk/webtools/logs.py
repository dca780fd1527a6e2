"""Log lines for the person who reads them at 21:00 on a bazaar day.

One line an event, with its facts as `key=value`; only a fault of our own is followed by
where it happened. Facts named like a secret are never written, whoever logs them.
"""

import logging
import re
import sys
from typing import Final, TextIO

HIDDEN: Final = "(hidden)"
_SECRET = re.compile(
    r"(^|_)(pin|password|passphrase|secret|token|cookie|cookies|authorization|hmac|key|code"
    r"|csrf)($|_)",
    re.IGNORECASE,
)
_LINE_BREAKS = re.compile(r"[\x00-\x1f\x7f\u0085\u2028\u2029]+")
_TIME: Final = "%Y-%m-%d %H:%M:%S"


def configure_logging(stream: TextIO | None = None, level: int = logging.INFO) -> None:
    """Send every log line, also the libraries', to `stream` (stderr by default)."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(OneLine())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)


class OneLine(logging.Formatter):
    """Writes an event: time, level if it is worth a look, what happened, its facts."""

    def format(self, record: logging.LogRecord) -> str:
        """Give the line, and below it where a fault of ours happened."""
        words = [self.formatTime(record, _TIME)]
        if record.levelno > logging.INFO:
            words.append(record.levelname)
        words.append(_flat(record.getMessage()))
        facts = getattr(record, "facts", {})
        words += [f"{name}={_shown(name, facts[name])}" for name in facts]
        line = " ".join(words)
        return f"{line}\n{self.formatException(record.exc_info)}" if record.exc_info else line


def _shown(name: str, value: object) -> str:
    """Give a fact's value, unless its name is a secret's."""
    return HIDDEN if _SECRET.search(name) else _flat(value)


def _flat(value: object) -> str:
    """Keep a value on its line: what a person typed cannot begin a line of its own."""
    return _LINE_BREAKS.sub(" ", str(value))
