"""Saying that something was saved, with a way back to what stood before."""

from flask import url_for
from flask_babel import gettext as _

from kiosk.hub.services.undoing import last_change
from kiosk.hub.web.notices import done_with_undo
from kiosk.hub.web.parts import hub_parts


def saved(subject: str, name: str, address: str, after_undo: str = "") -> str:
    """Say on the page at `address`, which is given back, that a row was saved.

    Nothing is said where nothing of it changed. Undoing leads to `after_undo`, or stays there.
    """
    line = last_change(hub_parts().store, subject)
    if line:
        undo = url_for("hub.trail.undo", line=line, next=after_undo or address)
        done_with_undo(_("“%(name)s” is saved.", name=name), undo, active=False)
    return address
