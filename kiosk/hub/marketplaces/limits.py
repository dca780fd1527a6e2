"""How much of a file the hub is willing to read, and the refusals when it is more."""

from dataclasses import dataclass

from kiosk.errors import N_, KioskError

_MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """The largest file that is read: as it came, unpacked, and in rows."""

    file_bytes: int = 96 * _MIB
    unpacked_bytes: int = 768 * _MIB
    rows: int = 200_000


class FileTooLargeError(KioskError):
    """A file is larger than the hub reads, as it came or unpacked."""

    def __init__(self, name: str, limit_bytes: int) -> None:
        self.name = name
        self.limit_bytes = limit_bytes
        super().__init__(
            N_(
                "%(name)s is larger than %(limit)s MB. Export a shorter period, and import the parts."
            ),
            name=name,
            limit=max(1, limit_bytes // _MIB),
        )


class TooManyRowsError(KioskError):
    """A file has more rows than the hub reads at once."""

    def __init__(self, name: str, limit_rows: int) -> None:
        self.name = name
        self.limit_rows = limit_rows
        super().__init__(
            N_(
                "%(name)s has more than %(limit)s rows. Export a shorter period, and import the parts."
            ),
            name=name,
            limit=limit_rows,
        )
