"""What every view of the hub works with, put together once by the application."""

from dataclasses import dataclass
from typing import cast

from flask import current_app

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
    """Give the parts of the application that answers this request."""
    return cast("HubParts", current_app.extensions["hub"])
