"""The report of an event as a PDF with charts, made of a snapshot: of now, or of a version.

An event '' is the whole campaign.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from flask_babel import gettext as _

from kiosk.domain.money import format_amount, format_rupiah
from kiosk.hub.services.pdf_sheets import PdfReport, Sheet
from kiosk.hub.services.press_texts import omzet_of, units_of
from kiosk.hub.services.snapshots import Snapshot
from kiosk.hub.storage.imports import Counted
from kiosk.hub.web.channels import TITLES
from kiosk.hub.web.figures import group_words, named
from kiosk.hub.web.payment_words import method_words, state_words
from kiosk.webtools.i18n import format_date, format_moment, language

_MOST_BARS: Final = 10
# Days that fit beside each other; of more the last are shown.
_MOST_COLUMNS: Final = 24


def report_pdf(snapshot: Snapshot, event: str, status: str, n: int | None = None) -> bytes:
    """Give the report; `n` is the version it is made of, None for a report of now."""
    at = format_moment(datetime.fromisoformat(snapshot.at))
    name = snapshot.name_of("event", event) or str(snapshot.campaign["name"])
    what = _status_words(status)
    of_version = _("Version %(n)s, %(moment)s", n=n, moment=at) if n else at
    report = PdfReport(name, f"Lapak · {name} · {what} · {of_version}", language())
    report.heading(name, _above(snapshot, event))
    report.text(f"{what} · {of_version}")
    _write_figures(report, snapshot, event, status)
    _write_earlier(report, snapshot, event, status)
    for group in ("channel", "kecamatan", "category"):
        _write_bars(report, snapshot, event, status, group)
    _write_times(report, snapshot, event, status)
    for group in ("vendor", "product"):
        _write_bars(report, snapshot, event, status, group)
    _write_table(report, snapshot, event)
    _write_payments(report, snapshot, event)
    _write_coverage(report, snapshot, event)
    return report.build()


def _status_words(status: str) -> str:
    words = {"sementara": _("Figures sementara"), "final": _("Figures final")}
    return str(words[status])


def _above(snapshot: Snapshot, event: str) -> str:
    plan = _plan(snapshot, event)
    parts = [str(snapshot.campaign["name"]), str(snapshot.campaign["city"])]
    if plan:
        first = datetime.fromisoformat(plan["bazaar_start"])
        last = datetime.fromisoformat(plan["bazaar_end"])
        day = format_date(first)
        if last.date() != first.date():
            day = f"{day} – {format_date(last)}"
        parts += [str(plan["place"]), day]
    return " · ".join(part for part in parts if part)


def _plan(snapshot: Snapshot, event: str) -> Mapping[str, Any] | None:
    return next((one for one in snapshot.events if one["id"] == event), None)


def _sold(snapshot: Snapshot, event: str, status: str, group: str) -> dict[str, Counted]:
    """Give what of a group sold anything, '' left out."""
    found = snapshot.sums_by(group, event)
    return {key: one for key, one in found.items() if key and units_of(one, status) > 0}


def _write_figures(report: PdfReport, snapshot: Snapshot, event: str, status: str) -> None:
    total = snapshot.total(event)
    omzet_rp = omzet_of(total, status)
    report.figures(
        [
            (_("Omzet"), format_rupiah(omzet_rp)),
            (_("Units"), format_amount(units_of(total, status))),
            (_("Vendors"), format_amount(len(_sold(snapshot, event, status, "vendor")))),
            (_("Products"), format_amount(len(_sold(snapshot, event, status, "product")))),
        ]
    )
    plan = _plan(snapshot, event)
    target_rp = plan["target_rp"] if plan else snapshot.campaign["target_rp"]
    if target_rp:
        report.text(
            _(
                "%(percent)s%% of the target of %(target)s.",
                percent=format_amount(omzet_rp * 100 // target_rp),
                target=format_rupiah(target_rp),
            )
        )
    if total.omzet_rp != total.omzet_final_rp:
        report.text(
            _(
                "Sementara %(omzet)s with %(units)s units; final %(omzet_final)s with"
                " %(units_final)s units.",
                omzet=format_rupiah(total.omzet_rp),
                units=format_amount(total.units),
                omzet_final=format_rupiah(total.omzet_final_rp),
                units_final=format_amount(total.units_final),
            )
        )


def _write_earlier(report: PdfReport, snapshot: Snapshot, event: str, status: str) -> None:
    """Hold the event against the campaign's other events, in the order of their bazaars."""
    sums = snapshot.sums_by("event")
    rows = [
        (
            format_date(datetime.fromisoformat(one["bazaar_start"])),
            str(one["name"]),
            units_of(sums[one["id"]], status),
            int(omzet_of(sums[one["id"]], status)),
        )
        for one in snapshot.events
        if one["id"] in sums
    ]
    if len(rows) > 1:
        report.section(_("Beside the other events") if event else _("Events"))
        head = (_("Date"), _("Event"), _("Units"), _("Omzet (Rp)"))
        report.table(Sheet(head, rows, (28, 40, 14, 18)))


