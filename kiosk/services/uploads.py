"""The upload: the journal's tail, segment by segment, until the hub has all of it.

There is no second outbox: what waits is what lies behind the hub's last confirmed
position. Each step sends at most one segment and remembers the outcome, so a restart
goes on where it was; waiting times survive it too.
"""

import random
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING, Final

from kiosk.clock import stamp, stamp_utc
from kiosk.domain.entries import ChainFault, find_fault
from kiosk.errors import N_
from kiosk.services.common_ground import last_common
from kiosk.services.cutting import build_segment
from kiosk.services.enrolment import hub_client, is_enrolled
from kiosk.services.forking import BROKEN, OTHER_COPY, Cut, fork
from kiosk.services.installation import Installation
from kiosk.storage import forks, journal, uploads
from kiosk.storage.database import Connection
from kiosk.storage.journal import Journal
from kiosk.wire.segments import MOST_ENTRIES, Signer, read_header

if TYPE_CHECKING:
    from kiosk.sync.hub_client import HubClient, HubError, HubHead

DISAGREES: Final = "disagrees"
FIRST_WAIT_SECONDS: Final = 2
LONGEST_WAIT_SECONDS: Final = 300
# Why the upload does not go on, by the one word the rows keep; others come in the hub's words.
_PROBLEMS: Final = {
    "unreachable": N_("The hub does not answer. Look whether this machine has internet."),
    "not_a_hub": N_(
        "What answers is not the hub: perhaps the sign-in page of this Wi-Fi. Open any page in "
        "the browser, sign in to the Wi-Fi, then send again."
    ),
    "not_trusted": N_(
        "Something stands between this machine and the hub: perhaps the sign-in page of this "
        "Wi-Fi, or a wrong date here. Sign in to the Wi-Fi, look at date and time, then send again."
    ),
    "unknown_device": N_(
        "The hub does not take this machine any more. Ask the organiser for a new code."
    ),
    "disagrees": N_("What the hub has does not fit what is here. Show this to the organiser."),
    "fault": N_("The hub made a mistake of its own. It is asked again by itself."),
}


@dataclass(frozen=True, slots=True)
class UploadState:
    """What the top bar and the status page say of the upload."""

    enrolled: bool
    waiting_entries: int
    waiting_sales: int
    since: str | None
    last_sent_at: str | None
    problem: str | None
    problem_reason: str | None
    problem_since: str | None
    next_try_at: str | None

    @property
    def why(self) -> str:
        """Why it does not go on, with what to do, to be translated; '' where it does."""
        return _PROBLEMS.get(self.problem_reason or "", self.problem or "")


def upload_state(here: Installation) -> UploadState:
    """Say what waits for the hub, since when and why."""
    enrolled = is_enrolled(here)
    with here.db.read() as connection:
        waiting = uploads.waiting(connection)
        row = uploads.enrolment(connection)
        return UploadState(
            enrolled=enrolled,
            waiting_entries=waiting.entries,
            waiting_sales=waiting.sales,
            since=waiting.since,
            last_sent_at=uploads.last_sent_at(connection),
            problem=row.problem if row else None,
            problem_reason=row.problem_reason if row else None,
            problem_since=row.problem_since if row else None,
            next_try_at=row.next_try_at if row else None,
        )


def send_now(here: Installation) -> None:
    """Try again at once, whatever the waiting time says."""
    with here.db.write() as connection:
        uploads.try_at_once(connection)
    here.bells.upload.ring()


def upload_step(here: Installation) -> bool:
    """Send one segment if one is due; True where something was sent and confirmed.

    A hub that cannot be reached is remembered with the next time to try, not raised. Where
    the journal cannot be gone on with, here or at the hub, a new one is begun.
    """
    from kiosk.sync.hub_client import HubError  # noqa: PLC0415 - only an enrolled till speaks

    with here.db.read() as connection:
        row = uploads.enrolment(connection)
        due = _due_journal(connection)
    if row is None or due is None or _must_wait(here, row.next_try_at):
        return False
    fault = _fault_ahead(here, due)
    if fault:
        return fork(here, Cut(due, fault.seq - 1, BROKEN, fault.seq))
    client = hub_client(here)
    if client is None:
        return False
    try:
        return _send_from(here, client, due)
    except HubError as error:
        _remember_failure(here, error, row.failures)
        return False


