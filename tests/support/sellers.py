"""Cashiers under load, and what must be in the file whatever happened to the till."""

import json
import random
import shutil
import threading
from dataclasses import dataclass

from kiosk.services import journals
from kiosk.storage.database import Database
from tests.support.bazaar import CASHIER, CASHIER_PIN
from tests.support.till_client import TillClient, TillDidNotAnswerError

CLIENTS = 8


class Seller(threading.Thread):
    """Rings up and pays until the till is gone; remembers what was answered."""

    def __init__(self, client, products, chance):
        super().__init__(daemon=True)
        self.client = client
        self.products = products
        self.chance = chance
        self.answered = set()
        self.open = {}
        self.odd = []

    def run(self):
        try:
            while True:
                self._sell_one()
        except TillDidNotAnswerError:
            return

    def _sell_one(self):
        cart = self.client.next_cart()
        self.open[cart] = 0
        for _ in range(self.chance.randint(1, 3)):
            self._expect(self.client.tap(self.chance.choice(self.products)))
            self.open[cart] += 1
        paid = self.client.pay_cash()
        self._expect(paid)
        self.answered.add(cart)
        del self.open[cart]

    def _expect(self, answer):
        if answer.status != 200:
            self.odd.append((answer.status, answer.text[:300]))


def sellers(program, products, chance):
    found = []
    for _ in range(CLIENTS):
        client = TillClient(program.url)
        client.start("K01", CASHIER, CASHIER_PIN)
        found.append(Seller(client, products, random.Random(chance.random())))
    return found


@dataclass(frozen=True)
class Found:
    """What is in a file: its sales, and of those that were answered the lost and the doubled."""

    sales: int
    lost: int
    doubled: int


def check_file(folder, answered, left_open):
    """Open the file as it was left, and hold it against what the sellers were told.

    A copy of it, because who opens it takes back what the cut left half written. Whatever
    is lost or doubled is counted; anything else that does not hold ends here.
    """
    left = folder.with_name(folder.name + ".looked-at")
    shutil.copytree(folder, left, dirs_exist_ok=True)
    database = Database(left / "till.db")
    with database.read() as connection:
        found = _check(connection, answered, left_open)
    database.close()
    shutil.rmtree(left)
    return found


def _check(connection, answered, left_open):
    sales = [
        json.loads(row["stored"])
        for row in connection.execute("SELECT stored FROM entries WHERE kind = 'sale'")
    ]
    ids = [sale["id"] for sale in sales]
    for sale in sales:
        body = sale["body"]
        assert (
            sum(line["total_rp"] for line in body["lines"]) + body["rounding_rp"]
            == body["total_rp"]
        )
        assert sum(part["amount_rp"] for part in body["payments"]) == body["total_rp"]
    projected = connection.execute("SELECT count(*) AS n FROM sales").fetchone()["n"]
    assert projected == len(ids)
    numbers = [sale["body"]["number"] for sale in sales]
    assert numbers == [f"K01-{n:04d}" for n in range(1, len(numbers) + 1)]
    assert all(verdict.fault is None for verdict in journals.verify(connection))
    _check_jobs(connection, ids)
    for cart, taps in left_open.items():
        row = connection.execute("SELECT state FROM carts WHERE id = ?", [cart]).fetchone()
        assert row is not None
        kept = connection.execute(
            "SELECT coalesce(sum(qty), 0) AS n FROM cart_lines WHERE cart = ?", [cart]
        ).fetchone()["n"]
        assert row["state"] == "paid" or kept >= taps
    return Found(len(ids), len(answered - set(ids)), len(ids) - len(set(ids)))


def _check_jobs(connection, sales):
    """Hold that each sale has its one receipt waiting for paper, where there is a printer."""
    if not connection.execute("SELECT 1 FROM printers").fetchall():
        return
    jobs = connection.execute("SELECT sale FROM print_jobs WHERE purpose = 'receipt'")
    assert sorted(row["sale"] for row in jobs) == sorted(sales)