def _write_bars(report: PdfReport, snapshot: Snapshot, event: str, status: str, group: str) -> None:
    rows = [
        (named(group, key, snapshot.name_of(group, key)), int(omzet_of(one, status)))
        for key, one in snapshot.sums_by(group, event).items()
        if omzet_of(one, status)
    ]
    rows.sort(key=lambda row: (-row[1], row[0]))
    if not rows:
        return
    words = group_words()[group]
    more = len(rows) - _MOST_BARS
    title = _("Omzet by %(group)s", group=words.lower())
    report.section(_("%(title)s, the ten largest", title=title) if more > 0 else title)
    report.bars(rows[:_MOST_BARS])


def _write_times(report: PdfReport, snapshot: Snapshot, event: str, status: str) -> None:
    """Show units by the day, where there are several, and by the hour of the day over all."""
    days: dict[str, int] = {}
    hours: dict[str, int] = {}
    for key, one in sorted(snapshot.sums_by("hour", event).items()):
        if key:
            day, _t, hour = key.partition("T")
            days[day] = days.get(day, 0) + units_of(one, status)
            hours[hour] = hours.get(hour, 0) + units_of(one, status)
    if len(days) > 1:
        report.section(_("Units by the day"))
        shown = list(days.items())[-_MOST_COLUMNS:]
        report.columns([(f"{day[8:10]}/{day[5:7]}", units) for day, units in shown])
    if hours:
        report.section(_("Units by the hour of the day"))
        report.columns([(f"{hour}.00", units) for hour, units in sorted(hours.items())])


def _write_table(report: PdfReport, snapshot: Snapshot, event: str) -> None:
    rows: list[tuple[str, str, int, int, int]] = [
        (
            named("vendor", key, snapshot.name_of("vendor", key)),
            snapshot.name_of("kecamatan", str(snapshot.vendors.get(key, {}).get("kecamatan", ""))),
            one.units,
            int(one.omzet_rp),
            int(one.omzet_final_rp),
        )
        for key, one in snapshot.sums_by("vendor", event).items()
    ]
    if not rows:
        report.text(_("Nothing was sold yet."))
        return
    rows.sort(key=lambda row: (-row[3], row[0]))
    total = snapshot.total(event)
    sums = (total.units, int(total.omzet_rp), int(total.omzet_final_rp))
    report.section(_("All vendors"))
    report.table(
        Sheet(
            (_("Vendor"), _("Kecamatan"), _("Units"), _("Omzet (Rp)"), _("Omzet, final (Rp)")),
            [*rows, (_("Total"), "", *sums)],
            (36, 24, 12, 16, 16),
            last_is_total=True,
        )
    )


def _write_payments(report: PdfReport, snapshot: Snapshot, event: str) -> None:
    sums: dict[tuple[str, str], list[int]] = {}
    for one in snapshot.payments:
        if event in ("", one["event"]):
            found = sums.setdefault((one["method"], one["state"]), [0, 0])
            found[0] += one["payments"]
            found[1] += one["amount_rp"]
    if sums:
        report.section(_("Money at the bazaars by way to pay"))
        rows = [
            (method_words(method), state_words(state), count, amount)
            for (method, state), (count, amount) in sorted(sums.items())
        ]
        head = (_("Way to pay"), _("State"), _("Payments"), _("Amount (Rp)"))
        report.table(Sheet(head, rows, (34, 34, 14, 20)))


def _write_coverage(report: PdfReport, snapshot: Snapshot, event: str) -> None:
    """Say which machines are complete, and which files the online orders come from."""
    machines = [
        (
            str(one["name"]),
            _("complete") if one["complete"] else _("not complete"),
            format_moment(datetime.fromisoformat(one["last_heard_at"]))
            if one["last_heard_at"]
            else _("never"),
        )
        for one in snapshot.machines
        if event in ("", one["event"])
    ]
    if machines:
        report.section(_("Machines"))
        report.table(Sheet((_("Machine"), _("State"), _("Last heard")), machines, (3, 2, 4)))
    files = [
        (
            TITLES.get(one["source"], one["source"]),
            str(one["file_name"]),
            format_moment(datetime.fromisoformat(one["as_of"])),
            int(one["orders"]),
        )
        for one in snapshot.imports
    ]
    if files:
        report.section(_("Imported files"))
        head = (_("Marketplace"), _("File"), _("As of"), _("Orders"))
        report.table(Sheet(head, files, (24, 34, 34, 10)))
    report.text(
        _(
            "Omzet is line totals after discounts, less refunds: no shipping, no fees, no"
            " rounding. Sementara counts what is paid and not cancelled; final what is completed"
            " less returns."
        ),
        quiet=True,
    )
