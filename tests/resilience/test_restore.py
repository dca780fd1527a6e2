"""A backup beside a selling till, and a lost machine that comes back from its hub."""

import sqlite3
import subprocess
import threading
import time

import pytest

from kiosk.cli.demo.program import FRIDAY_INSTALLATION, INSTALLATIONS, STAFF
from kiosk.clock import SystemClock
from kiosk.hub.services.devices import make_code
from kiosk.hub.settings import load_settings
from kiosk.hub.storage.store import Store
from kiosk.services import journals
from kiosk.storage.database import open_read_only
from tests.support.bazaar import CASHIER, CASHIER_PIN
from tests.support.campaign import sell_plainly, set_up_hub
from tests.support.processes import KIOSK, REPOSITORY
from tests.support.till_client import TillClient, TillDidNotAnswerError

RINA = STAFF[0]
PATIENCE_SECONDS = 30


def command(folder, *arguments):
    """Run `kiosk` to its end on a data folder."""
    return subprocess.run(
        [*KIOSK, *arguments],
        cwd=REPOSITORY,
        env={"KIOSK_DATA": str(folder), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )


def rows(path, query):
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    found = connection.execute(query).fetchall()
    connection.close()
    return found


class Seller(threading.Thread):
    """Sells until told to stop, and counts what was answered."""

    def __init__(self, client, product):
        super().__init__(daemon=True)
        self.client, self.product = client, product
        self.sold, self.problem = 0, None
        self.over = threading.Event()

    def run(self):
        try:
            while not self.over.is_set():
                self.client.next_cart()
                assert self.client.tap(self.product).status == 200
                assert self.client.pay_cash().status == 200
                self.sold += 1
        except (AssertionError, TillDidNotAnswerError) as problem:
            self.problem = problem


def test_a_backup_is_made_and_a_doctor_heard_while_two_cashiers_sell(
    start_till, bazaar_folder, tmp_path
):
    folder, numbers = bazaar_folder
    program = start_till()
    sellers = []
    for _ in range(2):
        client = TillClient(program.url)
        client.start("K01", CASHIER, CASHIER_PIN)
        sellers.append(Seller(client, numbers["KRP-TMP"]))
    for seller in sellers:
        seller.start()

    answers = []
    for _ in range(3):
        before = sum(seller.sold for seller in sellers)
        made = command(folder, "backup", "--to", str(tmp_path / "usb"), "--keep", "2")
        answers.append((before, made))
    doctor = command(folder, "doctor")
    for seller in sellers:
        seller.over.set()
        seller.join(30)

    assert [seller.problem for seller in sellers] == [None, None]
    assert "unbroken, none removed" in doctor.stdout, doctor.stdout + doctor.stderr
    for before, made in answers:
        assert made.returncode == 0, made.stderr
        sales = int(made.stdout.split(" sales, unbroken")[0].rsplit(" ", 1)[1].replace(".", ""))
        assert sales >= before
    kept = sorted((tmp_path / "usb").iterdir())
    assert len(kept) in (1, 2)
    assert all(path.suffix == ".db" for path in kept)
    newest = open_read_only(kept[-1])
    assert [verdict.fault for verdict in journals.verify(newest)] == [None]
    newest.close()


@pytest.fixture
def hub(launcher, tmp_path):
    """A running hub with the demonstration's program; `code` makes a code of the machine."""
    folder = tmp_path / "hub"
    first = set_up_hub(folder)
    program = launcher.kiosk("hub", KIOSK_DATA=str(folder), KIOSK_HUB_PORT="{port}")
    codes = iter([first])

    def code(machine=FRIDAY_INSTALLATION):
        found = next(codes, None) if machine is FRIDAY_INSTALLATION else None
        if found:
            return found
        store = Store.open(load_settings({"KIOSK_DATA": str(folder)}).database_url)
        made = make_code(store, SystemClock(), "organiser", machine.id).code
        store.close()
        return made

    program.code = code
    program.database = folder / "hub.db"
    return program


def start_selling(launcher, folder, hub_url="", code=""):
    """Start a till on a folder, enrol it where a code is given, and sign Rina in."""
    program = launcher.kiosk("till", KIOSK_DATA=str(folder), KIOSK_PORT="{port}")
    client = TillClient(program.url)
    client.follow("/")
    if code:
        answer = client.ask("POST", "/setup", {"hub_url": hub_url, "code": code})
        assert answer.status == 303, answer.text
    client.ask("POST", "/tills/K01")
    page = client.follow("/sign-in").text
    operator = page[: page.index(RINA.name)].rsplit('value="', 1)[1][:36]
    client.start("K01", operator, RINA.pin)
    return program, client


def refused_code(launcher, folder, hub_url, code):
    """Start a till on a folder, try a code that is not for it, and end the till."""
    program = launcher.kiosk("till", KIOSK_DATA=str(folder), KIOSK_PORT="{port}")
    client = TillClient(program.url)
    client.follow("/setup")
    answer = client.ask("POST", "/setup", {"hub_url": hub_url, "code": code})
    program.terminate()
    return answer.status


def heads_of_till(folder):
    return rows(
        folder / "till.db",
        """
        SELECT journals.id, entries.seq, entries.hash
        FROM journals
        JOIN entries ON entries.journal = journals.ordinal
        WHERE entries.seq = (SELECT max(seq) FROM entries AS e WHERE e.journal = journals.ordinal)
        ORDER BY journals.ordinal
        """,
    )


def wait_for_heads(hub, expected):
    """Wait until the hub's journals are these; give what they were in the end."""
    give_up_at = time.monotonic() + PATIENCE_SECONDS
    found = []
    while time.monotonic() < give_up_at and found != expected:
        found = rows(hub.database, "SELECT id, head_seq, head_hash FROM journals ORDER BY depth")
        time.sleep(0.1)
    return found


def test_a_lost_machine_comes_back_from_the_hub_and_sells_on(launcher, hub, tmp_path):
    lost, new = tmp_path / "lost", tmp_path / "new"
    program, client = start_selling(launcher, lost, hub.url, hub.code())
    sell_plainly(client, 3)
    assert wait_for_heads(hub, heads_of_till(lost)) == heads_of_till(lost)
    program.kill()
    ((_, _, head),) = heads_of_till(lost)
    arguments = ("restore", "--hub", hub.url, "--code", hub.code())

    wrong = command(new, *arguments, "--journal", "0" * 8 + "-0000-7000-8000-" + "0" * 12)
    unfinished = list(new.glob("till.db*"))
    restored = command(new, *arguments)

    assert (wrong.returncode, unfinished) == (1, [])
    assert "the hub has no journal" in wrong.stderr
    assert restored.returncode == 0, restored.stderr
    assert f"3 sales, unbroken. Head {head.hex()[:8]}" in restored.stdout
    assert "receipts carry B now" in restored.stdout
    assert "Open shifts that are sold on: 1" in restored.stdout
    assert not (new / "restoring").exists()
    _, client = start_selling(launcher, new)
    sell_plainly(client, 2)
    assert rows(new / "till.db", "SELECT number FROM sales ORDER BY journal, seq") == [
        ("K01-0001",),
        ("K01-0002",),
        ("K01-0003",),
        ("K01B-0001",),
        ("K01B-0002",),
    ]
    assert wait_for_heads(hub, heads_of_till(new)) == heads_of_till(new)
    assert command(new, "doctor").stdout.count("unbroken, none removed") == 2


def test_a_backup_older_than_the_hub_goes_on_beside_what_the_hub_has_besides(
    launcher, hub, tmp_path
):
    lost, new = tmp_path / "lost", tmp_path / "new"
    program, client = start_selling(launcher, lost, hub.url, hub.code())
    sell_plainly(client, 2)
    made = command(lost, "backup", "--to", str(tmp_path / "usb"))
    assert made.returncode == 0, made.stderr
    sell_plainly(client, 3)
    assert wait_for_heads(hub, heads_of_till(lost)) == heads_of_till(lost)
    program.kill()
    ahead = heads_of_till(lost)

    (backup,) = (tmp_path / "usb").iterdir()
    restored = command(new, "restore", str(backup))
    stranger = refused_code(launcher, new, hub.url, hub.code(INSTALLATIONS[0]))
    secret_of_a_stranger = (new / "device.secret").exists()
    _, client = start_selling(launcher, new, hub.url, hub.code())
    sell_plainly(client, 1)

    assert (stranger, secret_of_a_stranger) == (422, False)
    assert "Nobody has a PIN here yet" in restored.stdout
    expected = [*ahead, heads_of_till(new)[-1]]
    assert wait_for_heads(hub, expected) == expected
    (continued,) = rows(hub.database, "SELECT continues_journal FROM journals WHERE depth = 1")
    assert continued == (ahead[0][0],)
    assert rows(new / "till.db", "SELECT problem FROM enrolment") == [(None,)]
