"""Redeemed codes and wrong tries, and the nonces of signed reads, as rows."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from kiosk.clock import stamp_utc
from kiosk.hub.storage.campaigns import instant_or_none
from kiosk.hub.storage.store import upsert_add
from kiosk.hub.storage.tables import devices, enrolment_tries, nonces


@dataclass(frozen=True, slots=True)
class CodeRow:
    """The device a code belongs to, and who has redeemed it so far."""

    device: str
    installation: str
    expires_at: datetime | None
    request_hash: bytes | None
    enrolled_at: datetime | None
    revoked_at: datetime | None
    salt: bytes | None


def find_code(connection: Connection, code_hash: bytes) -> CodeRow | None:
    """Give the device of a code, and let nobody else redeem it until the transaction ends."""
    row = (
        connection.execute(
            select(devices).where(devices.c.code_hash == code_hash).with_for_update()
        )
        .mappings()
        .first()
    )
    if row is None:
        return None
    return CodeRow(
        device=row["id"],
        installation=row["installation"],
        expires_at=instant_or_none(row["code_expires_at"]),
        request_hash=row["request_hash"] and bytes(row["request_hash"]),
        enrolled_at=instant_or_none(row["enrolled_at"]),
        revoked_at=instant_or_none(row["revoked_at"]),
        salt=row["secret_salt"] and bytes(row["secret_salt"]),
    )


def redeem_code(
    connection: Connection, device_id: str, request_hash: bytes, salt: bytes, at: datetime
) -> None:
    """Write that a device was enrolled by this request, with its salt."""
    connection.execute(
        update(devices)
        .where(devices.c.id == device_id)
        .values(request_hash=request_hash, secret_salt=salt, enrolled_at=stamp_utc(at))
    )


def wrong_tries(connection: Connection, source: str, since: datetime) -> int:
    """Count the wrong codes from an address since an instant."""
    row = connection.execute(
        select(enrolment_tries.c.tries, enrolment_tries.c.since).where(
            enrolment_tries.c.source == source
        )
    ).first()
    return row.tries if row and row.since >= stamp_utc(since) else 0


def add_wrong_try(connection: Connection, source: str, window: datetime, at: datetime) -> None:
    """Count one more wrong code; tries from before `window` are forgotten, everybody's."""
    connection.execute(delete(enrolment_tries).where(enrolment_tries.c.since < stamp_utc(window)))
    upsert_add(
        connection,
        enrolment_tries,
        ["source"],
        ["tries"],
        [{"source": source, "tries": 1, "since": stamp_utc(at)}],
    )


def forget_nonces(connection: Connection, now: datetime) -> None:
    """Let the nonces go that are too old to be used anyway."""
    connection.execute(delete(nonces).where(nonces.c.expires_at < stamp_utc(now)))


def use_nonce(connection: Connection, nonce: str, expires_at: datetime) -> None:
    """Write that a nonce was used; raises sqlalchemy's IntegrityError where it had been before."""
    connection.execute(insert(nonces).values(nonce=nonce, expires_at=stamp_utc(expires_at)))
