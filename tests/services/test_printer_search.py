"""Looking for printers: the network when asked, once at a time, loopback alone."""

import os

import pytest

from kiosk.services import printer_search
from kiosk.services.printer_search import NetworkChoiceError, ScanRunningError
from kiosk.services.printers import PrinterForm, keep_printer, printer
from kiosk.settings import SettingsError, read_settings
from printers.discovery import NetworkScan
from printers.simulator import Simulator
from tests.printers.jobs import eventually
from tests.support.bazaar import APPROVED, close_bazaar, open_bazaar, open_till

# Loopback addresses that no other run of the tests on this machine uses.
HOST = f"127.{os.getpid() >> 8 & 0xFF}.{os.getpid() & 0xFF}"


@pytest.fixture
def here(tmp_path):
    installation = open_bazaar(
        tmp_path / "till", environment={"KIOSK_PRINTER_SCAN": f"{HOST}.0/29"}
    )
    yield installation
    close_bazaar(installation)


def test_a_search_of_the_network_finds_what_listens_on_port_9100(here, paired):
    with Simulator(f"{HOST}.3", 9100):
        printer_search.start_scan(here, paired)
        assert eventually(lambda: not printer_search.scan(here).is_running, 20)
        found = printer_search.scan(here)

    assert (found.done, found.total) == (6, 6)
    assert [one.address for one in found.found] == [f"tcp://{HOST}.3:9100"]


def test_what_was_found_is_added_with_one_tap_for_the_till_that_has_no_printer(here, paired):
    address = f"tcp://{HOST}.3:9100"

    first = printer_search.add_found(here, paired, address, "generic-58", APPROVED)
    second = printer_search.add_found(here, paired, "null:", "generic-58", APPROVED)

    assert (printer(here, first).name, printer(here, second).name) == ("Printer 1", "Printer 2")
    assert (printer(here, first).tills, printer(here, second).tills) == (("K01",), ())


def test_a_printer_that_was_added_is_no_longer_found(here, paired):
    with Simulator(f"{HOST}.3", 9100) as simulator:
        printer_search.start_scan(here, paired)
        assert eventually(lambda: not printer_search.scan(here).is_running, 20)
        form = PrinterForm("Depan", simulator.address, "generic-58", ())
        keep_printer(here, paired, None, form, APPROVED)

    assert printer_search.scan(here).found == ()


def test_two_searches_never_run_at_once_and_one_can_be_stopped(here, paired):
    here.under_way.printer_scan = NetworkScan(["127.0.0.1"], port=9)

    with pytest.raises(ScanRunningError):
        printer_search.start_scan(here, paired)
    printer_search.stop_scan(here, paired)

    assert not printer_search.scan(here).is_running
    printer_search.start_scan(here, paired)


def test_of_several_networks_only_the_one_that_was_asked_for_is_searched(tmp_path):
    both = f"{HOST}.0/30,{HOST}.8/29"
    here = open_bazaar(tmp_path / "two", environment={"KIOSK_PRINTER_SCAN": both})
    paired = open_till(here)

    with pytest.raises(NetworkChoiceError):
        printer_search.start_scan(here, paired)
    with pytest.raises(NetworkChoiceError):
        printer_search.start_scan(here, paired, "10.0.0.0/8")
    printer_search.start_scan(here, paired, f"{HOST}.8/29")
    offered, scan = printer_search.searchable(here), printer_search.scan(here)
    printer_search.stop_scan(here, paired)
    close_bazaar(here)

    assert [one.addresses for one in offered] == [2, 6]
    assert scan.total == 6


def test_before_a_search_there_is_nothing_to_show(here, paired):
    assert printer_search.scan(here) is None
    printer_search.stop_scan(here, paired)


@pytest.mark.parametrize(
    "networks", ["8.8.8.0/24", "10.0.0.0/21", "192.168.1.1/24", "warung", "127.0.0.0/29,x"]
)
def test_a_network_that_is_not_private_and_small_is_a_wrong_setting(tmp_path, networks):
    with pytest.raises(SettingsError, match="KIOSK_PRINTER_SCAN"):
        read_settings({"KIOSK_DATA": str(tmp_path), "KIOSK_PRINTER_SCAN": networks})
