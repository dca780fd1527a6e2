"""Taking a bundle: its full content into the journal, its secrets beside it.

All in one transaction. A bundle larger than one entry is sealed as several parts.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from kiosk.domain.entries import Operator, canonical_json
from kiosk.services.installation import Installation
from kiosk.services.recording import record
from kiosk.storage import carts, catalogue, staff_secrets, waiting_bundle
from kiosk.storage.database import Connection
from kiosk.wire.bundles import Bundle, read_bundle

# Room for the entry's own fields and the bundle's frame beside the lists of one part.
PART_BYTES: Final = 48 * 1024
_LISTS: Final = ("tills", "stalls", "products", "staff", "offers", "logos")


def apply_bundle(
    here: Installation,
    connection: Connection,
    document: dict[str, Any],
    by: Operator | None = None,
) -> bool:
    """Apply a bundle as it came from the hub; False where it is the one in force.

    The staff's hashes are kept either way: a restored machine has its catalogue from the
    journal, and no hash. `by` is who looked at it, None where nobody had to. Raises
    BundleError naming every fault; then nothing has changed.
    """
    bundle = read_bundle(document)
    former = [person.id for person in catalogue.staff(connection)]
    hashes = {person.id: person.pin_hash for person in bundle.staff}
    staff_secrets.replace(connection, hashes, former)
    waiting_bundle.forget(connection)
    current = catalogue.catalogue(connection)
    if current and current.version == bundle.version:
        return False
    seal_bundle(here, connection, bundle, Sealing(by))
    return True


@dataclass(frozen=True, slots=True)
class Sealing:
    """Who applied a bundle and who allowed it; `undoes` is the version that it takes back."""

    by: Operator | None = None
    approved_by: Operator | None = None
    undoes: str | None = None


def seal_bundle(
    here: Installation, connection: Connection, bundle: Bundle, sealing: Sealing
) -> None:
    """Put a bundle's full content into the journal, and let every open order be shown anew."""
    undoes = {"undoes": sealing.undoes} if sealing.undoes else {}
    parts = list(_parts(bundle))
    for n, lists in enumerate(parts, start=1):
        body = {**_frame(bundle), **lists, "part": n, "parts": len(parts), **undoes}
        record(
            here,
            connection,
            "bundle_applied",
            body,
            by=sealing.by,
            approved_by=sealing.approved_by,
        )
    carts.show_anew(connection)


def _frame(bundle: Bundle) -> dict[str, Any]:
    return {
        "version": bundle.version,
        "installation_name": bundle.installation_name,
        "campaign": bundle.campaign.model_dump(),
        "event": bundle.event.model_dump(),
        "texts": bundle.texts.model_dump(exclude={"logo"}),
    }


def _parts(bundle: Bundle) -> Iterator[dict[str, list[Any]]]:
    """Cut the bundle's lists into parts that each fit an entry; there is at least one."""
    part: dict[str, list[Any]] = {name: [] for name in _LISTS}
    size = 0
    for name, row in _rows(bundle):
        row_size = len(canonical_json(row)) + 1
        if size and size + row_size > PART_BYTES:
            yield part
            part = {name: [] for name in _LISTS}
            size = 0
        part[name].append(row)
        size += row_size
    yield part


def _rows(bundle: Bundle) -> Iterator[tuple[str, dict[str, Any]]]:
    for till in bundle.tills:
        yield "tills", till.model_dump()
    for stall in bundle.stalls:
        yield "stalls", stall.model_dump()
    for product in bundle.products:
        yield "products", product.model_dump(exclude_defaults=True)
    for person in bundle.staff:
        yield "staff", person.model_dump(exclude={"pin_hash"}, exclude_defaults=True)
    for offer in bundle.offers:
        yield "offers", offer.model_dump(exclude_defaults=True)
    if bundle.texts.logo:
        yield "logos", {"png": bundle.texts.logo}
