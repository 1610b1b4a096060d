"""The container that xls and the older et are, looked through before a reader sees it.

Only the stream of the workbook goes on, in a container made anew; what a sheet claims of its extent, names and formulas are blanked
in it, for the reader would make room for them, and only the values last calculated are taken.
"""

import struct
from collections.abc import Iterator
from io import BytesIO
from typing import Final

from olefile import OleFileIO

from app.sheets.grid import MOST_BYTES, MOST_CELLS, MOST_SHEETS, MOST_UNPACKED, Unreadable
from app.sheets.measured import check_area

_BROKEN: Final = (OSError, ValueError, struct.error, IndexError, KeyError, TypeError, AttributeError, OverflowError, RecursionError)
_SECTOR: Final = 4096
_FREE, _END, _FAT, _NONE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
_MAGIC: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_BEGIN, _EOF, _CONTINUE, _BOUNDSHEET, _FILEPASS, _SST = 0x0809, 0x000A, 0x003C, 0x0085, 0x002F, 0x00FC
_FORMULA, _MULRK, _LABELSST, _DIMENSIONS, _NAME = 0x0006, 0x00BD, 0x00FD, 0x0200, 0x0018
_CELLS: Final = frozenset({_FORMULA, 0x0203, 0x0204, 0x00D6, 0x0205, 0x027E, _LABELSST, _MULRK})
_IGNORED: Final = 0x0FFE
_MACRO_SHEETS: Final = frozenset({1, 6})


def rewrapped(content: bytes) -> bytes:
    """The same workbook in a container of our own."""
    try:
        with OleFileIO(BytesIO(content)) as container:
            stream = _workbook_stream(container)
        if len(stream) > MOST_BYTES:
            raise Unreadable("too_big", bytes=len(stream), most=MOST_BYTES)
        return contained(_looked_through(bytearray(stream)))
    except _BROKEN:
        raise Unreadable("broken") from None


def _workbook_stream(container: OleFileIO) -> bytes:
    names = {part.lower() for path in container.listdir(storages=True) for part in path}
    if names & {"encryptedpackage", "encryptioninfo"}:
        raise Unreadable("encrypted")
    if names & {"_vba_project_cur", "_vba_project", "vba", "macros"}:
        raise Unreadable("macro")
    for name in ("Workbook", "Book"):
        if container.exists(name):
            return bytes(container.openstream(name).read())
    raise Unreadable("not_a_workbook", found="word" if "worddocument" in names else "other")


def _records(stream: bytearray, start: int) -> Iterator[tuple[int, int, int]]:
    """Kind, place and length of each record's data."""
    while start + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, start)
        if start + 4 + length > len(stream):
            raise Unreadable("broken")
        yield kind, start + 4, length
        start += 4 + length


def _looked_through(stream: bytearray) -> bytes:
    sheets: list[int] = []
    texts: list[int] = []
    table: list[bytes] = []
    for kind, at, length in _records(stream, 0):
        if kind == _FILEPASS:
            raise Unreadable("encrypted")
        if kind == _SST or (kind == _CONTINUE and table):
            table.append(bytes(stream[at : at + length]))
            continue
        if table and not texts:
            texts = _lengths(table)
        table = []
        if kind == _BOUNDSHEET:
            place, _, sort = struct.unpack_from("<IBB", stream, at)
            if sort in _MACRO_SHEETS:
                raise Unreadable("macro")
            sheets.append(place)
        elif kind == _NAME:
            struct.pack_into("<H", stream, at - 4, _IGNORED)
        elif kind == _EOF:
            break
    if len(sheets) > MOST_SHEETS or len(set(sheets)) < len(sheets):
        raise Unreadable("broken" if len(sheets) <= MOST_SHEETS else "too_many_cells", sheets=len(sheets))
    cells = text = 0
    for place in sheets:
        area, length = _measured(stream, place, texts)
        cells, text = cells + area, text + length
        if cells > MOST_CELLS:
            raise Unreadable("too_many_cells", cells=cells, most=MOST_CELLS)
        if text > MOST_UNPACKED:
            raise Unreadable("bomb", bytes=text, most=MOST_UNPACKED)
    return bytes(stream)


