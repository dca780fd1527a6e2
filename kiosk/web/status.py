"""The status page: facts with advice, and how the upload is doing."""

from flask import Blueprint, Response, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from kiosk.services import forking, status, uploads
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
        problem=_(upload.why) if upload.why else "",
        problem_since=instant(upload.problem_since) if upload.problem_since else None,
        next_try_at=instant(upload.next_try_at) if upload.next_try_at else None,
        forks=[(fork, instant(fork.at)) for fork in forking.all_forks(here())],
        since=instant(upload.since) if upload.since else None,
        last_sent_at=instant(upload.last_sent_at) if upload.last_sent_at else None,
    )


@blueprint.post("/forks/noted")
def noted() -> AnyResponse:
    """POST /forks/noted: keep that somebody has read why the journal goes on in a new one."""
    forking.take_note(here())
    return go(url_for("status.page"))


@blueprint.post("/uploads/send-now")
def send_now() -> AnyResponse:
    """POST /uploads/send-now: try the upload at once, then show the status page."""
    uploads.send_now(here())
    return go(url_for("status.page"))
