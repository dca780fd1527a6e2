"""The hub's store: SQLAlchemy Core on SQLite or PostgreSQL, rows in, values out."""
