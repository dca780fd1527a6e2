"""Pages of frozen versions: freezing, the press text, and what changed since."""

import tempfile

from flask import Blueprint, Response, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _
from werkzeug import Response as AnyResponse

from kiosk.hub.services import versions as service
from kiosk.hub.services.campaigns import open_campaign
from kiosk.hub.services.events import campaign_events
from kiosk.hub.services.evidence import write_evidence
from kiosk.hub.services.press_texts import LANGUAGES, Scope, press_text
from kiosk.hub.services.snapshots import GROUPS, Snapshot, take_snapshot
from kiosk.hub.services.version_diffs import compare
from kiosk.hub.storage.frozen import FrozenVersion
from kiosk.hub.web.channels import CHANNELS
from kiosk.hub.web.event_report import report_pdf
from kiosk.hub.web.export import file_response, plain_name
from kiosk.hub.web.figures import group_words, named
from kiosk.hub.web.forms import Form, answer_form
from kiosk.hub.web.notices import done
from kiosk.hub.web.parts import hub_parts
from kiosk.hub.web.signin import actor

blueprint = Blueprint("versions", __name__, url_prefix="/versions")

LONGEST_PRESS_TEXT = 20_000


@blueprint.route("", methods=["GET", "POST"])
def show_all(campaign_id: str) -> Response:
    """GET or POST …/versions: every frozen version, and the form that freezes the next."""
    hub = hub_parts()
    events = campaign_events(hub.store, campaign_id)

    def save(form: Form) -> str:
        event = form.choice("event", ["", *(event.id for event in events)])
        status = form.choice("status", service.STATUSES)
        form.check()
        version = service.freeze(hub.store, hub.clock, actor(), campaign_id, event, status)
        done(_("Version %(n)s is frozen. Its figures stay as they are.", n=version.n))
        return url_for(".show", campaign_id=campaign_id, n=version.n)

    return answer_form(
        "hub/versions/list.html",
        {"event": request.args.get("event", ""), "status": "sementara"},
        save,
        campaign=open_campaign(hub.store, campaign_id),
        events=[("", _("All events")), *((event.id, event.name) for event in events)],
        statuses=list(status_words().items()),
        versions=service.campaign_versions(hub.store, campaign_id),
        event_names={event.id: event.name for event in events},
        status_words=status_words(),
    )


@blueprint.route("/<int:n>", methods=["GET", "POST"])
def show(campaign_id: str, n: int) -> Response:
    """GET or POST …/versions/<n>: a version's figures, and its press texts to copy or edit."""
    hub = hub_parts()
    version = service.open_version(hub.store, campaign_id, n)
    snapshot = service.version_snapshot(hub.store, campaign_id, version)
    made = made_press(snapshot, version)

    def save(form: Form) -> str:
        press = {one: _typed(form, one, made[one]) for one in LANGUAGES}
        form.check()
        service.save_press(hub.store, hub.clock, actor(), campaign_id, n, press)
        done(_("The press text is kept. The figures of the version stay as they are."))
        return url_for(".show", campaign_id=campaign_id, n=n)

    return answer_form(
        "hub/versions/show.html",
        {f"press_{one}": version.press[one] or made[one] for one in LANGUAGES},
        save,
        campaign=open_campaign(hub.store, campaign_id),
        version=version,
        status_words=status_words(),
        event_name=snapshot.name_of("event", version.event),
        total=snapshot.total(version.event),
        machines=[one for one in snapshot.machines if version.event in ("", one["event"])],
        edited=any(version.press.values()),
    )


@blueprint.post("/<int:n>/made")
def make_again(campaign_id: str, n: int) -> AnyResponse:
    """POST …/versions/<n>/made: put the press texts back to what the figures make."""
    hub = hub_parts()
    version = service.open_version(hub.store, campaign_id, n)
    service.save_press(
        hub.store, hub.clock, actor(), campaign_id, n, dict.fromkeys(version.press, "")
    )
    done(_("The press text is again what the figures of the version make."))
    return redirect(url_for(".show", campaign_id=campaign_id, n=n), 303)


