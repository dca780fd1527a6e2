"""The upload: the journal's tail, segment by segment, until the hub has all of it.

There is no second outbox: what waits is what lies behind the hub's last confirmed
position. Each step sends at most one segment and remembers the outcome, so a restart
goes on where it was; waiting times survive it too.
"""

import random
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from kiosk.clock import stamp, stamp_utc
from kiosk.services.cutting import build_segment
from kiosk.services.enrolment import hub_client, is_enrolled
from kiosk.services.installation import Installation
from kiosk.storage import journal, uploads
from kiosk.storage.database import Connection
from kiosk.storage.journal import Journal
from kiosk.wire.segments import Signer, read_header

if TYPE_CHECKING:
    from kiosk.sync.hub_client import HubClient, HubHead

FIRST_WAIT_SECONDS: Final = 2
LONGEST_WAIT_SECONDS: Final = 300


@dataclass(frozen=True, slots=True)
class UploadState:
    """What the top bar and the status page say of the upload."""

    enrolled: bool
    waiting_entries: int
    waiting_sales: int
    since: str | None
    last_sent_at: str | None
    problem: str | None
    problem_since: str | None


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
            problem_since=row.problem_since if row else None,
        )


def send_now(here: Installation) -> None:
    """Try again at once, whatever the waiting time says."""
    with here.db.write() as connection:
        uploads.try_at_once(connection)
    here.bells.upload.ring()


def upload_step(here: Installation) -> bool:
    """Send one segment if one is due; True where something was sent and confirmed.

    A hub that cannot be reached is remembered with the next time to try, not raised.
    """
    from kiosk.sync.hub_client import HubError  # noqa: PLC0415 - only an enrolled till speaks

    with here.db.read() as connection:
        row = uploads.enrolment(connection)
        due = _due_journal(connection)
    if row is None or due is None or _must_wait(here, row.next_try_at):
        return False
    client = hub_client(here)
    if client is None:
        return False
    try:
        return _send_from(here, client, due)
    except HubError as error:
        _remember_failure(here, str(error), row.failures)
        return False


def _send_from(here: Installation, client: "HubClient", due: Journal) -> bool:
    with here.db.read() as connection:
        after = uploads.sent_seq(connection, due.ordinal)
        signer = Signer(client.device, client.secret)
        segment = build_segment(connection, signer, due, after, stamp(here.clock.now()))
    sent = read_header(segment[: segment.index(b"\n")]).last
    answer = client.send_segment(due.id, segment)
    with here.db.write() as connection:
        confirmed = _confirmed(connection, due, sent, answer)
        if confirmed is None:
            problem = f"the hub's journal differs from ours at entry {answer.seq}"
            _remember_failure_in(here, connection, problem, 10)
            return False
        uploads.remember_sent(connection, due.ordinal, confirmed, stamp(here.clock.now()))
    return True


def _due_journal(connection: Connection) -> Journal | None:
    """Give the oldest journal with something unsent: predecessors go first."""
    for one in journal.journals(connection):
        unsent = journal.head(connection, one).seq > uploads.sent_seq(connection, one.ordinal)
        if unsent and not one.training:
            return one
    return None


def _confirmed(connection: Connection, due: Journal, sent: int, answer: "HubHead") -> int | None:
    """Give the position up to which the hub holds this very journal; None where it differs.

    `sent` is the last position of what was sent just now. The hub's head may lie behind it
    (a gap: the hub lost or never had something). Where the hub took it and is ahead of our
    end, the journal was restored from an older copy: what the hub has besides is not ours.
    """
    end = journal.head(connection, due).seq
    if answer.agrees and answer.seq > end:
        return sent
    if answer.seq == 0 or (
        answer.seq <= end and journal.hash_at(connection, due, answer.seq) == answer.hash
    ):
        return answer.seq
    return None


def _must_wait(here: Installation, next_try_at: str | None) -> bool:
    return next_try_at is not None and next_try_at > stamp_utc(here.clock.now())


def _remember_failure(here: Installation, problem: str, failures: int) -> None:
    with here.db.write() as connection:
        _remember_failure_in(here, connection, problem, failures)


def _remember_failure_in(
    here: Installation, connection: Connection, problem: str, failures: int
) -> None:
    now = here.clock.now()
    wait = min(FIRST_WAIT_SECONDS * 2 ** min(failures, 12), LONGEST_WAIT_SECONDS)
    # Spread, so that twelve tills do not all knock the moment the uplink is back.
    wait *= random.uniform(0.8, 1.2)  # noqa: S311 - no secret
    next_try_at = stamp_utc(now + timedelta(seconds=wait))
    uploads.remember_failure(connection, problem, stamp(now), next_try_at)
