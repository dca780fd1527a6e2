"""The Host header: only what is this machine's own."""

from ipaddress import ip_address

import pytest

from kiosk.webtools.hosts import is_local, is_ours


@pytest.mark.parametrize(
    "host",
    ["localhost", "localhost:8000", "127.0.0.1:8000", "127.8.8.8", "[::1]:8000", "LOCALHOST"],
)
def test_loopback_is_always_ours(host):
    assert is_ours(host)


@pytest.mark.parametrize(
    "host", ["", "evil.example", "localhost.evil.example", "192.0.2.1", "0.0.0.0", "a b", "[::1"]
)
def test_another_machines_name_is_not_ours(host):
    assert not is_ours(host)


def test_a_name_from_the_settings_is_ours():
    assert is_ours("till.example:8000", frozenset({"till.example"}))


def test_an_address_no_interface_has_is_not_local():
    assert is_local(ip_address("127.0.0.1"))
    assert not is_local(ip_address("198.51.100.7"))
    assert not is_local(ip_address("224.0.0.1"))


def test_a_page_pointed_here_under_a_foreign_name_is_turned_away(client):
    foreign = client.get("/", headers={"Host": "evil.example"})
    own = client.get("/", headers={"Host": "till.example"})

    assert foreign.status_code == 400
    assert own.status_code == 200


def test_no_header_of_a_proxy_is_believed(client):
    headers = {"Host": "evil.example", "X-Forwarded-Host": "localhost"}

    assert client.get("/", headers=headers).status_code == 400
