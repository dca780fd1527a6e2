"""Pages of seals: what the eight characters on a paper are of, and whether journals hold."""

from datetime import datetime
from typing import Any, Final

from flask import Blueprint, make_response, render_template, request, url_for
from werkzeug import Response

from kiosk.errors import N_
from kiosk.hub.services import seals as service
from kiosk.hub.services.campaigns import open_campaign
from kiosk.hub.services.devices import open_installation
from kiosk.hub.services.seals import MachineCheck, Place, SealUnfitError
from kiosk.hub.web.parts import hub_parts
from kiosk.webtools.chain_faults import FAULTS
from kiosk.webtools.i18n import say
from kiosk.webtools.pages import respond

blueprint = Blueprint("seals", __name__, url_prefix="/campaigns/<campaign_id>")

_LARGEST_DIGITS: Final = 12
_MOST_JOURNALS: Final = 50
KINDS: Final = {
    "journal_opened": N_("The journal began"),
    "bundle_applied": N_("A catalogue came down"),
    "catalogue_changed": N_("The catalogue changed"),
    "shift_opened": N_("A shift opened"),
    "shift_closed": N_("A shift closed"),
    "sale": N_("Sale"),
    "refund": N_("Refund"),
    "cash_moved": N_("Cash moved"),
    "settlement": N_("A stall was settled"),
    "stock_moved": N_("Stock moved"),
    "reprinted": N_("A copy was printed"),
}


@blueprint.get("/seals")
def find(campaign_id: str) -> Response:
    """GET …/seals?seal=: which entry the eight characters on a paper are of."""
    hub = hub_parts()
    typed = request.args.get("seal", "")
    found, refusal = None, ""
    if typed:
        try:
            found = service.find_seal(hub.store, campaign_id, typed)
        except SealUnfitError as error:
            refusal = say(error)
    return make_response(
        render_template(
            "hub/seals/find.html",
            campaign=open_campaign(hub.store, campaign_id),
            typed=typed[:40],
            found=found,
            refusal=refusal,
            kinds=KINDS,
            instant=datetime.fromisoformat,
        ),
        422 if refusal else 200,
    )


@blueprint.get("/devices/<installation_id>/journal")
def check(campaign_id: str, installation_id: str) -> Response:
    """GET …/journal?at=&after=&sales=&fault=: check what the hub has of a machine, on from a place.

    The page asks on by itself; without scripts a button does.
    """
    hub = hub_parts()
    context = {
        "campaign": open_campaign(hub.store, campaign_id),
        "installation": open_installation(hub.store, campaign_id, installation_id),
        **_checked(campaign_id, installation_id),
    }
    return respond("hub/seals/check.html", "hub/seals/_check.html", context)


def _checked(campaign_id: str, installation_id: str) -> dict[str, Any]:
    args = request.args
    place = Place(
        at=_whole(args.get("at", "")),
        after=_whole(args.get("after", "")),
        sales=tuple(_whole(text) for text in args.getlist("sales")[:_MOST_JOURNALS]),
        faults=dict(_pair(text) for text in args.getlist("fault")[:_MOST_JOURNALS]),
    )
    found = service.check_machine(hub_parts().store, installation_id, place)
    return {"check": found, "words": FAULTS, "on": _address(campaign_id, installation_id, found)}


def _address(campaign_id: str, installation_id: str, found: MachineCheck) -> str | None:
    """Give where the check goes on; None where it is over."""
    rest = found.rest
    if rest is None:
        return None
    return url_for(
        "hub.seals.check",
        campaign_id=campaign_id,
        installation_id=installation_id,
        at=rest.at,
        after=rest.after,
        sales=rest.sales,
        fault=[f"{place}-{seq}" for place, seq in rest.faults.items()],
    )


def _pair(text: str) -> tuple[int, int]:
    place, _, seq = text.partition("-")
    return _whole(place), _whole(seq)


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _LARGEST_DIGITS else 0
