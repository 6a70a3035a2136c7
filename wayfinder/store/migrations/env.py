"""Run by Alembic: migrates on the connection that is handed in, in its transaction."""

from alembic import context

from wayfinder.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
    render_as_batch=True,
)
context.run_migrations()
