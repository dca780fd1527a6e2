"""A vendor's monthly statement as a PDF and as a workbook, in the language of the screen."""

from datetime import date

from babel.dates import format_date as babel_date
from flask_babel import gettext as _

from kiosk.domain.money import format_amount, format_rupiah
from kiosk.hub.services.pdf_sheets import PdfReport, Sheet
from kiosk.hub.services.statements import TAX_FREE_RP, Statement, StatementLine
from kiosk.hub.services.workbooks import Page, pages_workbook
from kiosk.hub.storage.campaigns import Campaign
from kiosk.hub.web.channels import channel_name
from kiosk.hub.web.parts import hub_parts
from kiosk.webtools.i18n import format_moment, language

_WIDTHS = (52, 12, 18, 18)


def month_words(month: str) -> str:
    """Write a month, `2026-11`, with its name: `November 2026`."""
    first = date.fromisoformat(f"{month}-01")
    words: str = babel_date(first, "MMMM y", locale=language())
    return words


def statements_pdf(campaign: Campaign, statements: list[Statement], month: str) -> bytes:
    """Give the statements of a month, each on pages of its own."""
    report = PdfReport(
        _("Sales statement %(month)s", month=month_words(month)), _foot(campaign), language()
    )
    for n, statement in enumerate(statements):
        if n:
            report.new_page()
        _write(report, campaign, statement)
    return report.build()


def statement_workbook(campaign: Campaign, statement: Statement) -> bytes:
    """Give one statement as a workbook: a page of facts, then one for each way to add up."""
    facts: list[tuple[str, str | int]] = [
        (_("Stall"), statement.vendor.name),
        (_("Owner"), statement.vendor.owner),
        (_("Month"), month_words(statement.month)),
        (_("Campaign"), campaign.name),
        (_("Units"), statement.total.units),
        (_("Omzet (Rp)"), statement.total.omzet_rp),
        (_("Omzet, final (Rp)"), statement.total.omzet_final_rp),
        (_("Omzet of the year so far (Rp)"), statement.year_rp),
        (_("What this is"), _material()),
    ]
    pages = [Page(_("Statement"), (_("Fact"), _("Value")), facts)]
    pages += [Page(title, _head(first), _rows(lines)) for title, first, lines in _parts(statement)]
    return pages_workbook(pages)


def _write(report: PdfReport, campaign: Campaign, statement: Statement) -> None:
    vendor = statement.vendor
    title = _("Sales statement %(month)s", month=month_words(statement.month))
    above = f"{campaign.name} · {title}"
    report.heading(vendor.name, above)
    who = [one for one in (vendor.owner, vendor.binaan) if one]
    report.text(" · ".join([*who, _material()]), quiet=True)
    total = statement.total
    report.figures(
        [
            (_("Omzet"), format_rupiah(total.omzet_rp)),
            (_("Units"), format_amount(total.units)),
            (_("Omzet, completed"), format_rupiah(total.omzet_final_rp)),
        ]
    )
    if not statement.products:
        report.text(_("Nothing was sold in this month."))
    for title, first, lines in _parts(statement):
        if lines:
            report.section(title)
            rows = [*_rows(lines), _total(statement)]
            report.table(Sheet(_head(first), rows, _WIDTHS, last_is_total=True))
    report.section(_("The year so far"))
    report.text(_year_words(statement))
    report.text(_rules(), quiet=True)


def _parts(statement: Statement) -> list[tuple[str, str, list[tuple[str, StatementLine]]]]:
    """Give the ways to add up: a title, the first column's word, and lines with their names."""
    unmatched = _("Not matched yet")
    return [
        (
            _("By product"),
            _("Product"),
            [(one.name or one.key or unmatched, one) for one in statement.products],
        ),
        (
            _("By event"),
            _("Event"),
            [(one.name or _("Outside every window"), one) for one in statement.events],
        ),
        (
            _("By channel"),
            _("Channel"),
            [(channel_name(one.key), one) for one in statement.channels],
        ),
        (_("By day"), _("Day"), [(_day(one.key), one) for one in statement.days]),
    ]


def _head(first: str) -> tuple[str, str, str, str]:
    return (first, _("Units"), _("Omzet (Rp)"), _("Omzet, completed (Rp)"))


def _rows(lines: list[tuple[str, StatementLine]]) -> list[tuple[str, int, int, int]]:
    return [
        (name, one.counted.units, one.counted.omzet_rp, one.counted.omzet_final_rp)
        for name, one in lines
    ]


def _total(statement: Statement) -> tuple[str, int, int, int]:
    total = statement.total
    return (_("Total"), total.units, total.omzet_rp, total.omzet_final_rp)


def _day(day: str) -> str:
    words: str = babel_date(date.fromisoformat(day), "EEEE, d MMMM y", locale=language())
    return words


def _year_words(statement: Statement) -> str:
    words: str = _(
        "From January to %(month)s sales through this campaign came to %(omzet)s. For persons the"
        " final income tax of 0.5 per cent begins above %(limit)s a calendar year, counted over"
        " everything a vendor sells, also elsewhere.",
        month=month_words(statement.month),
        omzet=format_rupiah(statement.year_rp),
        limit=format_rupiah(TAX_FREE_RP),
    )
    return words


def _material() -> str:
    words: str = _("Material for financial reports; not a tax document.")
    return words


def _rules() -> str:
    words: str = _(
        "Omzet is prices after discounts less what came back, in the month in which it came back;"
        " without shipping, marketplace fees, commission or rounding. Completed leaves out online"
        " orders that may still be returned."
    )
    return words


def _foot(campaign: Campaign) -> str:
    made = _("made %(moment)s", moment=format_moment(hub_parts().clock.now()))
    return f"Lapak · {campaign.name} · {made}"
