"""The public scoreboard: no sign-in, three numbers, live by asking again."""

from flask import Blueprint
from werkzeug import Response

from kiosk.hub.services import papan as service
from kiosk.hub.web.parts import hub_parts
from kiosk.webtools.pages import respond

blueprint = Blueprint("papan", __name__)


@blueprint.get("/papan")
def newest() -> Response:
    """GET /papan: the newest campaign's scoreboard."""
    hub = hub_parts()
    return _show(service.newest_scoreboard(hub.store, hub.clock))


@blueprint.get("/papan/<campaign_id>")
def show(campaign_id: str) -> Response:
    """GET /papan/<id>: one campaign's scoreboard."""
    hub = hub_parts()
    return _show(service.scoreboard(hub.store, hub.clock, campaign_id))


def _show(score: service.Scoreboard | None) -> Response:
    context = {"score": score, "as_spoken": service.as_spoken}
    return respond("hub/papan/show.html", "hub/papan/_papan.html", context)
