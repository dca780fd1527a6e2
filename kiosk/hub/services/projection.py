"""Counting entries: which copy of each counts, and what that changes in the totals.

Every change is the difference between what a sale's entries counted before and what they
count now, so an entry may come late, twice, in conflict or be taken back, and the totals
are those that a rebuild gives.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Final

from sqlalchemy import Connection

from kiosk.hub.services.adopting import adopt_products
from kiosk.hub.services.effects import (
    Effects,
    EventTerms,
    SaleGroup,
    count_sale,
    shift_state,
    waits_for_money,
)
from kiosk.hub.services.readings import Place, Problem, Reading, is_known, read
from kiosk.hub.storage.claim_decisions import Decided, decided_of
from kiosk.hub.storage.claims import forget_claims, note_claims
from kiosk.hub.storage.counted import (
    CountedCopy,
    copies_by_id,
    copies_by_subject,
    drop_shift,
    event_terms,
    forget_counted,
    insert_counted,
    move_counted,
    put_shift,
)
from kiosk.hub.storage.journals import every_entry, every_journal, insert_review, lock_counting
from kiosk.hub.storage.orders import count_all_orders
from kiosk.hub.storage.rekaps import count_all_rekaps, forget_counted_rekaps, give_way
from kiosk.hub.storage.rollups import (
    ROLLUP_SUMS,
    add_to_discounts,
    add_to_late,
    add_to_payments,
    add_to_rollups,
    forget_rollups,
)
from kiosk.hub.storage.store import Store
from kiosk.hub.storage.tray import CHANGED_FILE, CONFLICT, chosen_places

_ROOTS: Final = frozenset({"sale", "shift_opened"})
_OF_SHIFTS: Final = frozenset({"shift_opened", "shift_closed"})

# A sale or a shift by its id, and the entries that count of it by theirs.
GroupKey = tuple[str, str]
Group = dict[str, Reading]


@dataclass(slots=True)
class _Change:
    """What an arrival changes: by entry id the copy that counted, and the one that does now."""

    before: dict[str, Reading] = field(default_factory=dict)
    after: dict[str, Reading] = field(default_factory=dict)


def read_events(connection: Connection) -> dict[str, EventTerms]:
    """Give what counting needs of every event."""
    return {event: EventTerms(*terms) for event, terms in event_terms(connection).items()}


def count_entries(
    connection: Connection,
    arrived: Sequence[Reading | Problem],
    events: Mapping[str, EventTerms],
    at: str,
) -> list[Problem]:
    """Count entries that are stored already; gives, and puts into the tray, what is strange.

    The caller holds `lock_counting`. `at` is the time of arrival, UTC.
    """
    problems = [one for one in arrived if isinstance(one, Problem)]
    readings = [one for one in arrived if isinstance(one, Reading)]
    problems += [
        Problem(one.journal, one.place.seq, "unknown_kind", f"“{one.kind}” is not known here")
        for one in readings
        if not is_known(one.kind)
    ]
    problems += [
        Problem(one.journal, one.place.seq, CHANGED_FILE, _changed_fact(one.body.get("about")))
        for one in readings
        if one.kind == "journal_opened" and one.body.get("because") == "broken"
    ]
    change = _decide_copies(connection, readings, events, problems)
    before = _groups_before(connection, change, events)
    _keep_copies(connection, change)
    problems += _apply(connection, change, before, events)
    problems += adopt_products(connection, list(change.after.values()))
    insert_review(connection, [{**asdict(problem), "arrived_at": at} for problem in problems])
    return problems


def rebuild(store: Store, at: str, progress: Callable[[int], None] | None = None) -> int:
    """Count every entry and online order afresh; gives how many entries there were.

    One transaction: readers see the old figures until the new ones are whole.
    """
    return store.retrying(lambda connection: recount(connection, at, progress))


def recount(connection: Connection, at: str, progress: Callable[[int], None] | None = None) -> int:
    """Do `rebuild` within the caller's transaction."""
    lock_counting(connection)
    forget_counted(connection)
    forget_rollups(connection)
    forget_claims(connection)
    forget_counted_rekaps(connection)
    events = read_events(connection)
    counted = 0
    for journal in every_journal(connection):
        for page in every_entry(connection, journal.id):
            places = [
                Place(journal.id, one.seq, one.hash, journal.depth, one.arrived_at) for one in page
            ]
            arrived = [
                read(one.stored, place, events) for one, place in zip(page, places, strict=True)
            ]
            count_entries(connection, arrived, events, at)
            counted += len(page)
            if progress:
                progress(counted)
    count_all_orders(connection)
    count_all_rekaps(connection)
    return counted


