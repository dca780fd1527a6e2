"""The demonstration's offers, which tills apply by themselves; names of nobody."""

from dataclasses import dataclass
from typing import Final

from kiosk.domain.discounts import Bearer
from kiosk.domain.money import Rupiah


@dataclass(frozen=True, slots=True)
class DemoOffer:
    """Several pieces of one vendor's goods for one price."""

    name: str
    skus: tuple[str, ...]
    pieces: int
    price_rp: Rupiah
    borne_by: Bearer = "stall"


OFFERS: Final = (
    DemoOffer("3 jamu Rp50.000", ("SOJ-BK250", "SOJ-TL250"), 3, Rupiah(50_000)),
    DemoOffer("2 bir pletok Rp65.000", ("WB86-PLETOK",), 2, Rupiah(65_000), "bazaar"),
)
