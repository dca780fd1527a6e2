"""Values of the trail are said as people write them; what is none of those stays as it is."""

import pytest

from kiosk.hub.web.trail_words import value_words


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("price_rp", "25000", "Rp25.000"),
        ("price_rp", "–", "–"),
        ("units", "3484", "3484"),
        ("as_of", "2021-12-07T23:37:44.000+07:00", "Sel, 7 Des 2021, 23.37 WIB"),
        ("bazaar_end", "2021-12-07 23:37+07:00", "Sel, 7 Des 2021, 23.37 WIB"),
        ("as_of", "2021-99-07T23:37:44.000+07:00", "2021-99-07T23:37:44.000+07:00"),
        ("active", "false", "tidak"),
        ("sha256", "61dfc821df02fe8444afaa6f7b4c0068" * 2, "61dfc821df02…"),
    ],
)
def test_a_value_is_said_as_people_write_it(app, name, value, said):
    with app.test_request_context():
        assert value_words(name, value) == said
