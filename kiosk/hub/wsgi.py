"""What gunicorn's workers run: the hub's application, made from the settings.

The command has migrated the store before any worker starts.
"""

import os

from flask import Flask

from kiosk.hub.app import create_app
from kiosk.hub.settings import load_settings
from kiosk.webtools.logs import configure_logging


def make_app() -> Flask:
    """Make the hub's application for one worker; raises SettingsError."""
    configure_logging()
    return create_app(load_settings(os.environ))
