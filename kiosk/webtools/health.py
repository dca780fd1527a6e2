"""`GET /healthz`: whether this program can do its work, for whoever watches it."""

from collections.abc import Callable

from flask import Flask, Response


def install_health(app: Flask, check: Callable[[], None]) -> None:
    """Answer `/healthz` with `ok` where `check` passes; what it raises ends as a 500."""

    @app.get("/healthz", endpoint="healthz")
    def healthz() -> Response:
        """GET /healthz: say `ok` as plain text."""
        check()
        return Response("ok\n", mimetype="text/plain")
