"""The kinds of failure: the person's and the world's.

A `KioskError` is something a person can put right: it is answered in place with
status 422 and its text says what to do. A `WorldError` is something outside both the
person and the program (a hub, a disk): workers catch it and the status page shows it.
Everything else is ours, and ends as a 500 with an id and a log line.
"""


class Message(str):
    """An English text that is translated where it is shown, also as a fact of another."""

    __slots__ = ()


def N_(message: str) -> Message:  # noqa: N802 - the name that message extraction knows
    """Mark a text for translation where it is written."""
    return Message(message)


class KioskError(Exception):
    """A person's mistake or a fact they must know; the text tells them what to do.

    `message` is the English text with `%(name)s` places and `facts` what stands there, so
    that a page can say the same in the person's language.
    """

    status = 422

    def __init__(self, message: str, **facts: object) -> None:
        self.message = message
        self.facts = facts
        super().__init__(message % facts if facts else message)


class WorldError(Exception):
    """A failure of something outside, e.g. the hub or the disk.

    `permanent` says that trying again unchanged cannot help. A `Message` is translated where
    it is shown.
    """

    def __init__(self, message: str, *, permanent: bool = False) -> None:
        self.message = message
        super().__init__(message)
        self.permanent = permanent
