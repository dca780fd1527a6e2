"""The *berkas bukti*: whoever opens it half a year later checks it with Python alone."""

import hashlib
import io
import subprocess
import sys
import zipfile

from kiosk.hub.services.evidence import write_evidence
from kiosk.hub.services.ingest import receive_segment
from kiosk.hub.services.versions import freeze
from tests.hub.services.building import CAMPAIGN, KEYS, Journal, line, sale, set_up


def opened(store, version):
    out = io.BytesIO()
    write_evidence(store, CAMPAIGN, version, {"id": "Siaran pers"}, out)
    return zipfile.ZipFile(out)


def test_a_version_can_be_checked_without_the_program(store, clock, tmp_path):
    set_up(store)
    journal = Journal()
    for _ in range(3):
        journal.add("sale", sale([line(qty=2)]))
    receive_segment(store, clock, KEYS, journal.segment())
    version = freeze(store, clock, "", CAMPAIGN, "", "sementara")
    journal.add("sale", sale([line(qty=50)]))
    receive_segment(store, clock, KEYS, journal.segment(5))

    archive = opened(store, version)
    archive.extractall(tmp_path)

    name = next(one for one in archive.namelist() if one.startswith("jurnal/"))
    checked = subprocess.run(
        [sys.executable, str(tmp_path / "verify_journal.py"), str(tmp_path / name)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (checked.returncode, "3 sales, unbroken" in checked.stdout) == (0, True)
    sums = dict(text.split("  ")[::-1] for text in archive.read("SHA256SUMS").decode().splitlines())
    assert {hashlib.sha256(archive.read(one)).hexdigest() == sums[one] for one in sums} == {True}
    assert sums.keys() == set(archive.namelist()) - {"SHA256SUMS"}
    whole = archive.read("angka.json") + archive.read("pesanan.jsonl")
    assert hashlib.sha256(whole).hexdigest() == version.sha256
    assert "6 unit, omzet Rp72000" in archive.read("BACA-INI.txt").decode()
    assert "Wedang Sari" in archive.read("tabel/vendor.csv").decode()
