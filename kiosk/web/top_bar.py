"""The top bar: who, which till, and how printer and upload are, in words.

Its state is asked for every few seconds by every open page, so it is a tiny fragment,
and nothing at all (204) where nothing changed.
"""

from collections.abc import Iterator
from dataclasses import astuple, dataclass
from zlib import crc32

from flask import Blueprint, Response, make_response, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from kiosk.services import printers, uploads
from kiosk.services.backup_plan import backup_state
from kiosk.services.catalogue_news import is_waiting
from kiosk.services.clock_check import check_clock
from kiosk.services.forking import all_forks
from kiosk.services.qris_settings import qris_is_out
from kiosk.services.status import disk_is_low
from kiosk.web import words
from kiosk.web.context import browser, here
from kiosk.web.questions import Question, question_of

blueprint = Blueprint("top_bar", __name__)


@dataclass(frozen=True, slots=True)
class StateWord:
    """One state in the bar, and the page it opens."""

    text: str
    tone: str
    icon: str
    address: str


@dataclass(frozen=True, slots=True)
class TopState:
    """What the bar says; `seen` names this content, `question` is about jobs in doubt."""

    printer: StateWord
    upload: StateWord
    notes: tuple[StateWord, ...]
    clock: str
    question: Question | None
    qris_is_out: bool = False

    @property
    def seen(self) -> str:
        """Give a short name for this content."""
        return f"{crc32(repr(astuple(self)).encode('utf-8')):x}"


@blueprint.get("/top-bar")
def state() -> Response:
    """GET /top-bar?seen=…: show the states, or 204 where they are as the page shows them."""
    now = top_state()
    if request.args.get("seen") == now.seen:
        return Response(status=204)
    return fragment(now)


def fragment(now: TopState) -> Response:
    """Show the states."""
    return make_response(render_template("till/top_bar/_state.html", state=now))


def top_state() -> TopState:
    """Gather what the bar says to the browser that asks."""
    printer = printers.printer_for(here(), browser().till or "")
    return TopState(
        printer=_printer_word(printer),
        upload=_upload_word(uploads.upload_state(here())),
        notes=tuple(_notes()),
        clock=f"{here().clock.now():%H.%M}",
        question=question_of(printer) if printer else None,
        qris_is_out=qris_is_out(here()),
    )


def _printer_word(printer: printers.PrinterView | None) -> StateWord:
    if printer is None:
        return StateWord(_("No printer"), "", "printer", url_for("printer.list_page"))
    said = words.of_printer(printer.state)
    text = _(said.text)
    if printer.waiting and said.tone != "good":
        text = ngettext(
            "%(state)s, %(num)d waiting", "%(state)s, %(num)d waiting", printer.waiting, state=text
        )
    address = url_for("printer.page", printer_id=printer.id)
    return StateWord(text, said.tone, said.icon, address)


def _notes() -> Iterator[StateWord]:
    """Say what waits, and what is amiss with file, journal, clock, copies and room; seldom anything."""
    status = url_for("status.page")
    if is_waiting(here()):
        yield StateWord(_("New catalogue"), "warn", "tag", url_for("catalogue.page"))
    if here().damage.fact:
        yield StateWord(_("File is damaged"), "bad", "triangle-alert", status)
    if any(fork.is_new for fork in all_forks(here())):
        yield StateWord(_("Journal split"), "warn", "split", status)
    if not check_clock(here()).is_right:
        yield StateWord(_("Clock is wrong"), "bad", "triangle-alert", status)
    if here().copy.problem:
        yield StateWord(_("Second copy missing"), "bad", "triangle-alert", url_for("status.page"))
    backup = backup_state(here())
    if backup.problem:
        text = _("Backup not on its stick") if backup.is_elsewhere else _("No backup made")
        yield StateWord(text, "bad", "triangle-alert", url_for("backups.page"))
    elif backup.is_late:
        yield StateWord(_("Backup is late"), "warn", "triangle-alert", url_for("backups.page"))
    if disk_is_low(here()):
        yield StateWord(_("Storage almost full"), "bad", "triangle-alert", url_for("status.page"))


def _upload_word(upload: uploads.UploadState) -> StateWord:
    address = url_for("status.page")
    if not upload.enrolled:
        return StateWord(_("Hub not joined"), "warn", "cloud-upload", address)
    if not upload.waiting_entries:
        return StateWord(_("All sent"), "good", "cloud-upload", address)
    if not upload.waiting_sales:
        return StateWord(_("All sales sent"), "good", "cloud-upload", address)
    text = ngettext("%(num)d not sent yet", "%(num)d not sent yet", upload.waiting_sales)
    return StateWord(text, "warn" if upload.problem else "", "cloud-upload", address)
