"""Tables of the hub: one page for each, and the same as CSV, workbook and PDF.

A table is a function that gives its head and its rows; everything else is done here once.
"""

from collections.abc import Callable
from datetime import date
from typing import Final

from babel.dates import format_date as babel_date
from flask import Blueprint, Response, render_template, request
from flask_babel import gettext as _

from kiosk.hub.services.campaigns import NotFoundError, open_campaign
from kiosk.hub.services.csv_files import csv_bytes
from kiosk.hub.services.events import campaign_events
from kiosk.hub.services.figures import named_figures
from kiosk.hub.services.pdf_sheets import PdfReport, Sheet
from kiosk.hub.services.recaps import recap
from kiosk.hub.services.statements import MONTHS, TAX_FREE_RP, vendor_years, years_with_sales
from kiosk.hub.services.workbooks import Page, pages_workbook
from kiosk.hub.storage.campaigns import Campaign
from kiosk.hub.storage.scope import OutOfScopeError
from kiosk.hub.web import table_lists
from kiosk.hub.web.channels import channel_name
from kiosk.hub.web.export import XLSX, file_response
from kiosk.hub.web.figures import group_words, rows_of
from kiosk.hub.web.parts import hub_parts
from kiosk.hub.web.table_reports import TableReport
from kiosk.webtools.i18n import format_date, format_moment, language

blueprint = Blueprint("tables", __name__, url_prefix="/tables")


def _recap(campaign: Campaign) -> TableReport:
    found = recap(hub_parts().store, campaign.id)
    channels = sorted({channel for row in found for channel in row.channels})
    channels.sort(key=lambda one: one != "bazaar")
    rows: list[list[str | int]] = [
        [
            str(n),
            format_date(row.event.bazaar_start) if row.event else "",
            row.event.name if row.event else _("Outside every window"),
            row.vendors,
            row.products,
            row.counted.units,
            *(int(row.channels.get(channel, 0)) for channel in channels),
            int(row.counted.omzet_rp),
            int(row.counted.omzet_final_rp),
            int(row.event.target_rp or 0) if row.event else 0,
        ]
        for n, row in enumerate(found, start=1)
    ]
    first_sum = 5
    if rows:
        # Vendors and products are not added up: most of them come to several events.
        columns = list(zip(*rows, strict=True))[first_sum:]
        sums = [sum(cell for cell in column if isinstance(cell, int)) for column in columns]
        rows.append(["", "", _("Total"), "", "", *sums])
    return TableReport(
        _("Recap of all events"),
        [
            _("No."),
            _("Date"),
            _("Event"),
            _("Vendors"),
            _("Products"),
            _("Units"),
            *(_("Omzet %(channel)s", channel=channel_name(one)) for one in channels),
            _("Total omzet"),
            _("Omzet, final"),
            _("Target"),
        ],
        rows,
        _(
            "Omzet in rupiah, sementara unless it says final. Vendors and products are those that"
            " sold something."
        ),
        _("There is no event yet."),
        (4, 15, 20, 8, 8, 8, *(12 for _one in channels), 13, 13, 12),
        last_is_total=True,
    )


def _yearly(campaign: Campaign) -> TableReport:
    store = hub_parts().store
    years = years_with_sales(store, campaign.id)
    asked = request.args.get("year", "")
    year = asked if asked in years else next(iter(years), "")
    found = vendor_years(store, campaign.id, year) if year else []
    rows: list[list[str | int]] = [
        [
            row.vendor.name,
            row.vendor.owner,
            *(int(one) for one in row.months),
            int(row.total_rp),
            _("above the limit")
            if row.total_rp > TAX_FREE_RP
            else f"{row.total_rp * 100 // TAX_FREE_RP}%",
        ]
        for row in found
    ]
    return TableReport(
        _("Running omzet of the year"),
        [_("Vendor"), _("Owner"), *_month_names(), _("Year so far"), _("Of Rp500 million")],
        rows,
        _(
            "Sales through this campaign by month. For persons the final income tax of 0.5 per cent begins"
            " above Rp500.000.000 a calendar year, counted over everything a vendor sells, also"
            " elsewhere; this is material for her books, no tax document."
        ),
        _("Nothing has been sold yet."),
        (16, 14, *([8] * 12), 11, 9),
        choices=years,
        chosen=year,
    )


def _month_names() -> list[str]:
    """Give the months of a year, short."""
    return [babel_date(date(2000, n, 1), "MMM", locale=language()) for n in range(1, MONTHS + 1)]


