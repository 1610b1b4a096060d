"""Small pictures: upright, small, and silent about the camera."""

from __future__ import annotations

import zlib
from io import BytesIO
from unittest.mock import patch

import pytest
from PIL import Image

from app.core.files import thumbnails
from app.core.files.thumbnails import EDGE, thumbnail
from app.core.refusals import Refusal
from tests.support.files import PDF, picture


def drawn(content: bytes) -> Image.Image:
    small = thumbnail(BytesIO(content), "x")
    assert isinstance(small, bytes)
    return Image.open(BytesIO(small))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_becomes_small(kind: str) -> None:
    small = drawn(picture(kind, (1600, 1200)))
    assert (small.format, small.size) == ("JPEG", (EDGE, EDGE * 3 // 4))


def test_a_phone_held_upright_gives_an_upright_picture_that_does_not_tell_the_camera() -> None:
    content = picture(size=(1600, 1200), turned=True)
    assert b"serial-4711" in content
    small = drawn(content)
    assert small.size == (EDGE * 3 // 4, EDGE)
    assert not small.getexif()
    assert "exif" not in small.info


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_scans_of_every_depth_are_drawn(mode: str) -> None:
    written = BytesIO()
    Image.new(mode, (40, 30)).save(written, "PNG")
    assert drawn(written.getvalue()).size == (40, 30)


def test_what_is_transparent_is_white() -> None:
    written = BytesIO()
    Image.new("RGBA", (40, 30), (0, 0, 0, 0)).save(written, "PNG")
    assert drawn(written.getvalue()).convert("RGB").getpixel((5, 5)) == (255, 255, 255)


def test_a_print_shops_jpeg_is_drawn() -> None:
    written = BytesIO()
    Image.new("CMYK", (40, 30)).save(written, "JPEG")
    assert drawn(written.getvalue()).mode == "RGB"


@pytest.mark.parametrize("content", [picture()[:400], picture("PNG")[:60], picture("WEBP")[:40], b"\xff\xd8\xff" + bytes(90), PDF])
def test_a_broken_picture_is_refused(content: bytes) -> None:
    assert thumbnail(BytesIO(content), "坏.jpg") == Refusal("file_damaged", None, {"name": "坏.jpg"})


@pytest.mark.parametrize("edge", [15_000, 60_000])
def test_a_small_file_of_endless_pixels_is_a_bomb(edge: int) -> None:
    head = picture("PNG", (8, 8))
    bomb = head[:16] + edge.to_bytes(4, "big") * 2 + head[24:]
    crc = zlib.crc32(bomb[12:29]).to_bytes(4, "big")
    assert thumbnail(BytesIO(bomb[:29] + crc + bomb[33:]), "炸.png") == Refusal("file_bomb", None, {"name": "炸.png"})


def test_a_huge_scan_is_kept_without_a_small_picture() -> None:
    with patch.object(thumbnails, "MOST_PIXELS_DRAWN", 1000):
        assert thumbnail(BytesIO(picture()), "大.jpg") is None
