"""Which backups stay: the newest, one a day, and one a week.

Days and weeks are those on which there is a backup, not those of a calendar: a clock that
jumped years ahead makes none of them go.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Final

DAYS: Final = 7
WEEKS: Final = 4


def surplus(made_at: Mapping[str, datetime], keep: int) -> set[str]:
    """Name the backups that may go: neither among the newest `keep`, nor a day's or week's last.

    With `keep` of 1 or more the newest never goes.
    """
    newest_first = sorted(made_at, key=lambda name: (made_at[name], name), reverse=True)
    days = _first_of(((_day(made_at[name]), name) for name in newest_first), DAYS)
    weeks = _first_of(((_week(made_at[name]), name) for name in newest_first), WEEKS)
    return set(made_at) - {*newest_first[:keep], *days, *weeks}


def _first_of(named: Iterable[tuple[object, str]], most: int) -> list[str]:
    """Give the first name of each of the first `most` groups."""
    found: dict[object, str] = {}
    for group, name in named:
        if group not in found and len(found) == most:
            break
        found.setdefault(group, name)
    return list(found.values())


def _day(instant: datetime) -> date:
    return instant.date()


def _week(instant: datetime) -> tuple[int, int]:
    return instant.isocalendar()[:2]
