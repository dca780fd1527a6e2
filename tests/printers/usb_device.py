"""A USB bus in memory: pyusb talks to it as it does to libusb."""

# ruff: noqa: ARG002 - pyusb tells its backend more than one printer asks for

import errno
from dataclasses import dataclass, field
from types import SimpleNamespace

from usb.backend import IBackend
from usb.core import USBError, USBTimeoutError

BULK, INTERRUPT = 2, 3
STRINGS = {1: "SN-0042"}


def endpoint(address, attributes=BULK):
    return SimpleNamespace(
        bLength=7,
        bDescriptorType=5,
        bEndpointAddress=address,
        bmAttributes=attributes,
        wMaxPacketSize=64,
        bInterval=0,
        bRefresh=0,
        bSynchAddress=0,
        extra_descriptors=[],
    )


@dataclass
class MemoryPrinter:
    """One device; `takes` is how many bytes it swallows before it stands still."""

    vendor: int = 0x04B8
    product: int = 0x0E15
    has_serial: bool = True
    interface_class: int = 7
    endpoints: tuple = (endpoint(0x01), endpoint(0x82))
    driver_active: bool = True
    ports: tuple = (2,)
    takes: int = 1_000_000
    refuses: int | None = None
    received: bytes = b""
    replies: bytes = b""
    claimed: bool = False
    configured: int = 1
    unplugged: bool = False
    calls: list = field(default_factory=list)


class MemoryBus(IBackend):
    """The devices of one bus."""

    def __init__(self, *printers):
        self.printers = list(printers)

    def enumerate_devices(self):
        return iter(one for one in self.printers if not one.unplugged)

    def get_device_descriptor(self, dev):
        return SimpleNamespace(
            bLength=18,
            bDescriptorType=1,
            bcdUSB=0x0200,
            bDeviceClass=0,
            bDeviceSubClass=0,
            bDeviceProtocol=0,
            bMaxPacketSize0=64,
            idVendor=dev.vendor,
            idProduct=dev.product,
            bcdDevice=0x0100,
            iManufacturer=0,
            iProduct=0,
            iSerialNumber=1 if dev.has_serial else 0,
            bNumConfigurations=1,
            address=5,
            bus=1,
            port_number=dev.ports[-1],
            port_numbers=dev.ports,
            speed=3,
        )

    def get_configuration_descriptor(self, dev, config):
        if config:
            raise IndexError(config)
        return SimpleNamespace(
            bLength=9,
            bDescriptorType=2,
            wTotalLength=32,
            bNumInterfaces=1,
            bConfigurationValue=1,
            iConfiguration=0,
            bmAttributes=0x80,
            bMaxPower=50,
            extra_descriptors=[],
        )

    def get_interface_descriptor(self, dev, intf, alt, config):
        if intf or alt or config:
            raise IndexError(intf)
        return SimpleNamespace(
            bLength=9,
            bDescriptorType=4,
            bInterfaceNumber=0,
            bAlternateSetting=0,
            bNumEndpoints=len(dev.endpoints),
            bInterfaceClass=dev.interface_class,
            bInterfaceSubClass=1,
            bInterfaceProtocol=2,
            iInterface=0,
            extra_descriptors=[],
        )

    def get_endpoint_descriptor(self, dev, ep, intf, alt, config):
        return dev.endpoints[ep]

    def open_device(self, dev):
        if dev.refuses is not None:
            raise USBError("refused", -3, dev.refuses)
        dev.calls.append("open")
        return dev

    def close_device(self, dev_handle):
        dev_handle.calls.append("close")

    def get_configuration(self, dev_handle):
        return dev_handle.configured

    def set_configuration(self, dev_handle, config_value):
        dev_handle.configured = config_value

    def claim_interface(self, dev_handle, intf):
        if dev_handle.driver_active:
            raise USBError("busy", -6, errno.EBUSY)
        dev_handle.claimed = True

    def release_interface(self, dev_handle, intf):
        dev_handle.claimed = False

    def is_kernel_driver_active(self, dev_handle, intf):
        return dev_handle.driver_active

    def detach_kernel_driver(self, dev_handle, intf):
        dev_handle.calls.append("detach")
        dev_handle.driver_active = False

    def attach_kernel_driver(self, dev_handle, intf):
        dev_handle.calls.append("attach")
        dev_handle.driver_active = True

    def bulk_write(self, dev_handle, ep, intf, data, timeout):
        if dev_handle.unplugged:
            raise USBError("gone", -4, errno.ENODEV)
        if len(dev_handle.received) + len(data) > dev_handle.takes:
            raise USBTimeoutError("timeout", -7, errno.ETIMEDOUT)
        dev_handle.received += bytes(data)
        return len(data)

    def bulk_read(self, dev_handle, ep, intf, buff, timeout):
        if dev_handle.unplugged:
            raise USBError("gone", -4, errno.ENODEV)
        if not dev_handle.replies:
            raise USBTimeoutError("timeout", -7, errno.ETIMEDOUT)
        taken = dev_handle.replies[: len(buff)]
        dev_handle.replies = dev_handle.replies[len(taken) :]
        for place, byte in enumerate(taken):
            buff[place] = byte
        return len(taken)

    def ctrl_transfer(
        self, dev_handle, bm_request_type, b_request, w_value, w_index, data, timeout
    ):
        text = STRINGS.get(w_value & 0xFF)
        body = text.encode("utf-16-le") if text else b"\x09\x04"
        answer = bytes([len(body) + 2, 3]) + body
        for place, byte in enumerate(answer):
            data[place] = byte
        return len(answer)
