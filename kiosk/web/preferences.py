"""Preferences: how this screen looks and sounds, and when this till prints receipts."""

from typing import Final

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from kiosk.errors import N_
from kiosk.services.browsers import set_looks
from kiosk.services.receipts import habit_of, set_habit
from kiosk.web.context import browser, go, here, show, till
from kiosk.webtools.i18n import local_path

blueprint = Blueprint("preferences", __name__)

THEMES: Final = {
    "auto": N_("Auto"),
    "light": N_("Light"),
    "dark": N_("Dark"),
    "sun": N_("Sunlight"),
}
TEXT_SIZES: Final = {"normal": N_("Normal"), "large": N_("Large"), "huge": N_("Very large")}
HABITS: Final = {
    "always": N_("Always, by itself"),
    "ask": N_("Only when the buyer wants one"),
    "never": N_("Never"),
}


@blueprint.get("/preferences")
def page() -> Response:
    """GET /preferences: this screen's looks, this till's receipts."""
    return show(
        "till/preferences/page.html",
        themes=THEMES,
        text_sizes=TEXT_SIZES,
        habits=HABITS,
        till=till(),
        receipts=habit_of(here(), till().id),
    )


@blueprint.post("/looks")
def looks() -> AnyResponse:
    """POST /looks: set `theme`, `text_size` or `sounds` here and go back to the page `next`."""
    set_looks(here(), browser(), request.form)
    return redirect(local_path(request.form.get("next", "")), code=303)


@blueprint.post("/receipt-habit")
def receipt_habit() -> AnyResponse:
    """POST /receipt-habit: print this till's receipts by `habit`: always, ask or never."""
    set_habit(here(), browser(), request.form.get("habit", ""))
    return go(url_for("preferences.page"))
