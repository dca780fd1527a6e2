"""Handing a job to the RawBT app on the tablet: one tap commits it, one opens the app."""

from flask import Blueprint, Response, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from kiosk.services import handing_over
from kiosk.web.context import browser, go, here, show
from kiosk.webtools.i18n import local_path

blueprint = Blueprint("handing_over", __name__)


@blueprint.post("/jobs/<int:job_id>/hand-over")
def hand_over(job_id: int) -> AnyResponse:
    """POST /jobs/<id>/hand-over: commit it as handed over, then show the link to the app."""
    handing_over.hand_over(here(), browser(), job_id)
    back = local_path(request.form.get("next", ""))
    return go(url_for("handing_over.page", job_id=job_id, next=back))


@blueprint.get("/jobs/<int:job_id>/hand-over")
def page(job_id: int) -> Response:
    """GET /jobs/<id>/hand-over?next=…: the link that opens the app, and whether it came out."""
    job, link = handing_over.link_of(here(), job_id)
    back = local_path(request.args.get("next", ""))
    return show("till/printer/hand_over.html", job=job, link=link, back=back)
