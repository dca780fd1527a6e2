"""The Host header: only names and addresses that are this machine's own.

A page elsewhere may point a name of its own at this machine (DNS rebinding) and would
then speak to it as if it were at home. Its name betrays it. No header of a proxy is read.
"""

import fcntl
import re
import socket
import struct
from collections.abc import Iterable
from contextlib import suppress
from ipaddress import IPv4Address, IPv6Address, ip_address

from flask import Flask, abort, request
from flask_babel import gettext as _

_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(?::\d{1,5})?", re.IGNORECASE)
# netdevice(7): the request that gives an interface's address.
_SIOCGIFADDR = 0x8915


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


def hosts_for_others(host: str) -> list[str]:
    """Give `host` (with its port) as other devices may open it; none where there is no network.

    A name or an address that is not loopback is reachable as it is.
    """
    match = _HOST.fullmatch(host)
    name = match[1] if match else host
    if not is_loopback(name.strip("[]")):
        return [host]
    return [f"{own}{host.removeprefix(name)}" for own in own_addresses()]


def is_loopback(name: str) -> bool:
    """Say whether a name or address is heard on this machine alone; it is not looked up."""
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return name.lower() == "localhost"


def own_addresses() -> list[str]:
    """List this machine's IPv4 addresses but loopback, asked of the kernel alone."""
    found = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        for _number, name in socket.if_nameindex():
            request_of = struct.pack("256s", name.encode()[:15])
            with suppress(OSError):  # an interface that is down has no address
                answer = fcntl.ioctl(probe.fileno(), _SIOCGIFADDR, request_of)
                found.append(socket.inet_ntoa(answer[20:24]))
    return [address for address in found if not ip_address(address).is_loopback]
