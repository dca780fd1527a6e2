"""The page of the trail: who did what and when, before and after, found by words and filters."""

from datetime import date

from flask import Blueprint, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug import Response

from kiosk.hub.services.trail import TrailEntry, TrailQuery, search_trail, trail_people
from kiosk.hub.services.undoing import RowChangedError, undo_change, undoable_lines
from kiosk.hub.web.export import csv_response
from kiosk.hub.web.notices import done, warn
from kiosk.hub.web.parts import hub_parts
from kiosk.hub.web.signin import actor
from kiosk.hub.web.trail_words import about_words, action_words, field_words, value_words
from kiosk.webtools.i18n import local_path, say

blueprint = Blueprint("trail", __name__, url_prefix="/trail")

_MOST_EXPORTED = 10_000
_FILTERS = ("q", "by", "about", "first", "last")


@blueprint.get("")
def show() -> str:
    """GET /trail?q=&by=&about=&first=&last=&before=: the trail, the last line first."""
    store = hub_parts().store
    query = _query()
    page = search_trail(store, query, request.args.get("before", "")[:80])
    return render_template(
        "hub/trail/show.html",
        page=page,
        query=query,
        people=trail_people(store),
        abouts=about_words(),
        action=action_words,
        field=field_words,
        said=value_words,
        is_narrowed=query != TrailQuery(),
        undoable=undoable_lines(store, [line.id for line in page.lines]),
        here=request.full_path,
        address={name: request.args[name] for name in _FILTERS if request.args.get(name)},
    )


@blueprint.get("/changes.csv")
def export() -> Response:
    """GET /trail/changes.csv: what the filters find, for a spreadsheet."""
    found = search_trail(hub_parts().store, _query(), most=_MOST_EXPORTED)
    head = [_("When"), _("Who"), _("What"), _("Of what"), _("Changes")]
    return csv_response("jejak-perubahan", head, [_cells(line) for line in found.lines])


@blueprint.post("/<line>/undo")
def undo(line: str) -> Response:
    """POST /trail/<line>/undo?next=: bring a row back to what it was before its last change."""
    hub = hub_parts()
    try:
        name = undo_change(hub.store, hub.clock, actor(), line)
    except RowChangedError as error:
        warn(say(error))
    else:
        done(_("“%(name)s” is as it was before.", name=name))
    return redirect(local_path(request.args.get("next", "")), 303)


def _cells(line: TrailEntry) -> tuple[str, ...]:
    changes = [f"{field_words(name)}: {old} → {new}" for name, old, new in line.changes]
    facts = [f"{field_words(name)}: {value}" for name, value in line.facts.items()]
    told = "; ".join([*changes, *facts])
    when = line.at.isoformat(" ", "seconds")
    return when, line.name, action_words(line.action), line.label or line.subject, told


def _query() -> TrailQuery:
    """Read the address; a day that is none is left out."""
    about = request.args.get("about", "")
    return TrailQuery(
        words=request.args.get("q", "").strip()[:100],
        by=request.args.get("by", "")[:40],
        about=about if about in about_words() else "",
        first=_day("first"),
        last=_day("last"),
    )


def _day(name: str) -> date | None:
    try:
        found = date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return None
    return found if found.year < date.max.year and found.year > date.min.year else None
