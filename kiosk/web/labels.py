"""The page *Label harga*: choose goods and how many labels, look at them, print them."""

import re
from collections.abc import Mapping
from typing import Any, Final

from flask import Blueprint, Response, make_response, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from kiosk.errors import KioskError
from kiosk.services import labels
from kiosk.web.context import browser, go, here, show
from kiosk.webtools.i18n import say
from kiosk.webtools.receipt_previews import PaperStrip, strip
from printers.errors import PrinterError

blueprint = Blueprint("labels", __name__, url_prefix="/labels")
_COUNT_FIELD: Final = re.compile(r"count-([0-9]{1,9})")


@blueprint.get("")
def page() -> Response:
    """GET /labels?q=…&all=1: goods to label, those without a barcode unless `all`."""
    search = request.args.get("q", "")[:100]
    all_goods = "all" in request.args
    found = labels.goods(here(), browser(), search, all_goods=all_goods)
    return show(
        "till/labels/page.html", goods=found, search=search, all_goods=all_goods, **_shown({})
    )


@blueprint.post("/preview")
def preview() -> Response:
    """POST /labels/preview: one label of each product chosen, as it will be printed."""
    return make_response(render_template("till/labels/_preview.html", **_shown(_counts())))


@blueprint.post("")
def print_them() -> AnyResponse:
    """POST /labels: print the labels chosen, and go to the printer they come out of."""
    printer = labels.print_labels(here(), browser(), _counts())
    return go(url_for("printer.page", printer_id=printer.id))


def _counts() -> dict[int, str]:
    """Read the fields `count-<product>`; others are none of this form."""
    fields = ((_COUNT_FIELD.fullmatch(name), text) for name, text in request.form.items())
    return {int(match[1]): text for match, text in fields if match}


def _shown(counts: Mapping[int, str]) -> dict[str, Any]:
    refusal, drawn = "", None
    try:
        drawn = _drawn(counts)
    except KioskError as error:
        refusal = say(error)
    except PrinterError:
        refusal = _("These labels do not fit on this paper.")
    return {"strip": drawn, "refusal": refusal}


def _drawn(counts: Mapping[int, str]) -> PaperStrip | None:
    sheet = labels.sheet(here(), browser(), counts)
    if sheet is None:
        return None
    return strip(sheet, labels.profile_of_labels(here(), browser()), _("Labels"))
