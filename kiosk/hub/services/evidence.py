"""The *berkas bukti* of a frozen version: a ZIP that anyone can check without this program.

Entries are in it as the machines sent them, byte for byte. The seal of each segment in it is
made with the version's own fingerprint, which is public: it shows that a file is whole, not
which device sent it; what the device's seal proved was checked when the entries arrived.
"""

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any, Final

from sqlalchemy import Connection

from kiosk.domain.entries import Sealed, first_prev
from kiosk.hub.services.csv_files import csv_bytes
from kiosk.hub.services.evidence_words import README
from kiosk.hub.services.snapshots import GROUPS, Snapshot, read_snapshot
from kiosk.hub.services.versions import version_content
from kiosk.hub.storage.evidence import claims_until, entries_until, trail_until, tray_until
from kiosk.hub.storage.frozen import FrozenContent, FrozenVersion
from kiosk.hub.storage.rekaps import read_evidence
from kiosk.hub.storage.store import Store
from kiosk.wire.segments import (
    LARGEST_SEGMENT_BYTES,
    MOST_ENTRIES,
    SegmentHeader,
    pack,
    write_segment,
)

VERIFIER: Final = Path(__file__).parents[3] / "docs" / "verify_journal.py"
# What stands in place of a device's id: these segments come from the hub.
SENDER: Final = "hub"
_SUMS: Final = "SHA256SUMS"
# Of entries in a segment; the rest is room for its header and its seal.
_MOST_BYTES: Final = LARGEST_SEGMENT_BYTES - 4_096
_COUNTED: Final = ("units", "omzet_rp", "units_final", "omzet_final_rp")


def write_evidence(
    store: Store, campaign_id: str, version: FrozenVersion, press: Mapping[str, str], out: IO[bytes]
) -> None:
    """Write a version's ZIP; raises BrokenVersionError where the version was tampered with.

    It is written a piece at a time, so that memory does not grow with the number of sales.
    """
    content = version_content(store, campaign_id, version)
    snapshot = read_snapshot(content.figures)
    sums: list[tuple[str, str]] = []
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive, store.read() as connection:
        for name, pieces in _files(connection, version, snapshot, content, press):
            digest = hashlib.sha256()
            with archive.open(name, "w") as member:
                for piece in pieces:
                    digest.update(piece)
                    member.write(piece)
            sums.append((digest.hexdigest(), name))
        archive.writestr(_SUMS, "".join(f"{digest}  {name}\n" for digest, name in sums))


def _files(
    connection: Connection,
    version: FrozenVersion,
    snapshot: Snapshot,
    content: FrozenContent,
    press: Mapping[str, str],
) -> Iterator[tuple[str, Iterable[bytes]]]:
    yield "BACA-INI.txt", [_readme(version, snapshot)]
    yield "angka.json", [content.figures]
    yield "pesanan.jsonl", [content.orders]
    yield "aturan.txt", ["".join(f"- {rule}\n" for rule in snapshot.rules).encode()]
    for language, text in press.items():
        yield f"siaran-pers-{language}.txt", [text.encode()]
    for group in GROUPS:
        yield f"tabel/{group}.csv", [_table(snapshot, group)]
    for name in ("payments", "discounts", "imports", "rekaps", "machines", "journals", "events"):
        yield f"tabel/{name}.csv", [_rows(getattr(snapshot, name))]
    yield "tabel/matches.csv", [_rows(_matches(snapshot, content.orders))]
    ids = [str(one["id"]) for one in snapshot.journals]
    yield "jejak/audit.csv", [_rows(trail_until(connection, version.at))]
    yield "jejak/review.csv", [_rows(tray_until(connection, ids, version.at))]
    yield "jejak/claims.csv", [_rows(claims_until(connection, version.at))]
    for one in snapshot.rekaps:
        shown = read_evidence(connection, str(one["id"]))
        if shown is not None:
            yield f"rekap/{one['id']}-{_plain(str(one['evidence_name']))}", [shown]
    machines = {one["id"]: str(one["name"]) for one in snapshot.machines}
    for one in snapshot.journals:
        machine = _plain(machines.get(one["machine"], ""))
        name = f"jurnal/{machine or 'mesin'}-{one['id']}.lapak.gz"
        yield name, _segments(connection, version, str(one["id"]), int(one["seq"]))
    yield "verify_journal.py", [VERIFIER.read_bytes()]


