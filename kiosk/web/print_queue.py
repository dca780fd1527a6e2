"""A printer's queue on screen: its jobs, and the answers people give about them."""

from typing import Any, Final
from zlib import crc32

from flask import Blueprint, Response, make_response, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from kiosk.services import handing_over, print_queue, printers
from kiosk.services.print_queue import Answer
from kiosk.services.printers import PrinterView
from kiosk.web import words
from kiosk.web.context import browser, go, here, instant
from kiosk.web.questions import numbers
from kiosk.webtools.i18n import local_path

_DIGITS: Final = 15

blueprint = Blueprint("print_queue", __name__)


@blueprint.get("/printers/<int:printer_id>/jobs")
def jobs(printer_id: int) -> Response:
    """GET /printers/<id>/jobs?seen=…: the queue alone, or 204 where it is as the page shows it."""
    facts = queue_facts(printers.printer(here(), printer_id))
    if request.args.get("seen") == facts["seen"]:
        return Response(status=204)
    return make_response(render_template("till/printer/_jobs.html", **facts))


@blueprint.post("/jobs/<any('came-out', again, print, cancel):said>")
def answer(said: Answer) -> AnyResponse:
    """POST /jobs/<answer>: answer for the numbered `jobs`; back to the page `next`."""
    print_queue.answer(here(), browser(), _job_ids(), said)
    return go(local_path(request.form.get("next", "")))


def queue_facts(view: PrinterView) -> dict[str, Any]:
    """Give what a printer's jobs are shown from."""
    jobs = print_queue.jobs(here(), view.id)
    return {
        "printer": view,
        "to_hand_over": handing_over.to_hand_over(here(), view.id, view.address),
        "numbers": numbers,
        "state": words.of_printer(view.state),
        "jobs": [
            (job, words.of_job(job.state), words.of_reason(job.reason), instant(job.created_at))
            for job in jobs
        ],
        "can_cancel": numbers(tuple(job for job in jobs if job.state == "waiting")),
        "seen": f"{crc32(repr((view, jobs)).encode('utf-8')):x}",
    }


def _job_ids() -> list[int]:
    """Read the numbers in `jobs`, from every field of that name; what is none is passed over."""
    words_in_fields = " ".join(request.form.getlist("jobs")).split()
    return [int(word) for word in words_in_fields if word.isdecimal() and len(word) <= _DIGITS]
