"""The Host header: only names and addresses that are this machine's own.

A page elsewhere may point a name of its own at this machine (DNS rebinding) and would
then speak to it as if it were at home. Its name betrays it. No header of a proxy is read.
"""

import re
import socket
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, ip_address

from flask import Flask, abort, request
from flask_babel import gettext as _

_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(?::\d{1,5})?", re.IGNORECASE)


def install_host_check(app: Flask, allowed: Iterable[str] = ()) -> None:
    """Answer 400 to a Host that is neither loopback, nor ours, nor in `allowed`."""
    names = frozenset(name.lower() for name in allowed)

    def check_host() -> None:
        if not is_ours(request.headers.get("Host", ""), names):
            abort(
                400,
                description=_(
                    "This machine is not known by that name. Open it by the address on its"
                    " main screen."
                ),
            )

    app.before_request(check_host)


def is_ours(host: str, allowed: frozenset[str] = frozenset()) -> bool:
    """Say whether a Host header names this machine; `allowed` is in lower case."""
    match = _HOST.fullmatch(host)
    if match is None:
        return False
    name = match[1].strip("[]").rstrip(".").lower()
    if name == "localhost" or name in allowed:
        return True
    try:
        address = ip_address(name)
    except ValueError:
        return False
    return address.is_loopback or is_local(address)


def is_local(address: IPv4Address | IPv6Address) -> bool:
    """Say whether a network interface of this machine has the address.

    Asked anew each time, because a hotspot's address comes and goes; only an own address
    can be bound to.
    """
    if address.is_unspecified or address.is_multicast:
        return False
    family = socket.AF_INET if address.version == 4 else socket.AF_INET6  # noqa: PLR2004 - IP version
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.bind((str(address), 0))
    except OSError:
        return False
    return True
