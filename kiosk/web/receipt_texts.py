"""The page *Teks struk*: this machine's words on receipts, with the paper beside them."""

from collections.abc import Mapping
from typing import Any, Final

from flask import Blueprint, Response, make_response, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from kiosk.documents.logos import LARGEST_UPLOAD_BYTES
from kiosk.domain.receipt_texts import read_lines
from kiosk.errors import KioskError
from kiosk.services import receipt_texts as service
from kiosk.services.receipt_frames import ReceiptTexts
from kiosk.services.receipt_texts import ReceiptTextsView
from kiosk.web.context import browser, go, here, show
from kiosk.webtools.i18n import say
from kiosk.webtools.receipt_previews import strips

blueprint = Blueprint("receipt_texts", __name__, url_prefix="/receipt-texts")
_LANGUAGE_OF: Final = "language-"


@blueprint.url_value_preprocessor
def _allow_a_picture(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Let this one address take a picture; it runs before the form is first looked at."""
    if endpoint == "receipt_texts.logo":
        request.max_content_length = LARGEST_UPLOAD_BYTES


@blueprint.get("")
def page() -> Response:
    """GET /receipt-texts: what this machine prints around the goods, and how it looks."""
    view = service.texts(here())
    return show("till/receipt_texts/page.html", **_facts(view, view.texts))


@blueprint.post("/preview")
def preview() -> Response:
    """POST /receipt-texts/preview: the paper for what is typed now; nothing is kept."""
    facts = _shown(_typed(request.form), _first_language(request.form))
    return make_response(render_template("till/receipt_texts/_preview.html", **facts))


@blueprint.post("")
def change() -> AnyResponse:
    """POST /receipt-texts: print these words from now on; takes a coordinator."""
    languages = {
        name.removeprefix(_LANGUAGE_OF): value
        for name, value in request.form.items()
        if name.startswith(_LANGUAGE_OF)
    }
    service.keep_texts(here(), browser(), _typed(request.form), languages)
    return _done()


@blueprint.post("/logo")
def logo() -> AnyResponse:
    """POST /receipt-texts/logo: print an uploaded picture, or (`drop`) none."""
    if "drop" in request.form:
        service.drop_logo(here(), browser())
    else:
        file = request.files.get("logo")
        service.keep_logo(here(), browser(), file.read() if file else b"")
    return _done()


@blueprint.post("/forget")
def forget() -> AnyResponse:
    """POST /receipt-texts/forget: print the organiser's words and logo again."""
    service.forget(here(), browser())
    return _done()


def _done() -> AnyResponse:
    return go(url_for("receipt_texts.page"))


def _typed(form: Mapping[str, str]) -> ReceiptTexts:
    return ReceiptTexts(
        header=read_lines(form.get("header", "")),
        footer=read_lines(form.get("footer", "")),
        contact=" ".join(form.get("contact", "").split()),
    )


def _first_language(form: Mapping[str, str]) -> str:
    """Give the language to show: that of the till this screen sells for."""
    return form.get(f"{_LANGUAGE_OF}{browser().till}", "")


def _facts(view: ReceiptTextsView, texts: ReceiptTexts) -> dict[str, Any]:
    operator = browser().operator
    language = next(
        (said for till, said in view.languages.items() if till.id == browser().till), ""
    )
    return {
        "view": view,
        "texts": texts,
        "may_change": operator is not None and operator.approves,
        **_shown(texts, language),
    }


def _shown(texts: ReceiptTexts, language: str) -> dict[str, Any]:
    refusal = ""
    try:
        service.check(texts)
    except KioskError as error:
        refusal = say(error)
    document = service.specimen_receipt(here(), texts, language)
    return {"strips": strips(document, _("Receipt")), "refusal": refusal}
