"""A season made so that its totals are known: small here, whole by `python -m tests.support.season`."""

from kiosk.hub.services.figures import campaign_total
from tests.hub.services.building import CAMPAIGN
from tests.support.season import Season, differences, hold


def test_a_season_counts_to_the_last_rupiah_what_it_was_made_of(store, clock):
    season = Season(lines=480)

    hold(store, clock, season)

    assert differences(store, season) == []
    units, omzet_rp = (
        sum(one[n] for (group, _), one in season.expected.items() if group == "event")
        for n in (0, 1)
    )
    total = campaign_total(store, CAMPAIGN)
    assert (total.units, total.omzet_rp) == (units, omzet_rp)
    assert total.omzet_final_rp == omzet_rp
