from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.rotation import DAYS, WEEKS, surplus

FRIDAY = datetime(2026, 11, 20, 17, tzinfo=UTC)
instants = st.datetimes(datetime(2000, 1, 1), datetime(2060, 1, 1)).map(  # noqa: DTZ001 - given UTC below
    lambda instant: instant.replace(tzinfo=UTC)
)


def test_a_day_of_hourly_backups_leaves_the_newest_and_one_of_each_day_before():
    made = {f"h{hour}": FRIDAY - timedelta(hours=hour) for hour in range(24 * 10)}

    gone = surplus(made, 3)

    kept = sorted(set(made) - gone, key=lambda name: made[name], reverse=True)
    assert kept[:3] == ["h0", "h1", "h2"]
    assert [made[name].day for name in kept[3:9]] == [19, 18, 17, 16, 15, 14]
    assert {made[name].hour for name in kept[3:9]} == {23}


@given(st.lists(instants, min_size=1, max_size=60), st.integers(1, 12))
def test_the_newest_backups_never_go_and_what_stays_has_a_bound(times, keep):
    made = {f"b{place}": instant for place, instant in enumerate(times)}

    kept = set(made) - surplus(made, keep)

    newest = sorted(made, key=lambda name: (made[name], name), reverse=True)[:keep]
    assert kept >= set(newest)
    assert len(kept) <= keep + DAYS + WEEKS
    assert {made[name].date() for name in kept} >= set(
        sorted({instant.date() for instant in times}, reverse=True)[:DAYS]
    )
