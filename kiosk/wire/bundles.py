"""Bundles: what the hub tells an installation about one event.

The document that answers an enrolment and `GET /api/v1/bundle`. Staff come with their
scrypt hashes; those go to the till's local tables, never into a journal.
"""

import base64
from typing import Annotated, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from kiosk.domain.barcodes import LONGEST_BARCODE
from kiosk.domain.choices import LONGEST_CHOICE, MOST_CHOICES
from kiosk.domain.discounts import LONGEST_REASON, MOST_REASONS, USUAL_RULES, WHOLE, Bearer
from kiosk.domain.links import ShopLinkError, read_shop_url
from kiosk.domain.methods import CODE, LONGEST_NAME, MOST_METHODS, Kind, State, kind_of
from kiosk.domain.offers import FEWEST_PIECES, MOST_GOODS, MOST_PIECES
from kiosk.domain.qris import QrisError, read_static
from kiosk.errors import N_, KioskError
from printers.bitmap import Bitmap

VERSION: Literal[1] = 1
# 24 kB of PNG in base64: beside the frame it fits an entry of the journal.
LONGEST_LOGO: Final = 32 * 1024

Id = Annotated[str, Field(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]
Words = Annotated[str, Field(max_length=200)]
Name = Annotated[str, Field(min_length=1, max_length=200)]
TillCode = Annotated[str, Field(pattern=r"^[A-Z][0-9]{2,3}$")]
Barcode = Annotated[str, Field(pattern=r"^[!-~]*$", max_length=LONGEST_BARCODE)]
Choice = Annotated[str, Field(min_length=1, max_length=LONGEST_CHOICE)]
Reason = Annotated[str, Field(min_length=1, max_length=LONGEST_REASON)]
Count = Annotated[int, Field(ge=0, le=10_000_000)]
Instant = Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?[+-]\d\d:\d\d$")]


class BundleError(KioskError):
    """A bundle that this till cannot take, with every fault and where it stands."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        super().__init__(
            N_("The hub's data cannot be used: %(faults)s. Ask the organiser to correct them."),
            faults="; ".join(faults[:5]),
        )


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


def _check_link(link: str) -> None:
    try:
        read_shop_url(link)
    except ShopLinkError as error:
        raise ValueError(str(error)) from None


def _check_logo(logo: str | None) -> None:
    if logo is not None:
        Bitmap.from_png(base64.b64decode(logo, validate=True))


def _check_qris(payload: str | None) -> None:
    if payload is not None:
        try:
            read_static(payload)
        except QrisError as error:
            raise ValueError(error.fact) from None


class BundleCampaign(_Model):
    """The campaign (*Program*) the event belongs to."""

    id: Id
    name: Name


class BundleMethod(_Model):
    """A way to pay that the organiser offers; an empty `name` is its kind's usual word."""

    code: Annotated[str, Field(pattern=rf"^{CODE}$")]
    kind: Kind
    name: Annotated[str, Field(max_length=LONGEST_NAME)] = ""
    state: State = "final"
    gives_change: bool = False
    account: Words = ""

    @model_validator(mode="after")
    def _code_says_the_kind(self) -> Self:
        if kind_of(self.code) != self.kind:
            raise ValueError(f"{self.code} is no code of a {self.kind}")
        return self


class BundleDiscounts(_Model):
    """Reasons for a discount, and the most that takes no approval; null measures nothing."""

    reasons: Annotated[list[Reason], Field(max_length=MOST_REASONS)] = list(USUAL_RULES.reasons)
    limit_rp: Annotated[int, Field(ge=0, le=1_000_000_000)] | None = USUAL_RULES.limit.amount_rp
    limit_basis_points: Annotated[int, Field(ge=0, le=WHOLE)] | None = (
        USUAL_RULES.limit.basis_points
    )


class BundleEvent(_Model):
    """The event; `qris` is the bazaar's own static payload for mixed carts.

    `methods` are the ways to pay in the order of their buttons; none are the standard ones.
    """

    id: Id
    name: Name
    place: Words
    bazaar_start: Instant
    bazaar_end: Instant
    qris: str | None
    cash_rounding_rp: Annotated[int, Field(ge=0, le=1000)]
    methods: Annotated[list[BundleMethod], Field(max_length=MOST_METHODS)] = Field(
        default_factory=list
    )
    discounts: BundleDiscounts = Field(default_factory=BundleDiscounts)

    @model_validator(mode="after")
    def _qris_reads(self) -> Self:
        _check_qris(self.qris)
        if len({method.code for method in self.methods}) != len(self.methods):
            raise ValueError("a way to pay stands in it twice")
        return self


class BundleTill(_Model):
    """A drawer of this installation; `stall` limits it to one stall's goods."""

    id: TillCode
    name: Name
    stall: Id | None


class BundleStall(_Model):
    """A vendor's stall; its id is the vendor's. `shop_url` is where it sells online too.

    With `qris_fills` tills put the amount into its code. `transfer_account` is what a buyer
    needs to transfer money to it, empty where transfers go to the bazaar's account.
    """

    id: Id
    name: Name
    vendor: Name
    kelurahan: Words
    qris: str | None
    commission_basis_points: Annotated[int, Field(ge=0, le=10_000)]
    shop_url: Words = ""
    qris_fills: bool = False
    transfer_account: Words = ""

    @model_validator(mode="after")
    def _codes_read(self) -> Self:
        _check_qris(self.qris)
        _check_link(self.shop_url)
        return self


class BundleProduct(_Model):
    """A product; `price_rp` per piece, or per kilogram where `unit` is `g`.

    `stock` is how many pieces or grams its stall brings, null where nobody counts; at
    `low_stock` left a till says so. `open_price` lets a cashier type the price. `replaces`
    are ids under which tills added it at a bazaar.
    """

    id: Id
    stall: Id
    sku: Words
    name: Name
    variant: Words
    category: Name
    price_rp: Annotated[int, Field(ge=0, le=1_000_000_000)]
    unit: Literal["pcs", "g"]
    barcode: Barcode = ""
    choices: Annotated[list[Choice], Field(max_length=MOST_CHOICES)] = []
    stock: Count | None = None
    low_stock: Count | None = None
    open_price: bool = False
    replaces: list[Id] = []


class BundleOffer(_Model):
    """`pieces` of these products of one stall, mixed, for `price_rp`; who bears the rest."""

    id: Id
    name: Annotated[str, Field(min_length=1, max_length=LONGEST_REASON)]
    stall: Id
    products: Annotated[list[Id], Field(min_length=1, max_length=MOST_GOODS)]
    pieces: Annotated[int, Field(ge=FEWEST_PIECES, le=MOST_PIECES)]
    price_rp: Annotated[int, Field(ge=0, le=1_000_000_000)]
    borne_by: Bearer = "stall"


class BundleStaff(_Model):
    """Somebody who signs in; `pin_hash` as werkzeug writes it (`scrypt:…`).

    `stall` is whose goods a vendor may add to and count.
    """

    id: Id
    name: Name
    role: Literal["cashier", "vendor", "coordinator", "organiser"]
    pin_hash: Annotated[str, Field(pattern=r"^scrypt:")]
    stall: Id | None = None


class BundleTexts(_Model):
    """The organiser's own words on a receipt; each line is one printed line.

    `contact` is whom to ask about returns; `logo` a small PNG of black and white dots, base64.
    """

    header: list[Words]
    footer: list[Words]
    contact: Words = ""
    language: Literal["id", "en"] = "id"
    logo: Annotated[str, Field(max_length=LONGEST_LOGO, pattern=r"^[A-Za-z0-9+/]+=*$")] | None = (
        None
    )

    @model_validator(mode="after")
    def _logo_reads(self) -> Self:
        _check_logo(self.logo)
        return self


class Bundle(_Model):
    """All of it. `version` is the hub's ETag for this content."""

    lapak_bundle: Literal[1]
    version: Annotated[str, Field(pattern=r"^[0-9a-f]{16,64}$")]
    installation_name: Name
    campaign: BundleCampaign
    event: BundleEvent
    tills: Annotated[list[BundleTill], Field(min_length=1, max_length=12)]
    stalls: Annotated[list[BundleStall], Field(max_length=1000)]
    products: Annotated[list[BundleProduct], Field(max_length=10_000)]
    staff: Annotated[list[BundleStaff], Field(min_length=1, max_length=500)]
    texts: BundleTexts
    offers: Annotated[list[BundleOffer], Field(max_length=1000)] = []

    @model_validator(mode="after")
    def _offers_name_goods_of_one_stall(self) -> Self:
        stall_of = {product.id: product.stall for product in self.products}
        for offer in self.offers:
            if len(set(offer.products)) != len(offer.products):
                raise ValueError(f"offer “{offer.name}” names a product twice")
            if any(stall_of.get(product) != offer.stall for product in offer.products):
                raise ValueError(f"offer “{offer.name}” names goods that its stall does not have")
        return self

    @model_validator(mode="after")
    def _ids_fit_together(self) -> Self:
        stalls = {stall.id for stall in self.stalls}
        for product in self.products:
            if product.stall not in stalls:
                raise ValueError(f"product “{product.name}” belongs to no stall here")
        for kind, ids in (
            ("stall", [stall.id for stall in self.stalls]),
            ("product", [product.id for product in self.products]),
            ("till", [till.id for till in self.tills]),
            ("offer", [offer.id for offer in self.offers]),
            ("staff", [person.id for person in self.staff]),
        ):
            if len(set(ids)) != len(ids):
                raise ValueError(f"a {kind} stands in it twice")
        return self


def read_bundle(document: object) -> Bundle:
    """Check a bundle as it came from the hub; raises BundleError with all faults."""
    try:
        return Bundle.model_validate(document)
    except ValidationError as error:
        faults = [
            f"{'.'.join(str(part) for part in fault['loc'])}: {fault['msg']}"
            for fault in error.errors(include_url=False, include_input=False)
        ]
        raise BundleError(faults) from None