def _decide_copies(
    connection: Connection,
    readings: Sequence[Reading],
    events: Mapping[str, EventTerms],
    problems: list[Problem],
) -> _Change:
    """Say which copy counts of each entry; doubles are passed over, conflicts named.

    A copy that an organiser chose comes before every other, whatever their ranks.
    """
    change = _Change()
    chosen = chosen_places(connection)

    def order(one: Reading) -> tuple[bool, tuple[int, int, bytes]]:
        return ((one.place.journal, one.place.seq) not in chosen, one.place.rank)

    for copy in copies_by_id(connection, (one.id for one in readings)):
        known = _reading_of(copy, events)
        if known is not None:
            change.before[copy.id] = known
    for one in readings:
        rival = change.after.get(one.id) or change.before.get(one.id)
        wins = rival is None or order(one) < order(rival)
        if rival is not None and one.content_hash != rival.content_hash:
            problems.append(_conflict(rival if wins else one))
        if wins:
            change.after[one.id] = one
    return change


def _conflict(loser: Reading) -> Problem:
    return Problem(loser.journal, loser.place.seq, CONFLICT, conflict_fact(loser.id))


def _changed_fact(about: object) -> str:
    """Say which entry a machine found changed, as far as it says it."""
    match about:
        case {"journal": str(journal), "seq": int(seq)}:
            return f"entry {seq % 10**15} of journal {journal[:36]}"
    return ""


def conflict_fact(entry_id: str) -> str:
    """Say of a copy in the tray which entry it is a copy of."""
    return f"another entry has the id {entry_id} and other content"


def _reading_of(copy: CountedCopy, events: Mapping[str, EventTerms]) -> Reading | None:
    place = Place(copy.journal, copy.seq, copy.hash, copy.depth, copy.arrived_at)
    found = read(copy.stored, place, events)
    return found if isinstance(found, Reading) else None


def _keep_copies(connection: Connection, change: _Change) -> None:
    rows = {
        id_: {
            "id": id_,
            "journal": one.place.journal,
            "seq": one.place.seq,
            "kind": one.kind,
            "content_hash": one.content_hash,
            "subject": one.subject,
        }
        for id_, one in change.after.items()
    }
    insert_counted(connection, [row for id_, row in rows.items() if id_ not in change.before])
    for id_, row in rows.items():
        if id_ in change.before:
            move_counted(connection, row)


def _groups_before(
    connection: Connection, change: _Change, events: Mapping[str, EventTerms]
) -> dict[GroupKey, Group]:
    """Give the sales and shifts that the change touches, with what counted of each so far."""
    touched = [change.before[id_] for id_ in change.after if id_ in change.before]
    keys = {_group_of(one) for one in (*touched, *change.after.values())}
    before: dict[GroupKey, Group] = {key: {} for key in keys if key is not None}
    subjects = {subject for _, subject in before}
    # An entry that counts for the first time now cannot be found; sales mostly are such.
    first_time = change.after.keys() - change.before.keys()
    for copy in (
        *copies_by_id(connection, subjects - first_time),
        *copies_by_subject(connection, subjects),
    ):
        one = _reading_of(copy, events)
        key = _group_of(one) if one else None
        if one and key in before:
            before[key][one.id] = one
    return before


def _apply(
    connection: Connection,
    change: _Change,
    before: Mapping[GroupKey, Group],
    events: Mapping[str, EventTerms],
) -> list[Problem]:
    """Bring shifts and roll-ups from what counted before to what counts now."""
    now = {
        key: {id_: one for id_, one in group.items() if id_ not in change.after}
        for key, group in before.items()
    }
    for one in change.after.values():
        key = _group_of(one)
        if key is not None:
            now[key][one.id] = one
    effects = Effects()
    problems = []
    sales: dict[str, SaleGroup] = {}
    decided = decided_of(connection, _with_claims(now.values()))
    for key, group in now.items():
        kind, subject = key
        if kind == "shift":
            _write_shift(connection, subject, group)
            continue
        said = decided.get(subject, {})
        if before[key]:
            count_sale(effects, -1, _sale_group(subject, before[key], said), events)
        sales[subject] = _sale_group(subject, group, said)
        problems += [
            Problem(one.journal, one.place.seq, "excess", "more came back than its sale had sold")
            for one in count_sale(effects, 1, sales[subject], events)
        ]
    _add_effects(connection, effects)
    _note_claims(connection, sales, {sale for _kind, sale in before if before[_kind, sale]}, events)
    return problems


