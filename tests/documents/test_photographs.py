"""The page of photographs: every document is on it, at both widths, and nothing else."""

import re

import pytest

from tests.documents.samples import every_document
from tests.support.papers import PAGE, PAPERS, WIDTHS, file_of, page, photograph

NAMES = sorted(every_document(WIDTHS[0]))


@pytest.mark.parametrize("name", NAMES)
def test_each_document_is_shown_on_both_widths_of_paper(name):
    shown = re.findall(r"\((paper/[^)]+\.png)\)", page())

    for profile in WIDTHS:
        photo = file_of(name, profile)
        assert photo.is_file(), "take it with: make papers"
        assert f"paper/{photo.name}" in shown


def test_no_photograph_is_of_a_document_there_is_no_more():
    known = {file_of(name, profile).name for name in NAMES for profile in WIDTHS}

    assert {photo.name for photo in PAPERS.glob("*.png")} == known


def test_a_photograph_taken_twice_is_the_same_picture():
    document = every_document(WIDTHS[0])["receipt"]

    assert photograph(document, WIDTHS[0]) == photograph(document, WIDTHS[0])


def test_the_page_is_the_one_that_make_papers_writes():
    assert PAGE.read_text(encoding="utf-8") == page()
