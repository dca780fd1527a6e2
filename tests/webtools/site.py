"""A small site made by `create_flask`, for the tests of what every page shares."""

from pathlib import Path

from flask import abort, render_template_string, request

from kiosk.errors import N_, KioskError
from kiosk.webtools.application import WebSettings, create_flask
from kiosk.webtools.pages import respond
from kiosk.webtools.sessions import TILL_COOKIE
from tests.support.client import MarkupChecker

PAGE = """<!doctype html>
<html lang="{{ language() }}"><head><title>Lapak</title>
<meta name="htmx-config" content='{{ htmx_config }}'>
<link rel="icon" href="data:,"><link rel="stylesheet" href="{{ static_url('site.css') }}">
<script src="{{ static_url('site.js') }}" defer></script></head>
<body><div id="message"></div>{% include "_stall.html" %}
<form method="post" action="/pay"><input type="hidden" name="csrf_token" value="{{ csrf_token() }}">
<button data-once hx-post="/pay" hx-target="#stall">Bayar</button></form></body></html>
"""
FRAGMENT = '<section id="stall"><p>{{ price|rupiah }}</p><p>{{ words }}</p></section>'


class TooLittleError(KioskError):
    """Too little was paid."""

    def __init__(self) -> None:
        super().__init__(N_("%(due)s is still to be paid."), due="Rp2.000")


def make_folders(folder: Path) -> tuple[Path, Path]:
    templates, static = folder / "templates", folder / "static"
    for made in (templates, static / "css", static / "fonts"):
        made.mkdir(parents=True)
    (templates / "stall.html").write_text(PAGE)
    (templates / "_stall.html").write_text(FRAGMENT)
    (static / "css/a.css").write_text("@font-face{src:url('../fonts/x.woff2')}\n" * 20)
    (static / "css/b.css").write_text("p{color:green}\n")
    (static / "fonts/x.woff2").write_bytes(b"font")
    (static / "till.js").write_text("(() => { document.title = 'ready' })()")
    (static / "more.js").write_text("(() => {})()")
    (static / "LICENCE.txt").write_text("not for browsers")
    return templates, static


def make_site(folder: Path):
    templates, static = make_folders(folder)
    app = create_flask(
        "stall",
        WebSettings(
            cookie=TILL_COOKIE,
            secret_key="a key for the tests alone, long enough",
            allowed_hosts=["till.example"],
            bundles={"site.css": ["css/a.css", "css/b.css"], "site.js": ["till.js", "more.js"]},
            largest_request_bytes=2_000,
            templates=templates,
            static=static,
        ),
    )
    app.test_client_class = MarkupChecker

    @app.get("/")
    def stall():
        words = "much " * int(request.args.get("words", "0"))
        return respond("stall.html", "_stall.html", {"price": 85_000, "words": words})

    @app.post("/pay")
    def pay():
        raise TooLittleError

    @app.post("/upload")
    def upload():
        return request.form.get("file", "")

    @app.get("/fault")
    def fault():
        raise RuntimeError("the secret recipe")

    @app.get("/closed")
    def closed():
        abort(409, description="The shift is closed.")

    @app.post("/render")
    def render():
        return render_template_string(request.form["template"])

    return app
