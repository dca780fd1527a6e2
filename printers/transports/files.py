"""Jobs appended to an ordinary file, for people who want the bytes."""

import contextlib
import errno
import os
import stat

from printers.errors import NotAFileError, NotAllowedError, StorageFullError


class FileTransport:
    """Appends each job to one file and has it on the disk before it says so."""

    answers = False
    ticket = ""

    def __init__(self, path: str) -> None:
        self.path = path
        self.bytes_sent = 0
        self._descriptor: int | None = None

    def open(self) -> None:
        """Open the file, made if it is not there; its folder must exist."""
        self.bytes_sent = 0
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NONBLOCK | os.O_CLOEXEC
        try:
            self._descriptor = os.open(self.path, flags, 0o600)
        except PermissionError as error:
            raise NotAllowedError(path=self.path) from error
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EROFS):
                raise StorageFullError(path=self.path) from error
            raise NotAFileError(path=self.path) from error
        if not stat.S_ISREG(os.fstat(self._descriptor).st_mode):
            self.close()
            raise NotAFileError(path=self.path)

    def write(self, data: bytes, timeout_seconds: float) -> None:  # noqa: ARG002 - a disk does not wait
        """Append all of it."""
        assert self._descriptor is not None
        rest = memoryview(data)
        try:
            while rest:
                taken = os.write(self._descriptor, rest)
                self.bytes_sent += taken
                rest = rest[taken:]
        except OSError as error:
            raise StorageFullError(path=self.path) from error

    def read(self, timeout_seconds: float) -> bytes:  # noqa: ARG002 - a file never answers
        """Nothing ever comes."""
        return b""

    def finish(self, timeout_seconds: float) -> None:  # noqa: ARG002 - fsync has no deadline
        """Have the job on the disk."""
        assert self._descriptor is not None
        try:
            os.fsync(self._descriptor)
        except OSError as error:
            raise StorageFullError(path=self.path) from error

    def close(self) -> None:
        """Close the file."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            with contextlib.suppress(OSError):
                os.close(descriptor)
