"""Every fact about an entry that does not count is said in the language of the page."""

import ast
from pathlib import Path

import pytest

from kiosk.domain import entries
from kiosk.hub.services import readings
from kiosk.hub.web.fact_words import fact_words

TELLING = {"NotCountableError", "EntryNotReadableError"}


def written_facts():
    """Every sentence with which the code says why it cannot count, `1` where it differs."""
    for module in (entries, readings):
        for node in ast.walk(ast.parse(Path(module.__file__).read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in TELLING:
                yield as_text(node.args[-1])


def as_text(sentence):
    parts = sentence.values if isinstance(sentence, ast.JoinedStr) else [sentence]
    return "".join(part.value if isinstance(part, ast.Constant) else "1" for part in parts)


def test_there_are_sentences_to_say():
    assert len(set(written_facts())) > 20


@pytest.mark.parametrize("fact", sorted(set(written_facts())))
def test_a_fact_written_down_in_english_is_said_in_indonesian(app, fact):
    with app.test_request_context():
        assert fact_words(fact) != fact


def test_a_fact_keeps_what_differs_and_a_strange_one_stays_as_it_is(app):
    with app.test_request_context():
        assert "“total_rp”" in fact_words("“total_rp” is no whole number that fits")
        assert fact_words("of another time\n") == "of another time\n"
