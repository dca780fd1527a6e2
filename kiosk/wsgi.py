"""What gunicorn's one worker runs: the installation, its pages and its loops.

The worker takes the data folder before it answers anything; where another process has it,
this refuses to start and gunicorn gives up.
"""

import atexit

from flask import Flask

from kiosk.app import create_app
from kiosk.services.installation import Installation, open_installation
from kiosk.settings import read_settings
from kiosk.webtools.logs import configure_logging
from kiosk.workers.backing_up import backup_loop
from kiosk.workers.copying import copy_loop
from kiosk.workers.loop import Loop
from kiosk.workers.printing import PrinterLoops
from kiosk.workers.uploading import upload_loop

STOP_SECONDS = 5.0


def make_app() -> Flask:
    """Open the installation, start its loops, and give its application."""
    configure_logging()
    here = open_installation(read_settings())
    app = create_app(here)
    uploader = upload_loop(here)
    printers = PrinterLoops(here)
    loops = [uploader, backup_loop(here)]
    if here.settings.second_copy:
        loops.append(copy_loop(here))
    for loop in loops:
        loop.start()
    printers.start()
    atexit.register(_stop, here, loops, printers)
    return app


def _stop(here: Installation, loops: list[Loop], printers: PrinterLoops) -> None:
    """Let steps finish; whatever is cut short resumes from its rows."""
    for loop in loops:
        loop.stop(STOP_SECONDS)
    printers.stop(STOP_SECONDS)
    here.folder.release()
