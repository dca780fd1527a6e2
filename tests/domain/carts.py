"""Carts for properties of money: a few goods of three stalls, cheap enough to try every way."""

from hypothesis import strategies as st

from kiosk.domain.carts import Cart
from kiosk.domain.catalogue import Product, Stall
from kiosk.domain.discounts import GivenDiscount
from kiosk.domain.lines import CartLine
from kiosk.domain.money import Rupiah
from kiosk.domain.offers import Offer

STALLS = {
    name: Stall(name, name, name, "Melawai", None, basis_points)
    for name, basis_points in (("a", 0), ("b", 1_000), ("c", 333))
}

prices = st.integers(0, 60).map(lambda step: step * 500) | st.integers(0, 40_000)
bearers = st.sampled_from(["stall", "bazaar"])


@st.composite
def catalogues(draw, units=("pcs", "g")):
    """Two to five products, each with its own price."""
    return [
        Product(
            number=number,
            id=f"p{number}",
            stall=draw(st.sampled_from(sorted(STALLS))),
            sku=f"S{number}",
            name=f"Barang {number}",
            variant="",
            category="Kuliner",
            price_rp=Rupiah(draw(prices)),
            unit=draw(st.sampled_from(units)),
        )
        for number in range(1, draw(st.integers(2, 5)) + 1)
    ]


@st.composite
def discounts(draw):
    """A discount as given by hand: rupiah or per cent."""
    reason, borne_by = draw(st.sampled_from(["cacat", "langganan"])), draw(bearers)
    if draw(st.booleans()):
        return GivenDiscount(Rupiah(draw(st.integers(1, 90_000))), None, reason, borne_by)
    return GivenDiscount(None, draw(st.integers(1, 10_000)), reason, borne_by)


@st.composite
def offers(draw, products):
    """Up to three offers, each over some products of one stall."""
    found = []
    for number in range(draw(st.integers(0, 3))):
        stall = draw(st.sampled_from(products)).stall
        own = [product.id for product in products if product.stall == stall]
        found.append(
            Offer(
                id=f"o{number}",
                name=f"Promo {number}",
                stall=stall,
                products=frozenset(draw(st.sets(st.sampled_from(own), min_size=1))),
                pieces=draw(st.integers(2, 4)),
                price_rp=Rupiah(draw(st.integers(0, 90_000))),
                borne_by=draw(bearers),
            )
        )
    return tuple(found)


@st.composite
def carts(draw):
    """A cart with offers, discounts on lines and on the whole, and prices of its own."""
    products = draw(catalogues())
    lines = [
        CartLine(
            key=key,
            product=draw(st.sampled_from(products)),
            qty=draw(st.integers(1, 6)),
            note=draw(st.sampled_from(["", "pedas"])),
            own_price_rp=draw(st.none() | st.integers(0, 50_000)),
            discount=draw(st.none() | discounts()),
        )
        for key in range(1, draw(st.integers(1, 6)) + 1)
    ]
    whole = draw(st.none() | discounts())
    return Cart("c", "K01", "1", 1, tuple(lines), discount=whole, offers=draw(offers(products)))
