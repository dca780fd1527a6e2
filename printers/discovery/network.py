"""Looking for printers on the local network: port 9100 of each address, and nothing else."""

import fcntl
import ipaddress
import socket
import struct
import threading
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from printers.discovery.found import Found, look
from printers.discovery.guess import guess
from printers.transports import NetworkTransport
from printers.transports.address import DEFAULT_PORT

MOST_ADDRESSES: Final = 1024
AT_ONCE: Final = 32
CONNECT_TIMEOUT_SECONDS: Final = 0.5
REPLY_TIMEOUT_SECONDS: Final = 1.0
_WIDEST_PREFIX: Final = 22
_ADDRESS_OF_INTERFACE: Final = 0x8915
_MASK_OF_INTERFACE: Final = 0x891B
_NOTHING_THERE: Final = frozenset({"refused", "unreachable"})


class NetworkScan:
    """One search under way; made, started, looked at while it goes on, and cancelled at will."""

    def __init__(
        self, hosts: Sequence[str], known: Collection[str] = (), port: int = DEFAULT_PORT
    ) -> None:
        self.total = len(hosts)
        self._hosts = hosts
        self._known = known
        self._port = port
        self._lock = threading.Lock()
        self._done = 0
        self._found: list[Found] = []
        self._cancelled = threading.Event()

    @property
    def done(self) -> int:
        """How many addresses were tried."""
        with self._lock:
            return self._done

    @property
    def found(self) -> list[Found]:
        """The printers found so far, each at the place it was first shown."""
        with self._lock:
            return list(self._found)

    @property
    def is_running(self) -> bool:
        """Whether more may still be found."""
        return self.done < self.total and not self._cancelled.is_set()

    def start(self) -> None:
        """Begin, in threads of its own."""
        askers = ThreadPoolExecutor(min(AT_ONCE, max(1, self.total)), "printer-search")
        for host in self._hosts:
            askers.submit(self._try, host)
        askers.shutdown(wait=False)

    def cancel(self) -> None:
        """Try no further address; those being tried end within their seconds."""
        self._cancelled.set()

    def _try(self, host: str) -> None:
        if self._cancelled.is_set():
            return
        found = self._asked(host)
        with self._lock:
            self._done += 1
            if found:
                self._found.append(found)

    def _asked(self, host: str) -> Found | None:
        address = f"tcp://{host}:{self._port}"
        if address in self._known:
            return None
        seen = look(
            NetworkTransport(host, self._port, CONNECT_TIMEOUT_SECONDS), REPLY_TIMEOUT_SECONDS
        )
        if seen.state in _NOTHING_THERE:
            return None
        return Found(address, "network", "", guess("", "network", answers=seen.answers), seen)


def hosts_of(networks: Sequence[ipaddress.IPv4Network]) -> list[str]:
    """List the addresses of networks once each, at most `MOST_ADDRESSES`."""
    hosts = dict.fromkeys(str(host) for network in networks for host in network.hosts())
    return list(hosts)[:MOST_ADDRESSES]


def own_networks() -> list[ipaddress.IPv4Network]:
    """List the private networks this machine is in, each cut down to its nearest /22."""
    return list(dict.fromkeys(_near(one) for one in _interfaces() if one.is_private))


def _near(interface: ipaddress.IPv4Interface) -> ipaddress.IPv4Network:
    prefix = max(interface.network.prefixlen, _WIDEST_PREFIX)
    return ipaddress.IPv4Network((interface.ip, prefix), strict=False)


def _interfaces() -> Iterator[ipaddress.IPv4Interface]:
    """Give the address and mask of each network interface but loopback."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asker:
        for _, name in socket.if_nameindex():
            try:
                ip, mask = (
                    socket.inet_ntoa(
                        fcntl.ioctl(asker, question, struct.pack("256s", name.encode()[:15]))[20:24]
                    )
                    for question in (_ADDRESS_OF_INTERFACE, _MASK_OF_INTERFACE)
                )
            except OSError:
                continue
            interface = ipaddress.IPv4Interface(f"{ip}/{mask}")
            if not interface.is_loopback:
                yield interface
