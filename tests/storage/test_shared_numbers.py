from sqlite_utils import Database as Tables

from kiosk.storage.migrations import migrations
from kiosk.storage.migrations.m0014 import SHARING

BEFORE = "m0014_sharing_carts"


def test_orders_of_two_tills_with_the_same_number_are_told_apart_by_the_upgrade(tmp_path):
    tables = Tables(tmp_path / "till.db")
    migrations.apply(tables, stop_before=BEFORE)
    tables["carts"].insert_all(
        {"id": cart, "till": till, "label": label, "opened_at": "2026-11-20T10:00:00+07:00"}
        for cart, till, label in (("a", "K01", 1), ("b", "K02", 1), ("c", "K02", 2))
    )

    for statement in SHARING:
        tables.execute(statement)

    assert {row["id"]: row["label"] for row in tables["carts"].rows} == {"a": 1, "b": 3, "c": 2}
    tables.close()
