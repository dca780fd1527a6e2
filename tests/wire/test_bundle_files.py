"""Catalogue files: read by whom they are for, and by nobody else."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.clock import WIB
from kiosk.wire.bundle_files import (
    Addressee,
    ChangedFileError,
    ClockBehindError,
    FileTooOldError,
    NotACatalogueFileError,
    OtherReaderError,
    WrongCodeError,
    read_file,
    write_file,
)
from tests.support.bazaar import DEVICE, INSTALLATION, SECRET

NOW = datetime(2026, 11, 19, 20, 0, tzinfo=WIB)
CODE = "ABCDEFGH234567QQ"
CONTENT = {"bundle": {"name": "Bazar Jumat"}, "identity": {"secret": "rahasia-mesin"}}
TO = Addressee(INSTALLATION, "Mesin 7")
FOR_DEVICE = write_file("refresh", TO, CONTENT, {DEVICE: SECRET}, NOW)
FOR_CODE = write_file("start", TO, CONTENT, CODE, NOW)


def test_a_file_opens_with_its_code_however_it_is_typed():
    assert read_file(FOR_CODE).open_with_code("abcd-efgh 2345-67qq") == CONTENT


def test_a_file_opens_for_its_device_without_a_code():
    assert read_file(FOR_DEVICE).open_as(DEVICE, SECRET) == CONTENT


def test_a_stick_found_in_the_street_gives_nothing_away():
    assert b"rahasia" not in FOR_CODE
    assert b"Bazar Jumat" not in FOR_CODE
    with pytest.raises(WrongCodeError):
        read_file(FOR_CODE).open_with_code("ABCDEFGH234567QR")
    with pytest.raises(ChangedFileError):
        read_file(FOR_DEVICE).open_as(DEVICE, b"x" * 32)


def test_a_file_of_another_device_says_whose_it_is():
    with pytest.raises(OtherReaderError, match="Mesin 7"):
        read_file(FOR_DEVICE).open_as(INSTALLATION, SECRET)
    with pytest.raises(OtherReaderError, match="Mesin 7"):
        read_file(FOR_DEVICE).open_with_code(CODE)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_changed_file_is_never_opened(data):
    place = data.draw(st.integers(0, len(FOR_DEVICE) - 1))
    other = data.draw(st.integers(0, 255).filter(lambda byte: byte != FOR_DEVICE[place]))
    changed = FOR_DEVICE[:place] + bytes([other]) + FOR_DEVICE[place + 1 :]

    with pytest.raises((NotACatalogueFileError, ChangedFileError, OtherReaderError)):
        read_file(changed).open_as(DEVICE, SECRET)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200) | st.integers(0, len(FOR_DEVICE) - 1).map(lambda n: FOR_DEVICE[:n]))
def test_what_is_no_catalogue_file_is_refused(data):
    with pytest.raises(NotACatalogueFileError):
        read_file(data)


def test_a_file_is_good_for_a_week_and_a_wrong_clock_is_said():
    header = read_file(FOR_CODE).header

    header.check_time(NOW + timedelta(days=6))
    with pytest.raises(FileTooOldError, match="19-11-2026"):
        header.check_time(NOW + timedelta(days=7))
    with pytest.raises(ClockBehindError):
        header.check_time(NOW - timedelta(days=2))
