"""Backups on screen: how old the newest is, which there are, where they go, one now."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, make_response, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from kiosk.errors import KioskError
from kiosk.services import backup_plan
from kiosk.services.sticks import sticks
from kiosk.web.approval import approval_facts, read_approval, refuse_pin
from kiosk.web.context import browser, go, here, show
from kiosk.web.words import ago

blueprint = Blueprint("backups", __name__)


@dataclass(frozen=True, slots=True)
class BackupShown:
    """A backup's row: its file, how old it is, and what is known of what it holds."""

    name: str
    folder: str
    made_at: datetime
    age: str
    size_bytes: int
    sales: int | None


@blueprint.get("/backups")
def page() -> Response:
    """GET /backups: the state, the list, the place, and how to restore."""
    return show(
        "till/backups/page.html",
        place=backup_plan.place(here()),
        own_folder=backup_plan.own_folder(here()),
        sticks=sticks(here()),
        minutes=here().settings.backup_minutes,
        keep=here().settings.backup_keep,
        **_facts(),
        **approval_facts(here(), browser()),
    )


@blueprint.get("/backups/state")
def state() -> Response:
    """GET /backups/state: how a backup goes on and which there are, asked for each second."""
    return make_response(render_template("till/backups/_state.html", **_facts()))


@blueprint.post("/backups")
def back_up() -> AnyResponse:
    """POST /backups: make a backup now."""
    backup_plan.ask_for_one(here(), browser())
    return go(url_for("backups.page"))


@blueprint.post("/backups/place")
def choose_place() -> AnyResponse:
    """POST /backups/place: let backups go to `where`: a stick's folder, here, or `folder`."""
    where = request.form.get("where", "")
    folder = {"here": "", "folder": request.form.get("folder", "")}.get(where, where)
    try:
        backup_plan.choose_place(here(), browser(), folder, read_approval(request.form))
    except KioskError as error:
        return refuse_pin(error, url_for("backups.page"))
    return go(url_for("backups.page"))


def _facts() -> dict[str, Any]:
    now = here().clock.now()
    now_state = backup_plan.backup_state(here())
    shown = [
        BackupShown(
            name=one.file.path.name,
            folder=str(one.file.path.parent),
            made_at=one.file.made_at,
            age=ago(now, one.file.made_at),
            size_bytes=one.file.size_bytes,
            sales=one.sales,
        )
        for one in backup_plan.kept_backups(here())
    ]
    return {
        "state": now_state,
        "age": ago(now, now_state.made_at) if now_state.made_at else None,
        "runs": backup_plan.is_under_way(here()),
        "progress": here().under_way.backup,
        "backups": shown,
    }
