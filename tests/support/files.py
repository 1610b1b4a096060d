"""Files as an office sends them, and as it should not: small ones, made on the spot."""

from __future__ import annotations

import struct
import zipfile
from io import BytesIO

from PIL import Image

WORD_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
SHEET_MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
LOCKED_PDF = PDF.replace(b"/Root 1 0 R", b"/Root 1 0 R/Encrypt 3 0 R")
_ORIENTATION, _CAMERA, _SERIAL = 0x0112, 0x0110, 0xA431


def picture(kind: str = "JPEG", size: tuple[int, int] = (640, 480), colour: str = "#9f1d20", turned: bool = False) -> bytes:
    """A picture; `turned`: taken with the phone held upright, its file says so and names the camera."""
    written = BytesIO()
    exif = Image.Exif()
    if turned:
        exif[_ORIENTATION], exif[_CAMERA], exif[_SERIAL] = 6, "秘密相机", "serial-4711"
    Image.new("RGB", size, colour).save(written, kind, exif=exif)
    return written.getvalue()


def office(main: str, **parts: bytes) -> bytes:
    """An Office file of today: a zip whose list of parts names its main one."""
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", f'<Types><Override PartName="/main.xml" ContentType="{main}"/></Types>')
        for name, content in parts.items():
            package.writestr(name.replace("__", "/"), content)
    return written.getvalue()


def archive(**parts: bytes) -> bytes:
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return written.getvalue()


def compound(*streams: str) -> bytes:
    """An older Office container with up to three empty streams of these names."""
    free, end, fat = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, end, 0, end, 0) + struct.pack("<109I", 0, *[free] * 108)
    entries = [_entry("Root Entry", 5, free, 1 if streams else free)]
    entries += [_entry(name, 2, index + 2 if index + 1 < len(streams) else free, free) for index, name in enumerate(streams)]
    entries += [bytes(128)] * (4 - len(entries))
    return header + struct.pack("<128I", fat, end, *[free] * 126) + b"".join(entries)


def _entry(name: str, kind: int, right: int, child: int) -> bytes:
    written = name.encode("utf-16-le") + b"\0\0"
    links = struct.pack("<HBBIII", len(written), kind, 1, 0xFFFFFFFF, right, child)
    return written.ljust(64, b"\0") + links + bytes(36) + struct.pack("<IQ", 0xFFFFFFFE, 0)
