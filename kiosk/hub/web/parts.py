"""What every view of the hub works with, put together once by the application."""

from dataclasses import dataclass, replace
from typing import cast

from flask import current_app, g

from kiosk.clock import Clock
from kiosk.hub.services.device_keys import DeviceKeys
from kiosk.hub.settings import HubSettings
from kiosk.hub.storage.store import Store


@dataclass(frozen=True, slots=True)
class HubParts:
    """The settings, the store, the clock and the device keys of one application."""

    settings: HubSettings
    store: Store
    clock: Clock
    keys: DeviceKeys


def hub_parts() -> HubParts:
    """Give the parts as who is signed in may use them: a mentor's store has her vendors alone."""
    parts = whole_parts()
    scope = g.get("scope")
    return parts if scope is None else replace(parts, store=parts.store.scoped(scope))


def whole_parts() -> HubParts:
    """Give the parts of the application, for what is nobody's business but one's own."""
    return cast("HubParts", current_app.extensions["hub"])
