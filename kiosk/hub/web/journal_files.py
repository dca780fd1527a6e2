"""The page where files of machines are handed in: what their sticks brought, in words."""

from typing import Any, Final

from flask import Blueprint, Response, make_response, render_template, request
from werkzeug.datastructures import FileStorage

from kiosk.errors import N_, KioskError
from kiosk.hub.services.accounts import audit
from kiosk.hub.services.campaigns import open_campaign
from kiosk.hub.services.journal_files import MOST_REVIEWED_SHOWN, FileReport, take_file
from kiosk.hub.web.forms import Form, RequiredError
from kiosk.hub.web.parts import hub_parts
from kiosk.hub.web.review import reason_words
from kiosk.hub.web.signin import actor
from kiosk.webtools.i18n import say

blueprint = Blueprint("journal_files", __name__, url_prefix="/campaigns/<campaign_id>/files")

MOST_FILES: Final = 20
# All files of one form; a Friday of 2,000 sales is below half a megabyte.
LARGEST_UPLOAD_MIB: Final = 64
_UPLOAD_BYTES: Final = LARGEST_UPLOAD_MIB << 20


class TooManyFilesError(KioskError):
    """More files at once than one answer could speak of."""

    def __init__(self) -> None:
        super().__init__(
            N_("Choose at most %(most)d files at once, then the rest."), most=MOST_FILES
        )


@blueprint.url_value_preprocessor
def _allow_files(_endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Let this address take files; it runs before the form is first looked at."""
    if request.method == "POST":
        request.max_content_length = _UPLOAD_BYTES


@blueprint.get("")
def show(campaign_id: str) -> Response:
    """GET …/files: ask for files of machines that have no network."""
    return _page(campaign_id, Form({}), [])


@blueprint.post("")
def take(campaign_id: str) -> Response:
    """POST …/files: take each `file`, and say what of it was new."""
    open_campaign(hub_parts().store, campaign_id)
    form = Form({})
    files = [file for file in request.files.getlist("file") if file.filename]
    if not files:
        form.refuse(RequiredError(), "file")
    elif len(files) > MOST_FILES:
        form.refuse(TooManyFilesError(), "file")
    if form.errors:
        return _page(campaign_id, form, [])
    return _page(campaign_id, form, [_take(campaign_id, file) for file in files])


def _take(campaign_id: str, file: FileStorage) -> FileReport:
    hub = hub_parts()
    data = file.read()
    file.close()
    report = take_file(hub.store, hub.clock, hub.keys, file.filename or "", data)
    with hub.store.begin() as connection:
        audit(
            connection,
            hub.clock,
            by=actor(),
            action="journal file taken",
            subject=campaign_id,
            facts={
                "file": report.file_name[:200],
                "stored": report.stored,
                "skipped": report.skipped,
                "refused": len(report.refusals),
            },
        )
    return report


def _page(campaign_id: str, form: Form, reports: list[FileReport]) -> Response:
    page = render_template(
        "hub/journal_files/show.html",
        campaign=open_campaign(hub_parts().store, campaign_id),
        form=form,
        reports=reports,
        say=say,
        reasons=reason_words(),
        most_files=MOST_FILES,
        most_mib=LARGEST_UPLOAD_MIB,
        most_reviewed=MOST_REVIEWED_SHOWN,
    )
    return make_response(page, 422 if form.errors else 200)
