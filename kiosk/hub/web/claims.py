"""The page of claimed payments: found in the bank's list, ticked, and confirmed; with undo."""

from dataclasses import dataclass
from typing import Any, Final

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from kiosk.errors import KioskError
from kiosk.hub.services import claims as service
from kiosk.hub.services.bank_lists import (
    LARGEST_FILE,
    LONGEST_LIST,
    Hit,
    Sought,
    find_in_list,
    lines_of_file,
)
from kiosk.hub.services.campaigns import open_campaign
from kiosk.hub.services.events import campaign_events
from kiosk.hub.storage.claims import claimed_sums
from kiosk.hub.web.notices import done, done_with_undo
from kiosk.hub.web.parts import hub_parts
from kiosk.hub.web.signin import actor
from kiosk.webtools.i18n import say

blueprint = Blueprint("claims", __name__, url_prefix="/campaigns/<campaign_id>/claims")

# How many sales with a claim are looked at for a bank's list.
_MOST_SOUGHT: Final = 2_000
_UPLOAD_BYTES: Final = LARGEST_FILE + LONGEST_LIST + (1 << 17)


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page shows beside the claims: ticks, what was found, what was refused."""

    ticked: frozenset[str] = frozenset()
    hits: dict[str, Hit] | None = None
    typed: str = ""
    evidence: str = ""
    refusal: str = ""


@blueprint.url_value_preprocessor
def _allow_a_file(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Let this one address take a file; it runs before the form is first looked at."""
    if endpoint == "hub.claims.find":
        request.max_content_length = _UPLOAD_BYTES


@blueprint.get("")
def show(campaign_id: str) -> Response:
    """GET …/claims?event=&q=&before=: what waits to be confirmed, and what was decided."""
    return _page(campaign_id, _open(campaign_id, request.args), Shown())


@blueprint.post("")
def decide(campaign_id: str) -> Response:
    """POST …/claims: say of the ticked payments that they came, or never came."""
    hub = hub_parts()
    ticked = request.form.getlist("payment")[: service.MOST_SALES * 10]
    decision = request.form.get("decision", "")
    evidence = " ".join(request.form.get("evidence", "").split())[: service.LONGEST_EVIDENCE]
    try:
        rows = service.decide_claims(
            hub.store, hub.clock, actor(), campaign_id, ticked, decision, evidence
        )
    except (service.NothingChosenError, service.DecisionUnknownError) as error:
        shown = Shown(frozenset(ticked), evidence=evidence, refusal=say(error))
        return _page(campaign_id, _open(campaign_id, request.args), shown, error.status)
    undo = url_for(".undo", campaign_id=campaign_id, decision_id=rows[0].id, batch=1)
    words = (
        ngettext("%(num)s payment is confirmed.", "%(num)s payments are confirmed.", len(rows))
        if decision == "final"
        else ngettext(
            "%(num)s payment is noted as never received.",
            "%(num)s payments are noted as never received.",
            len(rows),
        )
    )
    done_with_undo(words, undo, active=True)
    return _back(campaign_id)


@blueprint.post("/find")
def find(campaign_id: str) -> Response:
    """POST …/claims/find: look for what waits in a bank's list, and tick what is there."""
    text = request.form.get("list", "")[:LONGEST_LIST]
    refusal = ""
    try:
        in_file = _text_of_file()
    except KioskError as error:
        in_file, refusal = "", say(error)
    text = f"{text}\n{in_file}" if in_file else text
    claims = service.open_claims(hub_parts().store, campaign_id, most=_MOST_SOUGHT)
    sought = [Sought(one.key, one.reference, one.amount_rp) for one in claims.claims]
    hits = find_in_list(text, sought)
    ticked = frozenset(key for key, hit in hits.items() if hit.how == "reference")
    if not text.strip() and not refusal:
        refusal = _("Paste the bank's list, or choose its file.")
    shown = Shown(ticked, hits, text[:LONGEST_LIST], refusal=refusal)
    claims.claims.sort(key=lambda one: (one.key not in hits, one.key not in ticked))
    return _page(campaign_id, claims, shown, 422 if refusal else 200)


@blueprint.post("/decisions/<decision_id>/undo")
def undo(campaign_id: str, decision_id: str) -> Response:
    """POST …/claims/decisions/<id>/undo?batch=: let a payment, or all with it, wait again."""
    hub = hub_parts()
    batch = request.args.get("batch") == "1"
    undone = service.undo_claims(
        hub.store, hub.clock, actor(), campaign_id, decision_id, batch=batch
    )
    done(ngettext("%(num)s payment waits again.", "%(num)s payments wait again.", undone))
    return _back(campaign_id)


def _back(campaign_id: str) -> Response:
    return make_response(redirect(url_for(".show", campaign_id=campaign_id), 303))


def _open(campaign_id: str, arguments: Any) -> service.Claims:
    return service.open_claims(
        hub_parts().store,
        campaign_id,
        event=_word(arguments, "event"),
        search=_searched(arguments),
        before=_word(arguments, "before"),
    )


def _word(arguments: Any, name: str) -> str:
    """Read an id from the address; what is none finds nothing."""
    word: str = arguments.get(name, "")[:40]
    return word


def _searched(arguments: Any) -> str:
    return " ".join(arguments.get("q", "").split())[:100]


def _page(campaign_id: str, found: service.Claims, shown: Shown, status: int = 200) -> Response:
    store = hub_parts().store
    events = campaign_events(store, campaign_id)
    with store.read() as connection:
        sums = claimed_sums(connection, campaign_id)
    page = render_template(
        "hub/claims/list.html",
        campaign=open_campaign(store, campaign_id),
        claims=found.claims,
        more=found.more if shown.hits is None else "",
        most_sought=_MOST_SOUGHT if shown.hits is not None and found.more else 0,
        sums=[(one, *sums[one.id]) for one in events if one.id in sums],
        events=events,
        event_names={one.id: one.name for one in events},
        event=_word(request.args, "event"),
        search=_searched(request.args),
        shown=shown,
        decided=service.decided_claims(store, campaign_id),
    )
    return make_response(page, status)


def _text_of_file() -> str:
    """Give the lines of the file that came with the list, '' where none did.

    Raises what `lines_of_file` raises.
    """
    file = request.files.get("file")
    if file is None:
        return ""
    data = file.read()
    file.close()
    return lines_of_file(file.filename or "", data) if data else ""
