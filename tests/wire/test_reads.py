import pytest

from kiosk.wire.reads import challenge, read_authorization, read_challenge, sign_read

DEVICE = "019aa000-0000-7000-8000-000000000002"
SECRET = bytes(range(32))
NONCE = "abcdefghijklmnopqrstuv"


def test_a_read_is_signed_over_nonce_method_path_and_query():
    signed = sign_read(DEVICE, SECRET, NONCE, "GET", "/api/v1/journals/x?seq=3")

    assert signed.mac == "d316fb8159c26c99fba207b906faa21265704314cef0aa338c61d925a60a9c14"
    assert not signed.is_signed_with(SECRET, "GET", "/api/v1/journals/x?seq=4")
    assert not signed.is_signed_with(bytes(32), "GET", "/api/v1/journals/x?seq=3")


def test_headers_read_back():
    signed = sign_read(DEVICE, SECRET, NONCE, "GET", "/api/v1/bundle")

    assert read_authorization(signed.header()) == signed
    assert read_challenge(challenge(NONCE)) == NONCE


@pytest.mark.parametrize("value", [None, "", "Basic abc", 'Lapak device="x", nonce="y", mac="z"'])
def test_a_foreign_header_is_none_of_ours(value):
    assert read_authorization(value) is None
    assert read_challenge(value) is None