def _segments(
    connection: Connection, version: FrozenVersion, journal_id: str, last: int
) -> Iterator[bytes]:
    """Give a journal up to a position as the members of a `*.lapak.gz` file."""
    waiting: list[Sealed] = []
    size = 0
    prev = first_prev(journal_id)
    for one in entries_until(connection, journal_id, last):
        size += len(one.stored) + 1
        if waiting and (len(waiting) == MOST_ENTRIES or size > _MOST_BYTES):
            yield _segment(version, journal_id, prev, waiting)
            prev, waiting, size = waiting[-1].hash, [], len(one.stored) + 1
        waiting.append(one)
    if waiting:
        yield _segment(version, journal_id, prev, waiting)


def _segment(version: FrozenVersion, journal_id: str, prev: bytes, entries: list[Sealed]) -> bytes:
    header = SegmentHeader(
        journal=journal_id,
        device=SENDER,
        first=entries[0].seq,
        count=len(entries),
        prev=prev,
        head=entries[-1].hash,
        made_at=version.at.isoformat(timespec="milliseconds"),
    )
    secret = bytes.fromhex(version.sha256)
    return pack(write_segment(header, [one.stored for one in entries], secret))


def _readme(version: FrozenVersion, snapshot: Snapshot) -> bytes:
    total = snapshot.total(version.event)
    heads = "".join(f"  {one['id']}  {one['seq']:>7}  {one['head']}\n" for one in snapshot.journals)
    return README.format(
        n=version.n,
        campaign=snapshot.campaign["name"],
        event=snapshot.name_of("event", version.event) or "semua acara / all events",
        at=snapshot.at,
        status=version.status,
        units=total.units,
        omzet_rp=total.omzet_rp,
        units_final=total.units_final,
        omzet_final_rp=total.omzet_final_rp,
        sha256=version.sha256,
        heads=heads or "  –\n",
    ).encode()


def _table(snapshot: Snapshot, group: str) -> bytes:
    """Give the figures by one group and event, ids beside names."""
    rows = [
        (
            snapshot.name_of("event", event),
            event,
            snapshot.name_of(group, key),
            key,
            *(getattr(counted, name) for name in _COUNTED),
        )
        for event in [*(str(one["id"]) for one in snapshot.events), ""]
        for key, counted in sorted(snapshot.sums_by(group, event or None).items())
    ]
    return csv_bytes(("event", "event_id", group, f"{group}_id", *_COUNTED), rows)


def _matches(snapshot: Snapshot, orders: bytes) -> list[dict[str, Any]]:
    """Give each marketplace listing that was sold, and which product it counted as."""
    found: dict[tuple[str, str, str], dict[str, Any]] = {}
    for text in io.BytesIO(orders):
        order = json.loads(text)
        for line in order["lines"]:
            key = (order["source"], line["sku"], line["name"])
            found[key] = {
                "source": order["source"],
                "sku": line["sku"],
                "listing": line["name"],
                "product_id": line["product"],
                "product": snapshot.name_of("product", line["product"]) if line["product"] else "",
                "vendor": snapshot.name_of("vendor", line["vendor"]) if line["vendor"] else "",
            }
    return [found[key] for key in sorted(found)]


def _plain(text: str) -> str:
    """Cut a name down to what may stand in a file's."""
    return re.sub(r"[^a-z0-9.]+", "-", text.lower()).strip("-.")


def _rows(rows: Iterable[Mapping[str, Any]]) -> bytes:
    """Write plain rows as CSV, their own names as the head."""
    listed = list(rows)
    head = list(listed[0]) if listed else ["empty"]
    return csv_bytes(head, [[_cell(row[name]) for name in head] for row in listed])


def _cell(value: object) -> str | int:
    if isinstance(value, bool) or value is None:
        return {True: "yes", False: "no", None: ""}[value]
    return value if isinstance(value, int) else str(value)
