"""Setting up: enrolment at the hub, pairing of browsers, and the choice of a till."""

from flask import Blueprint, Response, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from kiosk.services import browsers, bundle_files, catalogue_news, enrolment, phones, tills
from kiosk.services.sign_in import staff
from kiosk.web import gate
from kiosk.web.catalogue_files import allow_file, chosen_file
from kiosk.web.context import browser, go, here, show
from kiosk.webtools.i18n import local_path

blueprint = Blueprint("setup", __name__)
blueprint.url_value_preprocessor(allow_file)


@blueprint.get("/setup")
def enrol_page() -> Response:
    """GET /setup: ask for the hub's address and the enrolment code."""
    return show(
        "till/setup/enrol.html",
        hub_url=here().settings.hub_url,
        code=request.args.get("code", ""),
        enrolled=enrolment.is_enrolled(here()),
        is_fresh=not enrolment.has_journal(here()),
    )


@blueprint.post("/setup")
def enrol() -> AnyResponse:
    """POST /setup: enrol with `hub_url` and `code`, take the catalogue, go on to the tills."""
    enrolment.enrol(here(), request.form.get("hub_url", ""), request.form.get("code", ""))
    return _to_what_arrived()


def _to_what_arrived() -> AnyResponse:
    """Go on to what came down; at the only till there is, if there is only one."""
    found = tills.tills(here())
    if len(found) == 1:
        browsers.assign_till(here(), browser(), found[0].till.id)
    return go(url_for("setup.arrived"))


@blueprint.get("/setup/arrived")
def arrived() -> AnyResponse:
    """GET /setup/arrived: what came down for this machine, before anybody sells from it."""
    view = catalogue_news.view(here())
    if view is None:
        return go(url_for("setup.enrol_page"))
    return show(
        "till/setup/arrived.html",
        view=view,
        tills=[one.till for one in tills.tills(here())],
        staff=staff(here()),
    )


@blueprint.get("/setup/file")
def file_page() -> Response:
    """GET /setup/file: ask for a file and its code, where no network reaches the hub."""
    return show(
        "till/setup/file.html",
        found=bundle_files.found_files(here()),
        enrolled=enrolment.is_enrolled(here()),
    )


@blueprint.post("/setup/file")
def start_from_file() -> AnyResponse:
    """POST /setup/file: become the machine of the file that `code` opens, and go on."""
    bundle_files.start_from_file(here(), chosen_file(), request.form.get("code", ""))
    return _to_what_arrived()


@blueprint.get("/pair")
def pair_page() -> AnyResponse:
    """GET /pair?next=…: ask a browser that is not on the device for its pairing code."""
    return show("till/setup/pair.html", way_on=local_path(request.args.get("next", "")))


@blueprint.post("/pair")
def pair() -> AnyResponse:
    """POST /pair: pair this browser with `code`, then go to the page `next`."""
    paired = browsers.pair(here(), request.form.get("code", ""), request.remote_addr or "")
    gate.remember(paired)
    return go(local_path(request.form.get("next", "")))


@blueprint.post("/pairing-code")
def pairing_code() -> Response:
    """POST /pairing-code: make a code for one more screen and show it."""
    code = browsers.pairing_code(here())
    return Response(
        render_template(
            "till/setup/pairing_code.html",
            code=f"{code[:3]} {code[3:]}",
            minutes=browsers.CODE_MINUTES,
            address=request.host_url,
        )
    )


@blueprint.get("/tills")
def tills_page() -> Response:
    """GET /tills: show tills and stalls, whose each is, and let the browser choose."""
    facts = {"tills": tills.tills(here()), "stalls": phones.stalls(here())}
    asks = browser()
    return show("till/setup/tills.html", chosen=asks.till, chosen_stall=asks.stall, **facts)


@blueprint.post("/tills/<till_id>")
def choose_till(till_id: str) -> AnyResponse:
    """POST /tills/<till_id>: set this browser to a till."""
    browsers.assign_till(here(), browser(), till_id)
    return go(url_for("selling.page"))


@blueprint.post("/tills/stall/<stall_id>")
def choose_stall(stall_id: str) -> AnyResponse:
    """POST /tills/stall/<stall_id>: make this browser the phone of a stall."""
    phones.assign_stall(here(), browser(), stall_id)
    return go(url_for("phone.page"))
