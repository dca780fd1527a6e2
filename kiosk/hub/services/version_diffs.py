"""What changed between two snapshots: figures by any group, and what arrived in between."""

from dataclasses import dataclass

from kiosk.hub.services.snapshots import Snapshot
from kiosk.hub.storage.imports import Counted


@dataclass(frozen=True, slots=True)
class Difference:
    """One group's figures before and after; `name` is '' where only a page has words for it."""

    key: str
    name: str
    before: Counted
    after: Counted

    @property
    def change(self) -> Counted:
        """What was added, negative where something went."""
        return self.after + -self.before


@dataclass(frozen=True, slots=True)
class Arrived:
    """Entries of one machine that came in between."""

    machine: str
    entries: int


@dataclass(frozen=True, slots=True)
class VersionDiff:
    """Two snapshots held against each other; only groups that differ are in `rows`."""

    before: Counted
    after: Counted
    rows: list[Difference]
    arrived: list[Arrived]
    files: list[str]

    @property
    def change(self) -> Counted:
        """What the whole total changed by."""
        return self.after + -self.before


def compare(before: Snapshot, after: Snapshot, group: str, event: str = "") -> VersionDiff:
    """Hold two snapshots of one campaign against each other by one of `snapshots.GROUPS`."""
    old, new = before.sums_by(group, event), after.sums_by(group, event)
    rows = [
        Difference(
            key,
            after.name_of(group, key) or before.name_of(group, key),
            old.get(key, Counted()),
            new.get(key, Counted()),
        )
        for key in old.keys() | new.keys()
    ]
    changed = [row for row in rows if row.before != row.after]
    changed.sort(key=lambda row: (-abs(row.change.omzet_rp), row.name, row.key))
    known = {one["id"] for one in before.imports}
    return VersionDiff(
        before.total(event),
        after.total(event),
        changed,
        _arrived(before, after),
        [str(one["file_name"]) for one in after.imports if one["id"] not in known],
    )


def _arrived(before: Snapshot, after: Snapshot) -> list[Arrived]:
    """Count by machine the entries that the later snapshot has more."""
    seqs = {one["id"]: one["seq"] for one in before.journals}
    names = {one["id"]: str(one["name"]) for one in after.machines}
    found: dict[str, int] = {}
    for one in after.journals:
        more = one["seq"] - seqs.get(one["id"], 0)
        if more > 0:
            machine = names.get(one["machine"], one["machine"])
            found[machine] = found.get(machine, 0) + more
    return [Arrived(machine, entries) for machine, entries in sorted(found.items())]
