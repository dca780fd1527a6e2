"""Preferences: what this screen looks like, and when this till prints receipts."""

import pytest


@pytest.mark.parametrize("size", ["normal", "large", "huge"])
def test_a_browser_keeps_its_text_size(seller, size):
    seller.submit("/looks", text_size=size, next="/status")

    assert f'data-text="{size}"' in seller.look("/status").text


def test_sounds_are_off_until_somebody_wants_them(seller):
    before = seller.look("/").text
    seller.submit("/looks", sounds="1", next="/")

    after = seller.look("/").text

    assert "sounds." not in before
    assert "sounds." in after


def test_looks_nobody_knows_leave_the_screen_as_it_is(seller):
    seller.submit("/looks", text_size="enormous", theme="pink", sounds="loud", next="/status")

    page = seller.look("/status").text

    assert 'data-text="normal"' in page
    assert 'data-theme="auto"' in page


def test_the_preferences_name_the_choice_in_force(seller):
    seller.submit("/receipt-habit", habit="ask")

    page = seller.look("/preferences").text

    assert 'name="habit" value="ask" aria-pressed="true"' in page
    assert 'name="text_size" value="normal" aria-pressed="true"' in page


def test_a_habit_nobody_knows_is_refused(seller):
    answer = seller.press("/receipt-habit", habit="sometimes")

    assert answer.status_code == 422
    assert "Struk dicetak selalu" in answer.text
