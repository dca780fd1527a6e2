"""An export as it waits to be taken: what was read of the file, without its buyers.

The file itself is never kept. Gzipped JSON, checked again when it is read back.
"""

import gzip

from pydantic import TypeAdapter

from kiosk.hub.marketplaces.orders import Export

_EXPORTS = TypeAdapter(Export)
_LEVEL = 6


def to_stored(export: Export) -> bytes:
    """Pack what was read of a file."""
    return gzip.compress(_EXPORTS.dump_json(export), _LEVEL, mtime=0)


def from_stored(stored: bytes) -> Export:
    """Unpack what `to_stored` packed; raises ValueError for anything else."""
    return _EXPORTS.validate_json(gzip.decompress(stored), strict=True)
