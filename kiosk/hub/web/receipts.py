"""The page of an event's receipts: its words, its logo, and how they look on paper."""

from typing import Any, Final

from flask import (
    Blueprint,
    Response,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from kiosk.documents import specimen
from kiosk.documents.frames import ReceiptFrame
from kiosk.documents.logos import LARGEST_UPLOAD_BYTES, LogoRefusedError
from kiosk.documents.receipts import receipt
from kiosk.documents.words import LANGUAGES, words_of
from kiosk.domain.receipt_texts import LONGEST_CONTACT, read_lines, visible_lines
from kiosk.errors import KioskError
from kiosk.hub.services import receipts as service
from kiosk.hub.services.campaigns import open_campaign
from kiosk.hub.services.events import open_event
from kiosk.hub.services.receipts import ReceiptWords
from kiosk.hub.storage.events import EventPlan
from kiosk.hub.storage.receipt_papers import ReceiptPaper
from kiosk.hub.web.forms import Form, answer_form
from kiosk.hub.web.notices import done
from kiosk.hub.web.parts import hub_parts
from kiosk.hub.web.signin import actor
from kiosk.webtools.i18n import say
from kiosk.webtools.receipt_previews import strips
from printers.elements import Document

blueprint = Blueprint(
    "receipts", __name__, url_prefix="/campaigns/<campaign_id>/events/<event_id>/receipt"
)
_TEMPLATE: Final = "hub/receipts/form.html"
_KEY: Final = "0" * 64


@blueprint.url_value_preprocessor
def _allow_a_picture(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Let this one address take a picture; it runs before the form is first looked at."""
    if endpoint == "hub.receipts.logo":
        request.max_content_length = LARGEST_UPLOAD_BYTES


@blueprint.route("", methods=["GET", "POST"])
def change(campaign_id: str, event_id: str) -> Response:
    """GET or POST …/receipt: write what stands on the event's receipts."""
    hub = hub_parts()
    event = open_event(hub.store, campaign_id, event_id)

    def save(form: Form) -> str:
        service.save_words(hub.store, hub.clock, actor(), event, _read(form))
        done(_("Saved. Machines print it from their next look at the hub."))
        return _page(event)

    typed = Form(request.form.to_dict()) if request.method == "POST" else None
    context = _context(event, typed)
    return answer_form(_TEMPLATE, context.pop("form").values, save, **context)


@blueprint.post("/preview")
def preview(campaign_id: str, event_id: str) -> str:
    """POST …/receipt/preview: the paper for what is typed now; nothing is kept."""
    hub = hub_parts()
    event = open_event(hub.store, campaign_id, event_id)
    paper = service.paper_of(hub.store, event)
    form = Form(request.form.to_dict())
    return render_template("hub/receipts/_preview.html", **_shown(event, paper, _typed(form)))


@blueprint.post("/logo")
def logo(campaign_id: str, event_id: str) -> AnyResponse:
    """POST …/receipt/logo: make an uploaded picture the logo, or (`drop`) print none."""
    hub = hub_parts()
    event = open_event(hub.store, campaign_id, event_id)
    file = request.files.get("logo")
    try:
        if "drop" in request.form:
            service.drop_logo(hub.store, hub.clock, actor(), event)
        else:
            picture = file.read() if file else b""
            service.save_logo(hub.store, hub.clock, actor(), event, picture)
    except LogoRefusedError as error:
        context = _context(event, None)
        page = render_template(_TEMPLATE, **{**context, "logo_refusal": say(error)})
        return make_response(page, error.status)
    return redirect(_page(event), 303)


def _context(event: EventPlan, typed: Form | None) -> dict[str, Any]:
    """Give what the page shows: the paper for what is typed, or for what stands."""
    hub = hub_parts()
    paper = service.paper_of(hub.store, event)
    standing = Form(_standing(service.words_of_event(event, paper)))
    return {
        "campaign": open_campaign(hub.store, event.campaign),
        "event": event,
        "form": standing,
        "has_logo": paper.logo is not None,
        "logo_refusal": "",
        **_shown(event, paper, _typed(typed or standing)),
    }


def _page(event: EventPlan) -> str:
    return url_for("hub.receipts.change", campaign_id=event.campaign, event_id=event.id)


def _standing(words: ReceiptWords) -> dict[str, str]:
    return {
        "header": "\n".join(words.header),
        "footer": "\n".join(words.footer),
        "contact": words.contact,
        "language": words.language,
    }


def _read(form: Form) -> ReceiptWords:
    form.words("contact", required=False, most=LONGEST_CONTACT)
    form.choice("language", LANGUAGES)
    form.check()
    return _typed(form)


def _typed(form: Form) -> ReceiptWords:
    """Take what is typed as it is, for a look at it while it is still being written."""
    return ReceiptWords(
        header=read_lines(form.typed("header")),
        footer=read_lines(form.typed("footer")),
        contact=" ".join(form.typed("contact").split())[:LONGEST_CONTACT],
        language=form.typed("language"),
    )


def _shown(event: EventPlan, paper: ReceiptPaper, words: ReceiptWords) -> dict[str, Any]:
    """Give the paper of three widths, and why these words may not stand on it."""
    refusal = ""
    try:
        service.check_words(words)
    except KioskError as error:
        refusal = say(error)
    return {"strips": strips(_document(event, paper, words), _("Receipt")), "refusal": refusal}


def _document(event: EventPlan, paper: ReceiptPaper, words: ReceiptWords) -> Document:
    frame = ReceiptFrame(
        event=event.name,
        place=event.place,
        header=visible_lines(words.header),
        footer=visible_lines(words.footer),
        stalls=specimen.STALLS,
        cashier=specimen.CASHIER,
        at=specimen.AT,
        contact=words.contact,
        logo=_KEY if paper.logo else None,
        words=words_of(words.language),
    )
    return receipt(specimen.specimen_sale(), frame).with_pictures(lambda _key: paper.logo)
