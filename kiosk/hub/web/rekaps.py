"""Pages of *Rekap manual*: totals typed in from paper, what shows them, and their undo."""

from io import BytesIO
from typing import Any

from flask import Blueprint, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _
from werkzeug import Response

from kiosk.domain.money import Rupiah
from kiosk.errors import N_, KioskError
from kiosk.hub.services import rekaps as service
from kiosk.hub.services.campaigns import open_campaign
from kiosk.hub.services.events import campaign_events
from kiosk.hub.services.import_reading import short_name
from kiosk.hub.services.vendors import campaign_vendors
from kiosk.hub.storage.rekaps import Rekap
from kiosk.hub.web.forms import Form, answer_form
from kiosk.hub.web.notices import done
from kiosk.hub.web.parts import hub_parts
from kiosk.hub.web.signin import actor

blueprint = Blueprint("rekaps", __name__, url_prefix="/campaigns/<campaign_id>/rekaps")

_MOST_UNITS = 1_000_000
_UPLOAD_BYTES = service.LARGEST_EVIDENCE_BYTES + (1 << 16)


class NotPiecesError(KioskError):
    """A field holds no number of pieces."""

    def __init__(self) -> None:
        super().__init__(N_("Type a whole number of pieces, e.g. 120."))


@blueprint.url_value_preprocessor
def _allow_a_file(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Let this one address take a file; it runs before the form is first looked at."""
    if endpoint == "hub.rekaps.add" and request.method == "POST":
        request.max_content_length = _UPLOAD_BYTES


@blueprint.get("")
def show_all(campaign_id: str) -> str:
    """GET …/rekaps: every total that was typed in, with what tills sold of it."""
    hub = hub_parts()
    return render_template(
        "hub/rekaps/list.html",
        campaign=open_campaign(hub.store, campaign_id),
        rekaps=service.campaign_rekaps(hub.store, campaign_id),
        events=dict(_event_choices(campaign_id)),
        vendors=dict(_vendor_choices(campaign_id)),
    )


@blueprint.route("/new", methods=["GET", "POST"])
def add(campaign_id: str) -> Response:
    """GET …/rekaps/new: ask for a total. POST: count it."""
    hub = hub_parts()
    campaign = open_campaign(hub.store, campaign_id)
    events, vendors = _event_choices(campaign_id), _vendor_choices(campaign_id)

    def save(form: Form) -> str:
        rekap, evidence = _read(form, campaign_id, dict(events), dict(vendors))
        try:
            service.add_rekap(
                hub.store, hub.clock, actor(), rekap, evidence, on_top=form.flag("on_top")
            )
        except service.TillSoldError as error:
            form.refuse(error, "on_top")
            form.check()
        done(_("The total is counted, apart from what tills sold."))
        return url_for(".show_all", campaign_id=campaign_id)

    return answer_form(
        "hub/rekaps/form.html",
        {"event": request.args.get("event", "")},
        save,
        campaign=campaign,
        events=events,
        vendors=vendors,
    )


@blueprint.get("/<rekap_id>/evidence")
def evidence(campaign_id: str, rekap_id: str) -> Response:
    """GET …/rekaps/<id>/evidence: the photo or scan that shows a total."""
    hub = hub_parts()
    rekap = service.open_rekap(hub.store, campaign_id, rekap_id)
    data = service.rekap_evidence(hub.store, rekap)
    return send_file(
        BytesIO(data),
        mimetype="application/octet-stream",
        as_attachment=True,
        download_name=rekap.evidence_name,
    )


@blueprint.post("/<rekap_id>/undo")
def undo(campaign_id: str, rekap_id: str) -> Response:
    """POST …/rekaps/<id>/undo: take a total out of the sums."""
    return _set_undone(campaign_id, rekap_id, _("The total is undone."), undone=True)


@blueprint.post("/<rekap_id>/redo")
def redo(campaign_id: str, rekap_id: str) -> Response:
    """POST …/rekaps/<id>/redo: count a total that was undone."""
    return _set_undone(campaign_id, rekap_id, _("The total is counted again."), undone=False)


def _set_undone(campaign_id: str, rekap_id: str, sentence: str, *, undone: bool) -> Response:
    hub = hub_parts()
    rekap = service.open_rekap(hub.store, campaign_id, rekap_id)
    service.undo_rekap(hub.store, hub.clock, actor(), rekap, undone=undone)
    done(sentence)
    return redirect(url_for(".show_all", campaign_id=campaign_id), 303)


def _read(
    form: Form, campaign_id: str, events: dict[str, str], vendors: dict[str, str]
) -> tuple[Rekap, bytes | None]:
    """Read a total and the file that shows it; raises FormRefusedError."""
    hub = hub_parts()
    file = request.files.get("evidence")
    data = file.read() if file is not None and file.filename else None
    name = short_name(file.filename) if file is not None and file.filename else ""
    if file is not None:
        file.close()
    rekap = Rekap(
        id=hub.clock.new_id(),
        campaign=campaign_id,
        event=form.choice("event", events),
        vendor=form.choice("vendor", {"", *vendors}),
        units=form.read("units", _pieces) or 0,
        omzet_rp=form.amount("omzet_rp") or Rupiah(0),
        gives_way=form.flag("gives_way"),
        told_by=form.words("told_by", most=100),
        note=form.words("note", required=False, most=500),
        evidence_name=name,
        made_at=hub.clock.now(),
        made_by=actor(),
    )
    form.check()
    return rekap, data


def _pieces(text: str) -> int:
    digits = text.replace(".", "")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= len(str(_MOST_UNITS))):
        raise NotPiecesError
    return int(digits)


def _event_choices(campaign_id: str) -> list[tuple[str, str]]:
    return [(event.id, event.name) for event in campaign_events(hub_parts().store, campaign_id)]


def _vendor_choices(campaign_id: str) -> list[tuple[str, str]]:
    return [
        (row.vendor.id, row.vendor.name) for row in campaign_vendors(hub_parts().store, campaign_id)
    ]
