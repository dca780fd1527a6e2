"""Every change leaves a line in the trail, and no secret gets into it."""

import json

from sqlalchemy import select

from kiosk.domain.money import Rupiah
from kiosk.hub.services.campaigns import save_campaign
from kiosk.hub.services.devices import make_code, save_installation
from kiosk.hub.services.events import save_event
from kiosk.hub.services.staff import save_staff
from kiosk.hub.storage.campaigns import Campaign
from kiosk.hub.storage.devices import Installation
from kiosk.hub.storage.staff import EventStaff
from kiosk.hub.storage.tables import audit_trail
from tests.hub.setup.test_windows import MIDNIGHT, event


def set_up(store, clock):
    """Make a campaign with an event, a cashier, and a machine with a code."""
    campaign = Campaign("c", "Jumat", "", Rupiah(1), MIDNIGHT)
    save_campaign(store, clock, "sari", campaign)
    save_event(store, clock, "sari", event("e", 0, 24))
    save_staff(
        store, clock, "sari", EventStaff("s", "e", "Rina", "cashier", "", active=True), "4711"
    )
    save_installation(store, clock, "sari", Installation("i", "e", "Mesin 1"))
    return make_code(store, clock, "sari", "i")


def test_every_change_is_in_the_trail_with_who_made_it(store, clock):
    set_up(store, clock)

    with store.read() as connection:
        lines = connection.execute(select(audit_trail.c.action, audit_trail.c.by)).all()

    assert {line.action for line in lines} == {
        "campaign added",
        "event added",
        "staff added",
        "installation added",
        "enrolment code made",
    }
    assert {line.by for line in lines} == {"sari"}


def test_no_pin_and_no_code_is_in_the_trail(store, clock):
    code = set_up(store, clock)

    with store.read() as connection:
        facts = list(connection.scalars(select(audit_trail.c.facts)))

    assert all("4711" not in fact and code.code not in fact for fact in facts)
    assert all(isinstance(json.loads(fact), dict) for fact in facts)
