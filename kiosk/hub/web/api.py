"""The API for devices, `/api/v1`: enrolment, segments, journals and bundles; see docs/api.md.

No cookie, no page: every request proves itself, and every error is JSON with one word for
programs and one sentence for people.
"""

import json
from ipaddress import ip_address
from typing import Any, Final

from flask import Blueprint, Response, jsonify, make_response, request
from flask_babel import gettext as _
from sqlalchemy import Connection
from werkzeug.exceptions import HTTPException

from kiosk.clock import stamp
from kiosk.domain.entries import first_prev
from kiosk.errors import N_, KioskError
from kiosk.hub.services.bundles import bundle_of
from kiosk.hub.services.device_reads import new_nonce, reading_device
from kiosk.hub.services.enrolment import enrol
from kiosk.hub.services.ingest import HeadDisagreesError, receive_segment
from kiosk.hub.storage.journals import (
    DeviceKey,
    JournalHead,
    deepest,
    entries_after,
    find_head,
    hash_at,
    journals_of,
)
from kiosk.hub.web.parts import hub_parts
from kiosk.log import log_named
from kiosk.webtools.i18n import say
from kiosk.wire.reads import challenge, read_authorization
from kiosk.wire.segments import (
    LARGEST_SEGMENT_BYTES,
    WAITING_HEADER,
    SegmentError,
    SegmentHeader,
    SegmentTooLargeError,
    fit,
    unpack,
    write_segment,
)

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")

LARGEST_ENROLMENT_BYTES: Final = 4_096
LARGEST_SEQ_DIGITS: Final = 15

_log = log_named("api")


class ApiError(KioskError):
    """A request this API does not take, with its status and its one word."""

    def __init__(self, status: int, reason: str, message: str) -> None:
        self.status = status
        self.reason = reason
        super().__init__(message)


class ChallengeError(Exception):
    """A read that is not signed yet; answered with a nonce to sign."""


@blueprint.before_request
def refuse_open_networks() -> None:
    """Take secrets and journals over https, or from this machine itself, alone."""
    if request.is_secure or hub_parts().settings.insecure:
        return
    if not ip_address(request.remote_addr or "0.0.0.0").is_loopback:  # noqa: S104 - nobody's address
        raise ApiError(403, "insecure", N_("This hub is spoken to over https alone."))


@blueprint.post("/enrol")
def redeem() -> Response:
    """POST /api/v1/enrol {code, request}: who the machine is, its secret and its bundle."""
    request.max_content_length = LARGEST_ENROLMENT_BYTES
    hub = hub_parts()
    document = _read_object(request.get_data())
    code, wish = document.get("code"), document.get("request")
    if not isinstance(code, str) or not isinstance(wish, str):
        raise ApiError(422, "body", N_("“code” and “request” must be texts."))
    enrolled = enrol(hub.store, hub.clock, hub.keys, code, wish, request.remote_addr or "")
    _log.info("device enrolled", device=enrolled.device, installation=enrolled.installation)
    return jsonify(
        device=enrolled.device,
        secret=enrolled.secret.hex(),
        installation=enrolled.installation,
        bundle=enrolled.bundle.model_dump(mode="json"),
    )


@blueprint.post("/journals/<journal_id>/segments")
def take_segment(journal_id: str) -> Response:
    """POST /api/v1/journals/<id>/segments: take one segment, plain or gzipped."""
    request.max_content_length = LARGEST_SEGMENT_BYTES
    hub = hub_parts()
    receipt = receive_segment(
        hub.store, hub.clock, hub.keys, _segment_bytes(), journal_id, waiting=_waiting()
    )
    return jsonify(
        head=_head_json(receipt.head_seq, receipt.head_hash),
        stored=receipt.stored,
        skipped=receipt.skipped,
        review=[
            {"seq": one.seq, "reason": one.reason, "fact": one.fact} for one in receipt.reviewed
        ],
    )


def _waiting() -> int | None:
    """Read how many entries the machine says it has still to send; what is no number says nothing."""
    said = request.headers.get(WAITING_HEADER, "")
    return (
        int(said) if said.isascii() and said.isdigit() and len(said) <= LARGEST_SEQ_DIGITS else None
    )


@blueprint.get("/journals")
def list_journals() -> Response:
    """GET /api/v1/journals: the journals of the device's installation, for a restore."""
    device = _signed_device()
    with hub_parts().store.read() as connection:
        found = journals_of(connection, device.installation)
    return jsonify(
        journals=[
            {
                "journal": one.head.id,
                "head": _head_json(one.head.seq, one.head.hash),
                "continues": {"journal": one.continues[0], "seq": one.continues[1]}
                if one.continues
                else None,
                "last_heard_at": one.last_heard_at,
            }
            for one in found
        ]
    )


@blueprint.get("/journals/<journal_id>")
def show_head(journal_id: str) -> Response:
    """GET /api/v1/journals/<id>?seq=N: the head, and the hash at N where N is given."""
    device = _signed_device()
    seq = _number("seq")
    with hub_parts().store.read() as connection:
        head = _own_journal(connection, device, journal_id)
        answer: dict[str, Any] = {
            "head": _head_json(head.seq, head.hash),
            "deepest": deepest(connection, head.installation),
        }
        if seq is not None:
            found = hash_at(connection, journal_id, seq)
            answer["at"] = _head_json(seq, found) if found else None
    return jsonify(answer)


