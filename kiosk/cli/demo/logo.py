"""The demonstration's logo: a basket under a leaf, drawn here and nobody's mark."""

import io

_SIZE = (240, 120)


def logo_picture() -> bytes:
    """Give the logo as a PNG picture in greys."""
    from PIL import Image, ImageDraw  # noqa: PLC0415 - once, when the demonstration is made

    sheet = Image.new("L", _SIZE, 255)
    pen = ImageDraw.Draw(sheet)
    pen.ellipse((84, 4, 130, 44), fill=120)
    pen.polygon([(120, 44), (170, 6), (176, 34)], fill=60)
    pen.arc((78, 24, 162, 100), 180, 360, fill=0, width=6)
    pen.polygon([(60, 60), (180, 60), (164, 114), (76, 114)], fill=0)
    for left in range(78, 170, 16):
        pen.line((left, 62, left + 4, 112), fill=255, width=2)
    for top in (76, 92):
        pen.line((64, top, 176, top), fill=255, width=2)
    target = io.BytesIO()
    sheet.save(target, "PNG")
    return target.getvalue()