@blueprint.get("/<int:n>/press-<language>.txt")
def press_file(campaign_id: str, n: int, language: str) -> Response:
    """GET …/versions/<n>/press-<language>.txt: the press text as plain text to keep."""
    hub = hub_parts()
    version = service.open_version(hub.store, campaign_id, n)
    spoken = language if language in LANGUAGES else LANGUAGES[0]
    snapshot = service.version_snapshot(hub.store, campaign_id, version)
    text = version.press[spoken] or made_press(snapshot, version)[spoken]
    name = f"siaran-pers-v{n}-{spoken}.txt"
    return Response(
        text,
        content_type="text/plain; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@blueprint.get("/<int:n>/berkas-bukti.zip")
def evidence(campaign_id: str, n: int) -> Response:
    """GET …/versions/<n>/berkas-bukti.zip: everything the version was made of, to be checked."""
    hub = hub_parts()
    campaign = open_campaign(hub.store, campaign_id)
    version = service.open_version(hub.store, campaign_id, n)
    made = made_press(service.version_snapshot(hub.store, campaign_id, version), version)
    press = {one: version.press[one] or made[one] for one in LANGUAGES}
    # On disk, not in memory: a season's journals may be hundreds of megabytes.
    out = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the answer that sends it
    write_evidence(hub.store, campaign_id, version, press, out)
    out.seek(0)
    name = f"berkas-bukti-{plain_name(campaign.name)}-v{n}.zip"
    return send_file(out, "application/zip", as_attachment=True, download_name=name)


@blueprint.get("/<int:n>/report.pdf")
def report(campaign_id: str, n: int) -> Response:
    """GET …/versions/<n>/report.pdf: the report with charts, of the figures of the version."""
    hub = hub_parts()
    version = service.open_version(hub.store, campaign_id, n)
    snapshot = service.version_snapshot(hub.store, campaign_id, version)
    content = report_pdf(snapshot, version.event, version.status, n)
    name = snapshot.name_of("event", version.event) or str(snapshot.campaign["name"])
    return file_response(f"{name}-v{n}", "pdf", "application/pdf", content)


@blueprint.get("/<int:n>/compare")
def compare_with(campaign_id: str, n: int) -> str:
    """GET …/versions/<n>/compare?with=&by=&event=: a version against another one, or now."""
    hub = hub_parts()
    version = service.open_version(hub.store, campaign_id, n)
    versions = service.campaign_versions(hub.store, campaign_id)
    events = campaign_events(hub.store, campaign_id)
    other_n = request.args.get("with", "")
    other = next((one for one in versions if str(one.n) == other_n), None)
    snapshots = [service.version_snapshot(hub.store, campaign_id, version)]
    if other is None:
        snapshots.append(take_snapshot(hub.store, hub.clock, campaign_id)[0])
    else:
        snapshots.append(service.version_snapshot(hub.store, campaign_id, other))
        snapshots.sort(key=lambda one: one.at)
    by = request.args.get("by", "")
    by = by if by in GROUPS else "vendor"
    event = request.args.get("event", version.event)
    event = event if event in {one.id for one in events} else ""
    diff = compare(snapshots[0], snapshots[1], by, event)
    return render_template(
        "hub/versions/compare.html",
        campaign=open_campaign(hub.store, campaign_id),
        version=version,
        versions=[one for one in versions if one.n != n],
        other=other,
        later_first=other is not None and other.at < version.at,
        groups={one: group_words()[one] for one in GROUPS},
        by=by,
        event=event,
        events=events,
        diff=diff,
        rows=[(named(by, row.key, row.name), row) for row in diff.rows],
    )


def made_press(snapshot: Snapshot, version: FrozenVersion) -> dict[str, str]:
    """Give the press texts that a version's figures make, by language."""
    scope = Scope(version.n, version.event, version.status)
    return {one: press_text(snapshot, scope, CHANNELS, one) for one in LANGUAGES}


def status_words() -> dict[str, str]:
    """Give the words of what a version counts."""
    return {
        "sementara": _("sementara (paid, not cancelled)"),
        "final": _("final (completed, less returns)"),
    }


def _typed(form: Form, language: str, made: str) -> str:
    """Read a text as it was typed, '' where it is what the figures make."""
    text = form.lines(f"press_{language}", most=LONGEST_PRESS_TEXT)
    return "" if text.strip() == made.strip() else text
