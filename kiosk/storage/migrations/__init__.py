"""The schema of a till's file, as numbered steps that are never edited once shipped."""

from sqlite_utils import Database as Tables
from sqlite_utils.migrations import Migrations

from kiosk.storage.migrations.m0001 import LOCAL, PROJECTIONS, TRUTH
from kiosk.storage.migrations.m0002 import REFUNDS
from kiosk.storage.migrations.m0003 import PRINTER_USES
from kiosk.storage.migrations.m0004 import LINES
from kiosk.storage.migrations.m0005 import PAPER
from kiosk.storage.migrations.m0006 import LOOKS
from kiosk.storage.migrations.m0007 import PAYING
from kiosk.storage.migrations.m0008 import OWN_PRINTERS
from kiosk.storage.migrations.m0009 import GOODS
from kiosk.storage.migrations.m0010 import PRINT_QUEUE
from kiosk.storage.migrations.m0011 import GRIDS
from kiosk.storage.migrations.m0012 import OFFERS
from kiosk.storage.migrations.m0013 import give_label_codes
from kiosk.storage.migrations.m0014 import SHARING
from kiosk.storage.migrations.m0015 import ROLL_SENSORS
from kiosk.storage.migrations.m0016 import FILLED_CODES
from kiosk.storage.migrations.m0017 import BACKUPS
from kiosk.storage.migrations.m0018 import FORKS
from kiosk.storage.migrations.m0019 import WAITING_BUNDLE
from kiosk.storage.migrations.m0020 import ROUNDED_REFUNDS
from kiosk.storage.migrations.m0021 import STALL_ACCOUNTS
from kiosk.storage.migrations.m0022 import SETTLEMENTS

migrations = Migrations("till")


@migrations()
def m0001_the_spine(tables: Tables) -> None:
    """Make the journal, its projections and the local tables."""
    for statement in (*TRUTH, *PROJECTIONS, *LOCAL):
        tables.execute(statement)


@migrations()
def m0002_what_comes_back(tables: Tables) -> None:
    """Make the projections of refunds."""
    for statement in REFUNDS:
        tables.execute(statement)


@migrations()
def m0003_printers_by_purpose(tables: Tables) -> None:
    """Say which printer prints what, for a till and for a stall."""
    for statement in PRINTER_USES:
        tables.execute(statement)


@migrations()
def m0004_lines_with_keys(tables: Tables) -> None:
    """Give a cart's lines keys, prices and discounts of their own."""
    for statement in LINES:
        tables.execute(statement)


@migrations()
def m0005_paper(tables: Tables) -> None:
    """Make room for logos, own words and orders handed over."""
    for statement in PAPER:
        tables.execute(statement)


@migrations()
def m0006_looks(tables: Tables) -> None:
    """Keep a browser's text size and sounds, and when a till prints receipts."""
    for statement in LOOKS:
        tables.execute(statement)


@migrations()
def m0007_ways_to_pay(tables: Tables) -> None:
    """Make room for configured methods, changed QRIS codes, tips and outages."""
    for statement in PAYING:
        tables.execute(statement)


@migrations()
def m0008_printers_of_ones_own(tables: Tables) -> None:
    """Keep own kinds of printers, what was taken away, and jobs that were handed over."""
    for statement in OWN_PRINTERS:
        tables.execute(statement)


@migrations()
def m0009_finding_goods(tables: Tables) -> None:
    """Let products have barcodes, choices and a count, and tills quick keys."""
    for statement in GOODS:
        tables.execute(statement)


@migrations()
def m0010_the_print_queue(tables: Tables) -> None:
    """Give print jobs their purpose, and tables for their moves and for paper rolls."""
    for statement in PRINT_QUEUE:
        tables.execute(statement)


@migrations()
def m0011_grids(tables: Tables) -> None:
    """Keep whether a browser's grid begins with what sells best."""
    for statement in GRIDS:
        tables.execute(statement)


@migrations()
def m0012_offers(tables: Tables) -> None:
    """Make the tables of offers, and keep the rules of discounts."""
    for statement in OFFERS:
        tables.execute(statement)


@migrations()
def m0013_label_codes(tables: Tables) -> None:
    """Give goods without a barcode the code of their label."""
    give_label_codes(tables)


@migrations()
def m0014_sharing_carts(tables: Tables) -> None:
    """Give carts numbers of the whole installation, and let stalls' phones fill them."""
    for statement in SHARING:
        tables.execute(statement)


@migrations()
def m0015_roll_sensors(tables: Tables) -> None:
    """Remember which printers have a sensor for the end of their roll."""
    for statement in ROLL_SENSORS:
        tables.execute(statement)


@migrations()
def m0016_filled_codes(tables: Tables) -> None:
    """Keep which stalls' QRIS codes ask for the amount by the organiser's word."""
    for statement in FILLED_CODES:
        tables.execute(statement)


@migrations()
def m0017_backups(tables: Tables) -> None:
    """Keep where backups go, and what became of each."""
    for statement in BACKUPS:
        tables.execute(statement)


@migrations()
def m0018_forks(tables: Tables) -> None:
    """Keep which journals go on elsewhere, the hub's time, and what keeps the upload."""
    for statement in FORKS:
        tables.execute(statement)


@migrations()
def m0019_waiting_bundle(tables: Tables) -> None:
    """Keep a bundle until somebody has looked at what it changes."""
    for statement in WAITING_BUNDLE:
        tables.execute(statement)


@migrations()
def m0020_rounded_refunds(tables: Tables) -> None:
    """Let a refund bring what earlier ones were short of in coins."""
    for statement in ROUNDED_REFUNDS:
        tables.execute(statement)


@migrations()
def m0021_stall_accounts(tables: Tables) -> None:
    """Keep where money for a stall's goods is transferred to."""
    for statement in STALL_ACCOUNTS:
        tables.execute(statement)


@migrations()
def m0022_settlements(tables: Tables) -> None:
    """Keep what was handed to stalls."""
    for statement in SETTLEMENTS:
        tables.execute(statement)


def migrate(tables: Tables) -> None:
    """Bring a file up to this version; run once, before anything else uses it."""
    migrations.apply(tables)
