"""The verifier that needs nothing of ours, run as a stranger would run it."""

import gzip
import json
import subprocess
import sys

import pytest

from kiosk.domain.entries import first_prev, seal
from kiosk.services import carts, journals, paying
from kiosk.services.paying import PaymentForm
from tests.support.bazaar import close_bazaar, numbers, open_bazaar, open_till
from tests.support.processes import REPOSITORY

PROGRAM = REPOSITORY / "docs/verify_journal.py"


@pytest.fixture
def exported(tmp_path):
    """A real export of a journal with three sales: entries 4, 5 and 6."""
    here = open_bazaar(tmp_path / "till")
    browser = open_till(here)
    for _ in range(3):
        cart = carts.new_cart(here, browser)
        carts.add(here, cart.id, numbers(here)["KRP-TMP"], None)
        paying.pay(here, browser, cart.id, PaymentForm("cash"))
    (path,) = journals.export(here, tmp_path / "usb")
    close_bazaar(here)
    return path


def verify(*paths):
    """Run the program alone: isolated, in an empty environment, knowing nothing of ours."""
    command = [sys.executable, "-I", "-S", str(PROGRAM), *map(str, paths)]
    return subprocess.run(command, capture_output=True, text=True, check=False, env={})


def rewrite(path, change, *, reseal=False):
    """Change an export's entries; with `reseal` the chain is made anew, as a forger would."""
    header, *entries, seal_line, _ = gzip.decompress(path.read_bytes()).split(b"\n")
    document = json.loads(header)
    entries = change(entries)
    document["count"] = len(entries)
    if reseal:
        head = first_prev(document["journal"])
        for stored in entries:
            head = seal(head, stored)
        document["head"] = head.hex()
    lines = [json.dumps(document).encode(), *entries, seal_line, b""]
    path.write_bytes(gzip.compress(b"\n".join(lines)))


def test_a_real_export_holds_and_its_head_is_shown(exported):
    answer = verify(exported)

    head = json.loads(gzip.decompress(exported.read_bytes()).split(b"\n")[0])["head"]
    assert answer.returncode == 0, answer.stderr
    assert f"3 sales, unbroken, none removed. Head {head[:8]}" in answer.stdout
    assert "Not checked: the seal of the device" in answer.stdout


@pytest.mark.parametrize(
    ("change", "fact"),
    [
        (
            lambda all_: [one.replace(b"12500", b"11500") for one in all_],
            "one of entries 1–6 was changed",
        ),
        (lambda all_: [*all_[:4], *all_[5:]], "where entry 5 should stand is entry 6"),
        (
            lambda all_: [*all_[:4], all_[5], all_[4]],
            "where entry 5 should stand is entry 6",
        ),
        (lambda all_: [*all_[:5], b"{}"], "entry 6 is no entry of version 1"),
        (lambda all_: all_[1:], "where entry 1 should stand is entry 2"),
    ],
)
def test_a_changed_removed_or_reordered_entry_is_named(exported, change, fact):
    rewrite(exported, change)

    answer = verify(exported)

    assert answer.returncode == 1
    assert fact in answer.stdout


def test_a_sale_that_does_not_add_up_is_named_though_its_chain_was_made_anew(exported):
    def take_five_thousand(entries):
        sale = json.loads(entries[4])
        sale["body"]["payments"][0]["amount_rp"] -= 5_000
        changed = json.dumps(sale, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return [*entries[:4], changed.encode(), *entries[5:]]

    rewrite(exported, take_five_thousand, reseal=True)

    answer = verify(exported)

    assert answer.returncode == 1
    assert "entry 5: payments of 7500 do not make 12500" in answer.stdout


def test_a_torn_file_and_a_file_of_something_else_are_named(exported, tmp_path):
    exported.write_bytes(exported.read_bytes()[:-20])
    other = tmp_path / "notes.lapak.gz"
    other.write_text("not a journal")

    answer = verify(exported, other)

    assert answer.returncode == 1
    assert f"BROKEN: {exported.name}: part 1: the file ends in the middle" in answer.stdout
    assert f"BROKEN: {other.name}: part 1" in answer.stdout


def test_without_a_file_it_says_how_it_is_used(tmp_path):
    answer = verify()
    nowhere = verify(tmp_path / "none.lapak.gz")

    assert (answer.returncode, nowhere.returncode) == (2, 2)
    assert "python3 verify_journal.py FILE…" in answer.stdout
    assert "No such file" in nowhere.stderr
