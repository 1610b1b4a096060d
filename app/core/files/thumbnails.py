"""Small pictures of pictures: upright as the camera saw them, without what a camera writes into its files."""

from __future__ import annotations

import warnings
from io import BytesIO
from threading import Lock
from typing import BinaryIO

from PIL import Image, ImageOps

from ..refusals import Refusal

EDGE = 360
MOST_PIXELS = 200_000_000
"""More than any phone's camera gives; beyond it a small file can fill the memory of whoever opens it."""
MOST_PIXELS_DRAWN = 60_000_000
"""Larger ones are kept and shown without a small picture: an ageing PC could not draw them."""
FORMATS = ("JPEG", "PNG", "WEBP")
_DAMAGE = (OSError, SyntaxError, ValueError, TypeError, IndexError, KeyError, EOFError, ArithmeticError)
"""What Pillow's readers raise on a broken file."""
_one_at_a_time = Lock()

Image.MAX_IMAGE_PIXELS = MOST_PIXELS
warnings.filterwarnings("error", category=Image.DecompressionBombWarning)


def thumbnail(file: BinaryIO, name: str) -> bytes | Refusal | None:
    """The small picture as JPEG; None where the picture is too large to be drawn; a refusal where it is broken or a bomb."""
    file.seek(0)
    try:
        with _one_at_a_time, Image.open(file, formats=FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS_DRAWN:
                return None
            picture.draft("RGB", (EDGE * 2, EDGE * 2))
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((EDGE, EDGE))
            return _as_jpeg(upright)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return Refusal("file_bomb", None, {"name": name})
    except _DAMAGE:
        return Refusal("file_damaged", None, {"name": name})


def _as_jpeg(picture: Image.Image) -> bytes:
    """On white where it was transparent, and painted anew: nothing of the camera's notes comes along."""
    clean = Image.new("RGB", picture.size, "white")
    if picture.has_transparency_data:
        coloured = picture.convert("RGBA")
        clean.paste(coloured, mask=coloured.getchannel("A"))
    else:
        clean.paste(picture.convert("L" if picture.mode.startswith(("I", "F")) else "RGB"))
    written = BytesIO()
    clean.save(written, "JPEG", quality=80, optimize=True)
    return written.getvalue()