# In letters.
_NARROWEST: Final = 7
_WIDEST: Final = 30
ENDINGS: Final = {"csv": "CSV", "xlsx": "XLSX", "pdf": "PDF"}
TABLES: Final[dict[str, Callable[[Campaign], TableReport]]] = {
    "recap": _recap,
    "yearly": _yearly,
    "events": table_lists.events,
    "vendors": table_lists.vendors,
    "products": table_lists.products,
    "offers": table_lists.offers,
    "machines": table_lists.machines,
    "imports": table_lists.imports,
    "rekaps": table_lists.rekaps,
    "claims": table_lists.claims,
    "review": table_lists.review,
    "versions": table_lists.versions,
}
# What a mentor may not see: tables that tell of more than her vendors.
_OF_ALL: Final = frozenset({"imports", "rekaps", "machines", "claims", "review", "versions"})


@blueprint.get("")
def show_all(campaign_id: str) -> str:
    """GET …/tables?event=: every table of the hub, each as a page and as files."""
    hub = hub_parts()
    campaign = open_campaign(hub.store, campaign_id)
    events = campaign_events(hub.store, campaign_id)
    asked = request.args.get("event", "")
    return render_template(
        "hub/tables/list.html",
        campaign=campaign,
        tables=[(key, words) for key, words in _titles().items() if _may_see(key)],
        groups=group_words(),
        events=events,
        event=asked if asked in {one.id for one in events} else "",
        endings=ENDINGS,
    )


@blueprint.get("/totals.xlsx")
def totals(campaign_id: str) -> Response:
    """GET …/tables/totals.xlsx?event=: the totals by everything, a sheet for each."""
    hub = hub_parts()
    campaign = open_campaign(hub.store, campaign_id)
    event = request.args.get("event", "") or None
    head = (_("Units"), _("Omzet (Rp)"), _("Units, final"), _("Omzet, final (Rp)"))
    pages = [
        Page(
            words,
            (words, *head),
            [
                (row.name, row.units, row.omzet_rp, row.units_final, row.omzet_final_rp)
                for row in rows_of(group, named_figures(hub.store, campaign_id, group, event=event))
            ],
        )
        for group, words in group_words().items()
    ]
    return file_response(f"{campaign.name}-rekap", "xlsx", XLSX, pages_workbook(pages))


@blueprint.get("/<table>")
def show(campaign_id: str, table: str) -> str:
    """GET …/tables/<table>?year=: a table, with its files beside it."""
    campaign, report = _made(campaign_id, table)
    return render_template(
        "hub/tables/show.html",
        campaign=campaign,
        table=table,
        report=report,
        endings=ENDINGS,
    )


@blueprint.get("/<table>.<ending>")
def export(campaign_id: str, table: str, ending: str) -> Response:
    """GET …/tables/<table>.csv, .xlsx or .pdf: the same to keep."""
    campaign, report = _made(campaign_id, table)
    name = f"{campaign.name}-{report.title}-{report.chosen}"
    if ending == "csv":
        return file_response(name, ending, "text/csv", csv_bytes(report.head, report.rows))
    if ending == "xlsx":
        content = pages_workbook([Page(report.title, report.head, report.rows)])
        return file_response(name, ending, XLSX, content)
    if ending == "pdf":
        return file_response(name, ending, "application/pdf", _pdf(campaign, report))
    raise NotFoundError


def _may_see(table: str) -> bool:
    return not (hub_parts().store.scope and table in _OF_ALL)


def _titles() -> dict[str, str]:
    """Give every table's title without making the table."""
    return {
        "recap": _("Recap of all events"),
        "yearly": _("Running omzet of the year"),
        "events": _("Events"),
        "vendors": _("Vendors"),
        "products": _("Products"),
        "offers": _("Offers"),
        "machines": _("Machines"),
        "imports": _("Imported files"),
        "rekaps": _("Totals typed in"),
        "claims": _("Claimed payments"),
        "review": _("Review"),
        "versions": _("Frozen versions"),
    }


def _made(campaign_id: str, table: str) -> tuple[Campaign, TableReport]:
    """Make a table; raises NotFoundError where there is none of this name, and OutOfScopeError."""
    make = TABLES.get(table)
    if make is None:
        raise NotFoundError
    if not _may_see(table):
        raise OutOfScopeError
    campaign = open_campaign(hub_parts().store, campaign_id)
    return campaign, make(campaign)


def _widths(report: TableReport) -> list[int]:
    """Give each column room for its longest cell, within what a page can give."""
    return [
        min(_WIDEST, max(_NARROWEST, len(words), *(len(str(row[n])) for row in report.rows)))
        for n, words in enumerate(report.head)
    ]


def _pdf(campaign: Campaign, report: TableReport) -> bytes:
    made = _("made %(moment)s", moment=format_moment(hub_parts().clock.now()))
    paper = PdfReport(report.title, f"Lapak · {campaign.name} · {made}", language(), landscape=True)
    paper.heading(f"{report.title} {report.chosen}".strip(), campaign.name)
    if report.rows:
        widths = report.widths or _widths(report)
        paper.table(Sheet(report.head, report.rows, widths, report.last_is_total))
    else:
        paper.text(report.empty or _("There is nothing to show here yet."))
    paper.text(report.hint, quiet=True)
    return paper.build()
