"""What the evening board shows of an event, its machines and the files, ready for the page."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import ngettext

from kiosk.hub.services.devices import InstallationState
from kiosk.hub.services.imports import campaign_imports
from kiosk.hub.web.channels import TITLES
from kiosk.hub.web.machines import machine_states
from kiosk.hub.web.parts import hub_parts


@dataclass(frozen=True, slots=True)
class Machine:
    """A machine on the board; `state` is good, warn or bad, and `words` say why."""

    name: str
    tills: str
    heard_at: datetime | None
    entries: int
    state: str
    words: list[str]


@dataclass(frozen=True, slots=True)
class File:
    """The last file of a marketplace that counts."""

    title: str
    name: str
    imported_at: datetime
    as_of: datetime


def machines_on_board(campaign_id: str, event_id: str) -> list[Machine]:
    """Give an event's machines: those worth a call first, then by name."""
    states = machine_states(campaign_id)
    found = [_machine(one) for one in states if one.installation.event == event_id]
    return sorted(found, key=lambda one: ("bad", "warn", "good").index(one.state))


def _machine(state: InstallationState) -> Machine:
    words = []
    if state.is_silent:
        words.append(_("Silent for a while: call there"))
    elif state.journal is None:
        words.append(_("Nothing heard yet"))
    words += [
        _("Clock off by %(seconds)s s", seconds=device.clock_skew_seconds)
        for device in state.skewed
    ]
    if state.journal and state.journal.waiting:
        waiting = state.journal.waiting
        words.append(
            ngettext(
                "%(num)d entry still at the machine",
                "%(num)d entries still at the machine",
                waiting,
            )
        )
    if state.journal and state.journal.open_shifts:
        words.append(_("%(number)s shifts open", number=state.journal.open_shifts))
    elif state.journal:
        words.append(_("All shifts closed"))
    if state.journal and state.journal.late_sales:
        late = state.journal.late_sales
        words.append(ngettext("%(num)d sale came late", "%(num)d sales came late", late))
    rank = (
        "bad" if state.is_silent else "good" if state.is_complete and not state.skewed else "warn"
    )
    return Machine(
        state.installation.name,
        ", ".join(till.code for till in state.tills),
        state.last_heard_at,
        state.journal.entries if state.journal else 0,
        rank,
        words,
    )


def files_on_board(campaign_id: str) -> list[File]:
    """Give the last counted file of each marketplace."""
    last: dict[str, File] = {}
    for one in campaign_imports(hub_parts().store, campaign_id):
        if one.counts:
            title = TITLES.get(one.source, one.source)
            file = File(title, one.file_name, one.imported_at, one.as_of)
            last.setdefault(one.source, file)
    return list(last.values())
