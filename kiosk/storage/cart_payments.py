"""Parts of a split that were taken already, as rows: a crash keeps them too."""

from dataclasses import asdict

from kiosk.domain.money import Rupiah
from kiosk.domain.payments import Payment
from kiosk.storage.database import Connection


def payments(connection: Connection, cart_id: str) -> tuple[Payment, ...]:
    """List the parts of a split already taken, numbered from 1."""
    rows = connection.execute(
        "SELECT * FROM cart_payments WHERE cart = :cart ORDER BY n", {"cart": cart_id}
    )
    return tuple(
        Payment(
            n=n,
            method=row["method"],
            payee=row["payee"],
            amount_rp=Rupiah(row["amount_rp"]),
            tendered_rp=row["tendered_rp"],
            change_rp=row["change_rp"],
            nmid=row["nmid"],
            reference=row["reference"],
            state=row["state"],
            name=row["name"],
            face_rp=row["face_rp"],
        )
        for n, row in enumerate(rows, start=1)
    )


def keep_payments(connection: Connection, cart_id: str, parts: tuple[Payment, ...]) -> None:
    """Write the parts of a split taken so far, in place of those before."""
    connection.execute("DELETE FROM cart_payments WHERE cart = :cart", {"cart": cart_id})
    connection.executemany(
        """
        INSERT INTO cart_payments (
            cart, n, method, payee, amount_rp, tendered_rp, change_rp, nmid, reference, state,
            name, face_rp
        ) VALUES (
            :cart, :n, :method, :payee, :amount_rp, :tendered_rp, :change_rp, :nmid, :reference,
            :state, :name, :face_rp
        )
        """,
        [{**asdict(part), "cart": cart_id, "n": n} for n, part in enumerate(parts, start=1)],
    )
