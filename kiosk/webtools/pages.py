"""Page or fragment, and what a person sees when something went wrong.

Every address answers with a whole page to a plain request and with the page's part to
htmx; `respond` alone decides which. A person's error is answered in place: htmx puts it
into the region `#message`, which every page has.
"""

import json
import secrets
from collections.abc import Mapping
from typing import Any, Final

from flask import Flask, Response, make_response, render_template, request
from flask_babel import gettext as _
from flask_htmx import HTMX
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from kiosk.errors import KioskError, WorldError
from kiosk.log import log_named
from kiosk.webtools.i18n import say, say_fact

PAGE: Final = "errors/page.html"
FRAGMENT: Final = "errors/_message.html"
IN_PLACE: Final = {"HX-Retarget": "#message", "HX-Reswap": "innerHTML"}

# For <meta name="htmx-config">: nothing evaluated, nothing styled inline, no page with
# money kept in the browser's storage, errors shown where the server says, and new parts
# whole at once (htmx would lend them the old ones' classes for a moment).
HTMX_CONFIG: Final = json.dumps(
    {
        "allowEval": False,
        "includeIndicatorStyles": False,
        "selfRequestsOnly": True,
        "historyCacheSize": 0,
        "attributesToSettle": [],
        "responseHandling": [
            {"code": "204", "swap": False},
            {"code": "[23]..", "swap": True},
            {"code": "[45]..", "swap": True, "error": True},
        ],
    },
    separators=(",", ":"),
)

_log = log_named("pages")


def respond(
    page: str,
    fragment: str,
    context: Mapping[str, Any],
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Render `fragment` for htmx and `page` for everything else.

    A boosted link and a step back in the history want the whole page, though htmx asks.
    """
    template = fragment if wants_fragment() else page
    response = make_response(render_template(template, **context), status)
    response.headers.update(headers or {})
    return response


def wants_fragment() -> bool:
    """Say whether htmx asked for a part of the page that is already there."""
    htmx = HTMX()
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def show_message(sentence: str, *, status: int, way_on: str | None = None) -> Response:
    """Answer with a sentence: in the region `#message` for htmx, else on a page of its own.

    `way_on` is an address on this machine that a person can go to next.
    """
    context = {"sentence": sentence, "way_on": way_on}
    place = IN_PLACE if wants_fragment() else None
    return respond(PAGE, FRAGMENT, context, status=status, headers=place)


def install_pages(app: Flask) -> None:
    """Give `app` its error answers, and templates the configuration of htmx."""
    app.jinja_env.globals["htmx_config"] = HTMX_CONFIG
    app.register_error_handler(KioskError, _answer_person)
    app.register_error_handler(WorldError, _answer_world)
    app.register_error_handler(CSRFError, _answer_stale_page)
    app.register_error_handler(HTTPException, _answer_http)
    app.register_error_handler(Exception, _answer_fault)


def _answer_person(error: KioskError) -> Response:
    """Answer a person's error: in place, or on a page of its own with a way on."""
    way_on = None if wants_fragment() else "/"
    return show_message(say(error), status=error.status, way_on=way_on)


def _answer_world(error: WorldError) -> Response:
    """Answer what neither the person nor the program can help, e.g. a full disk."""
    _log.error("refused by the machine", path=request.path, fact=str(error))
    sentence = _(
        "This machine cannot do it now: %(fact)s. Tell the coordinator, then try again.",
        fact=say_fact(error.message),
    )
    return show_message(sentence, status=503, way_on="/")


def _answer_stale_page(error: CSRFError) -> Response:
    """Answer a form whose token this browser does not have (any more)."""
    _log.info("form refused", path=request.path, reason=error.description)
    sentence = _(
        "This page was opened before the till was set up anew. Open it again, then repeat"
        " what you did. Nothing was saved."
    )
    return show_message(sentence, status=400, way_on="/")


def _answer_http(error: HTTPException) -> Response:
    """Answer what HTTP has a number for; redirects pass as they are."""
    if error.response is not None or error.code is None or error.code < 400:  # noqa: PLR2004 - HTTP
        passed = error.get_response()
        return make_response(passed)
    sentences = {
        404: _("There is no such page. The address may be mistyped, or what it showed is gone."),
        405: _("This address does not take that. Go back and use the page's own buttons."),
        413: _("That is too much at once. Choose a smaller file or split it."),
    }
    sentence = sentences.get(error.code) or _own_words(error)
    response = show_message(sentence, status=error.code, way_on="/")
    if isinstance(error, RequestEntityTooLarge):
        response.headers["Connection"] = "close"
    return response


def _own_words(error: HTTPException) -> str:
    """Give what a view said with `abort`, or a general sentence for werkzeug's English."""
    if error.description and error.description != type(error).description:
        return error.description
    general: str = _("This request could not be understood. Open the page again and repeat it.")
    return general


def _answer_fault(error: Exception) -> Response:
    """Answer our own fault: an id for the person, everything else for the log."""
    fault = secrets.token_hex(4)
    _log.error("page failed", fault=fault, method=request.method, path=request.path, exc_info=error)
    sentence = _(
        "Something went wrong in the program, number %(fault)s. Open the page again; if it"
        " comes back, tell the coordinator this number.",
        fault=fault,
    )
    return show_message(sentence, status=500, way_on="/")
