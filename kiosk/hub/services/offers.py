"""Offers: the organiser names goods by SKU; tills apply the offer by themselves."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from kiosk.clock import Clock
from kiosk.domain.offers import FEWEST_PIECES, MOST_GOODS, MOST_PIECES
from kiosk.errors import N_
from kiosk.hub.services.campaigns import FieldError, NotFoundError
from kiosk.hub.services.changes import audit_change
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
        return [
            OfferRow(offer, names[offer.vendor], skus_of(connection, offer))
            for offer in list_offers(connection, campaign_id)
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

    Raises OfferPiecesError and what `of_goods` raises.
    """
    with store.begin() as connection:
        goods = of_goods(offer, skus, lambda sku: find_sku(connection, offer.campaign, sku))
        put_offer(connection, clock, by, goods)


def of_goods(
    offer: CampaignOffer, skus: Sequence[str], find: Callable[[str], CampaignProduct | None]
) -> CampaignOffer:
    """Give an offer with the goods that these SKUs name; `find` takes them in small letters.

    Raises OfferGoodsError, OfferSkuUnknownError, OfferUnfitGoodsError.
    """
    named = list(dict.fromkeys(sku.strip().lower() for sku in skus if sku.strip()))
    if not 1 <= len(named) <= MOST_GOODS:
        raise OfferGoodsError
    goods: list[CampaignProduct] = []
    for sku in named:
        product = find(sku)
        if product is None:
            raise OfferSkuUnknownError(sku)
        if product.unit == "g" or (goods and product.vendor != goods[0].vendor):
            raise OfferUnfitGoodsError(product.label)
        goods.append(product)
    return replace(offer, vendor=goods[0].vendor, products=tuple(sorted(one.id for one in goods)))


def check_pieces(offer: CampaignOffer) -> None:
    """Raise OfferPiecesError for an offer of too few or too many pieces."""
    if not FEWEST_PIECES <= offer.pieces <= MOST_PIECES:
        raise OfferPiecesError


def put_offer(connection: Connection, clock: Clock, by: str, offer: CampaignOffer) -> None:
    """Write an offer that names its goods, in the caller's transaction.

    Raises OfferPiecesError.
    """
    check_pieces(offer)
    before = find_offer(connection, offer.id)
    write_offer(connection, offer)
    audit_change(
        connection,
        clock,
        by,
        "offer",
        before=before,
        after=offer,
        facts={
            "name": offer.name,
            "pieces": offer.pieces,
            "price_rp": offer.price_rp,
            "skus": skus_of(connection, offer),
            "active": offer.active,
        },
    )


def skus_of(connection: Connection, offer: CampaignOffer) -> tuple[str, ...]:
    """Give the SKUs of an offer's goods, sorted."""
    goods = (find_product(connection, product) for product in offer.products)
    return tuple(sorted(one.sku for one in goods if one))


def set_offer_active(store: Store, clock: Clock, by: str, row: OfferRow, *, active: bool) -> None:
    """Put an offer in force again, or end it; what was sold stays as it was sold."""
    save_offer(store, clock, by, replace(row.offer, active=active), row.skus)
