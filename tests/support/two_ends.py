"""A hub and the machines of one installation, within this process and over real sockets."""

import shutil
from contextlib import contextmanager

from sqlalchemy import text

from kiosk.cli.demo.hub_server import hub_server
from kiosk.cli.demo.program import FRIDAY, STAFF
from kiosk.clock import SystemClock, stamp
from kiosk.hub.settings import load_settings
from kiosk.hub.storage.store import Store
from kiosk.services import carts, paying
from kiosk.services.browsers import assign_till, pair_local
from kiosk.services.cutting import build_segment
from kiosk.services.enrolment import enrol, hub_client
from kiosk.services.installation import open_installation
from kiosk.services.paying import PaymentForm
from kiosk.services.shifts import open_shift
from kiosk.services.sign_in import sign_in, staff
from kiosk.services.uploads import send_now, upload_state, upload_step
from kiosk.settings import read_settings
from kiosk.storage import journal, uploads
from kiosk.wire.segments import Signer
from kiosk.workers.uploading import Uploader
from tests.support.bazaar import close_bazaar
from tests.support.processes import free_port

# More than there are journals and segments in any test.
STEPS = 100


class Machine:
    """One machine with its folder; K01 is open and Rina signed in."""

    def __init__(self, folder, browser=None, clock=None):
        self.folder = folder
        self.clock = clock or SystemClock()
        self.here = open_installation(read_settings({"KIOSK_DATA": str(folder)}), self.clock)
        self.browser = browser

    def join(self, url, code):
        enrol(self.here, url, code)
        rina = next(one for one in staff(self.here) if one.name == STAFF[0].name)
        paired = assign_till(self.here, pair_local(self.here), "K01")
        self.browser = sign_in(self.here, paired, rina.id, STAFF[0].pin)
        open_shift(self.here, self.browser, "0")
        return self

    def fill(self):
        """Open an order with one product in it, and give its id."""
        cart = carts.new_cart(self.here, self.browser).id
        self.tap(cart)
        return cart

    def tap(self, cart):
        ((number,),) = self.rows(
            "SELECT min(number) FROM products WHERE active = 1 AND open_price = 0"
        )
        carts.add(self.here, cart, number, None)

    def pay(self, cart):
        paying.pay(self.here, self.browser, cart, PaymentForm("cash"))
        return cart

    def sell(self, times=1):
        return [self.pay(self.fill()) for _ in range(times)]

    def upload(self):
        """Send until nothing is left to send, or it does not go on."""
        send_now(self.here)
        while upload_step(self.here):
            pass

    def waits(self):
        """Say whether something is still to be sent."""
        return bool(upload_state(self.here).waiting_entries)

    def head(self):
        """Give the end of the journal that is sold into: its id, position and hash."""
        return self.rows(
            """
            SELECT journals.id, entries.seq, entries.hash
            FROM entries
            JOIN journals ON journals.ordinal = entries.journal
            ORDER BY journals.ordinal DESC, entries.seq DESC
            LIMIT 1
            """
        )[0]

    def look_around(self):
        """Do what the upload's loop does in its first seconds."""
        uploader = Uploader(self.here)
        for _ in range(STEPS):
            uploader.step()
        self.upload()

    def rows(self, query, *values):
        with self.here.db.read() as connection:
            return [tuple(row) for row in connection.execute(query, values)]

    def numbers(self):
        return [number for (number,) in self.rows("SELECT number FROM sales ORDER BY id")]

    def client(self):
        return hub_client(self.here)

    def tail(self):
        """Build the segment that would be sent next: its journal and its bytes."""
        with self.here.db.read() as connection:
            after = uploads.sent_seq(connection, journal.current(connection).ordinal)
        return self.segment(after=after)

    def segment(self, secret=None, after=0):
        """Build the segment behind a position, sealed with this device's secret or another."""
        client = self.client()
        with self.here.db.read() as connection:
            current = journal.current(connection)
            signer = Signer(client.device, secret or client.secret)
            made_at = stamp(self.clock.now())
            return current.id, build_segment(connection, signer, current, after, made_at)

    def close(self):
        close_bazaar(self.here)

    def clone(self, folder):
        """Copy the folder as somebody with a file manager does, and open both again."""
        self.close()
        shutil.copytree(self.folder, folder)
        self.__init__(self.folder, self.browser, self.clock)
        return Machine(folder, self.browser, self.clock)


class Hub:
    """A hub on loopback, and what is in its store."""

    def __init__(self, store, url, code):
        self.store = store
        self.url = url
        self.code = code

    def rows(self, query, **values):
        with self.store.read() as connection:
            return [tuple(row) for row in connection.execute(text(query), values)]

    def sales(self):
        """Give the ids of the sales that count, each once."""
        rows = self.rows("SELECT id FROM counted_entries WHERE kind = 'sale' ORDER BY id")
        return [id_ for (id_,) in rows]

    def units(self):
        (row,) = self.rows(
            "SELECT coalesce(sum(units), 0) FROM rollups WHERE event = :event", event=FRIDAY.id
        )
        return int(row[0])

    def head(self, journal):
        """Give a journal's end as `Machine.head` does, None before anything came."""
        rows = self.rows("SELECT id, head_seq, head_hash FROM journals WHERE id = :id", id=journal)
        return (*rows[0][:2], bytes(rows[0][2])) if rows else None

    def tray(self):
        return sorted(reason for (reason,) in self.rows("SELECT reason FROM review_tray"))


@contextmanager
def running_hub(folder, code):
    """Serve the hub of a folder within this process; `code` enrols its Friday's machine."""
    settings = load_settings({"KIOSK_DATA": str(folder), "KIOSK_HUB_PORT": str(free_port())})
    store = Store.open(settings.database_url)
    try:
        with hub_server(settings, store) as url:
            yield Hub(store, url, code)
    finally:
        store.close()
