"""A black-and-white picture in printer order: one bit a dot, rows padded to whole bytes."""

import re
import struct
import zlib
from dataclasses import dataclass
from typing import Final

_INVERTED: Final = bytes(255 - value for value in range(256))
_HEAD: Final = re.compile(
    rb"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR(.{8})\x01\0\0\0\0.{4}(.{4})IDAT", re.DOTALL
)
MOST_PNG_BYTES: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Bitmap:
    """`rows` holds `height` rows of `width_bytes` bytes; a set bit is a black dot."""

    width_bytes: int
    height: int
    rows: bytes

    def __post_init__(self) -> None:
        if len(self.rows) != self.width_bytes * self.height:
            raise ValueError(f"{len(self.rows)} bytes are not {self.width_bytes}×{self.height}")

    @property
    def width(self) -> int:
        """Width in dots, a multiple of eight."""
        return self.width_bytes * 8

    def centred_on(self, paper_dots: int) -> int:
        """Give where its left edge stands in the middle of the paper, in dots."""
        return max(0, (paper_dots - self.width) // 2)

    def placed(self, left: int, paper_dots: int) -> "Bitmap":
        """Put it on white ground as wide as the paper, its left edge at `left` dots."""
        width_bytes = (paper_dots + 7) // 8
        shift = width_bytes * 8 - left - self.width
        rows = (
            int.from_bytes(self.rows[start : start + self.width_bytes], "big") << max(0, shift)
            for start in range(0, len(self.rows), self.width_bytes)
        )
        return Bitmap(
            width_bytes, self.height, b"".join(row.to_bytes(width_bytes, "big") for row in rows)
        )

    @classmethod
    def from_png(cls, png: bytes) -> "Bitmap":
        """Read what `to_png` writes, of any zlib; raises ValueError for every other kind.

        It needs no picture library, and what it takes apart is bounded by what its head says.
        """
        head = _HEAD.match(png)
        if head is None:
            raise ValueError("this is no PNG of black and white dots")
        width, height = struct.unpack(">II", head[1])
        width_bytes = width // 8
        step = 1 + width_bytes
        if width % 8 or not 0 < step * height <= MOST_PNG_BYTES:
            raise ValueError(f"a picture of {width}×{height} dots is not read here")
        (length,) = struct.unpack(">I", head[2])
        decompressor = zlib.decompressobj()
        try:
            scanlines = decompressor.decompress(
                png[head.end() : head.end() + length], step * height
            )
        except zlib.error as error:
            raise ValueError("the picture is broken inside") from error
        rows = b"".join(
            scanlines[start + 1 : start + step].translate(_INVERTED)
            for start in range(0, len(scanlines), step)
        )
        return cls(width_bytes, height, rows)

    def to_png(self) -> bytes:
        """Encode as a PNG of one grey bit a pixel, the same bytes every time."""
        step = self.width_bytes
        white_is_set = self.rows.translate(_INVERTED)
        scanlines = b"".join(
            b"\0" + white_is_set[start : start + step] for start in range(0, len(self.rows), step)
        )
        head = struct.pack(">IIBBBBB", self.width, self.height, 1, 0, 0, 0, 0)
        return (
            b"\x89PNG\r\n\x1a\n"
            + _chunk(b"IHDR", head)
            + _chunk(b"IDAT", zlib.compress(scanlines, 9))
            + _chunk(b"IEND", b"")
        )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
