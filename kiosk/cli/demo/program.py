"""The program that the demonstration shows: its events, people and published figures.

In late 2021 South Jakarta reported two events with 3,484 units and Rp105.000.000 together.
Only these two figures were published; how they are spread here over days, stalls and
goods is made up. The third event is a Friday of 2026 on which nothing was sold yet.
"""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from kiosk.clock import WIB
from kiosk.domain.ids import RANDOM_BYTES, uuid7
from kiosk.domain.money import Rupiah

UNITS: Final = 3_484
OMZET_RP: Final = Rupiah(105_000_000)

CAMPAIGN: Final = "Jumat Beli Lokal"
CITY: Final = "Kota Administrasi Jakarta Selatan"
CAMPAIGN_MADE_AT: Final = datetime(2021, 11, 15, 9, 0, tzinfo=WIB)

_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Target:
    """What a channel of an event sold."""

    units: int
    omzet_rp: Rupiah


@dataclass(frozen=True, slots=True)
class DemoEvent:
    """An event: its bazaar opens and closes on each of `days`, its online window is [start, end)."""

    key: str
    name: str
    place: str
    days: tuple[date, ...]
    opens_hour: int
    closes_hour: int
    online_start: datetime
    online_end: datetime
    target_rp: Rupiah
    cash_rounding_rp: int
    bazaar: Target | None = None
    online: Target | None = None

    @property
    def id(self) -> str:
        """The event's id, the same in every demonstration."""
        return made_id(f"event {self.key}")

    @property
    def bazaar_start(self) -> datetime:
        """When the bazaar's first day opens."""
        return at_hour(self.days[0], self.opens_hour)

    @property
    def bazaar_end(self) -> datetime:
        """When the bazaar's last day closes."""
        return at_hour(self.days[-1], self.closes_hour)


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody on an event's staff, with the PIN that is shown at start."""

    name: str
    role: str
    pin: str


@dataclass(frozen=True, slots=True)
class DemoInstallation:
    """A machine of an event and the names of its tills by code."""

    event: str
    name: str
    tills: tuple[tuple[str, str], ...]

    @property
    def id(self) -> str:
        """The installation's id, the same in every demonstration."""
        return made_id(f"installation {self.event} {self.name}")


def at_hour(day: date, hour: int) -> datetime:
    """Give an hour of a day in WIB."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=WIB)


def made_id(name: str) -> str:
    """Make the id of something set up for the demonstration: always the same for its name."""
    randomness = hashlib.sha256(name.encode()).digest()[:RANDOM_BYTES]
    return uuid7(int(CAMPAIGN_MADE_AT.timestamp()) * 1000, randomness)


FIRST: Final = DemoEvent(
    key="2021-1",
    name="Bazar Jumat 26 Nov 2021",
    place="Halaman Kantor Wali Kota Jakarta Selatan",
    days=(date(2021, 11, 26), date(2021, 11, 27)),
    opens_hour=8,
    closes_hour=17,
    online_start=at_hour(date(2021, 11, 26), 0),
    online_end=at_hour(date(2021, 11, 30), 0),
    target_rp=Rupiah(45_000_000),
    cash_rounding_rp=0,
    bazaar=Target(1_186, Rupiah(35_520_000)),
    online=Target(411, Rupiah(12_830_000)),
)
SECOND: Final = DemoEvent(
    key="2021-2",
    name="Bazar Blok M 3-5 Des 2021",
    place="Stasiun MRT Blok M",
    days=(date(2021, 12, 3), date(2021, 12, 4), date(2021, 12, 5)),
    opens_hour=8,
    closes_hour=17,
    online_start=at_hour(date(2021, 12, 3), 0),
    online_end=at_hour(date(2021, 12, 6), 0),
    target_rp=Rupiah(55_000_000),
    cash_rounding_rp=0,
    bazaar=Target(1_338, Rupiah(40_150_000)),
    online=Target(549, Rupiah(16_500_000)),
)
# The online window is the Friday alone, so that the sample export shows what a window does:
# of its seven paid pieces six were paid on the Friday, and the one that was ordered at
# 23.30 and paid at 00.05 on Saturday stands outside every window and is not lost.
FRIDAY: Final = DemoEvent(
    key="2026-1",
    name="Bazar Jumat 20 Nov 2026",
    place="Halaman Kantor Wali Kota Jakarta Selatan",
    days=(date(2026, 11, 20),),
    opens_hour=7,
    closes_hour=17,
    online_start=at_hour(date(2026, 11, 20), 0),
    online_end=at_hour(date(2026, 11, 20), 0) + _DAY,
    target_rp=Rupiah(60_000_000),
    cash_rounding_rp=100,
)
EVENTS: Final = (FIRST, SECOND, FRIDAY)

STAFF: Final = (
    DemoPerson("Rina", "cashier", "1357"),
    DemoPerson("Agus", "cashier", "2468"),
    DemoPerson("Dewi", "coordinator", "246810"),
)

_TWO_TILLS: Final = (("K01", "Laci 1"), ("K02", "Laci 2"))
INSTALLATIONS: Final = (
    DemoInstallation(FIRST.key, "Mesin Timur", _TWO_TILLS),
    DemoInstallation(FIRST.key, "Mesin Barat", _TWO_TILLS),
    DemoInstallation(SECOND.key, "Mesin Peron A", _TWO_TILLS),
    DemoInstallation(SECOND.key, "Mesin Peron B", _TWO_TILLS),
)
FRIDAY_INSTALLATION: Final = DemoInstallation(FRIDAY.key, "Mesin 1", _TWO_TILLS)
