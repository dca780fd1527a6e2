"""The hub's settings: what stands where, and every fault at once."""

import pytest

from kiosk.hub.settings import SettingsError, load_settings


def test_without_settings_the_hub_keeps_one_file_and_listens_to_this_machine(tmp_path):
    found = load_settings({"KIOSK_DATA": str(tmp_path)})

    assert found.database_url == f"sqlite:///{tmp_path / 'hub.db'}"
    assert (found.host, found.port, found.workers) == ("127.0.0.1", 8001, 1)
    assert (found.secret_key, found.insecure, found.is_sqlite) == (None, False, True)


def test_the_environment_wins_over_the_file(tmp_path):
    (tmp_path / "hub.toml").write_text('port = 9001\npublic_url = "https://hub.example/"\n')

    found = load_settings({"KIOSK_DATA": str(tmp_path), "KIOSK_HUB_PORT": "9002"})

    assert (found.port, found.public_url, found.public_host) == (
        9002,
        "https://hub.example",
        "hub.example",
    )


def test_a_postgresql_address_gets_its_driver(tmp_path):
    found = load_settings(
        {"KIOSK_DATA": str(tmp_path), "KIOSK_HUB_DATABASE": "postgresql://hub@db/lapak"}
    )

    assert found.database_url == "postgresql+psycopg://hub@db/lapak"
    assert not found.is_sqlite


def test_every_fault_is_named_and_no_secret_is(tmp_path):
    (tmp_path / "hub.toml").write_text('colour = "green"\n')
    environment = {
        "KIOSK_DATA": str(tmp_path),
        "KIOSK_SECRET_KEY": "hunter2",
        "KIOSK_HUB_PORT": "99999999",
        "KIOSK_HUB_PUBLIC_URL": "hub.example",
        "KIOSK_HUB_WORKERS": "3",
        "KIOSK_HUB_INSECURE": "maybe",
        "KIOSK_HUB_DATABASE": "mysql://root:hunter2@db",
    }

    with pytest.raises(SettingsError) as refused:
        load_settings(environment)

    assert len(refused.value.faults) == 6
    for name in ("colour", "SECRET_KEY", "PORT", "PUBLIC_URL", "INSECURE", "DATABASE"):
        assert name in str(refused.value)
    assert "hunter2" not in str(refused.value)


def test_one_file_has_one_process(tmp_path):
    with pytest.raises(SettingsError, match="one process"):
        load_settings({"KIOSK_DATA": str(tmp_path), "KIOSK_HUB_WORKERS": "2"})


def test_a_broken_file_is_a_fault_too(tmp_path):
    (tmp_path / "hub.toml").write_text("port = \n")

    with pytest.raises(SettingsError, match="cannot be read"):
        load_settings({"KIOSK_DATA": str(tmp_path)})
