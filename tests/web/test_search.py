"""Search in the page: every product is found by what people type of it, slips included."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.bazaar import open_till

LETTERS = "abcdefghijklmnopqrstuvwxyz"
WORD = st.text(LETTERS, min_size=2, max_size=9)
PRODUCT = st.tuples(
    st.lists(WORD, min_size=1, max_size=4).map(" ".join),
    st.sampled_from(["", "es", "hangat", "250 ml", "XL"]),
    st.from_regex(r"[A-Z]{3}-[A-Z0-9]{3,6}", fullmatch=True),
)
CATALOGUE = st.lists(PRODUCT, min_size=1, max_size=25, unique_by=lambda product: product[2])
RANK = """([goods, text]) => {
    const items = goods.map(([name, variant, sku]) => ({ sku0: sku, ...Lapak.known(name, variant, sku) }));
    return Lapak.rank(items, text).map(({ item }) => item.sku0);
}"""
NEVER_SLOW = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
def rank(page, here, served):
    """Rank goods as the page does: the SKUs that fit a text, the best first."""
    open_till(here)
    page.goto(served + "/")
    return lambda goods, text: page.evaluate(RANK, [json.loads(json.dumps(goods)), text])


@given(data=st.data())
@NEVER_SLOW
def test_every_product_is_found_by_its_sku_and_stands_first(rank, data):
    goods = data.draw(CATALOGUE)
    wanted = data.draw(st.sampled_from(goods))

    found = rank(goods, wanted[2])

    assert found[0] == wanted[2]


@given(data=st.data())
@NEVER_SLOW
def test_every_product_is_found_by_its_name_and_by_its_initials(rank, data):
    goods = data.draw(CATALOGUE)
    name, variant, sku = data.draw(st.sampled_from(goods))

    by_name = rank(goods, f"{name} {variant}")
    by_initials = rank(goods, "".join(word[0] for word in name.split()))

    assert sku in by_name
    assert sku in by_initials


@given(data=st.data())
@NEVER_SLOW
def test_every_product_is_found_by_its_name_with_one_typing_error(rank, data):
    name = data.draw(st.lists(st.text(LETTERS, min_size=3, max_size=9), min_size=1, max_size=4))
    goods = [(" ".join(name), "", "AAA-1"), *data.draw(CATALOGUE)]
    word = data.draw(st.integers(0, len(name) - 1))
    slip = data.draw(st.sampled_from([wrong, missing, doubled, swapped]))
    at = data.draw(st.integers(0, len(name[word]) - 2))
    typed = [slip(one, at) if n == word else one for n, one in enumerate(name)]

    found = rank(goods, " ".join(typed))
    alone = rank(goods[:1], " ".join(typed))

    assert alone == ["AAA-1"]
    assert found


def wrong(word, at):
    """One letter is another."""
    other = LETTERS[(LETTERS.index(word[at]) + 1) % len(LETTERS)]
    return word[:at] + other + word[at + 1 :]


def missing(word, at):
    """One letter is left out."""
    return word[:at] + word[at + 1 :]


def doubled(word, at):
    """One letter comes twice."""
    return word[:at] + word[at] + word[at:]


def swapped(word, at):
    """Two letters change places."""
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("wk", "A"),
        ("wedang komplit es", "B"),
        ("wedankomplit", "A"),
        ("pletok", "C"),
        ("plteok", "C"),
        ("Édang", "A"),
        ("kpl", "D"),
    ],
)
def test_the_best_fit_stands_first(rank, text, first):
    goods = [
        ("Wedang Komplit", "", "A"),
        ("Wedang Komplit", "es", "B"),
        ("Bir Pletok", "", "C"),
        ("Kopi Luwak", "", "D-KPL"),
    ]

    found = rank(goods, text)

    assert found[0].startswith(first)


def test_words_that_fit_nothing_find_nothing(rank):
    found = rank([("Wedang Komplit", "", "A")], "zzzzzz")

    assert found == []
