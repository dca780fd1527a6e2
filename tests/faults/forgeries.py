"""What no till sends: forged, foreign, old and oversized segments, and entries of nonsense."""

import gzip
import json
import socket
import zlib
from functools import cache
from pathlib import Path

import urllib3

from kiosk.domain.entries import canonical_json, seal
from kiosk.wire.segments import SegmentHeader, write_segment
from tests.faults.room import Outcome
from tests.support.two_ends import Machine

LARGEST_GROWTH_KIB = 64 * 1024
GIB = 1 << 30
OK, BAD_REQUEST, SERVER_FAULT = 200, 400, 500


def forgeries(room, times):
    """Refused with a reason, or kept for review; in bounded memory, and nothing else stops."""
    outcome = Outcome()
    with room.store("sqlite") as (settings, hub):
        program = room.launcher.kiosk("hub", KIOSK_HUB_PORT="{port}", **settings)
        machine = Machine(room.new_folder("till")).join(program.url, hub.code)
        sold = machine.sell(2)
        machine.upload()
        before_kib = _peak_kib(program)
        reasons = set()
        for turn in range(times):
            status, reason = _try_one(room, program, machine, turn)
            assert BAD_REQUEST <= status < SERVER_FAULT, (status, reason)
            reasons.add(reason)
            outcome.faults += 1
        _send_a_line_of_a_gib(program)
        outcome.faults += 1
        sold += machine.sell()
        _send_nonsense(room, machine)
        grown = _peak_kib(program) - before_kib
        assert grown < LARGEST_GROWTH_KIB, f"the hub grew by {grown} KiB"
        outcome.sales = len(sold)
        outcome.lost = len(set(sold) - set(hub.sales()))
        outcome.doubled = max(hub.units() - len(sold), 0)
        outcome.note = f"{len(reasons)} reasons, memory grew by {max(grown, 0) // 1024} MiB"
        program.kill()
        machine.close()
    return outcome


def _try_one(room, program, machine, turn):
    """Send the next forgery; gives the status and the reason of the answer."""
    journal, whole = machine.segment()
    first = json.loads(whole[: whole.index(b"\n")])
    foreign = {**first, "device": "00000000-0000-7000-8000-0000000000ff"}
    body = whole[whole.index(b"\n") :]
    flipped = bytearray(whole)
    flipped[room.chance.randrange(len(whole) - 80)] ^= 1 << room.chance.randrange(7)
    bodies = (
        gzip.compress(bytes(flipped)),
        gzip.compress(whole[: room.chance.randrange(len(whole))]),
        gzip.compress(json.dumps(foreign).encode() + body),
        gzip.compress(_signed_by(machine, b"an old secret".ljust(32, b"."))),
        _bomb(),
        room.chance.randbytes(2_000),
        gzip.compress(b"[" * 3_000_000 + b"\n"),
        gzip.compress(json.dumps({**first, "count": 10**18}).encode() + body),
        gzip.compress(json.dumps({**first, "first": "1"}).encode() + body),
        gzip.compress(json.dumps({**first, "first": -5}).encode() + body),
        gzip.compress(whole[:-80] + b'{"hmac":"' + b"0" * 64 + b'"}\n'),
        gzip.compress(b'{"lapak_segment":' + b"9" * 5_000 + b"}\n" + body),
    )
    answer = urllib3.request(
        "POST",
        f"{program.url}/api/v1/journals/{journal}/segments",
        body=bodies[turn % len(bodies)],
        headers={"Content-Encoding": "gzip", "Content-Type": "application/x-ndjson"},
        retries=False,
    )
    return answer.status, json.loads(answer.data)["reason"]


@cache
def _bomb():
    """A GiB of zeros, small as it is sent."""
    packer = zlib.compressobj(9, wbits=31)
    return b"".join(packer.compress(bytes(1 << 20)) for _ in range(1 << 10)) + packer.flush()


def _signed_by(machine, secret):
    """Seal the machine's own journal with another secret, as a revoked device's copy would."""
    _journal, whole = machine.segment(secret)
    return whole


def _send_a_line_of_a_gib(program):
    """Offer a line of a GiB without saying how long it is; the hub hangs up on its own."""
    with socket.create_connection(("127.0.0.1", program.port), timeout=60) as wire:
        wire.sendall(
            b"POST /api/v1/journals/00000000-0000-7000-8000-000000000001/segments HTTP/1.1\r\n"
            b"Host: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n"
        )
        chunk = b"100000\r\n" + b"x" * (1 << 20) + b"\r\n"
        try:
            for _ in range(GIB >> 20):
                wire.sendall(chunk)
            raise AssertionError("the hub took a line of a GiB")
        except (BrokenPipeError, ConnectionResetError):
            return


def _send_nonsense(room, machine):
    """Seal entries of nonsense onto the journal properly: each is kept, and none stops the rest."""
    client = machine.client()
    journal, seq, prev = machine.head()
    machine.upload()
    stored = [
        b'{"body":' + b"[" * 20_000 + b"]" * 20_000 + b"}",
        b"not json at all",
        canonical_json({"v": 99, "kind": "sale"}),
        canonical_json({"total_rp": 10**4_000}),
        b'{"v":1e999}',
        b"\xff\xfe",
        b"",
    ]
    room.chance.shuffle(stored)
    head = prev
    for one in stored:
        head = seal(head, one)
    header = SegmentHeader(journal, client.device, seq + 1, len(stored), prev, head, "yesterday")
    answer = client.send_segment(journal, write_segment(header, stored, client.secret))
    assert (answer.agrees, answer.seq) == (True, seq + len(stored))


def _peak_kib(program):
    """Give the most memory that any process of a program ever held, in KiB."""
    peak = 0
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            words = dict(
                line.split(":", 1) for line in status.read_text("ascii", "replace").splitlines()
            )
        except OSError:
            continue
        if str(program.pid) in (words.get("PPid", "").strip(), words.get("Pid", "").strip()):
            peak = max(peak, int(words.get("VmHWM", "0 kB").split()[0]))
    return peak
