"""The help on keys: seldom looked at, so fetched when it is, not sent with every page."""

from flask import Blueprint, Response

from kiosk.webtools.pages import respond

blueprint = Blueprint("keyboard", __name__)


@blueprint.get("/help")
def page() -> Response:
    """GET /help: what each key does."""
    return respond("till/help.html", "till/_help.html", {})
