import threading

from kiosk.storage.database import open_read_only
from tests.support.bazaar import CASHIER, CASHIER_PIN
from tests.support.till_client import TillClient


def test_a_second_till_on_the_same_folder_refuses_to_start_and_says_why(
    start_till, bazaar_folder, launcher
):
    folder, _ = bazaar_folder
    start_till()

    second = launcher.kiosk("till", health=None, KIOSK_DATA=str(folder), KIOSK_PORT="{port}")

    assert second.wait() == 1
    assert "is in use by another till" in second.log()


def test_every_wrong_setting_is_named_at_once(launcher, tmp_path):
    program = launcher.kiosk(
        "till",
        health=None,
        KIOSK_DATA=str(tmp_path / "new"),
        KIOSK_PORT="delapan",
        KIOSK_HUB_URL="http://hub.example.org",
        KIOSK_SECRET_KEY="short",
    )

    assert program.wait() == 1
    for name in ("KIOSK_PORT", "KIOSK_HUB_URL", "KIOSK_SECRET_KEY"):
        assert name in program.log()


def test_the_same_cart_paid_by_eight_browsers_at_the_same_instant_is_one_sale(
    start_till, bazaar_folder
):
    folder, numbers = bazaar_folder
    program = start_till()
    clients = [TillClient(program.url) for _ in range(8)]
    for client in clients:
        client.start("K01", CASHIER, CASHIER_PIN)
    cart = clients[0].next_cart()
    clients[0].tap(numbers["WB86-KOMPLIT"])
    at_once, answers = threading.Barrier(8), []

    def pay(client):
        client.cart = cart
        at_once.wait()
        answers.append(client.pay_cash())

    threads = [threading.Thread(target=pay, args=[client]) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [answer.status for answer in answers] == [200] * 8
    connection = open_read_only(folder / "till.db")
    rows = connection.execute("SELECT id, number FROM sales").fetchall()
    connection.close()
    assert [tuple(row) for row in rows] == [(cart, "K01-0001")]
    assert all("K01-0001" in answer.text for answer in answers)
