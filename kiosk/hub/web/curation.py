"""Pages of curation: the ranking with a reason for every proposal, and the rule behind it."""

from dataclasses import asdict
from typing import Final

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug import Response

from kiosk.domain.money import Rupiah, format_amount, format_rupiah
from kiosk.hub.services import curation as service
from kiosk.hub.services.campaigns import NotFoundError, open_campaign
from kiosk.hub.services.curation import PRODUCTS, VENDORS, Ranked, Ranking
from kiosk.hub.services.curation_rule import EARLY, HELP, STAY, WATCH, Rule
from kiosk.hub.web.export import csv_response
from kiosk.hub.web.forms import Form, RequiredError, answer_form
from kiosk.hub.web.notices import done_with_undo
from kiosk.hub.web.parts import hub_parts
from kiosk.hub.web.signin import actor

blueprint = Blueprint("curation", __name__, url_prefix="/campaigns/<campaign_id>/curation")

_KINDS: Final = (PRODUCTS, VENDORS)
_ORDER: Final = (HELP, WATCH, STAY, EARLY)


@blueprint.get("")
def show(campaign_id: str) -> str:
    """GET …/curation?of=&proposal=&q=: the ranking of products or vendors."""
    campaign = open_campaign(hub_parts().store, campaign_id)
    kind = _kind(request.args.get("of", ""))
    found = _ranking(campaign_id, kind)
    proposal = request.args.get("proposal", "")
    search = request.args.get("q", "").strip()[:100]
    counts = {one: sum(row.judgement.proposal == one for row in found.rows) for one in _ORDER}
    return render_template(
        "hub/curation/show.html",
        campaign=campaign,
        kind=kind,
        ranking=found,
        rows=[(n, row) for n, row in enumerate(found.rows, 1) if _is_shown(row, proposal, search)],
        counts=counts,
        proposal=proposal if proposal in _ORDER else "",
        search=search,
        proposals=proposal_words(),
        trends=_trend_words(),
        reason=lambda row: reason_words(row, kind, found.rule),
        average=lambda row: _average(row, kind),
    )


@blueprint.get("/<by>.csv")
def export(campaign_id: str, by: str) -> Response:
    """GET …/curation/<products|vendors>.csv: the ranking for a spreadsheet."""
    if by not in _KINDS:
        raise NotFoundError
    found = _ranking(campaign_id, by)
    head = [_("Rank"), _("Name"), _("Vendor"), _("Omzet (Rp)"), _("Average of an event")]
    head += [event.name for event in found.events] + [_("Trend"), _("Proposal"), _("Reason")]
    return csv_response(
        f"kurasi-{by}", head, [_cells(n, row, by, found) for n, row in enumerate(found.rows, 1)]
    )


@blueprint.route("/rule", methods=["GET", "POST"])
def change_rule(campaign_id: str) -> Response:
    """GET or POST …/curation/rule: read and change by what is ranked."""
    hub = hub_parts()
    campaign = open_campaign(hub.store, campaign_id)
    standing = _ranking(campaign_id, PRODUCTS).rule

    def save(form: Form) -> str:
        rule = Rule(**{name: _whole(form, name) for name in asdict(standing)})
        form.check()
        service.save_rule(hub.store, hub.clock, actor(), campaign_id, rule)
        return url_for(".show", campaign_id=campaign_id)

    values = {name: format_amount(value) for name, value in asdict(standing).items()}
    return answer_form("hub/curation/rule.html", values, save, campaign=campaign)


@blueprint.post("/accept")
def accept(campaign_id: str) -> Response:
    """POST …/curation/accept: do what is proposed of the product or vendor `key`."""
    hub = hub_parts()
    kind = _kind(request.form.get("of", ""))
    found = _ranking(campaign_id, kind)
    key = request.form.get("key", "")
    row = next((row for row in found.rows if row.key == key), None)
    if row is None:
        raise NotFoundError
    reason = reason_words(row, kind, found.rule)
    decision = service.accept(hub.store, hub.clock, actor(), campaign_id, row, reason)
    words = (
        _("“%(name)s” is off sale from now on.", name=row.name)
        if kind == PRODUCTS
        else _("“%(name)s” is on the list of those who need help.", name=row.name)
    )
    undo = url_for(".undo", campaign_id=campaign_id, decision_id=decision, of=kind)
    done_with_undo(words, undo, active=True)
    return _back(campaign_id, kind)


