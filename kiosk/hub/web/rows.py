"""Pages that open a figure: the entries and rows it is made of, down to their bytes."""

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

from flask import Blueprint, render_template, request
from flask_babel import gettext as _
from werkzeug import Response

from kiosk.hub.services import opening as service
from kiosk.hub.services.campaigns import open_campaign
from kiosk.hub.services.decisions import readable
from kiosk.hub.services.discount_totals import discount_totals
from kiosk.hub.services.entries import open_order, open_stored
from kiosk.hub.services.events import campaign_events
from kiosk.hub.services.figures import GROUPS
from kiosk.hub.services.opened_discounts import open_discounts
from kiosk.hub.services.opened_payments import open_payments
from kiosk.hub.services.payment_totals import payment_totals
from kiosk.hub.services.wanted import Asked
from kiosk.hub.storage.looking import Place
from kiosk.hub.storage.online_rows import OnlineRow, RowPlace
from kiosk.hub.web.channels import TITLES
from kiosk.hub.web.entry_words import entry_facts, kind_words
from kiosk.hub.web.export import csv_response
from kiosk.hub.web.figures import channel_words, group_words, named
from kiosk.hub.web.parts import hub_parts
from kiosk.hub.web.payment_words import method_words, state_words
from kiosk.hub.web.trust import trust_sentence
from kiosk.webtools.i18n import format_moment

blueprint = Blueprint("rows", __name__, url_prefix="/campaigns/<campaign_id>")

_LONGEST_KEY: Final = 300
# A spreadsheet opens no more with ease, and the answer is made in memory.
_MOST_EXPORTED: Final = 200_000


@blueprint.get("/totals/<by>/rows")
def show(campaign_id: str, by: str) -> str:
    """GET …/totals/<by>/rows?key=&event=&q=&before=&after=: what one figure is made of."""
    hub = hub_parts()
    campaign = open_campaign(hub.store, campaign_id)
    asked = _asked(campaign_id, by)
    before = Place.parse(request.args.get("before", ""))
    after = RowPlace.parse(request.args.get("after", ""))
    figure = service.open_figure(hub.store, asked)
    events = campaign_events(hub.store, campaign_id)
    return render_template(
        "hub/rows/show.html",
        campaign=campaign,
        asked=asked,
        by=by,
        group=group_words()[by],
        title=named(by, asked.key, figure.name),
        figure=figure,
        channels=channel_words(),
        events=events,
        event_names={one.id: one.name for one in events},
        bazaar=None if after else service.open_bazaar(hub.store, asked, before),
        online=None if before else service.open_online(hub.store, asked, after),
        rekaps=[] if before or after else service.open_rekaps(hub.store, asked),
        is_first=not (before or after),
        may_open=hub.store.scope is None,
        trust=trust_sentence(campaign_id),
    )


@blueprint.get("/totals/<by>/rows.csv")
def export(campaign_id: str, by: str) -> Response:
    """GET …/totals/<by>/rows.csv: all of them for a spreadsheet."""
    store = hub_parts().store
    campaign = open_campaign(store, campaign_id)
    asked = _asked(campaign_id, by)
    head = [
        *(_("Channel"), _("Event"), _("When"), _("Number"), _("Where from"), _("Goods")),
        *(_("Units"), _("Omzet (Rp)"), _("Units, final"), _("Omzet, final (Rp)")),
        _("Came late"),
    ]
    names = {one.id: one.name for one in campaign_events(store, campaign_id)}
    return csv_response(
        f"{campaign.name}-{by}-rows", head, islice(_every_row(asked, names), _MOST_EXPORTED)
    )


def _every_row(asked: Asked, events: dict[str, str]) -> Iterator[list[str | int]]:
    store, channels = hub_parts().store, channel_words()
    for one in service.every_bazaar_row(store, asked):
        yield [
            channels.get(one.channel, one.channel),
            events.get(one.event, ""),
            format_moment(one.at),
            one.number,
            f"{one.machine} {one.till}, {one.seq}",
            one.name,
            *(one.units, one.omzet_rp, one.units, one.omzet_rp),
            format_moment(one.late_at) if one.late_at else "",
        ]
    for rekap in service.open_rekaps(store, asked):
        yield [
            channels.get("rekap", "rekap"),
            named("event", rekap.event, events.get(rekap.event, "")),
            format_moment(rekap.made_at),
            rekap.evidence_name,
            rekap.told_by,
            rekap.note,
            *(rekap.units, rekap.omzet_rp, rekap.units, rekap.omzet_rp),
            "",
        ]
    for row in service.every_online_row(store, asked):
        yield [
            channels.get(row.channel, row.channel),
            named("event", row.event, events.get(row.event, "")),
            _when(row),
            row.order_id,
            row.file_name,
            row.name,
            *(row.units, row.omzet_rp, row.units_final, row.omzet_final_rp),
            "",
        ]


