"""The shared ground in a real browser, under the real policy."""

import threading
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest


class QuietHandler(WSGIRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture
def address(app):
    with make_server("127.0.0.1", 0, app, handler_class=QuietHandler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_scripts_and_styles_load_under_the_policy(page, address):
    page.goto(address)

    page.wait_for_function("document.title == 'ready'")
    assert page.locator("p").first.evaluate("e => getComputedStyle(e).color") == "rgb(0, 128, 0)"


def test_inline_code_is_refused_and_fails_the_test(page, address, browser_watch):
    page.goto(address)
    page.evaluate("document.body.setAttribute('onclick', 'document.title = 1')")
    page.locator("p").first.click()

    assert any("Content Security Policy" in said for said in browser_watch.complaints)
    browser_watch.allow("Content Security Policy")


def test_a_request_to_another_machine_fails_the_test(page, address, browser_watch):
    page.goto(address)
    page.evaluate("new Image().src = 'http://shop.example/x.png'")

    assert browser_watch.complaints
    browser_watch.allow("shop.example")