@blueprint.post("/<decision_id>/undo")
def undo(campaign_id: str, decision_id: str) -> Response:
    """POST …/curation/<id>/undo: take an accepted proposal back."""
    hub = hub_parts()
    service.take_back(hub.store, hub.clock, actor(), campaign_id, decision_id)
    return _back(campaign_id, _kind(request.args.get("of", "")))


def proposal_words() -> dict[str, str]:
    """Give what may be proposed, in words."""
    return {
        HELP: _("Needs help"),
        WATCH: _("Watch"),
        STAY: _("Stays"),
        EARLY: _("Too early to say"),
    }


def reason_words(row: Ranked, kind: str, rule: Rule) -> str:
    """Say in a sentence why something is proposed."""
    found = row.judgement
    facts = {
        "average": _average(row, kind),
        "keep": _amount(kind, rule.keep_units, rule.keep_omzet_rp),
        "help": _amount(kind, rule.help_units, rule.help_omzet_rp),
        "out": found.ran_out,
        "least": rule.least_events,
    }
    sentences = {
        "few_events": _("Fewer than %(least)s events so far.", **facts),
        "sells": _("Sells %(average)s an event; %(keep)s is enough to stay.", **facts),
        "ran_out": _(
            "Ran out at %(out)s events, so more would have been sold: bring more.", **facts
        ),
        "between": _("Sells %(average)s an event, between %(help)s and %(keep)s.", **facts),
        "ran_out_once": _(
            "Sells only %(average)s an event, but ran out: bring more first.", **facts
        ),
        "rising": _("Sells only %(average)s an event, but more and more.", **facts),
        "weak": _(
            "Sells only %(average)s an event, below %(help)s, and it never ran out.", **facts
        ),
    }
    seen = ngettext("Seen at %(num)s event.", "Seen at %(num)s events.", found.events)
    return f"{sentences[found.reason]} {seen}"


def _trend_words() -> dict[str, str]:
    return {"rising": _("↗ rising"), "falling": _("↘ falling"), "steady": _("→ steady")}


def _amount(kind: str, units: int, omzet_rp: int) -> str:
    if kind == VENDORS:
        return format_rupiah(Rupiah(omzet_rp))
    return str(ngettext("%(num)s piece", "%(num)s pieces", units))


def _average(row: Ranked, kind: str) -> str:
    tenths = row.judgement.average_tenths
    if kind == VENDORS:
        return format_rupiah(Rupiah(tenths // 10))
    return f"{tenths // 10},{tenths % 10}"


def _cells(n: int, row: Ranked, kind: str, found: Ranking) -> list[str | int]:
    seen = [row.seen.get(event.id) for event in found.events]
    return [
        n, row.name, row.seller, row.omzet_rp, _average(row, kind),
        *("" if one is None else one.amount for one in seen),
        _trend_words()[row.judgement.trend],
        proposal_words()[row.judgement.proposal],
        reason_words(row, kind, found.rule),
    ]  # fmt: skip


def _is_shown(row: Ranked, proposal: str, search: str) -> bool:
    if proposal in _ORDER and row.judgement.proposal != proposal:
        return False
    words = f"{row.name} {row.seller} {row.category}".casefold()
    return search.casefold() in words


def _whole(form: Form, name: str) -> int:
    amount = form.amount(name)
    if amount is None:
        form.refuse(RequiredError(), name)
    return amount or 0


def _ranking(campaign_id: str, kind: str) -> Ranking:
    hub = hub_parts()
    return service.ranking(hub.store, hub.clock, campaign_id, kind)


def _kind(text: str) -> str:
    return text if text in _KINDS else PRODUCTS


def _back(campaign_id: str, kind: str) -> Response:
    return redirect(url_for(".show", campaign_id=campaign_id, of=kind), 303)
