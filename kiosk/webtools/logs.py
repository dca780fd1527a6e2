"""Log lines for the person who reads them at 21:00 on a bazaar day.

One line an event, with its facts as `key=value`; only a fault of our own is followed by
where it happened. Facts named like a secret are never written, whoever logs them.
"""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any, Final, TextIO

import structlog
from structlog.typing import EventDict, Processor

HIDDEN: Final = "(hidden)"
_SECRET = re.compile(
    r"(^|_)(pin|password|passphrase|secret|token|cookie|cookies|authorization|hmac|key|code"
    r"|csrf)($|_)",
    re.IGNORECASE,
)
_LINE_BREAKS = re.compile(r"[\x00-\x1f\x7f\u0085\u2028\u2029]+")
_NOT_FACTS: Final = frozenset({"event", "level", "timestamp", "exception"})


def configure_logging(stream: TextIO | None = None, level: int = logging.INFO) -> None:
    """Send every log line, also the standard library's, to `stream` (stderr by default)."""
    shared: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="%Y-%m-%d %H:%M:%S", utc=False),
        hide_secrets,
        structlog.processors.format_exc_info,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, one_line],
            foreign_pre_chain=shared,
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)


def hide_secrets(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """Replace every fact whose name is a secret's."""
    for name in event:
        if _SECRET.search(name):
            event[name] = HIDDEN
    return event


def one_line(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> str:
    """Write an event: time, level if it is worth a look, what happened, its facts."""
    level = str(event.get("level", "info"))
    words = [str(event.get("timestamp", ""))]
    if level not in {"info", "debug"}:
        words.append(level.upper())
    words.append(_flat(event.get("event", "")))
    words += [f"{name}={_flat(event[name])}" for name in event if name not in _NOT_FACTS]
    line = " ".join(words)
    fault = event.get("exception")
    return f"{line}\n{fault}" if fault else line


def _flat(value: object) -> str:
    """Keep a value on its line: what a person typed cannot begin a line of its own."""
    return _LINE_BREAKS.sub(" ", str(value))
