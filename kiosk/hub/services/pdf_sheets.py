"""PDF reports: headings, facts, tables and charts on A4, and nothing of what they are about.

The standard fonts are used, which every reader has, so a report is some kilobytes; a letter
they have not got is written without its mark, or as a question mark. Charts are drawn with
their numbers beside them, so that they can be read without colour.
"""

import io
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from xml.sax.saxutils import escape

from kiosk.domain.money import format_amount

_INK: Final = "#1c1b16"
_MUTED: Final = "#5a584c"
_LINE: Final = "#c9c5b6"
_ACCENT: Final = "#15572f"
_SUNKEN: Final = "#f1eee4"
_MARGIN: Final = 48
_WIDTH: Final = 595.28 - 2 * _MARGIN
_LANDSCAPE_WIDTH: Final = 841.89 - 2 * _MARGIN
_PADDING: Final = 6
_SIZE: Final = 9
_CELL: Final = 8
_CELL_PADDING: Final = 3
_LEADING: Final = 1.3
_BAR: Final = 15
_AIR: Final = 5
_MOST_LETTERS: Final = 34


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of a report; whole numbers stand right, `widths` are shares of the page."""

    head: Sequence[str]
    rows: Sequence[Sequence[str | int]]
    widths: Sequence[int]
    last_is_total: bool = False


@dataclass(slots=True)
class PdfReport:
    """A report as it grows; `build` gives its bytes."""

    title: str
    foot: str
    language: str = "id"
    landscape: bool = False
    _story: list[Any] = field(default_factory=list)

    @property
    def width(self) -> float:
        """The width between the margins, in points."""
        return _LANDSCAPE_WIDTH if self.landscape else _WIDTH

    def heading(self, text: str, above: str = "") -> None:
        """Add the report's own heading, with a line above it."""
        if above:
            self._paragraph(above, size=_SIZE, colour=_MUTED, after=2)
        self._paragraph(text, size=20, bold=True, after=6)

    def section(self, text: str) -> None:
        """Begin a part."""
        self._paragraph(text, size=12, bold=True, before=12, after=4, keep=True)

    def text(self, text: str, *, quiet: bool = False) -> None:
        """Add a paragraph."""
        self._paragraph(text, size=_SIZE, colour=_MUTED if quiet else _INK, after=4)

    def figures(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Add large figures beside each other, each under its word."""
        from reportlab.platypus import Table  # noqa: PLC0415 - loaded only where a PDF is made

        words = [self._made(label, size=8, colour=_MUTED) for label, _value in pairs]
        values = [self._made(value, size=15, bold=True) for _label, value in pairs]
        table = Table([words, values], colWidths=[self.width / len(pairs)] * len(pairs))
        table.setStyle(
            [
                ("BACKGROUND", (0, 0), (-1, -1), _SUNKEN),
                ("TOPPADDING", (0, 0), (-1, 0), 8),
                ("BOTTOMPADDING", (0, 1), (-1, 1), 10),
            ]
        )
        self._add(table)

    def table(self, sheet: Sheet) -> None:
        """Add a table; its head stands on every page it runs over."""
        from reportlab.platypus import Table  # noqa: PLC0415 - as above

        last = len(sheet.rows)
        whole = sum(sheet.widths)
        widths = [self.width * part / whole for part in sheet.widths]
        numbers = {n for row in sheet.rows for n, cell in enumerate(row) if isinstance(cell, int)}
        cells = [
            [
                self._cell(cell, widths[n], bold=place == 0, right=n in numbers)
                for n, cell in enumerate(row)
            ]
            for place, row in enumerate([sheet.head, *sheet.rows])
        ]
        style: list[tuple[Any, ...]] = [
            ("FONT", (0, 0), (-1, -1), "Helvetica", _CELL, _CELL * _LEADING),
            ("FONT", (0, 0), (-1, 0), "Helvetica-Bold", _CELL, _CELL * _LEADING),
            ("TEXTCOLOR", (0, 0), (-1, -1), _INK),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LINEBELOW", (0, 0), (-1, 0), 0.8, _INK),
            ("LINEBELOW", (0, 1), (-1, -1), 0.3, _LINE),
            ("TOPPADDING", (0, 0), (-1, -1), _CELL_PADDING),
            ("BOTTOMPADDING", (0, 0), (-1, -1), _CELL_PADDING),
            ("LEFTPADDING", (0, 0), (-1, -1), _CELL_PADDING),
            ("RIGHTPADDING", (0, 0), (-1, -1), _CELL_PADDING),
        ]
        style += [("ALIGN", (n, 0), (n, -1), "RIGHT") for n in numbers]
        if sheet.last_is_total and sheet.rows:
            style.append(("LINEABOVE", (0, last), (-1, last), 0.8, _INK))
            style.append(("FONTNAME", (0, last), (-1, last), "Helvetica-Bold"))
        table = Table(cells, colWidths=widths, repeatRows=1)
        table.setStyle(style)
        self._add(table)

    def bars(self, rows: Sequence[tuple[str, int]], unit: str = "Rp") -> None:
        """Add a chart of lying bars, each with its name and its number; largest first."""
        self._story.append(_bars(rows, unit, self.width))

    def columns(self, rows: Sequence[tuple[str, int]]) -> None:
        """Add a chart of standing columns, e.g. the hours of a day, in the order given."""
        self._story.append(_columns(rows, self.width))

    def _add(self, part: Any) -> None:
        """Add a part with a little air under it."""
        from reportlab.platypus import Spacer  # noqa: PLC0415 - as above

        self._story += [part, Spacer(0, _AIR)]

    def new_page(self) -> None:
        """Go on on a new page."""
        from reportlab.platypus import PageBreak  # noqa: PLC0415 - as above

        self._story.append(PageBreak())

    def build(self) -> bytes:
        """Give the PDF; the same report gives the same bytes."""
        from reportlab.lib.pagesizes import A4, landscape  # noqa: PLC0415 - as above
        from reportlab.platypus import SimpleDocTemplate  # noqa: PLC0415 - as above

        out = io.BytesIO()
        document = SimpleDocTemplate(
            out,
            pagesize=landscape(A4) if self.landscape else A4,
            # A frame is padded; tables are not.
            leftMargin=_MARGIN - _PADDING,
            rightMargin=_MARGIN - _PADDING,
            topMargin=_MARGIN,
            bottomMargin=_MARGIN,
            title=printable(self.title),
            author="Lapak",
            lang=self.language,
            invariant=1,
        )
        document.build(self._story, onFirstPage=self._foot, onLaterPages=self._foot)
        return out.getvalue()

    def _foot(self, canvas: Any, document: Any) -> None:
        canvas.setFont("Helvetica", 7.5)
        canvas.setFillColor(_MUTED)
        canvas.drawString(_MARGIN, 26, printable(self.foot)[:150])
        canvas.drawRightString(_MARGIN + self.width, 26, str(document.page))

    def _cell(self, cell: str | int, width: float, *, bold: bool, right: bool) -> Any:
        """Give a cell as a text where it fits, which is ten times as quick as a paragraph."""
        from reportlab.pdfbase.pdfmetrics import stringWidth  # noqa: PLC0415 - as above

        text = format_amount(cell) if isinstance(cell, int) else printable(cell)
        if stringWidth(text, "Helvetica-Bold", _CELL) <= width - 2 * _CELL_PADDING:
            return text
        return self._made(text, size=_CELL, bold=bold, right=right)

    def _paragraph(self, text: str, **style: Any) -> None:
        self._story.append(self._made(text, **style))

    def _made(
        self,
        text: str,
        *,
        size: int,
        bold: bool = False,
        right: bool = False,
        colour: str = _INK,
        before: int = 0,
        after: int = 0,
        keep: bool = False,
    ) -> Any:
        from reportlab.lib.styles import ParagraphStyle  # noqa: PLC0415 - as above
        from reportlab.platypus import Paragraph  # noqa: PLC0415 - as above

        style = ParagraphStyle(
            "lapak",
            fontName="Helvetica-Bold" if bold else "Helvetica",
            fontSize=size,
            leading=size * _LEADING,
            textColor=colour,
            alignment=2 if right else 0,
            spaceBefore=before,
            spaceAfter=after,
            keepWithNext=keep,
        )
        return Paragraph(escape(printable(text)), style)


def printable(text: str) -> str:
    """Give a text in letters that the standard fonts have: without its marks, else `?`."""
    return "".join(_letter(one) for one in unicodedata.normalize("NFC", text) if one.isprintable())


def _letter(one: str) -> str:
    try:
        one.encode("cp1252")
    except UnicodeEncodeError:
        plain = unicodedata.normalize("NFKD", one).encode("ascii", "ignore").decode("ascii")
        return plain or "?"
    return one


def _bars(rows: Sequence[tuple[str, int]], unit: str, width: float) -> Any:
    from reportlab.graphics.shapes import Drawing, Rect, String  # noqa: PLC0415 - as above

    height = max(1, len(rows)) * _BAR
    drawing = Drawing(width, height)
    most = max((abs(value) for _name, value in rows), default=0) or 1
    left, right = 170.0, 90.0
    for n, (name, value) in enumerate(rows):
        y = height - (n + 1) * _BAR + 3
        short = name if len(name) <= _MOST_LETTERS else f"{name[: _MOST_LETTERS - 1]}…"
        drawing.add(String(0, y + 2, printable(short), fontName="Helvetica", fontSize=8))
        length = max(0.0, (width - left - right) * value / most)
        drawing.add(Rect(left, y, length, _BAR - 6, fillColor=_colour(_ACCENT), strokeColor=None))
        number = f"{unit}{format_amount(value)}"
        drawing.add(
            String(width, y + 2, number, fontName="Helvetica", fontSize=8, textAnchor="end")
        )
    return drawing


def _columns(rows: Sequence[tuple[str, int]], width: float) -> Any:
    from reportlab.graphics.shapes import Drawing, Rect, String  # noqa: PLC0415 - as above

    height, foot, head = 120.0, 14.0, 12.0
    drawing = Drawing(width, height)
    most = max((value for _name, value in rows), default=0) or 1
    step = min(width / max(1, len(rows)), 46.0)
    for n, (name, value) in enumerate(rows):
        x = n * step
        tall = max(0.0, (height - foot - head) * value / most)
        bar = Rect(x + 3, foot, step - 6, tall, fillColor=_colour(_ACCENT), strokeColor=None)
        drawing.add(bar)
        middle = x + step / 2
        for y, words in ((3.0, printable(name)), (foot + tall + 2, format_amount(value))):
            drawing.add(
                String(middle, y, words, fontName="Helvetica", fontSize=7, textAnchor="middle")
            )
    return drawing


def _colour(text: str) -> Any:
    from reportlab.lib.colors import HexColor  # noqa: PLC0415 - as above

    return HexColor(text)
