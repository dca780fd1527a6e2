"""Whose folder it is: the demonstration never touches a till that somebody sells with."""

import socket
from contextlib import closing

import pytest
from click.testing import CliRunner

from kiosk.cli.demo.command import demo
from kiosk.cli.demo.folder import DemoFolder, DemoRunningError, FolderNotOursError
from kiosk.cli.demo.programs import PortInUseError, check_port
from tests.support.processes import free_port


@pytest.mark.parametrize("words", [[], ["--fresh"]])
def test_a_folder_with_a_real_till_is_left_alone(tmp_path, words):
    (tmp_path / "till").mkdir()
    (tmp_path / "till" / "till.db").write_bytes(b"somebody's sales")

    outcome = CliRunner().invoke(demo, ["--folder", str(tmp_path), *words])

    assert isinstance(outcome.exception, FolderNotOursError)
    assert (tmp_path / "till" / "till.db").read_bytes() == b"somebody's sales"
    assert "--folder" in str(outcome.exception)


def test_two_demonstrations_do_not_share_a_folder(tmp_path):
    with closing(DemoFolder(tmp_path)), pytest.raises(DemoRunningError):
        DemoFolder(tmp_path)


def test_a_folder_is_sown_only_when_the_sowing_was_finished(tmp_path):
    with closing(DemoFolder(tmp_path)) as folder:
        assert not folder.is_sown
        folder.clear()
        assert not folder.is_sown
        folder.finish()

    with closing(DemoFolder(tmp_path)) as again:
        assert again.is_sown


@pytest.mark.parametrize(
    ("option", "what"),
    [("till-port", "till"), ("hub-port", "hub"), ("printer-port", "virtual printer")],
)
def test_a_port_in_use_is_named_with_what_to_do(tmp_path, option, what):
    ports = {name: free_port() for name in ("till-port", "hub-port", "printer-port")}
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", ports[option]))
        taken.listen()
        words = [word for name, port in ports.items() for word in (f"--{name}", str(port))]

        outcome = CliRunner().invoke(demo, ["--folder", str(tmp_path), *words])

    assert isinstance(outcome.exception, PortInUseError)
    assert f"Port {ports[option]}, for the {what}," in str(outcome.exception)
    assert f"--{option}" in str(outcome.exception)


def test_a_port_whose_program_has_ended_is_free_again():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        with pytest.raises(PortInUseError):
            check_port(port, "till", "till-port")

    assert check_port(port, "till", "till-port") is None
