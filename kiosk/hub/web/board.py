"""The evening board: one campaign's total first, then what makes it up and what needs a hand."""

import hashlib
from dataclasses import dataclass
from typing import Final

from flask import Blueprint, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug import Response

from kiosk.hub.services import figures
from kiosk.hub.services.campaigns import all_campaigns, claimed_payments, open_campaign
from kiosk.hub.services.devices import count_waiting
from kiosk.hub.services.evening import open_evening
from kiosk.hub.services.matching import count_unmatched_listings
from kiosk.hub.services.papan import as_spoken
from kiosk.hub.storage.claims import claimed_sums
from kiosk.hub.web.evening import files_on_board, machines_on_board
from kiosk.hub.web.figures import Row, group_words, rows_of
from kiosk.hub.web.machines import machine_states
from kiosk.hub.web.parts import hub_parts
from kiosk.hub.web.trust import trust_sentence
from kiosk.webtools.i18n import language
from kiosk.webtools.pages import respond, wants_fragment

blueprint = Blueprint("board", __name__)

_SHOWN: Final = ("channel", "event", "vendor", "kecamatan", "product")


@dataclass(frozen=True, slots=True)
class Section:
    """A ranking on the board."""

    by: str
    title: str
    bars: list[Row]


@dataclass(frozen=True, slots=True)
class Todo:
    """Something that needs a hand, how many of it, and where to do it."""

    icon: str
    words: str
    count: int
    href: str


@blueprint.get("/")
def start() -> Response:
    """GET /: the newest campaign's board, or the place to make the first campaign."""
    campaigns = all_campaigns(hub_parts().store)
    if not campaigns:
        return redirect(url_for("hub.campaigns.show_all"), 303)
    return redirect(url_for("hub.board.show", campaign_id=campaigns[0].id), 303)


@blueprint.get("/campaigns/<campaign_id>")
def show(campaign_id: str) -> Response:
    """GET /campaigns/<id>?event=&seen=: the evening board; the page asks for news by itself."""
    hub = hub_parts()
    campaign = open_campaign(hub.store, campaign_id)
    total = figures.campaign_total(hub.store, campaign_id)
    # A campaign's target is everybody's, and a part of the figures says nothing about it.
    target = 0 if hub.store.scope else campaign.target_rp or 0
    event = request.args.get("event", "")[:40]
    evening = open_evening(hub.store, hub.clock, campaign_id, event)
    whole = hub.store.scope is None
    shown: dict[str, object] = {
        "campaign": campaign,
        "total": total,
        "target": target,
        "target_percent": total.omzet_rp * 100 // target if target else 0,
        "trust": trust_sentence(campaign_id),
        "spoken": as_spoken(total.omzet_rp),
        "evening": evening,
        "machines": machines_on_board(campaign_id, evening.event.id) if evening and whole else [],
        "files": files_on_board(campaign_id) if whole else [],
        "claimed_rp": _claimed_rp(campaign_id) if whole else 0,
        "is_scoped": not whole,
        "sections": [
            Section(
                group,
                group_words()[group],
                rows_of(group, figures.named_figures(hub.store, campaign_id, group)),
            )
            for group in _SHOWN
        ],
        "todo": [one for one in _todo(campaign_id) if one.count] if whole else [],
    }
    seen = _fingerprint(shown)
    if wants_fragment() and request.args.get("seen") == seen:
        return Response(status=204)
    context = {**shown, "seen": seen, "asked_event": event, "now": hub.clock.now()}
    return respond("hub/board/show.html", "hub/board/_board.html", context)


def _fingerprint(shown: dict[str, object]) -> str:
    """Give a word for what the board shows, so that a page that shows it gets no answer."""
    return hashlib.sha256(f"{language()} {shown!r}".encode("utf-8", "replace")).hexdigest()[:16]


def _claimed_rp(campaign_id: str) -> int:
    with hub_parts().store.read() as connection:
        sums = claimed_sums(connection, campaign_id)
    return sum(amount for _payments, amount in sums.values())


def _todo(campaign_id: str) -> list[Todo]:
    hub = hub_parts()
    return [
        Todo(
            "triangle-alert",
            _("Entries to review"),
            count_waiting(hub.store, campaign_id),
            url_for("hub.review.show", campaign_id=campaign_id),
        ),
        Todo(
            "link",
            _("Listings without a product"),
            count_unmatched_listings(hub.store, campaign_id),
            url_for("hub.matching.show", campaign_id=campaign_id),
        ),
        Todo(
            "wallet",
            _("QRIS payments claimed, not yet confirmed"),
            claimed_payments(hub.store, campaign_id),
            url_for("hub.claims.show", campaign_id=campaign_id),
        ),
        Todo(
            "wifi-off",
            _("Machines silent for a while"),
            sum(state.is_silent for state in machine_states(campaign_id)),
            url_for("hub.devices.show_all", campaign_id=campaign_id),
        ),
    ]
