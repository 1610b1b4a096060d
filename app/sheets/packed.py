"""The zip that an xlsx is, looked through before a reader sees it.

The reader believes what the zip says of itself. So the parts are unpacked here, counted, and packed anew without compression; what
the reader gets is what was counted, and pictures, drawings and links to elsewhere never reach it.
"""

import re
import zlib
from io import BytesIO
from struct import error as StructError
from typing import Final
from zipfile import ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from app.sheets.grid import MOST_CELLS, MOST_ENTRIES, MOST_RATIO, MOST_UNPACKED, Unreadable
from app.sheets.measured import lengths_of, measure, without_count

_READ: Final = re.compile(r"\[content_types\]\.xml|_rels/\.rels|xl/(?:workbook|styles|sharedstrings)\.xml|xl/_rels/workbook\.xml\.rels")
_SHEETS: Final = re.compile(r"xl/[^/]*sheets?/[^/]+\.xml")
_WORKBOOK: Final = "xl/workbook.xml"
_STRINGS: Final = "xl/sharedstrings.xml"
_SMALL: Final = 1024 * 1024
_CHUNK: Final = 1024 * 1024
_BROKEN: Final = (BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError, RuntimeError, StructError)


def repacked(content: bytes) -> tuple[BytesIO, int]:
    """The same workbook with only the parts that hold its cells, and how many of them hold a sheet."""
    target = BytesIO()
    try:
        with ZipFile(BytesIO(content)) as archive, ZipFile(target, "w", ZIP_STORED) as clean:
            parts = _parts(archive)
            lengths = lengths_of(parts.get(_STRINGS, b""))
            areas = [measure(data, lengths) for name, data in parts.items() if _SHEETS.fullmatch(name)]
            if sum(areas) > MOST_CELLS:
                raise Unreadable("too_many_cells", cells=sum(areas), most=MOST_CELLS)
            for name in list(parts):
                data = parts.pop(name)
                clean.writestr(ZipInfo(name), without_count(data) if name == _STRINGS else data)
    except _BROKEN:
        raise Unreadable("broken") from None
    target.seek(0)
    return target, len(areas)


def _parts(archive: ZipFile) -> dict[str, bytes]:
    """The parts that hold cells, under their names in small letters (the reader looks for them so), unpacked."""
    entries = {entry.filename.replace("\\", "/").lower().lstrip("/"): entry for entry in archive.infolist()}
    _look_through(entries, len(archive.infolist()))
    left = MOST_UNPACKED
    parts: dict[str, bytes] = {}
    for name, entry in entries.items():
        if _READ.fullmatch(name) or _SHEETS.fullmatch(name):
            parts[name] = _unpacked(archive, entry, left)
            left -= len(parts[name])
    if b"macroEnabled" in parts.get("[content_types].xml", b""):
        raise Unreadable("macro")
    return parts


def _look_through(entries: dict[str, ZipInfo], count: int) -> None:
    """What the directory of the zip alone tells."""
    if count > MOST_ENTRIES:
        raise Unreadable("bomb", entries=count)
    if len(entries) < count:
        raise Unreadable("broken")
    if any(name.endswith("vbaproject.bin") or name.startswith("xl/macrosheets/") for name in entries):
        raise Unreadable("macro")
    if _WORKBOOK not in entries:
        raise Unreadable("not_a_workbook", found="package")
    if any(entry.flag_bits & 1 for entry in entries.values()):
        raise Unreadable("encrypted")
    declared = sum(entry.file_size for entry in entries.values())
    ratio = max(entry.file_size / max(entry.compress_size, 1) if entry.file_size > _SMALL else 1 for entry in entries.values())
    if declared > MOST_UNPACKED or ratio > MOST_RATIO:
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