@blueprint.get("/journals/<journal_id>/segments")
def give_segment(journal_id: str) -> Response:
    """GET /api/v1/journals/<id>/segments?after=N: the next stored entries as a segment."""
    device = _signed_device()
    hub = hub_parts()
    after = _number("after") or 0
    with hub.store.read() as connection:
        head = _own_journal(connection, device, journal_id)
        sealed = entries_after(connection, journal_id, after)
        prev = hash_at(connection, journal_id, after) if after else None
    stored = fit(one.stored for one in sealed)
    if not stored:
        return make_response("", 204)
    header = SegmentHeader(
        journal=head.id,
        device=device.id,
        first=after + 1,
        count=len(stored),
        prev=prev or first_prev(head.id),
        head=sealed[len(stored) - 1].hash,
        made_at=stamp(hub.clock.now()),
    )
    segment = write_segment(header, stored, hub.keys.secret(device.id, device.salt))
    return Response(segment, content_type="application/x-ndjson")


@blueprint.get("/bundle")
def show_bundle() -> Response:
    """GET /api/v1/bundle: what the device's installation sells, by whom and with what words."""
    device = _signed_device()
    bundle = bundle_of(hub_parts().store, device.installation)
    response = jsonify(bundle.model_dump(mode="json"))
    response.set_etag(bundle.version)
    response.make_conditional(request)
    return response


@blueprint.route("/", defaults={"rest": ""}, methods=["GET", "POST", "PUT", "PATCH", "DELETE"])
@blueprint.route("/<path:rest>", methods=["GET", "POST", "PUT", "PATCH", "DELETE"])
def nothing_here(rest: str) -> Response:  # noqa: ARG001 - the address names it
    """Answer every other address below /api/v1 with 404, in JSON too."""
    raise ApiError(404, "no_such_address", N_("There is nothing at this address."))


@blueprint.errorhandler(KioskError)
def answer_refusal(error: KioskError) -> Response:
    """Answer what a person or a till can put right."""
    reason = getattr(error, "reason", "refused")
    response = _error(error.status, reason, say(error))
    if isinstance(error, HeadDisagreesError):
        response = jsonify(
            reason=reason,
            message=say(error),
            head=_head_json(error.seq, error.hash),
            deepest=error.deepest,
        )
        response.status_code = error.status
    _log.info("refused", path=request.path, status=error.status, reason=reason)
    return response


@blueprint.errorhandler(SegmentError)
def answer_framing(error: SegmentError) -> Response:
    """Answer bytes that are no segment, or too many."""
    status = 413 if isinstance(error, SegmentTooLargeError) else 422
    _log.info("no segment", path=request.path, reason=error.reason, fact=str(error))
    return _error(status, error.reason, str(error))


@blueprint.errorhandler(ChallengeError)
def answer_challenge(_unsigned: ChallengeError) -> Response:
    """Ask for a signature over a fresh nonce."""
    hub = hub_parts()
    response = _error(401, "sign", _("Sign this read with the nonce that came with this answer."))
    response.headers["WWW-Authenticate"] = challenge(new_nonce(hub.clock, hub.keys))
    return response


@blueprint.errorhandler(HTTPException)
def answer_http(error: HTTPException) -> Response:
    """Answer what HTTP has a number for."""
    status = error.code or 500
    reason = "too_large" if status == 413 else error.name.lower().replace(" ", "_")  # noqa: PLR2004 - HTTP
    response = _error(status, reason, error.description or error.name)
    if status == 413:  # noqa: PLR2004 - HTTP
        response.headers["Connection"] = "close"
    return response


@blueprint.errorhandler(Exception)
def answer_fault(_fault: Exception) -> Response:
    """Answer a fault of our own; the till tries again later."""
    _log.exception("fault", path=request.path)
    return _error(500, "fault", _("The hub made a mistake. It was logged; try again later."))


def _segment_bytes() -> bytes:
    match request.headers.get("Content-Encoding", "identity").lower():
        case "gzip":
            return unpack(request.get_data())
        case "identity":
            return request.get_data()
    raise ApiError(422, "encoding", N_("A segment comes plain or gzipped."))


def _signed_device() -> DeviceKey:
    """Give the device that signed this read; raises ChallengeError where it has yet to."""
    hub = hub_parts()
    signed = read_authorization(request.headers.get("Authorization"))
    path = request.full_path if request.query_string else request.path
    device = (
        reading_device(hub.store, hub.clock, hub.keys, signed, request.method, path)
        if signed
        else None
    )
    if device is None:
        raise ChallengeError
    return device


def _own_journal(connection: Connection, device: DeviceKey, journal_id: str) -> JournalHead:
    """Give a journal of the device's installation; any other is as if it were not there."""
    head = find_head(connection, journal_id) if "\x00" not in journal_id else None
    if head is None or head.installation != device.installation:
        raise ApiError(404, "no_such_journal", N_("The hub has no such journal of this machine."))
    return head


def _number(name: str) -> int | None:
    text = request.args.get(name)
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= LARGEST_SEQ_DIGITS):
        raise ApiError(422, "query", N_("A position is a whole number from 0."))
    return int(text)


def _read_object(data: bytes) -> dict[str, Any]:
    try:
        document = json.loads(data)
    except (ValueError, RecursionError):
        document = None
    if not isinstance(document, dict):
        raise ApiError(422, "body", N_("The request must be a JSON object."))
    return document


def _head_json(seq: int, hash_: bytes) -> dict[str, Any]:
    return {"seq": seq, "hash": hash_.hex()}


def _error(status: int, reason: str, message: str) -> Response:
    response = jsonify(reason=reason, message=message)
    response.status_code = status
    return response
