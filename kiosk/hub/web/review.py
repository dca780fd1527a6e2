"""The review tray: what machines sent and the hub could not count as it stood."""

from flask import Blueprint, render_template
from flask_babel import gettext as _

from kiosk.hub.services.campaigns import open_campaign
from kiosk.hub.services.devices import review_tray
from kiosk.hub.web.parts import hub_parts

blueprint = Blueprint("review", __name__, url_prefix="/campaigns/<campaign_id>/review")


@blueprint.get("")
def show(campaign_id: str) -> str:
    """GET …/review: the tray, what waits for a decision first."""
    store = hub_parts().store
    return render_template(
        "hub/review/list.html",
        campaign=open_campaign(store, campaign_id),
        rows=review_tray(store, campaign_id),
        reasons=_reason_words(),
    )


def _reason_words() -> dict[str, str]:
    """Give the words for the reasons that `services.readings` and `projection` name."""
    unreadable = _("It cannot be read, so it counts nowhere.")
    return {
        "seq": unreadable,
        "id": unreadable,
        "kind": unreadable,
        "unreadable": unreadable,
        "body": unreadable,
        "unbalanced": _("Its parts do not add up to its total, so it counts nowhere."),
        "unknown_event": _("It names an event the hub does not have, so it counts nowhere."),
        "unknown_kind": _("A newer program wrote it; it counts nowhere until the hub is updated."),
        "conflict": _("The same sale came twice with different content; one copy counts."),
        "excess": _("More came back than was sold; it is counted all the same."),
    }
