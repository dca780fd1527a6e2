"""The trail's words in a person's language: what was done, to what, and which field changed.

What is not known here stands as the program wrote it, which is English and readable.
"""

import re
from datetime import datetime
from typing import Final

from flask_babel import gettext as _

from kiosk.domain.money import Rupiah, format_rupiah
from kiosk.errors import N_
from kiosk.webtools.i18n import format_short_moment

_AMOUNT: Final = re.compile(r"-?[0-9]+")
_INSTANT: Final = re.compile(r"[0-9-]{10}[T ][0-9:.]{5,12}[+-][0-9]{2}:[0-9]{2}")
_SHA256: Final = re.compile(r"[0-9a-f]{64}")
_SHOWN_OF_SHA256: Final = 12

_ACTIONS: Final = {
    "payments decided": N_("Claimed payments decided"),
    "payments undecided": N_("Decision on payments taken back"),
    "press text changed": N_("Press text changed"),
    "version frozen": N_("Totals frozen as a version"),
    "account added": N_("Account made"),
    "account changed": N_("Account changed"),
    "account closed": N_("Account closed"),
    "account opened": N_("Account opened again"),
    "campaign added": N_("Campaign made"),
    "campaign changed": N_("Campaign changed"),
    "curation accepted": N_("Proposal accepted"),
    "curation rule changed": N_("Rule of ranking changed"),
    "curation taken back": N_("Proposal taken back"),
    "columns mapped": N_("Columns of a file explained"),
    "catalogue file made": N_("Catalogue file made"),
    "device for a file made": N_("Code of a start file made"),
    "device revoked": N_("Machine's trust withdrawn"),
    "device trusted again": N_("Machine trusted again"),
    "enrolment code made": N_("Enrolment code made"),
    "event added": N_("Event made"),
    "event changed": N_("Event changed"),
    "event removed": N_("Event removed"),
    "file counted": N_("Import counted"),
    "file counted again": N_("Import counted again"),
    "file described": N_("Said about an import"),
    "file dropped": N_("Import dropped"),
    "file read": N_("Import read"),
    "file undone": N_("Import undone"),
    "installation added": N_("Machine made"),
    "installation renamed": N_("Machine renamed"),
    "installation removed": N_("Machine removed"),
    "journal file taken": N_("File of a machine taken"),
    "listing matched": N_("Listing matched"),
    "mapping forgotten": N_("Columns of a file forgotten"),
    "match forgotten": N_("Match forgotten"),
    "offer added": N_("Offer made"),
    "offer changed": N_("Offer changed"),
    "password changed": N_("Password changed"),
    "product added": N_("Product made"),
    "product changed": N_("Product changed"),
    "product removed": N_("Product removed"),
    "rekap added": N_("Total typed in"),
    "rekap counted again": N_("Typed-in total counted again"),
    "rekap undone": N_("Typed-in total undone"),
    "receipt changed": N_("Receipt changed"),
    "review decided": N_("Review decided"),
    "review reopened": N_("Review opened again"),
    "session ended": N_("Browser signed out"),
    "sheet dropped": N_("Spreadsheet dropped"),
    "sheet read": N_("Spreadsheet read"),
    "sheet taken": N_("Spreadsheet taken"),
    "sheet undone": N_("Spreadsheet undone"),
    "signed in": N_("Signed in here"),
    "start file made": N_("Start file made"),
    "staff added": N_("Staff added"),
    "staff changed": N_("Staff changed"),
    "staff removed": N_("Staff removed"),
    "till added": N_("Till made"),
    "till changed": N_("Till changed"),
    "vendor added": N_("Vendor made"),
    "vendor changed": N_("Vendor changed"),
    "vendor removed": N_("Vendor removed"),
    "vendors merged": N_("Vendors merged"),
    "vendors parted": N_("Merge of vendors undone"),
}
_FIELDS: Final = {
    "active": N_("in use"),
    "as_of": N_("as of"),
    "barcode": N_("barcode"),
    "bazaar_end": N_("bazaar ends"),
    "bazaar_start": N_("bazaar begins"),
    "binaan": N_("guiding office"),
    "borne_by": N_("borne by"),
    "browser": N_("browser"),
    "cash_rounding_rp": N_("rounding of cash"),
    "category": N_("category"),
    "choices": N_("choices"),
    "city": N_("city"),
    "code": N_("code"),
    "commission_basis_points": N_("commission (hundredths of a per cent)"),
    "contact": N_("contact"),
    "cost_rp": N_("cost"),
    "counts_free_goods": N_("free goods count"),
    "discounts": N_("discounts"),
    "edited": N_("languages"),
    "event": N_("event"),
    "events": N_("events looked at"),
    "file": N_("file"),
    "help_omzet_rp": N_("needs help below, omzet"),
    "help_units": N_("needs help below, pieces"),
    "kecamatan": N_("kecamatan"),
    "keep_omzet_rp": N_("stays from, omzet"),
    "keep_units": N_("stays from, pieces"),
    "kelurahan": N_("kelurahan"),
    "kind": N_("kind"),
    "least_events": N_("fewest events"),
    "login": N_("sign-in name"),
    "low_stock": N_("little stock from"),
    "marketplace": N_("marketplace"),
    "methods": N_("ways to pay"),
    "n": N_("version"),
    "name": N_("name"),
    "note": N_("note"),
    "omzet_rp": N_("omzet"),
    "online_end": N_("online window ends"),
    "online_start": N_("online window begins"),
    "open_price": N_("any price"),
    "orders": N_("orders"),
    "owner": N_("owner"),
    "pieces": N_("pieces"),
    "place": N_("place"),
    "price_rp": N_("price"),
    "products": N_("goods"),
    "qris": N_("QRIS code"),
    "qris_fills": N_("amount in the QRIS code"),
    "reason": N_("reason"),
    "receipt_footer": N_("foot of the receipt"),
    "receipt_header": N_("head of the receipt"),
    "role": N_("role"),
    "scope": N_("vendors seen"),
    "sha256": N_("SHA-256"),
    "shop": N_("shop"),
    "shop_url": N_("online shop"),
    "sku": N_("SKU"),
    "skus": N_("goods"),
    "stage": N_("stage"),
    "stall": N_("vendor"),
    "status": N_("figures"),
    "stock": N_("stock"),
    "target_rp": N_("target"),
    "transfer_account": N_("account for transfers"),
    "trend_percent": N_("trend in per cent"),
    "unit": N_("sold by"),
    "units": N_("units"),
    "variant": N_("variant"),
    "vendor": N_("vendor"),
    "venue": N_("place"),
}


