"""Any element, any document: what Hypothesis draws from."""

from hypothesis import strategies as st

from printers.elements import (
    QR,
    Barcode,
    Cell,
    Columns,
    Cut,
    Document,
    Drawer,
    Feed,
    Heading,
    KeptImage,
    Pair,
    Rule,
    Text,
)
from tests.printers.samples import picture

any_text = st.text(max_size=90)
aligns = st.sampled_from(("left", "center", "right"))
sizes = st.sampled_from((1, 2))
cells = st.builds(Cell, any_text, st.integers(1, 100), aligns)
printable = st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=60)

word_elements = st.one_of(
    st.builds(Heading, any_text, sizes),
    st.builds(Text, any_text, st.booleans(), aligns, sizes),
    st.builds(Pair, any_text, any_text, st.booleans(), sizes),
    st.builds(Columns, st.lists(cells, min_size=1, max_size=6).map(tuple)),
    st.builds(Rule, st.sampled_from("-=.*_")),
)
elements = st.one_of(
    word_elements,
    st.builds(QR, printable, st.none() | any_text, st.integers(2, 12)),
    st.just(picture(40, 30)),
    st.builds(Barcode, st.from_regex(r"[A-Z0-9]{1,8}", fullmatch=True), st.just("code128")),
    st.just(KeptImage("5e" * 32)),
    st.builds(Feed, st.integers(1, 20)),
    st.just(Cut()),
)
documents = st.one_of(
    st.lists(elements, min_size=1, max_size=6).map(lambda found: Document(tuple(found))),
    st.just(Document((Drawer(),))),
)
columns = st.sampled_from((32, 42, 48))
