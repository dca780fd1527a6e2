"""The sentences of press texts: a table of its own, because both languages are wanted at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

_SOURCES: Final = {
    "tokopedia_tiktok": "Tokopedia & TikTok Shop",
    "tokopedia_classic": "Tokopedia",
    "tokopedia_legacy": "Tokopedia",
    "shopee": "Shopee",
    "lazada": "Lazada",
}


@dataclass(frozen=True, slots=True)
class PressWords:
    """Every sentence of a press text in one language."""

    million: str
    milliard: str
    decimal_mark: str
    more_than: str
    statuses: Mapping[str, str]
    title: str
    title_none: str
    lead: str
    lead_event: str
    lead_none: str
    who: str
    channels: str
    channel: str
    under_one: str
    last_and: str
    target: str
    over_target: str
    earlier: str
    more: str
    less: str
    same: str
    quote: str
    vendor_quote: str
    note: str
    machines: str
    machine: str
    never: str
    others: str
    files: str
    file: str
    claimed: str
    rules: Mapping[str, str]
    sources: Mapping[str, str]


WORDS: Final[Mapping[str, PressWords]] = {
    "id": PressWords(
        million="juta",
        milliard="miliar",
        decimal_mark=",",
        more_than="lebih dari {amount}",
        statuses={"sementara": "sementara", "final": "final"},
        title="{name}: {units} unit terjual, omzet {omzet} (angka {status})",
        title_none="{name}: belum ada penjualan tercatat (angka {status})",
        lead="{day} – {name} mencatat penjualan {units} unit dengan omzet {omzet} dari {events}"
        " acara, menurut hitungan {status} pukul {time}.",
        lead_event="{day} – {name} mencatat penjualan {units} unit dengan omzet {omzet}, menurut"
        " hitungan {status} pukul {time}.",
        lead_none="{day} – {name} belum mencatat penjualan sampai pukul {time} (angka {status}).",
        who="Sebanyak {vendors} pelaku usaha ikut berjualan, dengan {products} produk yang laku.",
        channels="Menurut salurannya, omzet datang dari {channels}.",
        channel="{channel} {omzet} ({per_cent} persen)",
        under_one="kurang dari 1",
        last_and=" dan ",
        target="Capaian itu {per_cent} persen dari target {target}.",
        over_target="Capaian itu memenuhi target {target} ({per_cent} persen).",
        earlier="Pada acara sebelumnya, {name}, terjual {units} unit dengan omzet {omzet};"
        " kali ini omzet {trend}.",
        more="naik {per_cent} persen",
        less="turun {per_cent} persen",
        same="hampir sama",
        quote="“[KUTIPAN],” kata [NAMA], [JABATAN].",
        vendor_quote="“[KUTIPAN PELAKU USAHA],” ujar [NAMA], pemilik [NAMA LAPAK].",
        note="Catatan: ini angka {status} versi {n}, per {moment}.",
        machines="{complete} dari {count} mesin kasir sudah lengkap",
        machine="{name} terakhir mengirim {when}",
        never="belum pernah",
        others="{count} mesin lain juga belum lengkap",
        files="Pesanan daring dihitung dari data {files}.",
        file="{source} per {moment}",
        claimed="Di dalamnya ada pembayaran QRIS {amount} yang masih menunggu konfirmasi.",
        rules={
            "sementara": "Angka sementara menghitung pesanan yang sudah dibayar dan tidak"
            " dibatalkan, sehingga masih dapat berubah.",
            "final": "Angka final menghitung pesanan yang sudah selesai, dikurangi retur.",
        },
        sources=_SOURCES,
    ),
    "en": PressWords(
        million="million",
        milliard="billion",
        decimal_mark=".",
        more_than="more than {amount}",
        statuses={"sementara": "provisional", "final": "final"},
        title="{name}: {units} units sold for {omzet} ({status} figures)",
        title_none="{name}: no sales recorded yet ({status} figures)",
        lead="{day} – {name} sold {units} units with a turnover of {omzet} at {events} events,"
        " according to the {status} count at {time}.",
        lead_event="{day} – {name} sold {units} units with a turnover of {omzet}, according to"
        " the {status} count at {time}.",
        lead_none="{day} – {name} had recorded no sales by {time} ({status} figures).",
        who="{vendors} small businesses took part, selling {products} different products.",
        channels="By channel, the turnover came from {channels}.",
        channel="{channel} with {omzet} ({per_cent} per cent)",
        under_one="under 1",
        last_and=" and ",
        target="That is {per_cent} per cent of the target of {target}.",
        over_target="That meets the target of {target} ({per_cent} per cent).",
        earlier="The event before, {name}, sold {units} units with a turnover of {omzet}; this"
        " time turnover {trend}.",
        more="rose by {per_cent} per cent",
        less="fell by {per_cent} per cent",
        same="was about the same",
        quote="“[QUOTE],” said [NAME], [POSITION].",
        vendor_quote="“[QUOTE OF A VENDOR],” said [NAME], owner of [STALL].",
        note="Note: these are {status} figures, version {n}, as of {moment}.",
        machines="{complete} of {count} tills are complete",
        machine="{name} last reported {when}",
        never="never",
        others="{count} more are not complete yet",
        files="Online orders are counted from {files}.",
        file="{source} as of {moment}",
        claimed="They include QRIS payments of {amount} that are still to be confirmed.",
        rules={
            "sementara": "Provisional figures count orders that are paid and not cancelled, and"
            " may still change.",
            "final": "Final figures count completed orders less returns.",
        },
        sources=_SOURCES,
    ),
}
