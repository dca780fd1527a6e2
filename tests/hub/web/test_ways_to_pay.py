import re

import pytest

from kiosk.domain.methods import STANDARD
from kiosk.hub.storage.events import find_event
from tests.hub.web.steps import FRIDAY

OFFERED = {
    "pay_cash": "1",
    "pay_transfer": "1",
    "account": "Bank Contoh 000-123",
    "name_transfer": "Transfer bank",
    "claimed_transfer": "1",
    "ewallets": "GoPay\nOVO\n",
    "vouchers": "Voucher Pemkot",
    "vouchers_with_change": "Voucher Pasar",
}


def kept(store, event):
    found = re.search(r"/events/([^/?]+)", event)[1]
    with store.read() as connection:
        return find_event(connection, found).methods


def test_an_event_offers_the_usual_ways_until_the_organiser_says_otherwise(organiser, store):
    event = organiser.event(organiser.campaign())

    assert kept(store, event) == STANDARD
    assert 'name="pay_qris" value="1" checked' in re.sub(r"\s+", " ", organiser.get(event))


def test_an_organiser_switches_ways_to_pay_on_and_off_and_names_them(organiser, store):
    event = organiser.event(organiser.campaign(), **OFFERED)

    assert [(one.code, one.name, one.state, one.gives_change) for one in kept(store, event)] == [
        ("cash", "", "final", False),
        ("transfer", "Transfer bank", "claimed", False),
        ("ewallet-gopay", "GoPay", "final", False),
        ("ewallet-ovo", "OVO", "final", False),
        ("voucher-pemkot", "Voucher Pemkot", "final", False),
        ("voucher-pasar", "Voucher Pasar", "final", True),
    ]
    assert "Bank Contoh 000-123" in organiser.get(event)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"account": ""}, "paling sedikit satu cara bayar"),
        ({"ewallets": "x" * 60}, "Persingkat"),
        ({"ewallets": "\n".join(f"Dompet {n}" for n in range(20))}, "tempat untuk 12"),
    ],
)
def test_ways_to_pay_that_no_till_could_show_are_refused_at_their_field(
    organiser, fields, sentence
):
    campaign = organiser.campaign()

    page = organiser.post(f"{campaign}/events/new", FRIDAY | fields, status=422).text

    assert sentence in page
