"""Offers: the organiser names goods by SKU; tills apply the offer by themselves."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kiosk.clock import Clock
from kiosk.domain.offers import FEWEST_PIECES, MOST_GOODS, MOST_PIECES
from kiosk.errors import N_
from kiosk.hub.services.accounts import audit
from kiosk.hub.services.campaigns import FieldError, NotFoundError
from kiosk.hub.services.trail import differences
from kiosk.hub.storage.offers import CampaignOffer, find_offer, list_offers, write_offer
from kiosk.hub.storage.products import CampaignProduct, find_product, find_sku
from kiosk.hub.storage.store import Store
from kiosk.hub.storage.vendors import list_vendors


class OfferPiecesError(FieldError):
    """An offer of too few or too many pieces."""

    field = "pieces"

    def __init__(self) -> None:
        super().__init__(
            N_("An offer is of %(fewest)d to %(most)d pieces."),
            fewest=FEWEST_PIECES,
            most=MOST_PIECES,
        )


class OfferGoodsError(FieldError):
    """An offer names no goods, or more than fit."""

    field = "skus"

    def __init__(self) -> None:
        super().__init__(N_("Name 1 to %(most)d products, one SKU a line."), most=MOST_GOODS)


class OfferSkuUnknownError(FieldError):
    """An offer names a SKU that the campaign does not have."""

    field = "skus"

    def __init__(self, sku: str) -> None:
        self.sku = sku[:80]
        super().__init__(N_("There is no product with the SKU %(sku)s."), sku=self.sku)


class OfferUnfitGoodsError(FieldError):
    """An offer mixes vendors, or names goods sold by weight."""

    field = "skus"

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(
            N_("“%(name)s” does not fit: an offer is of pieces of one vendor's goods."), name=name
        )


@dataclass(frozen=True, slots=True)
class OfferRow:
    """An offer with its vendor's name and its goods' SKUs."""

    offer: CampaignOffer
    vendor: str
    skus: tuple[str, ...]


def campaign_offers(store: Store, campaign_id: str) -> list[OfferRow]:
    """Give a campaign's offers by name."""
    with store.read() as connection:
        names = {vendor.id: vendor.name for vendor in list_vendors(connection, campaign_id)}
        found = [
            (offer, [find_product(connection, product) for product in offer.products])
            for offer in list_offers(connection, campaign_id)
        ]
    return [
        OfferRow(offer, names[offer.vendor], tuple(sorted(one.sku for one in goods if one)))
        for offer, goods in found
    ]


def open_offer(store: Store, campaign_id: str, offer_id: str) -> OfferRow:
    """Give one offer of a campaign; raises NotFoundError."""
    found = (row for row in campaign_offers(store, campaign_id) if row.offer.id == offer_id)
    row = next(found, None)
    if row is None:
        raise NotFoundError
    return row


def save_offer(
    store: Store, clock: Clock, by: str, offer: CampaignOffer, skus: Sequence[str]
) -> None:
    """Write an offer, new or changed, of the goods named by SKU; whose they are follows.

    Raises OfferPiecesError, OfferGoodsError, OfferSkuUnknownError, OfferUnfitGoodsError.
    """
    if not FEWEST_PIECES <= offer.pieces <= MOST_PIECES:
        raise OfferPiecesError
    named = list(dict.fromkeys(sku.strip().lower() for sku in skus if sku.strip()))
    if not 1 <= len(named) <= MOST_GOODS:
        raise OfferGoodsError
    with store.begin() as connection:
        goods: list[CampaignProduct] = []
        for sku in named:
            product = find_sku(connection, offer.campaign, sku)
            if product is None:
                raise OfferSkuUnknownError(sku)
            if product.unit == "g" or (goods and product.vendor != goods[0].vendor):
                raise OfferUnfitGoodsError(product.label)
            goods.append(product)
        before = find_offer(connection, offer.id)
        written = replace(offer, vendor=goods[0].vendor, products=tuple(one.id for one in goods))
        write_offer(connection, written)
        audit(
            connection,
            clock,
            by=by,
            action="offer added" if before is None else "offer changed",
            subject=offer.id,
            facts={
                "name": offer.name,
                "pieces": offer.pieces,
                "price_rp": offer.price_rp,
                "skus": [one.sku for one in goods],
                "active": offer.active,
                "changes": differences(before, written),
            },
        )


def set_offer_active(store: Store, clock: Clock, by: str, row: OfferRow, *, active: bool) -> None:
    """Put an offer in force again, or end it; what was sold stays as it was sold."""
    save_offer(store, clock, by, replace(row.offer, active=active), row.skus)