def _measured(stream: bytearray, start: int, texts: list[int]) -> tuple[int, int]:
    """The cells from the first to the last filled one of a sheet, and the length of the texts they name."""
    rows = columns = text = depth = 0
    if start >= len(stream):
        raise Unreadable("broken")
    for kind, at, length in _records(stream, start):
        if kind == _BEGIN:
            depth += 1
        elif kind == _EOF:
            depth -= 1
            if depth <= 0:
                break
        elif kind == _DIMENSIONS:
            struct.pack_into("<H", stream, at - 4, _IGNORED)
        elif kind in _CELLS:
            row, column = struct.unpack_from("<HH", stream, at)
            if kind == _MULRK:
                (column,) = struct.unpack_from("<H", stream, at + length - 2)
            elif kind == _LABELSST:
                (index,) = struct.unpack_from("<I", stream, at + 6)
                text += texts[index] if index < len(texts) else 0
            elif kind == _FORMULA and length >= 22:
                struct.pack_into("<H", stream, at + 20, 0)
            rows, columns = max(rows, row + 1), max(columns, column + 1)
    check_area(rows, columns)
    return rows * columns, text


def _lengths(table: list[bytes]) -> list[int]:
    """How many characters each text of the shared table has. A text may go on in the next record, after a byte of its own."""
    found: list[int] = []
    part, at = 0, 8
    while True:
        while part < len(table) and at >= len(table[part]):
            at -= len(table[part])
            part += 1
        if part >= len(table):
            return found
        data = table[part]
        count, flags = struct.unpack_from("<HB", data, at)
        at += 3
        runs = extra = 0
        if flags & 8:
            (runs,) = struct.unpack_from("<H", data, at)
            at += 2
        if flags & 4:
            (extra,) = struct.unpack_from("<I", data, at)
            at += 4
        found.append(count)
        left, width = count, 1 + (flags & 1)
        while left:
            taken = min(left, (len(table[part]) - at) // width)
            left -= taken
            at += taken * width
            if left:
                part += 1
                width = 1 + (table[part][0] & 1)
                at = 1
        at += runs * 4 + extra


def contained(stream: bytes) -> bytes:
    """A container that holds nothing but the stream of a workbook: its sectors, then the directory, then the table of sectors."""
    size = max(-(-len(stream) // _SECTOR), 1)
    tables = -(-(size + 1) // (_SECTOR // 4 - 1))
    chain = [*range(1, size), _END, _END, *[_FAT] * tables]
    chain += [_FREE] * (tables * _SECTOR // 4 - len(chain))
    header = struct.pack("<8s16xHHHHH6xIIIIIIIIII", _MAGIC, 0x3E, 4, 0xFFFE, 12, 6, 1, tables, size, 0, _SECTOR, _END, 0, _END, 0, size + 1)
    header += struct.pack(f"<{tables - 1}I", *range(size + 2, size + 1 + tables))
    header = (header + b"\xff" * (512 - len(header))).ljust(_SECTOR, b"\0")
    root = _entry("Root Entry", 5, 1, 0, 0)
    directory = root + _entry("Workbook", 2, _NONE, 0, size * _SECTOR)
    return b"".join((header, stream.ljust(size * _SECTOR, b"\0"), directory.ljust(_SECTOR, b"\0"), struct.pack(f"<{len(chain)}I", *chain)))


def _entry(name: str, sort: int, child: int, start: int, size: int) -> bytes:
    coded = name.encode("utf-16-le")
    return struct.pack("<64sHBBIII36xIQ", coded, len(coded) + 2, sort, 1, _NONE, _NONE, child, start, size)
