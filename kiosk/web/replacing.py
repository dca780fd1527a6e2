"""Taking another machine's place: from the hub, a backup, or files on a stick, with progress.

The service is loaded when the page is: a machine is replaced once, if ever.
"""

from typing import Any

from flask import Blueprint, make_response, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from kiosk.errors import KioskError, WorldError
from kiosk.services.enrolment import has_journal
from kiosk.services.replacement import Replacement, ReplaceWish
from kiosk.web.context import go, here, show
from kiosk.webtools.i18n import say, say_fact

blueprint = Blueprint("replacing", __name__)


@blueprint.get("/setup/replace")
def page() -> AnyResponse:
    """GET /setup/replace: where the other machine's sales can come from, and how it goes."""
    from kiosk.services import replacing  # noqa: PLC0415

    now = replacing.under_way(here())
    if has_journal(here()) and (now is None or now.outcome is None):
        return go(url_for("selling.page"))
    return show(
        "till/replacing/page.html",
        sources=replacing.sources(here()),
        hub_url=now.wish.hub_url if now else here().settings.hub_url,
        code=now.wish.code if now else request.args.get("code", ""),
        path=now.wish.path if now else "",
        **_facts(now),
    )


@blueprint.get("/setup/replace/state")
def state() -> AnyResponse:
    """GET /setup/replace/state: how far it is, asked for each second; the page when it is over."""
    from kiosk.services import replacing  # noqa: PLC0415

    now = replacing.under_way(here())
    if now is None or now.phase != "running":
        return go(url_for("replacing.page"))
    return make_response(render_template("till/replacing/_state.html", **_facts(now)))


@blueprint.post("/setup/replace")
def begin() -> AnyResponse:
    """POST /setup/replace: restore from `hub_url` and `code`, or from the `path` of a source."""
    from kiosk.services import replacing  # noqa: PLC0415

    form = request.form
    path = form.get("typed", "").strip() or form.get("path", "")
    from_hub = form.get("from") == "hub"
    wish = ReplaceWish(
        hub_url=form.get("hub_url", "") if from_hub else "",
        code=form.get("code", "") if from_hub else "",
        path="" if from_hub else path,
        tip=form.get("tip", ""),
        accepts_loss=form.get("accepts_loss") == "1",
    )
    if not from_hub and not path:
        raise replacing.NoSuchSourceError("")
    replacing.begin(here(), wish)
    return go(url_for("replacing.page"))


@blueprint.post("/setup/replace/forget")
def forget() -> AnyResponse:
    """POST /setup/replace/forget: begin anew, without what was fetched."""
    from kiosk.services import replacing  # noqa: PLC0415

    replacing.forget(here())
    return go(url_for("replacing.page"))


def _facts(now: Replacement | None) -> dict[str, Any]:
    error = now.error if now else None
    return {
        "now": now,
        "trouble": _said(error) if error else "",
        "facts": getattr(error, "facts", []) if isinstance(error, WorldError) else [],
        "tips": getattr(error, "tips", ()),
        "has_pins": now is not None and now.outcome is not None and now.outcome.is_enrolled,
    }


def _said(error: KioskError | WorldError) -> str:
    from kiosk.services.replanting import SourceDamagedError  # noqa: PLC0415

    if isinstance(error, SourceDamagedError):
        return str(
            _(
                "What lies there does not hold, so nothing was restored. Choose another source, or"
                " accept the loss."
            )
        )
    return say(error) if isinstance(error, KioskError) else str(say_fact(error.message))
