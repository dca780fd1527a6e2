"""The words that lie in a *berkas bukti*, for whoever opens it without this program."""

from typing import Final

README: Final = """\
BERKAS BUKTI – versi {n}
Program : {campaign}
Tentang : {event}
Dibekukan: {at} (teks memakai angka {status})

  sementara: {units} unit, omzet Rp{omzet_rp}
  final    : {units_final} unit, omzet Rp{omzet_final_rp}

Sidik versi (SHA-256 dari angka.json lalu pesanan.jsonl):
  {sha256}

Isi
  angka.json         semua angka saat dibekukan, beserta nama, aturan, mesin, dan berkas impor
  pesanan.jsonl      semua pesanan daring yang dihitung saat itu, tanpa data pembeli
  aturan.txt         arti angkanya
  tabel/*.csv        angka yang sama sebagai tabel; imports.csv = berkas marketplace dan
                     SHA-256-nya; matches.csv = produk marketplace dihitung sebagai produk apa
                     rekaps.csv = total yang diketik dari kertas; buktinya ada di rekap/
  jurnal/*.lapak.gz  catatan tiap mesin kasir, byte demi byte seperti diterima, sampai saat beku
  jejak/audit.csv    siapa mengubah apa dan kapan; review.csv = catatan yang janggal dan
                     keputusannya; claims.csv = keputusan atas pembayaran QRIS yang diklaim
  siaran-pers-*.txt  teks siaran pers versi ini
  verify_journal.py  pemeriksa jurnal; hanya butuh Python 3
  SHA256SUMS         sidik setiap berkas

Cara memeriksa
  1. sha256sum -c SHA256SUMS
  2. cat angka.json pesanan.jsonl | sha256sum      → harus sama dengan sidik versi di atas
  3. python3 verify_journal.py jurnal/*.lapak.gz   → “unbroken, none removed” untuk tiap jurnal
  4. Bandingkan kepala jurnal di bawah ini dengan laporan tutup kasir (Z) atau layar mesin.
  Segel di jurnal/ dibuat oleh hub dengan sidik versi sebagai kunci; segel perangkat sudah
  diperiksa hub saat data diterima.

Kepala jurnal (jurnal, jumlah catatan, hash terakhir)
{heads}
---
EVIDENCE FILE – version {n}
The figures frozen at {at}, with everything they were made of. angka.json holds all figures
with names, rules, machines and imported files; pesanan.jsonl the online orders counted then,
without buyers' data; tabel/ the same as tables; jurnal/ each till's entries byte for byte as
they were received, up to that moment; jejak/ who changed what, what was strange and what was
decided. Check it with the four steps above: the checksums, the version's fingerprint, the
journals with verify_journal.py (Python 3 alone), and the heads against closing reports.
The seals in jurnal/ are made by the hub with the version's fingerprint as their key; the
devices' own seals were checked when the entries arrived.
"""