def count_decided(
    connection: Connection, sale_ids: Iterable[str], write: Callable[[], None]
) -> None:
    """Bring the totals from what counted of sales before `write` decides on them to after.

    `write` changes what was decided about their claimed payments, and nothing else.
    """
    lock_counting(connection)
    effects, events = Effects(), read_events(connection)
    groups = sale_groups(connection, sale_ids, events)
    for group in groups.values():
        count_sale(effects, -1, group, events)
    write()
    decided = decided_of(connection, groups)
    after = {
        sale_id: SaleGroup(group.sale, group.links, decided.get(sale_id, {}))
        for sale_id, group in groups.items()
    }
    for group in after.values():
        count_sale(effects, 1, group, events)
    _add_effects(connection, effects)
    _note_claims(connection, after, after.keys(), events)


def _note_claims(
    connection: Connection,
    sales: Mapping[str, SaleGroup],
    known: Collection[str],
    events: Mapping[str, EventTerms],
) -> None:
    """Keep which sales wait for money; those that nobody was `known` of cannot have waited."""
    waiting = {
        sale_id: (events[group.sale.body["event"]].campaign, group.sale.body["event"])
        for sale_id, group in sales.items()
        if group.sale and waits_for_money(group)
    }
    note_claims(connection, waiting, (sales.keys() & known) - waiting.keys())


def sale_groups(
    connection: Connection, sale_ids: Iterable[str], events: Mapping[str, EventTerms]
) -> dict[str, SaleGroup]:
    """Give each sale with all that counts of what was said of it, also where it is not here."""
    wanted = set(sale_ids)
    found: dict[str, Group] = {sale_id: {} for sale_id in wanted}
    for copy in (*copies_by_id(connection, wanted), *copies_by_subject(connection, wanted)):
        one = _reading_of(copy, events)
        key = _group_of(one) if one else None
        if one and key and key[0] == "sale" and key[1] in found:
            found[key[1]][one.id] = one
    decided = decided_of(connection, _with_claims(found.values()))
    return {
        sale_id: _sale_group(sale_id, group, decided.get(sale_id, {}))
        for sale_id, group in found.items()
    }


def _with_claims(groups: Iterable[Group]) -> list[str]:
    """Name the sales that somebody may have decided on: those with a claimed payment."""
    return [
        one.id
        for group in groups
        for one in group.values()
        if one.kind == "sale"
        and any(payment["state"] == "claimed" for payment in one.body["payments"])
    ]


def _sale_group(sale_id: str, group: Group, decided: Decided) -> SaleGroup:
    links = [one for id_, one in group.items() if id_ != sale_id]
    return SaleGroup.of(group.get(sale_id), links, decided)


def _add_effects(connection: Connection, effects: Effects) -> None:
    add_to_rollups(connection, _rollup_rows(effects))
    add_to_payments(connection, _payment_rows(effects))
    add_to_discounts(connection, _discount_rows(effects))
    add_to_late(connection, _late_rows(effects))
    give_way(connection, {key.event for key in effects.units.keys() | effects.omzet_rp.keys()})


def _write_shift(connection: Connection, shift_id: str, group: Group) -> None:
    closings = [one for id_, one in group.items() if id_ != shift_id]
    state = shift_state(group.get(shift_id), closings)
    if state is None:
        drop_shift(connection, shift_id)
    else:
        put_shift(connection, asdict(state))


def _rollup_rows(effects: Effects) -> list[dict[str, object]]:
    """Give the sums that are not 0; what is sementara at a bazaar is final too."""
    rows: list[dict[str, object]] = []
    for key in effects.units.keys() | effects.omzet_rp.keys():
        units, omzet_rp = effects.units[key], effects.omzet_rp[key]
        if units or omzet_rp:
            sums = dict(zip(ROLLUP_SUMS, (units, omzet_rp, units, omzet_rp), strict=True))
            rows.append({**key._asdict(), **sums})
    return rows


def _payment_rows(effects: Effects) -> list[dict[str, object]]:
    """Give the sums that are not 0."""
    return [
        {**key._asdict(), "payments": effects.payments[key], "amount_rp": effects.amount_rp[key]}
        for key in effects.payments.keys() | effects.amount_rp.keys()
        if effects.payments[key] or effects.amount_rp[key]
    ]


def _discount_rows(effects: Effects) -> list[dict[str, object]]:
    """Give the sums that are not 0."""
    return [
        {**key._asdict(), "times": effects.discounts[key], "amount_rp": effects.discount_rp[key]}
        for key in effects.discount_rp
        if effects.discounts[key] or effects.discount_rp[key]
    ]


def _late_rows(effects: Effects) -> list[dict[str, object]]:
    """Give the sums that are not 0."""
    return [{**key._asdict(), "sales": sales} for key, sales in effects.late.items() if sales]


def _group_of(one: Reading) -> GroupKey | None:
    """Name the sale or the shift that an entry is, or speaks of."""
    subject = one.id if one.kind in _ROOTS else one.subject
    if subject is None:
        return None
    return ("shift" if one.kind in _OF_SHIFTS else "sale", subject)
