"""What the suite asks of Chromium: stay on this machine, and complain about nothing."""

import re
from urllib.parse import urlsplit

from tests.support.network import is_loopback
from tests.support.system_packages import PackageMissingError, chromium_path

QUIET_FLAGS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-features=OptimizationHints,MediaRouter,Translate,AutofillServerCommunication",
    "--disable-sync",
    "--metrics-recording-only",
    "--no-default-browser-check",
    "--no-first-run",
    "--no-pings",
    # Whatever is left cannot find anybody: only this machine has an address.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]
# Chromium reports every 4xx as an error of the console, but a 422 is an answer of ours.
ANSWERED_IN_PLACE = re.compile(r"Failed to load resource: .* status of 4(?:00|01|03|22)\b")
WITHOUT_NETWORK = {"about", "data", "blob", "chrome"}


def launch_options(given: dict) -> dict:
    """Give Playwright's options for Debian's Chromium."""
    path = chromium_path()
    if path is None:
        raise PackageMissingError("chromium", "it is not here")
    return {**given, "executable_path": str(path), "args": [*given.get("args", []), *QUIET_FLAGS]}


class Watch:
    """Notes what a browser context asked for and complained of."""

    def __init__(self, context) -> None:
        self.complaints: list[str] = []
        self._allowed: list[str] = []
        context.on("request", self._note_request)
        context.on("console", self._note_console)
        context.on("weberror", lambda error: self._note(f"script: {error.error}"))

    def allow(self, text: str) -> None:
        """Expect a complaint that holds `text`."""
        self._allowed.append(text)

    def assert_quiet(self) -> None:
        left = [said for said in self.complaints if not any(ok in said for ok in self._allowed)]
        assert not left, "The browser complained:\n  " + "\n  ".join(left)

    def _note_request(self, request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in WITHOUT_NETWORK and not is_loopback(parts.hostname):
            self._note(f"the page asked for {request.url}")

    def _note_console(self, message) -> None:
        if message.type == "error" and not ANSWERED_IN_PLACE.match(message.text):
            self._note(f"console: {message.text}")

    def _note(self, complaint: str) -> None:
        self.complaints.append(complaint)
