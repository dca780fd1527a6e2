"""The status page: facts with advice, and how the upload is doing."""

from flask import Blueprint, Response, url_for
from werkzeug.wrappers import Response as AnyResponse

from kiosk.services import status, uploads
from kiosk.web.context import go, here, instant, show

blueprint = Blueprint("status", __name__)


@blueprint.get("/status")
def page() -> Response:
    """GET /status: what is well, what is not, and what to do about it."""
    upload = uploads.upload_state(here())
    return show(
        "till/status/page.html",
        facts=status.facts(here()),
        upload=upload,
        since=instant(upload.since) if upload.since else None,
        last_sent_at=instant(upload.last_sent_at) if upload.last_sent_at else None,
    )


@blueprint.post("/uploads/send-now")
def send_now() -> AnyResponse:
    """POST /uploads/send-now: try the upload at once, then show the status page."""
    uploads.send_now(here())
    return go(url_for("status.page"))
