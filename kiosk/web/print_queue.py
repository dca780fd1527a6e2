"""A printer's queue on screen: its jobs, and the answers people give about them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final
from zlib import crc32

from flask import Blueprint, Response, make_response, render_template, request
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from kiosk.services import handing_over, print_queue, printers
from kiosk.services.print_queue import Answer
from kiosk.services.printers import PrinterView
from kiosk.storage.print_jobs import JobRow
from kiosk.web import top_bar, words
from kiosk.web.context import browser, go, here, instant, show
from kiosk.web.questions import numbers
from kiosk.web.words import Words
from kiosk.webtools.application import row_number
from kiosk.webtools.i18n import local_path
from printers import preview
from printers.elements import Document
from printers.errors import PrinterError
from printers.layout import as_text, lay_out
from printers.profiles import Profile
from printers.rendering import faults_told

_DIGITS: Final = 15
LONGEST_SEARCH: Final = 40

blueprint = Blueprint("print_queue", __name__)


@blueprint.get("/printers/<int:printer_id>/jobs")
def jobs(printer_id: int) -> Response:
    """GET /printers/<id>/jobs?seen=…: the queue alone, or 204 where it is as the page shows it."""
    facts = queue_facts(printers.printer(here(), printer_id))
    if request.args.get("seen") == facts["seen"]:
        return Response(status=204)
    return make_response(render_template("till/printer/_jobs.html", **facts))


@blueprint.post("/jobs/<any('came-out', again, print, skip, cancel):said>")
def answer(said: Answer) -> AnyResponse:
    """POST /jobs/<answer>: answer for the numbered `jobs`; the bar anew, or back to `next`."""
    print_queue.answer(here(), browser(), _job_ids(), said)
    if request.headers.get("HX-Target") == "state":
        return top_bar.fragment(top_bar.top_state())
    return go(local_path(request.form.get("next", "")))


@blueprint.get("/printers/<int:printer_id>/history")
def history(printer_id: int) -> Response:
    """GET /printers/<id>/history?q=…&before=N: what was printed, found by receipt number."""
    view = printers.printer(here(), printer_id)
    wanted = request.args.get("q", "")[:LONGEST_SEARCH]
    before = request.args.get("before", type=row_number)
    found = print_queue.history(here(), printer_id, wanted, before)
    return show(
        "till/printer/history.html",
        printer=view,
        wanted=wanted,
        jobs=_told(found),
        older=found[-1].id if len(found) == print_queue.MOST_JOBS_SHOWN else None,
    )


@blueprint.get("/jobs/<int:job_id>")
def job_page(job_id: int) -> Response:
    """GET /jobs/<id>: one job: what is on its paper, and what happened to it when."""
    story = print_queue.story(here(), job_id)
    view = printers.printer(here(), story.job.printer)
    return show(
        "till/printer/job.html",
        printer=view,
        job=story.job,
        state=words.of_job(story.job.state),
        created_at=instant(story.job.created_at),
        moves=[
            (words.of_job(move.state), words.of_reason(move.reason), move, instant(move.at))
            for move in story.moves
        ],
        paper=_on_paper(story.document, view.profile),
    )


def _on_paper(document: Document | None, kind: Profile) -> tuple[str, str] | None:
    """Give what a job puts on paper as a picture and as text; None where it cannot be shown."""
    if document is None:
        return None
    try:
        with faults_told():
            laid_out = lay_out(document, kind.columns)
            drawn, text = preview.as_svg(laid_out, kind, _("Print")), as_text(laid_out)
    except PrinterError:
        return None
    return Markup(drawn), text  # noqa: S704 - every letter is escaped by printers.picture


def _told(jobs: Iterable[JobRow]) -> list[tuple[JobRow, Words, str, datetime]]:
    """Give jobs as a list shows them: with state and reason in words, and their time."""
    return [
        (job, words.of_job(job.state), words.of_reason(job.reason), instant(job.created_at))
        for job in jobs
    ]


def queue_facts(view: PrinterView) -> dict[str, Any]:
    """Give what a printer's jobs are shown from."""
    jobs = print_queue.jobs(here(), view.id)
    return {
        "printer": view,
        "to_hand_over": handing_over.to_hand_over(here(), view.id, view.address),
        "numbers": numbers,
        "state": words.of_printer(view.state),
        "jobs": _told(jobs),
        "can_cancel": numbers(tuple(print_queue.waiting(here(), view.id))),
        "seen": f"{crc32(repr((view, jobs)).encode('utf-8')):x}",
    }


def _job_ids() -> list[int]:
    """Read the numbers in `jobs`, from every field of that name; what is none is passed over."""
    words_in_fields = " ".join(request.form.getlist("jobs")).split()
    return [int(word) for word in words_in_fields if word.isdecimal() and len(word) <= _DIGITS]