def action_words(action: str) -> str:
    """Say what was done."""
    return str(_(_ACTIONS[action])) if action in _ACTIONS else action


def field_words(name: str) -> str:
    """Say which field changed."""
    return str(_(_FIELDS[name])) if name in _FIELDS else name


def value_words(name: str, value: str) -> str:
    """Say a value of the trail as people write it: rupiah, times of day, yes and no."""
    if value in ("true", "false"):
        return str(_("yes") if value == "true" else _("no"))
    if name.endswith("_rp") and _AMOUNT.fullmatch(value):
        return format_rupiah(Rupiah(int(value)))
    if _SHA256.fullmatch(value):
        return f"{value[:_SHOWN_OF_SHA256]}…"
    return _moment(value) if _INSTANT.fullmatch(value) else value


def _moment(value: str) -> str:
    try:
        return format_short_moment(datetime.fromisoformat(value))
    except ValueError:
        return value


def about_words() -> dict[str, str]:
    """Give what lines can be about, by the first word of their actions."""
    return {
        "campaign": _("Campaigns"),
        "event": _("Events"),
        "vendor": _("Vendors"),
        "product": _("Products"),
        "offer": _("Offers"),
        "staff": _("Staff"),
        "sheet": _("Spreadsheets"),
        "file": _("Imports"),
        "rekap": _("Manual recaps"),
        "payments": _("Claimed payments"),
        "review": _("Review"),
        "curation": _("Ranking"),
        "account": _("Accounts"),
    }
