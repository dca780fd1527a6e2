"""Removable drives: sticks and cards that a person can carry away, as Linux knows them.

Read from /proc and /sys alone, so nothing has to be installed. A disk that the system or
the till's own data lie on is never among them. Where places are set instead, each of their
subfolders stands for a stick.
"""

import hashlib
import os
import re
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_SYSTEM: Final = re.compile(r"/(boot(/.*)?|usr|var|home|opt|srv)?")
_OCTAL: Final = re.compile(r"\\([0-7]{3})")
_HEX: Final = re.compile(r"\\x([0-9a-fA-F]{2})")
_UNMOUNT_SECONDS: Final = 60
# The first may be used by an ordinary person at a desktop, the second by who mounted it.
_UNMOUNTERS: Final = (
    (Path("/usr/bin/udisksctl"), ("unmount", "--no-user-interaction", "--block-device")),
    (Path("/usr/bin/umount"), ()),
)


@dataclass(frozen=True, slots=True)
class Drive:
    """A drive that is plugged in; `device` is its block device, '' where that is not known."""

    path: Path
    name: str
    device: str
    size_bytes: int
    free_bytes: int
    read_only: bool

    @property
    def key(self) -> str:
        """Name it in a form, without its path."""
        return hashlib.sha256(os.fsencode(self.path)).hexdigest()[:16]


def drives(places: Iterable[Path], data: Path, root: Path = Path("/")) -> list[Drive]:
    """List what a person could carry away, by name; `data` is the till's own folder.

    `root` is where /proc, /sys and /dev are found.
    """
    wanted = tuple(places)
    found = _in_places(wanted) if wanted else _mounted(root, data)
    return sorted(found, key=lambda one: (one.name.casefold(), one.path))


@dataclass(frozen=True, slots=True)
class ClosedDrive:
    """A drive that is plugged in and that the system has not mounted."""

    device: str
    name: str


def closed_drives(root: Path = Path("/")) -> list[ClosedDrive]:
    """List the removable drives that are nowhere mounted, by name."""
    mounted = {number for number, _ in _mounts(root)}
    found = []
    for link in (root / "sys/block").glob("*"):
        disk = link.resolve()
        if not _is_removable(disk) or _word(disk / "size") in ("", "0"):
            continue
        parts = [one.parent for one in disk.glob("*/partition")] or [disk]
        if any(_word(one / "dev") in mounted for one in (disk, *parts)):
            continue
        found += [
            ClosedDrive(f"/dev/{one.name}", _label(root, one.name) or _model(disk) or one.name)
            for one in parts
        ]
    return sorted(found, key=lambda one: (one.name.casefold(), one.device))


def open_drive(drive: ClosedDrive) -> bool:
    """Let the system mount a drive; False where this machine does not allow it."""
    program = _UNMOUNTERS[0][0]
    words = ("mount", "--no-user-interaction", "--block-device", drive.device)
    return program.is_file() and _runs(str(program), *words)


def let_go(drive: Drive) -> bool:
    """Unmount a drive so that it can be pulled out; False where this machine does not allow it."""
    if not drive.device:
        return False
    for program, words in _UNMOUNTERS:
        what = drive.device if words else str(drive.path)
        if program.is_file() and _runs(str(program), *words, what):
            return True
    return False


def _runs(*command: str) -> bool:
    try:
        ended = subprocess.run(  # noqa: S603 - a fixed program, its argument from the kernel
            command,
            check=False,
            timeout=_UNMOUNT_SECONDS,
            stdin=subprocess.DEVNULL,
            capture_output=True,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return ended.returncode == 0


def _in_places(places: tuple[Path, ...]) -> Iterator[Drive]:
    for place in places:
        try:
            folders = [one for one in place.iterdir() if one.is_dir()]
        except OSError:
            continue
        for folder in folders:
            yield from _drive(folder, folder.name, "")


def _mounted(root: Path, data: Path) -> Iterator[Drive]:
    mounts = list(_mounts(root))
    own = data.stat().st_dev
    kept = {
        _disk(root, number)
        for number, path in mounts
        if _SYSTEM.fullmatch(path) or number == f"{os.major(own)}:{os.minor(own)}"
    }
    seen = set()
    for number, path in mounts:
        disk = _disk(root, number)
        if disk is None or disk in kept or number in seen or not _is_removable(disk):
            continue
        seen.add(number)
        partition = (root / "sys/dev/block" / number).resolve().name
        name = _label(root, partition) or _model(disk) or Path(path).name
        yield from _drive(Path(path), name, f"/dev/{partition}")


def _mounts(root: Path) -> Iterator[tuple[str, str]]:
    """Yield each mount's device number (`8:17`) and its path."""
    for line in (root / "proc/self/mountinfo").read_text("utf-8", "surrogateescape").splitlines():
        fields = line.split(" ")
        yield fields[2], _OCTAL.sub(lambda code: chr(int(code[1], 8)), fields[4])


def _disk(root: Path, number: str) -> Path | None:
    """Give the folder of a whole disk, also for one of its partitions; None for no disk."""
    folder = (root / "sys/dev/block" / number).resolve()
    if not folder.is_dir():
        return None
    return folder.parent if (folder / "partition").exists() else folder


def _is_removable(disk: Path) -> bool:
    by_usb = any(re.fullmatch(r"usb\d+", part) for part in disk.parts)
    return by_usb or _word(disk / "removable") == "1" or _word(disk / "device/type") == "SD"


def _label(root: Path, partition: str) -> str:
    """Give the name that a person gave a drive, '' where nobody did."""
    try:
        links = list((root / "dev/disk/by-label").iterdir())
    except OSError:
        return ""
    for link in links:
        if link.resolve().name == partition:
            raw = _HEX.sub(lambda code: chr(int(code[1], 16)), link.name)
            return raw.encode("latin-1", "replace").decode("utf-8", "replace").strip()
    return ""


def _model(disk: Path) -> str:
    words = (_word(disk / "device" / part) for part in ("vendor", "model", "name"))
    return " ".join(word for word in words if word)


def _word(file: Path) -> str:
    try:
        return file.read_text("utf-8", "replace").strip()
    except OSError:
        return ""


def _drive(path: Path, name: str, device: str) -> Iterator[Drive]:
    """Yield the drive with its space; nothing where it is gone already."""
    try:
        space = os.statvfs(path)
    except OSError:
        return
    yield Drive(
        path=path,
        name=name,
        device=device,
        size_bytes=space.f_frsize * space.f_blocks,
        free_bytes=space.f_frsize * space.f_bavail,
        read_only=bool(space.f_flag & os.ST_RDONLY),
    )
