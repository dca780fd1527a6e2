"""Finding printers: device files, USB, CUPS queues, and when asked the local network."""

from printers.discovery.devices import device_files
from printers.discovery.found import Found, Seen, look
from printers.discovery.guess import guess
from printers.discovery.nearby import nearby
from printers.discovery.network import NetworkScan, hosts_of, own_networks

__all__ = [
    "Found",
    "NetworkScan",
    "Seen",
    "device_files",
    "guess",
    "hosts_of",
    "look",
    "nearby",
    "own_networks",
]
