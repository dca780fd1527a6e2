"""What the programs write down for the person who reads it at 21:00: events and their facts.

    _log = log_named("upload")
    _log.info("not sent", fact="no route to host")

The standard library's logging carries them; how a line looks is `webtools.logs`' matter.
"""

import logging
from collections.abc import MutableMapping
from typing import Any, Final

_LOGGINGS_OWN: Final = ("exc_info", "stack_info", "stacklevel")


class FactLog(logging.LoggerAdapter[logging.Logger]):
    """A log whose named values are facts of the event; its text is never a pattern."""

    def process(
        self, msg: Any, kwargs: MutableMapping[str, Any]
    ) -> tuple[Any, MutableMapping[str, Any]]:
        """Put the facts where a formatter finds them: the record's `facts`."""
        own = {name: kwargs.pop(name) for name in _LOGGINGS_OWN if name in kwargs}
        return msg, {**own, "extra": {"facts": kwargs}}


def log_named(name: str) -> FactLog:
    """Give the log of a part of the program."""
    return FactLog(logging.getLogger(name))
