"""The press text of a frozen version, in Indonesian and in English.

Pure: the same snapshot gives the same words. Amounts are said as the press says them, and
never say more than was counted: what is cut is called “more than”.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from babel.dates import format_date

from kiosk.clock import WIB
from kiosk.domain.money import Rupiah, share_out
from kiosk.hub.services.press_words import WORDS, PressWords
from kiosk.hub.services.snapshots import Snapshot
from kiosk.hub.storage.imports import Counted

LANGUAGES: Final = ("id", "en")
_MILLION: Final = 1_000_000
_MILLIARD: Final = 1_000_000_000
_MOST_NAMED: Final = 3


@dataclass(frozen=True, slots=True)
class Scope:
    """What a press text speaks of: a version's number, its event ('' for all), its status."""

    n: int
    event: str
    status: str


def press_text(
    snapshot: Snapshot, scope: Scope, channels: dict[str, str], language: str = "id"
) -> str:
    """Write the text; `channels` names the channels, `language` is one of `LANGUAGES`."""
    words = WORDS[language]
    counted = snapshot.total(scope.event)
    parts = [
        _title(snapshot, scope, words, language),
        _lead(snapshot, scope, words, language),
        _who(snapshot, scope, words, language),
        _channels(snapshot, scope, channels, words, language),
        _target(snapshot, scope, counted, words, language),
        _earlier(snapshot, scope, counted, words, language),
        words.quote,
        words.vendor_quote,
        _note(snapshot, scope, words, language),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def units_of(counted: Counted, status: str) -> int:
    """Give the units that count under a status."""
    return counted.units_final if status == "final" else counted.units


def omzet_of(counted: Counted, status: str) -> Rupiah:
    """Give the omzet that counts under a status."""
    return counted.omzet_final_rp if status == "final" else counted.omzet_rp


def said_count(number: int, language: str) -> str:
    """Write a count with its language's mark between thousands: `3.484` or `3,484`."""
    text = f"{number:,}"
    return text if language == "en" else text.replace(",", ".")


def said_amount(amount: int, language: str) -> str:
    """Say an amount: `Rp105 juta`, `lebih dari Rp104,9 juta`, below a million in full."""
    words = WORDS[language]
    if amount < _MILLION:
        sign = "-" if amount < 0 else ""
        return f"{sign}Rp{said_count(abs(amount), language)}"
    size, word = (_MILLIARD, words.milliard) if amount >= _MILLIARD else (_MILLION, words.million)
    tenths, rest = divmod(amount * 10, size)
    whole, tenth = divmod(tenths, 10)
    decimal = f"{words.decimal_mark}{tenth}" if tenth else ""
    said = f"Rp{said_count(whole, language)}{decimal} {word}"
    return words.more_than.format(amount=said) if rest else said


def said_time(at: datetime, language: str) -> str:
    """Write a time of day: `19.30 WIB`."""
    return f"{at.astimezone(WIB):%H.%M} WIB" if language == "id" else f"{at:%H:%M} WIB"


def said_day(day: date, language: str) -> str:
    """Write a day with its name."""
    pattern = "EEEE, d MMMM y" if language == "id" else "EEEE, MMMM d, y"
    return format_date(day, pattern, locale=language)


def _title(snapshot: Snapshot, scope: Scope, words: PressWords, language: str) -> str:
    counted = snapshot.total(scope.event)
    text = words.title if units_of(counted, scope.status) > 0 else words.title_none
    said = text.format(
        name=_headline(snapshot, scope),
        units=said_count(units_of(counted, scope.status), language),
        omzet=said_amount(omzet_of(counted, scope.status), language),
        status=words.statuses[scope.status],
    )
    return f"*{said}*"


def _lead(snapshot: Snapshot, scope: Scope, words: PressWords, language: str) -> str:
    at = datetime.fromisoformat(snapshot.at)
    counted = snapshot.total(scope.event)
    sold = snapshot.sums_by("event", scope.event)
    events = [one for one in snapshot.events if one["id"] in sold]
    if units_of(counted, scope.status) <= 0:
        text = words.lead_none
    else:
        text = words.lead_event if scope.event or len(events) < 2 else words.lead  # noqa: PLR2004 - “two” has words of its own
    city = str(snapshot.campaign["city"])
    return (f"{city.upper()}, " if city else "") + text.format(
        day=said_day(at.date(), language),
        name=_headline(snapshot, scope),
        units=said_count(units_of(counted, scope.status), language),
        omzet=said_amount(omzet_of(counted, scope.status), language),
        events=said_count(len(events), language),
        status=words.statuses[scope.status],
        time=said_time(at, language),
    )


def _headline(snapshot: Snapshot, scope: Scope) -> str:
    campaign = str(snapshot.campaign["name"])
    return f"{campaign} – {snapshot.name_of('event', scope.event)}" if scope.event else campaign


def _who(snapshot: Snapshot, scope: Scope, words: PressWords, language: str) -> str:
    """Say how many vendors sold how many products."""
    sold = [
        sum(
            bool(key) and units_of(counted, scope.status) > 0
            for key, counted in snapshot.sums_by(group, scope.event).items()
        )
        for group in ("vendor", "product")
    ]
    if not all(sold):
        return ""
    vendors, products = (said_count(number, language) for number in sold)
    return words.who.format(vendors=vendors, products=products)


def _channels(
    snapshot: Snapshot, scope: Scope, names: dict[str, str], words: PressWords, language: str
) -> str:
    """Say each channel's share; whole per cent that come to a hundred."""
    sums = {
        channel: omzet_of(counted, scope.status)
        for channel, counted in snapshot.sums_by("channel", scope.event).items()
    }
    ranked = sorted((item for item in sums.items() if item[1] > 0), key=lambda one: (-one[1], one))
    if len(ranked) < 2:  # noqa: PLR2004 - one channel needs no shares
        return ""
    shares = share_out(Rupiah(100), [amount for _channel, amount in ranked])
    parts = [
        words.channel.format(
            channel=names.get(channel, channel),
            omzet=said_amount(amount, language),
            per_cent=str(share) if share else words.under_one,
        )
        for (channel, amount), share in zip(ranked, shares, strict=True)
    ]
    return words.channels.format(channels=_listed(parts, words))


def _target(
    snapshot: Snapshot, scope: Scope, counted: Counted, words: PressWords, language: str
) -> str:
    target_rp = snapshot.campaign["target_rp"]
    if scope.event:
        target_rp = next(one for one in snapshot.events if one["id"] == scope.event)["target_rp"]
    omzet_rp = omzet_of(counted, scope.status)
    if not target_rp or omzet_rp <= 0:
        return ""
    text = words.over_target if omzet_rp >= target_rp else words.target
    per_cent = omzet_rp * 100 // target_rp
    return text.format(per_cent=per_cent, target=said_amount(target_rp, language))


def _earlier(
    snapshot: Snapshot, scope: Scope, counted: Counted, words: PressWords, language: str
) -> str:
    """Hold an event against the last one before it that sold anything."""
    places = {one["id"]: place for place, one in enumerate(snapshot.events)}
    sums = snapshot.sums_by("event")
    earlier = [
        one
        for one in snapshot.events[: places.get(scope.event, 0)]
        if one["id"] in sums and omzet_of(sums[one["id"]], scope.status) > 0
    ]
    omzet_rp = omzet_of(counted, scope.status)
    if not earlier or omzet_rp <= 0:
        return ""
    last = earlier[-1]
    before = sums[last["id"]]
    before_rp = omzet_of(before, scope.status)
    change = abs(omzet_rp - before_rp) * 100 // before_rp
    trend = words.more if omzet_rp > before_rp else words.less
    return words.earlier.format(
        name=last["name"],
        units=said_count(units_of(before, scope.status), language),
        omzet=said_amount(before_rp, language),
        trend=trend.format(per_cent=said_count(change, language)) if change else words.same,
    )


def _note(snapshot: Snapshot, scope: Scope, words: PressWords, language: str) -> str:
    """Say what the figures are, of when, and how far they can be trusted."""
    at = datetime.fromisoformat(snapshot.at)
    sentences = [
        words.note.format(
            n=scope.n,
            status=words.statuses[scope.status],
            moment=f"{said_day(at.date(), language)}, {said_time(at, language)}",
        ),
        _machines(snapshot, scope, words, language),
        _files(snapshot, words, language),
        _claimed(snapshot, scope, words, language),
        words.rules[scope.status],
    ]
    return " ".join(one for one in sentences if one)


def _machines(snapshot: Snapshot, scope: Scope, words: PressWords, language: str) -> str:
    machines = [one for one in snapshot.machines if scope.event in ("", one["event"])]
    if not machines:
        return ""
    waiting = [one for one in machines if not one["complete"]]
    said = words.machines.format(complete=len(machines) - len(waiting), count=len(machines))
    named = [
        words.machine.format(
            name=one["name"],
            when=_heard(one["last_heard_at"], snapshot.at, language) or words.never,
        )
        for one in waiting[:_MOST_NAMED]
    ]
    more = len(waiting) - len(named)
    if more:
        named.append(words.others.format(count=more))
    return "; ".join([said, *named]) + "."


def _heard(last_heard_at: str | None, at: str, language: str) -> str:
    if last_heard_at is None:
        return ""
    heard, now = (datetime.fromisoformat(text).astimezone(WIB) for text in (last_heard_at, at))
    time = said_time(heard, language)
    return time if heard.date() == now.date() else f"{said_day(heard.date(), language)}, {time}"


def _files(snapshot: Snapshot, words: PressWords, language: str) -> str:
    """Name until when each marketplace's orders are known: its newest file's own time."""
    newest: dict[str, datetime] = {}
    for one in snapshot.imports:
        as_of = datetime.fromisoformat(one["as_of"]).astimezone(WIB)
        newest[one["source"]] = max(as_of, newest.get(one["source"], as_of))
    parts = [
        words.file.format(
            source=words.sources.get(source, source),
            moment=f"{format_date(as_of, 'd MMMM y', locale=language)}, {said_time(as_of, language)}",
        )
        for source, as_of in sorted(newest.items())
    ]
    return words.files.format(files=_listed(parts, words)) if parts else ""


def _claimed(snapshot: Snapshot, scope: Scope, words: PressWords, language: str) -> str:
    amount = sum(
        one["amount_rp"]
        for one in snapshot.payments
        if one["state"] == "claimed" and scope.event in ("", one["event"])
    )
    return words.claimed.format(amount=said_amount(amount, language)) if amount > 0 else ""


def _listed(parts: list[str], words: PressWords) -> str:
    if len(parts) < 2:  # noqa: PLR2004 - one part needs no “and”
        return "".join(parts)
    return f"{', '.join(parts[:-1])}{words.last_and}{parts[-1]}"
