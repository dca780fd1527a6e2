"""The till's SQLite file: rows in, domain values out; a module a table family."""
