"""A campaign's machines, looked up once a request however many parts of a page tell of them."""

from flask import g

from kiosk.hub.services.devices import InstallationState, devices_page
from kiosk.hub.web.parts import hub_parts


def machine_states(campaign_id: str) -> list[InstallationState]:
    """Give every machine with what is known of it now, by name."""
    known: dict[str, list[InstallationState]] = g.setdefault("machine_states", {})
    if campaign_id not in known:
        hub = hub_parts()
        known[campaign_id] = devices_page(hub.store, hub.clock, campaign_id)
    return known[campaign_id]
