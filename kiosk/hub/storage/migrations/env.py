"""What alembic runs: the steps, on the connection that `migrate` hands over."""

from alembic import context

from kiosk.hub.storage.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
)
# The caller's transaction is the only one: a step that fails leaves nothing behind.
context.run_migrations()
