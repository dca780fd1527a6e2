"""Browser rows: which till, operator, cart and looks each paired browser has."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from kiosk.domain.operators import StaffMember
from kiosk.storage.database import Connection

_CHANGEABLE: Final = frozenset(
    {"till", "operator", "cart", "theme", "text_size", "sounds", "best_first", "stall"}
)


@dataclass(frozen=True, slots=True)
class Browser:
    """A paired browser; `operator` is who is signed in, `cart` what she works on.

    A stall's phone has a `stall` and no till.
    """

    id: str
    till: str | None
    operator: StaffMember | None
    cart: str | None
    theme: str
    text_size: str
    sounds: bool
    best_first: bool
    stall: str | None = None

    @property
    def may_oversell(self) -> bool:
        """Whether who is signed in may sell what is sold out."""
        return self.operator is not None and self.operator.approves


def browser(connection: Connection, browser_id: str) -> Browser | None:
    """Give a browser; an operator who is no longer on the staff is signed out."""
    row = connection.execute(
        """
        SELECT browsers.*, operators.name AS operator_name, operators.role AS operator_role,
            operators.stall AS operator_stall, tills.id AS known_till
        FROM browsers
        LEFT JOIN operators ON operators.id = browsers.operator AND operators.active = 1
        LEFT JOIN tills ON tills.id = browsers.till AND tills.active = 1
        WHERE browsers.id = :id
        """,
        {"id": browser_id},
    ).fetchone()
    if row is None:
        return None
    operator = (
        StaffMember(
            row["operator"], row["operator_name"], row["operator_role"], row["operator_stall"]
        )
        if row["operator_name"]
        else None
    )
    return Browser(
        id=row["id"],
        till=row["known_till"],
        operator=operator,
        cart=row["cart"],
        theme=row["theme"],
        text_size=row["text_size"],
        sounds=bool(row["sounds"]),
        best_first=bool(row["best_first"]),
        stall=row["stall"],
    )


def add(connection: Connection, browser_id: str, paired_at: str) -> None:
    """Pair a new browser."""
    connection.execute(
        "INSERT INTO browsers (id, paired_at) VALUES (:id, :paired_at)",
        {"id": browser_id, "paired_at": paired_at},
    )


def change(connection: Connection, browser_id: str, facts: Mapping[str, str | int | None]) -> None:
    """Change some of a browser's facts: till, operator, cart, looks."""
    if not facts.keys() <= _CHANGEABLE:
        raise ValueError(f"a browser has no {sorted(facts.keys() - _CHANGEABLE)}")
    settings = ", ".join(f"{name} = :{name}" for name in facts)
    connection.execute(
        f"UPDATE browsers SET {settings} WHERE id = :id", {**facts, "id": browser_id}
    )


def forget_cart(connection: Connection, cart_id: str) -> None:
    """Let go of a paid cart in every browser that had it open."""
    connection.execute("UPDATE browsers SET cart = NULL WHERE cart = :cart", {"cart": cart_id})


def keep_pairing_code(connection: Connection, code: str, now: str, expires_at: str) -> None:
    """Keep one code that pairs one browser; older ones that ran out go."""
    connection.execute("DELETE FROM pairing_codes WHERE expires_at < :now", {"now": now})
    connection.execute(
        "INSERT INTO pairing_codes (code, expires_at) VALUES (:code, :expires_at)",
        {"code": code, "expires_at": expires_at},
    )


def use_pairing_code(connection: Connection, code: str, now: str) -> bool:
    """Use a code up; False where it is unknown or ran out."""
    row = connection.execute(
        "DELETE FROM pairing_codes WHERE code = :code AND expires_at >= :now RETURNING code",
        {"code": code, "now": now},
    ).fetchall()
    return bool(row)


def carts_at_till(connection: Connection, till: str) -> list[str]:
    """Name the carts that somebody signed in at a till has on screen, newest first."""
    rows = connection.execute(
        """
        SELECT cart FROM browsers
        WHERE till = :till AND operator IS NOT NULL AND cart IS NOT NULL
        ORDER BY cart DESC
        """,
        {"till": till},
    )
    return [row["cart"] for row in rows]
