"""The migrated store is the one the tables describe, on both engines."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import func, select

from kiosk.hub.storage.migrations import migrate
from kiosk.hub.storage.sheets import sheets
from kiosk.hub.storage.tables import metadata, places


def test_the_migrated_store_has_exactly_the_tables_that_are_described(store):
    with store.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, metadata)

    assert differences == []
    assert sheets in metadata.sorted_tables


def test_migrating_twice_changes_nothing_and_keeps_the_places_once(store):
    migrate(store)

    with store.read() as connection:
        kinds = connection.execute(select(places.c.kind, func.count()).group_by(places.c.kind))
        counted = dict(tuple(row) for row in kinds)

    assert counted == {"kecamatan": 10, "kelurahan": 65}
