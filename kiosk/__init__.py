"""Lapak: a till for Friday bazaars, and the campaign hub behind it."""
