"""A file from before lines had keys: its open carts are all there after the update."""

from sqlite_utils import Database as Tables

from kiosk.storage.carts import cart
from kiosk.storage.database import Database
from kiosk.storage.migrations import migrate, migrations


def test_open_carts_of_an_older_file_keep_their_lines_in_order(tmp_path):
    path = tmp_path / "till.db"
    old = Tables(path)
    migrations.apply(old, stop_before="m0004_lines_with_keys")
    old.executescript(
        """
        INSERT INTO products VALUES
            (1, 'p1', 0, 's', 'A', 'Wedang', '', 'Kuliner', 25000, 'pcs', 1),
            (2, 'p2', 1, 's', 'B', 'Jahe', '', 'Kuliner', 60000, 'g', 1);
        INSERT INTO carts (id, till, label, version, opened_at) VALUES
            ('c', 'K01', 3, 5, '2026-11-20T10:00:00.000+07:00');
        INSERT INTO cart_lines VALUES ('c', 1, 2, 250, ''), ('c', 2, 1, 2, 'panas');
        INSERT INTO cart_changes VALUES ('c', 5, 't', '[[2, 250, ""]]');
        """
    )
    old.conn.close()

    database = Database(path)
    with database.tables() as tables:
        migrate(tables)
    with database.read() as connection:
        found, state = cart(connection, "c")
    database.close()

    assert state == "open"
    assert [(line.key, line.product.sku, line.qty, line.note) for line in found.lines] == [
        (1, "B", 250, ""),
        (2, "A", 2, "panas"),
    ]
    assert (found.last_key, found.total_rp, found.version) == (2, 65_000, 5)
