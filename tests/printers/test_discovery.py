"""Finding printers: device files, queues, USB, and a search of loopback addresses."""

import ipaddress
import stat

import pytest

from printers.discovery import (
    NetworkScan,
    device_files,
    guess,
    hosts_of,
    look,
    nearby,
    own_networks,
)
from printers.discovery.network import MOST_ADDRESSES
from printers.profiles import PROFILES
from printers.simulator import Simulator
from printers.transports import NetworkTransport, NullTransport, transport_for
from tests.printers.jobs import eventually
from tests.printers.usb_device import MemoryBus, MemoryPrinter


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """A machine's /dev and /sys with nothing connected, and no CUPS."""
    for folder in ("dev/usb", "dev/serial/by-id", "sys/class/usbmisc/lp0/device", "bin"):
        (tmp_path / folder).mkdir(parents=True)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    return tmp_path


def found_on(machine, *usb, known=()):
    return nearby(known, dev=machine / "dev", sys=machine / "sys", usb_backend=MemoryBus(*usb))


def test_a_machine_without_printers_finds_none(machine):
    assert found_on(machine) == []


def test_device_files_are_found_under_the_name_that_stays(machine):
    dev = machine / "dev"
    for name in ("usb/lp0", "rfcomm0", "ttyUSB0", "tty0", "sda"):
        (dev / name).touch()
    (dev / "printer-depan").symlink_to(dev / "usb/lp0")
    (dev / "serial/by-id/usb-Prolific_POS-5890").symlink_to(dev / "ttyUSB0")
    said = "MFG:EPSON;CMD:ESC/POS;MDL:TM-T88V;CLS:PRINTER;"
    (machine / "sys/class/usbmisc/lp0/device/ieee1284_id").write_text(said)

    found = device_files(dev, machine / "sys")

    assert [(one.address, one.model) for one in found] == [
        (f"device://{dev}/printer-depan", "EPSON TM-T88V"),
        (f"device://{dev}/rfcomm0", ""),
        (f"serial://{dev}/serial/by-id/usb-Prolific_POS-5890", "Prolific POS-5890"),
    ]
    assert [transport_for(one.address).path for one in found]


def test_a_usb_printer_is_asked_and_a_serial_line_is_left_in_peace(machine):
    (machine / "dev/usb/lp0").touch()
    (machine / "dev/ttyUSB0").touch()

    usb, serial = found_on(machine)

    assert (usb.via, usb.seen.state) == ("usb", "not_a_device")
    assert (serial.via, serial.seen.state) == ("serial", "unknown")


def test_usb_printers_are_found_where_the_system_has_no_device_files(machine):
    printer = MemoryPrinter(replies=b"\x12" * 9, driver_active=False)
    camera = MemoryPrinter(interface_class=14, product=7)

    [found] = found_on(machine, printer, camera)

    assert found.address == "usb:04b8:0e15:SN-0042"
    assert isinstance(found.seen.answers, bool)


def test_a_usb_printer_with_a_device_file_is_found_once(machine):
    (machine / "dev/usb/lp0").touch()

    assert len(found_on(machine, MemoryPrinter())) == 1


def test_queues_are_found_by_their_names(machine):
    program = machine / "bin/lpstat"
    program.write_text(
        "#!/bin/sh\n"
        'if [ "$1" = -e ]; then echo Depan; echo "Bad/Name"; exit 0; fi\n'
        'echo "printer Depan is idle.  enabled since now"\n'
    )
    program.chmod(stat.S_IRWXU)

    [found] = found_on(machine)

    assert (found.address, found.seen.state) == ("cups://Depan", "ready")


def test_a_printer_that_has_an_owner_is_not_spoken_to(machine):
    (machine / "dev/usb/lp0").touch()

    assert found_on(machine, known=(f"device://{machine}/dev/usb/lp0",)) == []


@pytest.mark.parametrize(
    ("faults", "state"),
    [
        ({}, "ready"),
        ({"near_end": True}, "near_end"),
        ({"paper_rows": 0}, "paper_out"),
        ({"cover_open": True}, "cover_open"),
    ],
)
def test_a_printer_says_how_it_is_when_it_is_found(faults, state):
    with Simulator() as printer:
        printer.set_faults(**faults)
        seen = look(NetworkTransport("127.0.0.1", printer.port), 5)

    assert (seen.state, seen.answers) == (state, True)


def test_a_printer_that_says_nothing_is_known_as_silent():
    with Simulator() as printer:
        printer.set_faults(mute=True)
        seen = look(NetworkTransport("127.0.0.1", printer.port), 0.2)

    assert (seen.state, seen.answers) == ("no_answer", False)
    assert look(NullTransport(), 1).state == "ready"


@pytest.mark.parametrize(
    ("model", "via", "answers", "kind"),
    [
        ("EPSON TM-T88V", "usb", True, "epson-t88"),
        ("EPSON TM-T82", "usb", True, "epson-tm"),
        ("Star TSP143", "usb", False, "star-escpos"),
        ("POS58 Printer", "usb", False, "generic-58"),
        ("STMicroelectronics POS80 Printer", "usb", True, "generic-80-48"),
        ("", "bluetooth", False, "battery-58"),
        ("", "network", True, "generic-80-48"),
        ("", "network", False, "silent-80"),
        ("Kasir_58", "cups", False, "generic-58"),
    ],
)
def test_a_kind_is_guessed_from_what_a_printer_calls_itself(model, via, answers, kind):
    assert guess(model, via, answers=answers) == kind


@pytest.mark.parametrize("via", ["usb", "network"])
def test_a_printer_that_did_not_answer_is_never_taken_for_one_that_must(via):
    for kind in PROFILES.values():
        assert not PROFILES[guess(kind.name, via, answers=False)].has_status


def scan_of(hosts, port, known=()):
    scan = NetworkScan(hosts, known, port)
    scan.start()
    assert eventually(lambda: not scan.is_running, 20)
    return scan


def test_a_search_finds_each_printer_with_its_state_and_tries_every_address():
    hosts = hosts_of([ipaddress.IPv4Network("127.0.0.0/29")])
    with Simulator("127.0.0.2") as front, Simulator("127.0.0.5", front.port) as back:
        back.set_faults(cover_open=True)

        scan = scan_of(hosts, front.port)

    assert (scan.done, scan.total) == (6, 6)
    assert sorted((one.address, one.seen.state) for one in scan.found) == [
        (f"tcp://127.0.0.2:{front.port}", "ready"),
        (f"tcp://127.0.0.5:{front.port}", "cover_open"),
    ]


def test_a_printer_that_was_added_already_is_passed_over():
    with Simulator() as printer:
        scan = scan_of(["127.0.0.1"], printer.port, known=(printer.address,))
        received = printer.received_bytes

    assert scan.found == []
    assert received == 0


def test_a_search_that_is_stopped_tries_no_further_address():
    scan = NetworkScan(["127.0.0.1"] * 1000, port=9)

    scan.cancel()
    scan.start()

    assert not scan.is_running
    assert scan.done == 0


def test_a_search_is_never_wider_than_its_bound():
    assert len(hosts_of([ipaddress.IPv4Network("10.0.0.0/16")])) == MOST_ADDRESSES


def test_only_the_private_networks_of_this_machine_are_its_own():
    for network in own_networks():
        assert network.is_private
        assert not network.is_loopback
        assert network.prefixlen >= 22
