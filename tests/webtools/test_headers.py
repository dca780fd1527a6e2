"""What goes with every answer, dynamic or static."""

import gzip

import pytest

from kiosk.webtools.headers import SECURITY_HEADERS, takes_gzip


def test_every_page_forbids_inline_code_and_other_origins(client):
    policy = client.get("/").headers["Content-Security-Policy"]

    assert "script-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("path", ["/", "/nowhere", "static"])
def test_pages_errors_and_static_files_carry_the_same_headers(app, client, path):
    address = app.jinja_env.globals["static_url"]("site.css") if path == "static" else path
    answer = client.get(address)

    assert {name: answer.headers.get(name) for name in SECURITY_HEADERS} == SECURITY_HEADERS


def test_a_page_is_never_kept_and_differs_for_htmx(client):
    answer = client.get("/")

    assert answer.headers["Cache-Control"] == "no-store"
    assert "HX-Request" in answer.vary


def test_a_long_page_is_packed_for_a_browser_that_takes_it(client):
    plain = client.get("/?words=300")
    packed = client.get("/?words=300", headers={"Accept-Encoding": "gzip"})

    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.vary
    assert len(packed.data) == int(packed.headers["Content-Length"]) < len(plain.data)
    assert gzip.decompress(packed.data).count(b"much") == 300


def test_a_short_answer_is_not_packed(client):
    answer = client.htmx("GET", "/", headers={"Accept-Encoding": "gzip"})

    assert "Content-Encoding" not in answer.headers


@pytest.mark.parametrize(
    ("header", "taken"),
    [("gzip", True), ("br, gzip;q=0.5", True), ("gzip;q=0", False), ("br", False), (None, False)],
)
def test_gzip_is_sent_to_those_who_take_it(header, taken):
    environ = {} if header is None else {"HTTP_ACCEPT_ENCODING": header}

    assert takes_gzip(environ) is taken
