"""The review tray: what machines sent and the hub could not count as it stood, and decisions."""

from flask import Blueprint, Response, render_template, url_for
from flask_babel import gettext as _

from kiosk.hub.services import decisions as service
from kiosk.hub.services.campaigns import open_campaign
from kiosk.hub.services.decisions import (
    ACCEPTED,
    LONGEST_NOTE,
    SET_ASIDE,
    readable,
)
from kiosk.hub.services.devices import review_tray
from kiosk.hub.services.fork_sides import sides_of
from kiosk.hub.storage.tray import CHANGED_FILE, CONFLICT, COUNTS, FORK
from kiosk.hub.web.entry_words import entry_facts
from kiosk.hub.web.fact_words import fact_words
from kiosk.hub.web.forms import Form, answer_form
from kiosk.hub.web.notices import done
from kiosk.hub.web.parts import hub_parts
from kiosk.hub.web.review_words import advice_words
from kiosk.hub.web.signin import actor

blueprint = Blueprint("review", __name__, url_prefix="/campaigns/<campaign_id>/review")

_REOPEN = "reopen"
# Their pages show what the fact only names by ids.
_PLAIN = (CONFLICT, FORK, CHANGED_FILE)


@blueprint.get("")
def show(campaign_id: str) -> str:
    """GET …/review: the tray, what waits for a decision first."""
    store = hub_parts().store
    return render_template(
        "hub/review/list.html",
        campaign=open_campaign(store, campaign_id),
        rows=review_tray(store, campaign_id),
        reasons=reason_words(),
        decisions=_decision_words(),
        plain=_PLAIN,
        fact=fact_words,
    )


@blueprint.route("/<journal>/<int:seq>/<reason>", methods=["GET", "POST"])
def entry(campaign_id: str, journal: str, seq: int, reason: str) -> Response:
    """GET …/review/<journal>/<seq>/<reason>: one entry. POST: decide, or take it back."""
    hub = hub_parts()
    campaign = open_campaign(hub.store, campaign_id)
    found = service.open_entry(hub.store, campaign_id, journal, seq, reason)

    def save(form: Form) -> str:
        note = form.lines("note", most=LONGEST_NOTE)
        form.check()
        decision = form.typed("decision")
        _decide(found, None if decision == _REOPEN else decision, note)
        return url_for(".entry", campaign_id=campaign_id, journal=journal, seq=seq, reason=reason)

    return answer_form(
        "hub/review/entry.html",
        {},
        save,
        campaign=campaign,
        entry=found,
        copies=[
            (
                copy,
                entry_facts(copy.stored),
                readable(copy.stored),
                copy.place == found.counted,
            )
            for copy in found.copies
        ],
        why=reason_words().get(reason, reason),
        plain=_PLAIN,
        fact=fact_words,
        advice=advice_words().get(reason, ""),
        sides=sides_of(hub.store, journal) if reason in (FORK, CHANGED_FILE) else None,
        decisions=_decision_words(),
    )


def _decide(found: service.OpenEntry, decision: str | None, note: str) -> None:
    """Write a decision; of a conflict it is the number of the copy that counts, from 0."""
    hub = hub_parts()
    if not found.is_conflict:
        service.decide(hub.store, hub.clock, actor(), found.row, decision, note)
    else:
        places = {str(n): copy.place for n, copy in enumerate(found.copies)}
        if decision is not None and decision not in places:
            raise service.DecisionUnknownError
        chosen = None if decision is None else places[decision]
        service.choose_copy(hub.store, hub.clock, actor(), found.row, chosen, note)
    done(_("The decision was written down.") if decision else _("The decision was taken back."))


def _decision_words() -> dict[str, str]:
    return {
        SET_ASIDE: _("Set aside"),
        ACCEPTED: _("Accepted as it is"),
        COUNTS: _("Chosen: this copy counts"),
    }


def reason_words() -> dict[str, str]:
    """Give the words for the reasons that `services.readings` and `projection` name."""
    unreadable = _("It cannot be read, so it counts nowhere.")
    return {
        "seq": unreadable,
        "id": unreadable,
        "kind": unreadable,
        "unreadable": unreadable,
        "body": unreadable,
        "unbalanced": _("Its parts do not add up to its total, so it counts nowhere."),
        "unknown_vendor": _("A product was added for a stall that the hub does not have."),
        "unknown_event": _("It names an event the hub does not have, so it counts nowhere."),
        "unknown_kind": _("A newer program wrote it; it counts nowhere until the hub is updated."),
        "fork": _("Two copies of this machine went on selling from the same entry; both count."),
        "changed_file": _(
            "Somebody changed this machine's file; what it still held was sent anew."
        ),
        "conflict": _("The same sale came twice with different content; one copy counts."),
        "excess": _("More came back than was sold; it is counted all the same."),
    }
