"""Static files: named by their content, joined, packed, kept for ever."""

import gzip

import pytest

from kiosk.webtools.assets import AssetMissingError, Assets
from tests.webtools.site import make_folders


@pytest.fixture
def static_url(app):
    return app.jinja_env.globals["static_url"]


def test_a_static_file_may_be_kept_for_ever(client, static_url):
    answer = client.get(static_url("till.js"))

    assert answer.status_code == 200
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"


def test_a_changed_file_has_a_new_address(tmp_path):
    _, static = make_folders(tmp_path)
    before = Assets(static)
    (static / "css/b.css").write_text("p{color:black}")
    after = Assets(static)

    assert before.url("css/b.css") != after.url("css/b.css")
    assert before.url("till.js") == after.url("till.js")


def test_a_changed_typeface_changes_the_style_sheet_that_names_it(tmp_path):
    _, static = make_folders(tmp_path)
    before = Assets(static)
    (static / "fonts/x.woff2").write_bytes(b"another")
    after = Assets(static)

    assert before.url("css/a.css") != after.url("css/a.css")


def test_a_bundle_joins_its_files_in_order_with_fingerprinted_addresses(client, static_url):
    css = client.get(static_url("site.css")).text

    assert css.index(static_url("fonts/x.woff2")) < css.index("color:green")
    assert "../fonts" not in css


def test_a_script_cannot_run_into_the_next(client, static_url):
    assert ")()\n;\n(()" in client.get(static_url("site.js")).text


def test_a_browser_that_has_the_file_gets_nothing_again(client, static_url):
    etag = client.get(static_url("site.css")).headers["ETag"]
    answer = client.get(static_url("site.css"), headers={"If-None-Match": etag})

    assert answer.status_code == 304
    assert answer.data == b""


def test_a_static_file_is_packed_unless_it_is_small_already(client, static_url):
    takes = {"Accept-Encoding": "gzip"}
    css = client.get(static_url("site.css"), headers=takes)
    font = client.get(static_url("fonts/x.woff2"), headers=takes)

    assert b"color:green" in gzip.decompress(css.data)
    assert font.data == b"font"


def test_a_file_that_is_not_there_is_named_at_start(tmp_path):
    _, static = make_folders(tmp_path)

    with pytest.raises(AssetMissingError, match=r"gone\.css"):
        Assets(static, {"all.css": ["gone.css"]})
    with pytest.raises(AssetMissingError):
        Assets(static).url("LICENCE.txt")


def test_a_static_address_takes_no_form(client, static_url):
    assert client.post(static_url("site.css")).status_code == 405
    assert client.head(static_url("site.css")).data == b""
    assert client.get("/static/site.css").status_code == 404


def test_a_bundle_leaves_out_comments_and_indentation_but_not_of_what_others_wrote(tmp_path):
    _, static = make_folders(tmp_path)
    (static / "vendor").mkdir()
    for name in ("own.js", "vendor/theirs.js"):
        (static / name).write_text("/* Why\n   so. */\n  say('/* no */');\n")

    bundle = Assets(static, {"all.js": ["own.js", "vendor/theirs.js"]})
    answers = bundle.serve_before(lambda *_: [])(
        {
            "PATH_INFO": bundle.url("all.js"),
            "REQUEST_METHOD": "GET",
        },
        lambda *_: None,
    )

    assert b"".join(answers) == (
        b"say('/* no */');\n\n;\n/* Why\n   so. */\n  say('/* no */');\n\n;\n"
    )
