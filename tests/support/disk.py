"""A disk that loses its power, fills up and fails, put under a real program.

`disk.c` stands between the program and the kernel: of every file it keeps, beside the
folder, only what was written before the file's last fsync. A power cut leaves that, and
of what was written since any sectors in any mixture, as a real disk may.
"""

import errno
import mmap
import random
import shutil
import struct
import subprocess
from pathlib import Path

SOURCE = Path(__file__).with_name("disk.c")
SECTOR = 512
# As `struct control` of disk.c: three faults (an errno, calls before it), space left, calls,
# whether every sync hangs.
LAYOUT = struct.Struct("=ii ii ii qq i4x")
NEVER = (0, 0)


def compile_disk(folder: Path) -> Path:
    """Build the library once for a session."""
    library = folder / "disk.so"
    subprocess.run(
        ["gcc", "-shared", "-fPIC", "-O2", "-Wall", "-Werror", "-o", library, SOURCE, "-ldl"],
        check=True,
    )
    return library


class Disk:
    """The disk under `folder`; its notes lie beside it."""

    def __init__(self, library: Path, folder: Path) -> None:
        self.folder = folder
        self._library = library
        self._durable = folder.with_name(folder.name + ".durable")
        control = folder.with_name(folder.name + ".control")
        control.write_bytes(bytes(LAYOUT.size))
        with control.open("r+b") as file:
            self._control = mmap.mmap(file.fileno(), LAYOUT.size)
        self._control_path = control
        self.heal()
        self._keep_all()

    def environment(self) -> dict[str, str]:
        """Give the settings that put the disk under a program."""
        return {
            "LD_PRELOAD": str(self._library),
            "DISK_ROOT": str(self.folder),
            "DISK_DURABLE": str(self._durable),
            "DISK_CONTROL": str(self._control_path),
        }

    def heal(self) -> None:
        """Let everything go well from now on, with all the space there is."""
        self._set(NEVER, NEVER, NEVER, -1)

    def fail(self, *, writes: int | None = None, syncs: int | None = None) -> None:
        """Fail every write or sync (EIO), the first so many excepted."""
        self._set(
            NEVER if writes is None else (errno.EIO, writes),
            NEVER if syncs is None else (errno.EIO, syncs),
            NEVER,
            -1,
        )

    def fill(self, space_left: int = 0) -> None:
        """Leave so many bytes; files may be written in place, but no longer grow."""
        self._set(NEVER, NEVER, NEVER, space_left)

    def make_read_only(self) -> None:
        """Refuse every write and every opening for writing, as a file system after a fault."""
        self._set((errno.EROFS, 0), (errno.EROFS, 0), (errno.EROFS, 0), -1)

    def hang(self) -> None:
        """Let no sync come back until the disk is healed, as a stick that is half pulled out."""
        self._set(NEVER, NEVER, NEVER, -1, hangs=1)

    @property
    def calls(self) -> int:
        """How many writes and syncs there were since the last setting."""
        return LAYOUT.unpack(self._control[:])[-2]

    def lose_power(self, chance: random.Random) -> None:
        """Leave in the folder what a disk may hold after a cut; the program must be dead."""
        kind = chance.choice(("synced only", "everything", "any sectors"))
        left = self.folder.with_name(self.folder.name + ".left")
        names = {
            path.relative_to(top) for top in (self.folder, self._durable) for path in files(top)
        }
        for name in sorted(names):
            # The index of SQLite's log lives in memory, and is made anew from the log.
            if not name.name.endswith("-shm"):
                self._leave(name, left / name, kind, chance)
        shutil.rmtree(self.folder)
        left.rename(self.folder)
        self._keep_all()

    def _leave(self, name: Path, place: Path, kind: str, chance: random.Random) -> None:
        written, synced = (read(top / name) for top in (self.folder, self._durable))
        if kind == "synced only":
            content = synced
        elif kind == "everything":
            content = written
        else:
            content = mixed(written, synced, chance)
        if content is not None:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)
            place.chmod(0o600)

    def _keep_all(self) -> None:
        """Take all that is there now for durable."""
        shutil.rmtree(self._durable, ignore_errors=True)
        shutil.copytree(self.folder, self._durable)

    def _set(
        self,
        write: tuple[int, int],
        sync: tuple[int, int],
        opening: tuple[int, int],
        space: int,
        hangs: int = 0,
    ) -> None:
        self._control[:] = LAYOUT.pack(*write, *sync, *opening, space, 0, hangs)


def files(top: Path) -> list[Path]:
    """List the files below a folder."""
    return [path for path in top.rglob("*") if path.is_file()]


def read(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None


def mixed(written: bytes | None, synced: bytes | None, chance: random.Random) -> bytes | None:
    """Take each sector, and the length, from what was written or what was synced."""
    if written is None or synced is None:
        return chance.choice((written, synced))
    length = len(chance.choice((written, synced)))
    whole = b"".join(
        chance.choice((written, synced))[at : at + SECTOR].ljust(SECTOR, b"\0")
        for at in range(0, length, SECTOR)
    )
    return whole[:length]
