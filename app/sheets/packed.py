"""The zip that an xlsx is, looked through before a reader sees it.

The reader believes what the zip says of itself. So the parts are unpacked here, counted, and packed anew without compression; what
the reader gets is what was counted, and pictures, drawings and links to elsewhere never reach it.
"""

import re
import zlib
from io import BytesIO
from typing import Final
from zipfile import ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from app.sheets.grid import MOST_ENTRIES, MOST_RATIO, MOST_UNPACKED, Unreadable

_READ: Final = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|xl/(?:workbook|styles|sharedStrings)\.xml|xl/_rels/workbook\.xml\.rels"
    r"|xl/(?:work|chart|dialog|macro)sheets/(?:_rels/)?[^/]+",
    re.IGNORECASE,
)
_WORKBOOK: Final = "xl/workbook.xml"
_SMALL: Final = 1024 * 1024
_CHUNK: Final = 1024 * 1024


def repacked(content: bytes) -> bytes:
    """The same workbook with only the parts that hold its cells."""
    target = BytesIO()
    try:
        with ZipFile(BytesIO(content)) as archive, ZipFile(target, "w", ZIP_STORED) as clean:
            entries = archive.infolist()
            _look_through(entries)
            left = MOST_UNPACKED
            for entry in entries:
                if _READ.fullmatch(entry.filename.replace("\\", "/")):
                    data = _unpacked(archive, entry, left)
                    left -= len(data)
                    clean.writestr(ZipInfo(entry.filename.replace("\\", "/")), data)
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError, RuntimeError, UnicodeError):
        raise Unreadable("broken") from None
    return target.getvalue()


def _look_through(entries: list[ZipInfo]) -> None:
    names = {entry.filename.replace("\\", "/").lower() for entry in entries}
    if len(entries) > MOST_ENTRIES or len(names) < len(entries):
        raise Unreadable("bomb", entries=len(entries))
    if any(name.endswith("vbaproject.bin") for name in names):
        raise Unreadable("macro")
    if _WORKBOOK not in names:
        raise Unreadable("macro" if "xl/workbook.bin" in names else "not_a_workbook", found="package")
    if any(entry.flag_bits & 1 for entry in entries):
        raise Unreadable("encrypted")
    declared = sum(entry.file_size for entry in entries)
    if declared > MOST_UNPACKED or any(
        entry.file_size > _SMALL and entry.file_size > MOST_RATIO * max(entry.compress_size, 1) for entry in entries
    ):
        raise Unreadable("bomb", bytes=declared, most=MOST_UNPACKED)


def _unpacked(archive: ZipFile, entry: ZipInfo, most: int) -> bytes:
    """One part, counted while it grows: the directory may have lied."""
    parts: list[bytes] = []
    size = 0
    with archive.open(entry) as stream:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            if size > most:
                raise Unreadable("bomb", bytes=size, most=MOST_UNPACKED)
            parts.append(chunk)
    return b"".join(parts)
