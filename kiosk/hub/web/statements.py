"""Pages of vendors' monthly statements: one, all on one print run, all in one ZIP."""

import io
import zipfile
from collections.abc import Iterator

from flask import Blueprint, Response, render_template, request, stream_with_context
from flask_babel import gettext as _

from kiosk.hub.services import statements as service
from kiosk.hub.services.campaigns import NotFoundError, open_campaign
from kiosk.hub.services.statements import Statement
from kiosk.hub.storage.campaigns import Campaign
from kiosk.hub.storage.imports import Counted
from kiosk.hub.web.export import XLSX, file_response, plain_name
from kiosk.hub.web.parts import hub_parts
from kiosk.hub.web.statement_files import month_words, statement_workbook, statements_pdf

blueprint = Blueprint("statements", __name__, url_prefix="/statements")


@blueprint.get("")
def show(campaign_id: str) -> str:
    """GET …/statements?month=: a month's vendors with what they sold, and their files."""
    hub = hub_parts()
    campaign = open_campaign(hub.store, campaign_id)
    months = service.statement_months(hub.store, campaign_id)
    asked = request.args.get("month", "")
    month = asked if asked in months else next(iter(months), "")
    statements = service.month_statements(hub.store, campaign_id, month) if month else []
    return render_template(
        "hub/statements/show.html",
        campaign=campaign,
        months=[(one, month_words(one)) for one in months],
        month=month,
        month_name=month_words(month) if month else "",
        statements=statements,
        total=sum((one.total for one in statements), Counted()),
    )


@blueprint.get("/<month>.pdf")
def print_run(campaign_id: str, month: str) -> Response:
    """GET …/statements/<month>.pdf: every vendor's statement, one after the other."""
    campaign, statements = _month(campaign_id, month)
    name = _file_name(campaign, month)
    content = statements_pdf(campaign, statements, month)
    return file_response(name, "pdf", "application/pdf", content)


@blueprint.get("/<month>.zip")
def archive(campaign_id: str, month: str) -> Response:
    """GET …/statements/<month>.zip: a PDF and a workbook for each vendor, sent as they are made."""
    campaign, statements = _month(campaign_id, month)
    name = plain_name(_file_name(campaign, month))
    return Response(
        stream_with_context(_zipped(campaign, statements, month)),
        mimetype="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{name}.zip"'},
    )


@blueprint.get("/<month>/<vendor_id>.pdf")
def one_pdf(campaign_id: str, month: str, vendor_id: str) -> Response:
    """GET …/statements/<month>/<vendor>.pdf: one vendor's statement."""
    campaign, statement = _one(campaign_id, month, vendor_id)
    name = f"{statement.vendor.name}-{month}"
    content = statements_pdf(campaign, [statement], month)
    return file_response(name, "pdf", "application/pdf", content)


@blueprint.get("/<month>/<vendor_id>.xlsx")
def one_workbook(campaign_id: str, month: str, vendor_id: str) -> Response:
    """GET …/statements/<month>/<vendor>.xlsx: the same for a spreadsheet."""
    campaign, statement = _one(campaign_id, month, vendor_id)
    name = f"{statement.vendor.name}-{month}"
    return file_response(name, "xlsx", XLSX, statement_workbook(campaign, statement))


def _month(campaign_id: str, month: str) -> tuple[Campaign, list[Statement]]:
    """Give a month's statements; raises NotFoundError where there are none."""
    hub = hub_parts()
    campaign = open_campaign(hub.store, campaign_id)
    statements = service.month_statements(hub.store, campaign_id, month)
    if not statements:
        raise NotFoundError
    return campaign, statements


def _one(campaign_id: str, month: str, vendor_id: str) -> tuple[Campaign, Statement]:
    hub = hub_parts()
    campaign = open_campaign(hub.store, campaign_id)
    return campaign, service.vendor_statement(hub.store, campaign_id, vendor_id, month)


def _file_name(campaign: Campaign, month: str) -> str:
    words = _("statements")
    return f"{campaign.name}-{words}-{month}"


class _Pipe(io.RawIOBase):
    """What a ZIP writes into: bytes that wait to be sent."""

    def __init__(self) -> None:
        self.waiting = bytearray()

    def writable(self) -> bool:
        """Say that it takes bytes."""
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override] # whatever holds bytes
        """Keep bytes until they are taken."""
        self.waiting += data
        return len(data)

    def take(self) -> bytes:
        """Give what waits."""
        data = bytes(self.waiting)
        self.waiting.clear()
        return data


def _zipped(campaign: Campaign, statements: list[Statement], month: str) -> Iterator[bytes]:
    """Give a ZIP as it grows, so that the browser shows how far it is."""
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as zipped:
        for n, statement in enumerate(statements, start=1):
            name = f"{n:03}-{plain_name(statement.vendor.name)}-{month}"
            zipped.writestr(f"{name}.pdf", statements_pdf(campaign, [statement], month))
            zipped.writestr(f"{name}.xlsx", statement_workbook(campaign, statement))
            yield pipe.take()
    yield pipe.take()
