"""`kiosk till`: the till program, as the help lists it."""

import click

from kiosk.cli.till_server import serve_till


@click.command()
def till() -> None:
    """Serve the till from the folder KIOSK_DATA (127.0.0.1:8000 unless set otherwise)."""
    serve_till()
