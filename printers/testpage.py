"""The page that shows what a printer is and can do, to be answered by looking at the paper.

It makes the printer try everything, whatever its profile says: each ruler, the letters of
each code page, a QR code of its own, a cut. Its words fit the narrowest paper, so that they
can be read although the profile is wrong. Its drawer is tried apart, by who may open it.
"""

from dataclasses import dataclass
from typing import Final, Literal

from printers.elements import Cut, Document, Heading, Text, Trial
from printers.profiles import Profile
from printers.trial import CODE_PAGE_TRIALS

TestLanguage = Literal["id", "en"]
_NARROWEST: Final = 32


@dataclass(frozen=True, slots=True)
class TestWords:
    """The page's own words in one language; the letters A, B, C are the answers' names."""

    title: str
    profile: str
    columns: str
    rulers: str
    letters: str
    pictured: str
    printed: str
    cut: str
    end: str


WORDS: Final[dict[TestLanguage, TestWords]] = {
    "id": TestWords(
        title="HALAMAN UJI",
        profile="Jenis",
        columns="kolom",
        rulers="Baris terpanjang yang utuh:",
        letters="Baris mana hurufnya benar?",
        pictured="QR 1, digambar:",
        printed="QR 2, oleh printer:",
        cut="Kertas dipotong sesudah ini:",
        end="Selesai. Jawab di layar.",
    ),
    "en": TestWords(
        title="TEST PAGE",
        profile="Kind",
        columns="columns",
        rulers="The longest line in one piece:",
        letters="Which line's letters are right?",
        pictured="QR 1, drawn:",
        printed="QR 2, by the printer:",
        cut="The paper is cut after this:",
        end="The end. Answer on the screen.",
    ),
}


def page(profile: Profile, printer: str, language: TestLanguage = "id") -> Document:
    """Lay down the page for a printer under the name people call it."""
    words = WORDS[language]
    return Document(
        (
            Heading(words.title, 2),
            Heading(printer),
            Text(f"{words.profile}: {profile.key}, {profile.columns} {words.columns}"),
            Text("-" * _NARROWEST),
            Text(words.rulers),
            Text("A 32"),
            Trial("ruler-32"),
            Text("B 42"),
            Trial("ruler-42"),
            Text("C 48"),
            Trial("ruler-48"),
            Text("-" * _NARROWEST),
            Text("ABCDEFGHIJKLMNOPQRSTUVWXYZ abcdefghijklmnopqrstuvwxyz 0123456789"),
            Text("! \" # $ % & ' ( ) * + , - . / : ; < = > ? @ [ \\ ] ^ _ ` { | } ~"),
            Text("Rp 5.000", bold=True, size=2),
            Text(words.letters),
            *(Trial(name) for name in CODE_PAGE_TRIALS),
            Text("-" * _NARROWEST),
            Text(words.pictured),
            Trial("qr-picture"),
            Text(words.printed),
            Trial("qr-printer"),
            Text(words.cut),
            Cut(),
            *(() if profile.has_cutter else (Trial("cut"),)),
            Text(words.end),
            Cut(),
        )
    )
