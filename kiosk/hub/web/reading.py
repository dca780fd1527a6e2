"""A large file while it is read: one page that grows with the rows, and goes on by itself.

It is sent bit by bit and needs neither a script nor a place to keep its state: whoever
closes it has read nothing in.
"""

from collections.abc import Generator, Iterator
from typing import Final

from flask import Response, render_template, stream_with_context, url_for

from kiosk.errors import KioskError
from kiosk.hub.services.campaigns import open_campaign
from kiosk.hub.storage.imports import Import
from kiosk.hub.web.parts import hub_parts
from kiosk.webtools.i18n import say

# A smaller file is read before anybody would look at its progress.
LARGE_BYTES: Final = 3 << 20
_MARK: Final = "<!-- steps -->"
_ZIP: Final = b"PK"


def rows_about(data: bytes) -> int:
    """Say about how many rows a CSV file has, 0 for a workbook, whose rows nobody knows yet."""
    return 0 if data.startswith(_ZIP) else data.count(b"\n")


def show_steps(
    campaign_id: str, name: str, steps: Generator[int, None, Import], rows: int
) -> Response:
    """Answer with a page that tells how far a file is read, and then leads to its dry run."""
    campaign = open_campaign(hub_parts().store, campaign_id)
    back = url_for("hub.imports.show_all", campaign_id=campaign_id)
    page = render_template("hub/imports/reading.html", campaign=campaign, name=name, back=back)
    head, _mark, foot = page.partition(_MARK)

    def parts() -> Iterator[str]:
        yield head
        while True:
            try:
                yield _step(read=next(steps), rows=rows)
            except StopIteration as end:
                address = url_for(
                    "hub.imports.show", campaign_id=campaign_id, import_id=end.value.id
                )
                yield _step(address=address)
                break
            except KioskError as error:
                yield _step(refusal=say(error), back=back)
                break
        yield foot

    # A proxy that gathers the answer first would show it all at once, at the end.
    headers = {"X-Accel-Buffering": "no", "Cache-Control": "no-store"}
    return Response(stream_with_context(parts()), mimetype="text/html", headers=headers)


def _step(
    read: int = 0,
    rows: int = 0,
    address: str = "",
    refusal: str = "",
    back: str = "",
) -> str:
    return render_template(
        "hub/imports/_step.html", read=read, rows=rows, address=address, refusal=refusal, back=back
    )
