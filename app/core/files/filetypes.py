"""What a file is, told from its content; its name only chooses between types that share one content (doc and wps, xls and et).

Pure: a file-like object in, a type or a refusal out. Nothing is unpacked: of a container only its directory is read, and of
an Office file the list of its parts. A file protected by a password shows nothing of itself and is refused, but for a PDF,
which needs no look inside.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO

import olefile

from ..refusals import Refusal

MOST_BYTES = 20 * 1024 * 1024
MOST_NAME = 120
_MOST_PARTS = 5_000
_MOST_UNPACKED = 400 * 1024 * 1024
_MOST_RATIO = 120
_SMALL = 8 * 1024 * 1024
"""A container that unpacks to no more than this is no bomb, whatever its ratio."""
_CONTENT_TYPES = "[Content_Types].xml"


@dataclass(frozen=True)
class FileType:
    """One type that is taken: the endings its name may have (the first is given where the name has none), what it is sent as."""

    code: str
    endings: tuple[str, ...]
    mimetype: str
    family: str

    @property
    def inline(self) -> bool:
        """Shown by the browser itself; all else is handed over as a file."""
        return self.family in ("picture", "pdf")


TYPES: Mapping[str, FileType] = {
    each.code: each
    for each in (
        FileType("jpg", ("jpg", "jpeg", "jfif"), "image/jpeg", "picture"),
        FileType("png", ("png",), "image/png", "picture"),
        FileType("webp", ("webp",), "image/webp", "picture"),
        FileType("pdf", ("pdf",), "application/pdf", "pdf"),
        FileType("doc", ("doc",), "application/msword", "writer"),
        FileType("wps", ("wps",), "application/msword", "writer"),
        FileType("docx", ("docx",), "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "writer"),
        FileType("xls", ("xls",), "application/vnd.ms-excel", "sheet"),
        FileType("et", ("et",), "application/vnd.ms-excel", "sheet"),
        FileType("xlsx", ("xlsx",), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "sheet"),
    )
}
ACCEPT = ",".join(
    ["image/jpeg", "image/png", "image/webp", "application/pdf", *(f".{ending}" for each in TYPES.values() for ending in each.endings)]
)
"""For the browser's file dialogue. HEIC is left out on purpose: an iPhone then hands its pictures over as JPEG."""

_PICTURES = ((b"GIF8", "GIF"), (b"BM", "BMP"), (b"II*\0", "TIFF"), (b"MM\0*", "TIFF"))
_HEIC = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"heim", b"heis", b"avif")
_PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe")
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")


def detect(file: BinaryIO, name: str) -> FileType | Refusal:
    """The type of a file, or why it is not taken. `file` can be sought and is left wherever reading ended."""
    size = file.seek(0, 2)
    if size == 0:
        return Refusal("file_empty", None, {"name": name})
    if size > MOST_BYTES:
        return Refusal("file_too_large", None, {"name": name, "most": MOST_BYTES // 1024 // 1024})
    file.seek(0)
    found = _by_content(file, file.read(4096), ending_of(name))
    if isinstance(found, str):
        return Refusal(found, None, {"name": name})
    return _named_alike(found, name)


def ending_of(name: str) -> str:
    return PurePosixPath(name).suffix.lower().removeprefix(".")


def proper_name(name: str, found: FileType) -> str:
    """The name that the file is kept under: without folders and invisible letters, with an ending that tells what it is."""
    bare = name.replace("\\", "/").rsplit("/", 1)[-1]
    bare = "".join(char for char in bare if char.isprintable() and char not in '<>:"|?*').strip(" .") or found.code
    stem, dot, ending = bare.rpartition(".")
    known = {each for kind in TYPES.values() for each in kind.endings}
    if not dot or ending.lower() not in known:
        stem, ending = bare, found.endings[0]
    elif ending.lower() not in found.endings:
        ending = found.endings[0]
    return f"{stem[: MOST_NAME - 1 - len(ending)]}.{ending}"


def _named_alike(found: FileType, name: str) -> FileType | Refusal:
    """A picture called .xlsx is the wrong file, most likely; a picture with another picture's ending is merely misnamed."""
    named = next((each for each in TYPES.values() if ending_of(name) in each.endings), None)
    if named is not None and named.family != found.family:
        return Refusal("file_misnamed", None, {"name": name, "type": found.code, "ending": ending_of(name)})
    return found


def _by_content(file: BinaryIO, head: bytes, ending: str) -> FileType | str:
    if head.startswith(b"\xff\xd8\xff"):
        return TYPES["jpg"]
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return TYPES["png"]
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return TYPES["webp"]
    if head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"%PDF-"):
        return TYPES["pdf"]
    if head.startswith(b"PK\x03\x04"):
        return _package(file)
    if head.startswith(olefile.MAGIC):
        return _compound(file, ending)
    return _refused(head)


def _refused(head: bytes) -> str:
    """Why what is none of ours is refused, as near as its first bytes tell."""
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC:
        return "file_heic"
    if any(head.startswith(magic) for magic, _kind in _PICTURES):
        return "file_other_picture"
    if head.startswith(_PROGRAMS):
        return "file_program"
    if head.startswith((*_ARCHIVES, b"PK")):
        return "file_archive"
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if text.startswith(b"<") or b"<html" in text or b"<svg" in text or b"<script" in text:
        return "file_web_page"
    return "file_unknown"


def _package(file: BinaryIO) -> FileType | str:
    """A zip: an Office file by its list of parts, else an archive."""
    try:
        file.seek(0)
        with zipfile.ZipFile(file) as package:
            parts = package.infolist()
            if _is_bomb(parts):
                return "file_bomb"
            names = {part.filename for part in parts}
            if _CONTENT_TYPES not in names:
                return "file_archive"
            with package.open(_CONTENT_TYPES) as stream:
                listed = stream.read(1024 * 1024)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, ValueError, EOFError):
        return "file_damaged"
    if b"macroEnabled" in listed or any(name.lower().endswith("vbaproject.bin") for name in names):
        return "file_macros"
    if b"wordprocessingml.document.main+xml" in listed:
        return TYPES["docx"]
    return TYPES["xlsx"] if b"spreadsheetml.sheet.main+xml" in listed else "file_unknown"


def _is_bomb(parts: list[zipfile.ZipInfo]) -> bool:
    """Too many parts, too large once unpacked, or parts that lie over each other."""
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    if len(parts) > _MOST_PARTS or unpacked > _MOST_UNPACKED or packed > MOST_BYTES:
        return True
    return unpacked > _SMALL and unpacked > _MOST_RATIO * max(packed, 1)


def _compound(file: BinaryIO, ending: str) -> FileType | str:
    """The older Office container, which WPS uses too: what it is stands in the names of its streams."""
    try:
        file.seek(0)
        with olefile.OleFileIO(file) as compound:
            names = {part.lower() for path in compound.listdir(streams=True, storages=True) for part in path}
    except (OSError, ValueError, IndexError, KeyError, TypeError, OverflowError, RecursionError, MemoryError):
        return "file_damaged"
    if "encryptedpackage" in names:
        return "file_password"
    if names & {"vba", "_vba_project_cur", "_vba_project"}:
        return "file_macros"
    if "worddocument" in names:
        return TYPES["wps"] if ending == "wps" else TYPES["doc"]
    if names & {"workbook", "book"}:
        return TYPES["et"] if ending == "et" else TYPES["xls"]
    return "file_unknown"
