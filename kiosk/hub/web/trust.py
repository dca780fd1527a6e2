"""One sentence that says how far a total can be trusted: coverage, freshness, provenance."""

from flask_babel import gettext as _
from flask_babel import ngettext

from kiosk.domain.money import format_amount
from kiosk.hub.services.devices import InstallationState
from kiosk.hub.services.imports import campaign_imports
from kiosk.hub.storage.imports import Import
from kiosk.hub.web.channels import TITLES
from kiosk.hub.web.machines import machine_states
from kiosk.hub.web.parts import hub_parts
from kiosk.webtools.i18n import format_moment, format_time

_MOST_NAMED = 2


def trust_sentence(campaign_id: str) -> str:
    """Say which machines are complete, when the others were last heard, and which files count."""
    states = machine_states(campaign_id)
    parts = _machines([state for state in states if state.is_enrolled or state.journal])
    parts += _files(campaign_imports(hub_parts().store, campaign_id))
    if not parts:
        return str(_("No machine has sent anything and no file has been imported yet."))
    return "; ".join(parts) + "."


def _machines(states: list[InstallationState]) -> list[str]:
    if not states:
        return []
    waiting = [state for state in states if not state.is_complete]
    parts = [
        ngettext(
            "%(complete)s of %(num)s machine complete",
            "%(complete)s of %(num)s machines complete",
            len(states),
            complete=len(states) - len(waiting),
        )
    ]
    parts += [
        _("%(machine)s last heard %(when)s", machine=state.installation.name, when=_when(state))
        for state in waiting[:_MOST_NAMED]
    ]
    late = sum(state.journal.late_sales for state in states if state.journal)
    if late:
        parts.append(
            ngettext(
                "%(sales)s sale came after its bazaar and counts on it",
                "%(sales)s sales came after their bazaar and count on it",
                late,
                sales=format_amount(late),
            )
        )
    return parts


def _when(state: InstallationState) -> str:
    if state.last_heard_at is None:
        return str(_("never"))
    if state.last_heard_at.date() == hub_parts().clock.now().date():
        return format_time(state.last_heard_at)
    return format_moment(state.last_heard_at)


def _files(imports: list[Import]) -> list[str]:
    """Name the last counted file of each marketplace, with its newest time."""
    last: dict[str, Import] = {}
    for one in imports:
        if one.counts:
            last.setdefault(one.source, one)
    return [
        _(
            "%(marketplace)s imported %(when)s",
            marketplace=TITLES.get(source, source),
            when=format_moment(one.imported_at),
        )
        for source, one in last.items()
    ]
