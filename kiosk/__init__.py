"""Lapak: a till for Friday bazaars, and the campaign hub behind it."""

__version__ = "0.3.0"
