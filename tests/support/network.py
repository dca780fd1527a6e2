"""Keeps the suite on this machine: a socket that would leave it is refused."""

import sys
from ipaddress import ip_address

LOCAL_NAMES = {"localhost", "", None}


class NetworkRefusedError(AssertionError):
    """A test tried to speak to another machine."""

    def __init__(self, address: object) -> None:
        self.address = address
        super().__init__(f"A test may speak to 127.0.0.0/8 alone, not to {address!r}.")


def is_loopback(host: object) -> bool:
    """Say whether a name or address is this machine's own; a name is never looked up."""
    name = host.decode("ascii") if isinstance(host, bytes) else host
    if name in LOCAL_NAMES:
        return True
    try:
        return ip_address(str(name)).is_loopback
    except ValueError:
        return False


def watch(event: str, arguments: tuple) -> None:
    """Be told by the interpreter of every connection and look-up before it happens."""
    if event in {"socket.connect", "socket.sendto"}:
        address = arguments[1]
        if isinstance(address, tuple) and not is_loopback(address[0]):
            raise NetworkRefusedError(address)
    elif event == "socket.getaddrinfo" and not is_loopback(arguments[0]):
        raise NetworkRefusedError(arguments[0])


def refuse_other_machines() -> None:
    """Install the watch for as long as the interpreter lives; it cannot be taken away."""
    sys.addaudithook(watch)
