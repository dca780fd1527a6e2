"""The kinds of failure: the person's and the world's.

A `KioskError` is something a person can put right: it is answered in place with
status 422 and its text says what to do. A `WorldError` is something outside both the
person and the program (a hub, a disk): workers catch it and the status page shows it.
Everything else is ours, and ends as a 500 with an id and a log line.
"""


class KioskError(Exception):
    """A person's mistake or a fact they must know; the text tells them what to do."""

    status = 422


class WorldError(Exception):
    """A failure of something outside, e.g. the hub or the disk.

    `permanent` says that trying again unchanged cannot help.
    """

    def __init__(self, message: str, *, permanent: bool = False) -> None:
        super().__init__(message)
        self.permanent = permanent
