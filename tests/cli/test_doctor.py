import json

import pytest
from click.testing import CliRunner

from kiosk.cli.commands import kiosk
from kiosk.services import carts, paying
from kiosk.services.paying import PaymentForm
from kiosk.services.status import facts
from kiosk.storage import journal, uploads
from tests.support.bazaar import close_bazaar, numbers, open_bazaar, open_till


@pytest.fixture
def here(tmp_path):
    """An installation that has sold twice, has sent all, and is still open."""
    installation = open_bazaar(tmp_path / "till")
    browser = open_till(installation)
    for _ in range(2):
        cart = carts.new_cart(installation, browser)
        carts.add(installation, cart.id, numbers(installation)["KRP-TMP"], None)
        paying.pay(installation, browser, cart.id, PaymentForm("cash"))
    with installation.db.write() as connection:
        (one,) = journal.journals(connection)
        end = journal.head(connection, one).seq
        uploads.remember_sent(connection, one.ordinal, end, "2026-11-20T10:00:00+07:00")
    yield installation
    close_bazaar(installation)


def run(here, *command):
    return CliRunner().invoke(kiosk, command, env={"KIOSK_DATA": str(here.folder.path)})


def test_a_till_that_is_well_is_said_to_be_well_while_it_sells(here):
    answer = run(here, "doctor")

    assert answer.exit_code == 0, answer.output
    assert "File: whole" in answer.output
    assert "2 sales, unbroken, none removed. Head " in answer.output
    assert "Event: Bazar Jumat" in answer.output
    assert "All is well." in answer.output


def test_what_needs_a_hand_is_named_with_its_advice_and_ends_with_status_one(here):
    with here.db.write() as connection:
        connection.execute(
            "UPDATE enrolment SET problem = 'no route to host', problem_reason = 'unreachable'"
        )

    answer = run(here, "doctor")

    assert answer.exit_code == 1
    assert "LOOK  Hub: http://127.0.0.1:9" in answer.output
    assert "Look whether this machine has internet." in answer.output
    assert "1 of " in answer.output


def test_a_program_reads_the_same_facts_as_json(here):
    answer = run(here, "doctor", "--json")

    told = json.loads(answer.output)
    assert told["status"] == answer.exit_code == 0
    assert {"File", "Clock", "Hub", "Last upload", "Backup", "SQLite", "Free space", "Version"} <= {
        fact["name"] for fact in told["facts"]
    }


def test_sales_that_wait_for_hours_are_said_to_wait(here):
    with here.db.write() as connection:
        connection.execute("DELETE FROM uploads")
    here.clock.pass_seconds(3 * 3_600)

    (last,) = [fact for fact in facts(here) if fact.name == "Last upload"]

    assert not last.ok
    assert "stick" in last.advice


def test_a_changed_entry_is_named(here):
    with here.db.write() as connection:
        connection.execute("DROP TRIGGER entries_are_never_changed")
        connection.execute("UPDATE entries SET stored = x'7b7d' WHERE seq = 4")

    answer = run(here, "doctor")

    assert answer.exit_code == 2
    assert "entry 4 was changed" in answer.output
    assert "kiosk restore" in answer.output


def test_a_torn_file_is_named_and_not_read_any_further(here):
    close_bazaar(here)
    whole = here.db.path.read_bytes()
    here.db.path.write_bytes(whole[: len(whole) // 2])

    answer = run(here, "doctor")

    assert answer.exit_code == 2
    assert "LOOK  File" in answer.output


def test_looking_changes_nothing_and_makes_nothing(tmp_path):
    answer = CliRunner().invoke(kiosk, ["doctor"], env={"KIOSK_DATA": str(tmp_path / "none")})

    assert answer.exit_code == 2
    assert "there is no till in" in answer.output
    assert list(tmp_path.iterdir()) == []


def test_a_backup_says_where_it_is_and_what_it_holds(here, tmp_path):
    answer = run(here, "backup", "--to", str(tmp_path / "usb"))

    (path,) = (tmp_path / "usb").iterdir()
    assert answer.exit_code == 0, answer.output
    assert f"Wrote {path}" in answer.output
    assert "2 sales, unbroken, none removed. Head " in answer.output
