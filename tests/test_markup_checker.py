"""The markup checker finds what it is there for, and lets sound markup through."""

import pytest

from tests.support.markup import read_markup

SOUND_PAGE = """<!doctype html><html lang="id"><head><title>Laci</title></head><body>
<main id="till"><svg><use href="/static/sprite.svg#x"/></svg><img src="/a.png" alt="">
<form method="post" action="/pay"><input type="hidden" name="csrf_token" value="1">
<label>Bayar <input name="paid"></label><button data-once>Bayar</button></form>
<button hx-post="/x" hx-target="#till" hx-disabled-elt="this" aria-label="Tambah"></button>
</main></body></html>"""


def fragment(html, *ids):
    return read_markup(html, is_fragment=True, ids_on_page=frozenset(ids)).breaches


def test_a_sound_page_passes():
    markup = read_markup(SOUND_PAGE, is_fragment=False, ids_on_page=frozenset())

    assert markup.breaches == []
    assert markup.ids == {"till"}


@pytest.mark.parametrize(
    "html",
    [
        "<div><p></div>",
        "<div></div></div>",
        "<div>",
        "<div/>",
        "<div></div><div></div>",
        '<div id="a"><p id="a"></p></div>',
        '<div class="a" class="b"></div>',
        '<a hx-get="/x" hx-target="#gone"></a>',
        '<a hx-get="/x" hx-include="closest form, #gone"></a>',
        '<a hx-on:click="pay()"></a>',
        '<a hx-on::after-request="pay()"></a>',
        '<a hx-vals="js:{a: 1}"></a>',
        '<a href="javascript:pay()"></a>',
        '<a hx-trigger="click[ctrlKey]"></a>',
        '<a onclick="pay()"></a>',
        '<p style="color:red"></p>',
        "<style>p{}</style>",
        "<script>pay()</script>",
        '<script src="https://cdn.example/x.js"></script>',
        '<img src="/x.png">',
        '<input name="paid">',
        '<label for="gone">Bayar</label>',
        '<p aria-labelledby="gone"></p>',
        "<button></button>",
        '<button hx-post="/pay">Bayar</button>',
        '<form hx-post="/pay"><button>Bayar</button></form>',
        '<form method="post"><input type="hidden" name="csrf_token"><button>Bayar</button></form>',
        '<form method="post" data-once><button>Bayar</button></form>',
    ],
)
def test_a_breach_is_found(html):
    assert fragment(html) != []


@pytest.mark.parametrize(
    "html",
    [
        "",
        '<div id="a"></div><div id="b" hx-swap-oob="true"></div>',
        '<a hx-get="/x" hx-target="#cart"></a>',
        '<a hx-get="/x" hx-target="closest li"></a>',
        '<label for="p">Bayar</label>\n<label hx-swap-oob="true">Tunai <input id="p"></label>',
        '<script type="application/json">{"a": 1}</script>',
        '<form hx-post="/pay" hx-disabled-elt="find button"><button>Bayar</button></form>',
        '<form method="get"><button>Cari</button></form>',
        '<button type="button">Tutup</button>',
        '<button><img src="/x.png" alt="Tutup"></button>',
    ],
)
def test_sound_markup_passes(html):
    assert fragment(html, "cart") == []


def test_a_page_says_its_language_once():
    for html in ("<p></p>", "<html></html>"):
        assert read_markup(html, is_fragment=False, ids_on_page=frozenset()).breaches != []
