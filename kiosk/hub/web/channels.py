"""Channels by their names: the bazaar, the marketplaces the hub knows, and those mapped by hand."""

from typing import Final

TITLES: Final = {
    "tokopedia_tiktok": "Tokopedia & TikTok Shop",
    "shopee": "Shopee",
    "tokopedia_classic": "Tokopedia (Laporan Penjualan)",
    "tokopedia_legacy": "Tokopedia",
    "lazada": "Lazada",
}
CHANNELS: Final = {
    "bazaar": "Bazar",
    "tokopedia": "Tokopedia",
    "tiktok": "TikTok Shop",
    "shopee": "Shopee",
    "lazada": "Lazada",
    "rekap": "Rekap manual",
}
# What a marketplace is often called; any other name is its own.
MARKETPLACES: Final = (
    *(name for key, name in CHANNELS.items() if key not in ("bazaar", "rekap")),
    "Bukalapak",
    "Blibli",
    "WhatsApp",
)


def channel_name(key: str) -> str:
    """Give a channel's name; a marketplace mapped by hand is called as a person called it."""
    return CHANNELS.get(key, key)


def channel_key(name: str) -> str:
    """Give the key of a marketplace by its name, which is the key where the hub knows none."""
    folded = name.casefold()
    known = {title.casefold(): key for key, title in CHANNELS.items()}
    return known.get(folded, next((key for key in CHANNELS if key == folded), name))