def _send_from(here: Installation, client: "HubClient", due: Journal) -> bool:
    with here.db.read() as connection:
        after = uploads.sent_seq(connection, due.ordinal)
        signer = Signer(client.device, client.secret)
        until = forks.end_to_send(connection, due)
        if after >= until:
            return True  # somebody else has sent it since it was found
        segment = build_segment(connection, signer, due, after, stamp(here.clock.now()), until)
        unsent = uploads.waiting(connection).entries
    sent = read_header(segment[: segment.index(b"\n")]).last
    answer = client.send_segment(due.id, segment, max(0, unsent - (sent - after)))
    if not answer.agrees and answer.reason == "fork":
        return _go_on_anew(here, client, due, answer)
    if answer.agrees and answer.seq > sent:
        _make_sure(here, client, due, sent)
    with here.db.write() as connection:
        confirmed = _confirmed(connection, due, sent, answer)
        if confirmed is None or (not answer.agrees and confirmed == after):
            raise _disagreement(answer.seq)
        uploads.remember_sent(connection, due.ordinal, confirmed, stamp(here.clock.now()))
        forks.settle(connection)
        if client.heard_at:
            uploads.remember_skew(connection, here.hub_time.hear(here.clock, client.heard_at))
    return True


def _make_sure(here: Installation, client: "HubClient", due: Journal, sent: int) -> None:
    """Ask for the hash at what was sent, where the hub says it has more behind it.

    Another copy may have sold on; or a proxy gave this machine an answer that was not its own.
    """
    theirs = client.hash_at(due.id, sent)
    with here.db.read() as connection:
        if theirs != journal.hash_at(connection, due, sent):
            raise _disagreement(sent)


def _go_on_anew(here: Installation, client: "HubClient", due: Journal, answer: "HubHead") -> bool:
    """Leave a journal to the copy that the hub knows, behind the last entry both hold."""
    common = last_common(here, client, due, answer.seq)
    if fork(here, Cut(due, common, OTHER_COPY, common + 1), answer.deepest):
        return True
    raise _disagreement(answer.seq)


def _disagreement(seq: int) -> "HubError":
    from kiosk.sync.hub_client import HubError  # noqa: PLC0415 - as above

    return HubError(f"the hub's journal differs from ours at entry {seq}", reason=DISAGREES)


def _fault_ahead(here: Installation, due: Journal) -> ChainFault | None:
    """Find what does not hold in the entries that would go next; such are never sent.

    The first fault of the journal is given, which may lie further ahead.
    """
    with here.db.read() as connection:
        after = uploads.sent_seq(connection, due.ordinal)
        end = forks.end_to_send(connection, due)
        last = min(after + MOST_ENTRIES, end)
        rows = list(islice(journal.sealed_entries(connection, due.ordinal, after), last - after))
        # Whether what was sent still stands here is asked where the new does not follow it.
        prev = _hash_or_none(connection, due, after)
        fault = find_fault(due.id, rows, (after, prev)) if prev else ChainFault(after, "")
        if fault is None and len(rows) == last - after:
            return None
        return find_fault(due.id, journal.sealed_entries(connection, due.ordinal))


def _hash_or_none(connection: Connection, one: Journal, seq: int) -> bytes | None:
    try:
        return journal.hash_at(connection, one, seq)
    except LookupError:
        return None


def _due_journal(connection: Connection) -> Journal | None:
    """Give the oldest journal with something unsent: predecessors go first."""
    for one in journal.journals(connection):
        unsent = forks.end_to_send(connection, one) > uploads.sent_seq(connection, one.ordinal)
        if unsent and not one.training:
            return one
    return None


def _confirmed(connection: Connection, due: Journal, sent: int, answer: "HubHead") -> int | None:
    """Give the position up to which the hub holds this very journal; None where it differs.

    `sent` is the last position of what was sent just now. The hub's head may lie behind it
    (a gap: the hub lost or never had something). Where the hub took it and has other entries
    behind it, another copy sold on: what it has besides is not ours.
    """
    end = journal.head(connection, due).seq
    if answer.seq == 0 or (
        answer.seq <= end and journal.hash_at(connection, due, answer.seq) == answer.hash
    ):
        return answer.seq
    if answer.agrees and answer.seq > sent:
        return sent
    return None


def _must_wait(here: Installation, next_try_at: str | None) -> bool:
    """Say whether it is too early to try; a clock that was set back makes nobody wait longer."""
    if next_try_at is None:
        return False
    now = here.clock.now()
    longest = timedelta(seconds=2 * LONGEST_WAIT_SECONDS)
    return stamp_utc(now) < next_try_at < stamp_utc(now + longest)


def _remember_failure(here: Installation, error: "HubError", failures: int) -> None:
    now = here.clock.now()
    wait = min(FIRST_WAIT_SECONDS * 2 ** min(failures, 12), LONGEST_WAIT_SECONDS)
    # Spread, so that twelve tills do not all knock the moment the uplink is back.
    wait *= random.uniform(0.8, 1.2)  # noqa: S311 - no secret
    next_try_at = stamp_utc(now + timedelta(seconds=wait))
    with here.db.write() as connection:
        uploads.remember_failure(connection, str(error), error.reason, stamp(now), next_try_at)
