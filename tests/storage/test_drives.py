"""Removable drives, found in a /proc and a /sys of the test's own; the folders are real."""

import os

import pytest

from kiosk.storage.drives import closed_drives, drives, let_go


class Machine:
    """What Linux tells of a machine's disks, as files."""

    def __init__(self, root):
        self.root = root
        self.mounts = []
        for folder in ("proc/self", "sys/dev/block", "dev/disk/by-label", "media", "data"):
            (root / folder).mkdir(parents=True)

    def disk(self, number, way, mounted_at, *, removable="0", label=None, model=None):
        """A disk with one partition, mounted; `way` is where it hangs."""
        disk = self.root / f"sys/devices/{way}"
        partition = disk / f"{disk.name}1"
        (disk / "device").mkdir(parents=True)
        partition.mkdir()
        (partition / "partition").write_text("1\n")
        (disk / "removable").write_text(f"{removable}\n")
        if model:
            (disk / "device/model").write_text(f"{model}  \n")
        (self.root / "sys/dev/block" / number).symlink_to(partition)
        if label:
            node = self.root / "dev" / partition.name
            node.touch()
            (self.root / "dev/disk/by-label" / label).symlink_to(node)
        path = str(mounted_at).replace(" ", "\\040")
        self.mounts.append(f"36 27 {number} / {path} rw - vfat /dev/{partition.name} rw")

    def drives(self):
        (self.root / "proc/self/mountinfo").write_text("\n".join(self.mounts) + "\n")
        return drives((), self.root / "data", self.root)


@pytest.fixture
def machine(tmp_path):
    return Machine(tmp_path)


def test_a_stick_is_named_as_its_owner_named_it_with_its_free_space(machine, tmp_path):
    stick = tmp_path / "media/STIK PANITIA"
    stick.mkdir()
    machine.disk("8:17", "pci0/usb1/1-1/block/sdb", stick, removable="1", label="STIK\\x20PANITIA")

    [found] = machine.drives()

    space = os.statvfs(stick)
    assert (found.name, found.path, found.device) == ("STIK PANITIA", stick, "/dev/sdb1")
    assert found.size_bytes == space.f_frsize * space.f_blocks
    assert 0 < found.free_bytes <= found.size_bytes
    assert not found.read_only


def test_a_stick_without_a_name_is_called_by_its_make(machine, tmp_path):
    stick = tmp_path / "media/1234-ABCD"
    stick.mkdir()
    machine.disk("8:17", "pci0/usb1/1-1/block/sdb", stick, model="Cruzer Blade")

    assert [one.name for one in machine.drives()] == ["Cruzer Blade"]


def test_the_machines_own_disks_are_no_sticks_also_where_they_hang_by_usb(machine, tmp_path):
    own = (tmp_path / "data").stat().st_dev
    machine.disk("8:1", "pci0/usb1/1-2/block/sda", "/", removable="1")
    machine.disk("8:33", "pci0/ata1/block/sdc", tmp_path / "media")
    machine.disk(
        f"{os.major(own)}:{os.minor(own)}", "pci0/usb2/block/sdd", tmp_path / "data", removable="1"
    )
    machine.mounts.append("22 27 0:21 / /proc rw - proc proc rw")

    assert machine.drives() == []


def test_a_stick_pulled_while_it_is_listed_is_not_there(machine, tmp_path):
    machine.disk("8:17", "pci0/usb1/1-1/block/sdb", tmp_path / "media/gone", removable="1")

    assert machine.drives() == []


def test_where_places_are_set_each_of_their_folders_is_a_stick(tmp_path):
    for name in ("beta", "Alfa"):
        (tmp_path / "sticks" / name).mkdir(parents=True)
    (tmp_path / "sticks/file").touch()

    found = drives((tmp_path / "sticks", tmp_path / "nowhere"), tmp_path)

    assert [one.name for one in found] == ["Alfa", "beta"]
    assert len({one.key for one in found}) == 2
    assert not let_go(found[0])


def test_a_stick_that_the_system_has_not_opened_is_named_too(machine, tmp_path):
    machine.disk("8:17", "pci0/usb1/1-1/block/sdb", tmp_path / "media", removable="1", model="Pen")
    machine.mounts = ["22 27 0:21 / /proc rw - proc proc rw"]
    disk = tmp_path / "sys/devices/pci0/usb1/1-1/block/sdb"
    (disk / "size").write_text("60000\n")
    (tmp_path / "sys/block").mkdir()
    (tmp_path / "sys/block/sdb").symlink_to(disk)
    machine.drives()

    assert [(one.device, one.name) for one in closed_drives(tmp_path)] == [("/dev/sdb1", "Pen")]

    (disk / "size").write_text("0\n")
    assert closed_drives(tmp_path) == []