def _when(row: OnlineRow) -> str:
    return format_moment(row.paid_at) if row.paid_at else ""


@blueprint.get("/totals/payments/rows")
def payments(campaign_id: str) -> str:
    """GET …/totals/payments/rows?key=&state=&event=&q=&before=: payments by one way to pay."""
    hub = hub_parts()
    asked = _asked(campaign_id, "")
    state = request.args.get("state", "final")[:40]
    events = campaign_events(hub.store, campaign_id)
    found = payment_totals(hub.store, campaign_id, asked.event)
    sums = [one for one in found if (one.method, one.state) == (asked.key, state)]
    return render_template(
        "hub/rows/payments.html",
        campaign=open_campaign(hub.store, campaign_id),
        asked=asked,
        state=state,
        title=(sums[0].name if sums else "") or method_words(asked.key),
        state_words=state_words(state),
        sum=sums[0] if sums else None,
        events=events,
        event_names={one.id: one.name for one in events},
        opened=open_payments(hub.store, asked, state, Place.parse(request.args.get("before", ""))),
    )


@blueprint.get("/totals/discounts/rows")
def discounts(campaign_id: str) -> str:
    """GET …/totals/discounts/rows?key=&reason=&event=&q=&before=: one bearer's for one reason."""
    hub = hub_parts()
    asked = _asked(campaign_id, "")
    reason = request.args.get("reason", "")[:_LONGEST_KEY]
    events = campaign_events(hub.store, campaign_id)
    found = discount_totals(hub.store, campaign_id, asked.event)
    sums = [one for one in found if (one.bearer, one.reason) == (asked.key, reason)]
    before = Place.parse(request.args.get("before", ""))
    return render_template(
        "hub/rows/discounts.html",
        campaign=open_campaign(hub.store, campaign_id),
        asked=asked,
        reason=reason,
        bearer=(sums[0].vendor if sums else None) or _("The campaign"),
        sum=sums[0] if sums else None,
        events=events,
        event_names={one.id: one.name for one in events},
        opened=open_discounts(hub.store, asked, reason, before),
        may_open=hub.store.scope is None,
    )


@blueprint.get("/entries/<journal>/<int:seq>")
def entry(campaign_id: str, journal: str, seq: int) -> str:
    """GET …/entries/<journal>/<seq>: one entry word for word, and what was said of it."""
    hub = hub_parts()
    found = open_stored(hub.store, campaign_id, journal, seq)
    return render_template(
        "hub/rows/entry.html",
        campaign=open_campaign(hub.store, campaign_id),
        entry=found,
        kinds=kind_words(),
        facts=entry_facts(found.copy.stored),
        words=readable(found.copy.stored),
        exact=_exact(found.copy.stored),
    )


@blueprint.get("/orders/<source>/<path:order_id>")
def order(campaign_id: str, source: str, order_id: str) -> str:
    """GET …/orders/<source>/<id>: one online order as its file told it, and what it counts."""
    hub = hub_parts()
    return render_template(
        "hub/rows/order.html",
        campaign=open_campaign(hub.store, campaign_id),
        order=open_order(hub.store, campaign_id, source, order_id),
        channels=channel_words(),
        titles=TITLES,
    )


def _asked(campaign_id: str, by: str) -> Asked:
    """Read the address; a group there is not is refused when it is opened."""
    arguments: dict[str, Any] = request.args
    return Asked(
        campaign=campaign_id,
        group=by if by in GROUPS else "",
        key=arguments.get("key", "")[:_LONGEST_KEY],
        event=arguments.get("event", "")[:40] or None,
        search=" ".join(arguments.get("q", "").split())[:100],
    )


def _exact(stored: bytes) -> str:
    """Write stored bytes as they were hashed; what is no text is spelled out."""
    text = stored.decode("utf-8", "backslashreplace")
    return json.dumps(text)[1:-1] if not text.isprintable() else text
