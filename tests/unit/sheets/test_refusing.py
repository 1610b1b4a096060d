"""Files made to break a reader get a code each: no crash, no memory spent, no long wait."""

import io
import struct
import zipfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import pytest
from xlsxwriter import Workbook

from app.sheets import MOST_UNPACKED, Unreadable, read_workbook
from app.sheets.compound import contained

SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{}</worksheet>'
SMALL_XLS = (Path(__file__).parent / "files" / "roster.xls").read_bytes()


def refusal(content: bytes) -> str:
    with pytest.raises(Unreadable) as caught:
        read_workbook(content, "台账.xlsx")
    return caught.value.code


def package(sheet: str = "<sheetData/>", **others: bytes) -> bytes:
    """A workbook whose one sheet and other parts (by name, `/` written `__`) are as said."""
    plain = io.BytesIO()
    with Workbook(plain) as book:
        book.add_worksheet("甲").write(0, 0, "一")
    target = io.BytesIO()
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        parts = {name: source.read(name) for name in source.namelist()}
        parts["xl/worksheets/sheet1.xml"] = SHEET.format(sheet).encode()
        parts |= {name.replace("__", "/"): data for name, data in others.items()}
        for name, data in parts.items():
            made.writestr(name, data)
    return target.getvalue()


def cell(place: str, value: str = "1", more: str = "") -> str:
    return f'<row r="{place.strip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")}"><c r="{place}"{more}><v>{value}</v></c></row>'


def test_an_extent_that_is_only_claimed_costs_nothing() -> None:
    cells = "".join(map(cell, ("A1", "B2", "C3")))
    (grid,) = read_workbook(package(f'<dimension ref="A1:XFD1048576"/><sheetData>{cells}</sheetData>'), "")
    assert [len(grid.rows), len(grid.rows[0])] == [3, 3]


def test_blank_lines_with_a_look_to_the_end_of_the_sheet_cost_nothing() -> None:
    blank = "".join(f'<row r="{row}"><c r="A{row}" s="0"/><c r="XFD{row}" s="0"/></row>' for row in range(2, 60_000))
    (grid,) = read_workbook(package(f"<sheetData>{cell('A1')}{blank}</sheetData>"), "")
    assert grid.rows == [[1]]


@pytest.mark.parametrize(
    ("places", "code"),
    [(["A1", "XFD1048576"], "too_many_columns"), (["A1", "ZZ1"], "too_many_columns"), (["A1", "J1048576"], "too_many_rows")],
)
def test_cells_far_apart_are_refused(places: Sequence[str], code: str) -> None:
    assert refusal(package(f"<sheetData>{''.join(map(cell, places))}</sheetData>")) == code


@pytest.mark.parametrize(
    "sheet",
    [
        "<sheetData><row r='1'><c r='XFD1'><v>1</v></c></row><row r='1048576'><c r = 'A1048576'><v>1</v></c></row></sheetData>",
        '<sheetData><row r="1048000"><c><v>1</v></c></row><row><c r="XFD1"><v>1</v></c></row></sheetData>',
        '<x:sheetData xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c>'
        '<x:c s="0" r="XFD1048576"><x:v>1</x:v></x:c></x:row></x:sheetData>',
    ],
)
def test_cells_far_apart_are_found_in_any_spelling(sheet: str) -> None:
    assert refusal(package(sheet)) == "too_many_columns"


def test_one_long_text_named_by_many_cells_is_refused() -> None:
    text = f'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>{"长" * 30_000}</t></si></sst>'.encode()
    rows = "".join(cell(f"A{row}", "0", ' t="s"') for row in range(1, 5_001))
    assert refusal(strings(rows, text)) == "bomb"


def strings(rows: str, table: bytes) -> bytes:
    return package(f"<sheetData>{rows}</sheetData>", **{"xl__sharedStrings.xml": table})


def test_a_table_of_texts_that_claims_to_be_endless_is_read() -> None:
    table = b"<sst a='>' uniqueCount=\"9999999999999\" count='1'><si><t>x</t></si></sst>"
    (grid,) = read_workbook(strings(cell("A1", "0", ' t="s"'), table), "")
    assert grid.rows == [["x"]]


def test_a_package_that_unpacks_to_too_much_is_refused() -> None:
    assert refusal(package(**{"xl__media__image1.png": bytes(MOST_UNPACKED // 4)})) == "bomb"
    assert refusal(package(**{f"xl/media/{number}.png": b"" for number in range(5_001)})) == "bomb"


def test_a_directory_that_lies_about_a_size_is_not_believed() -> None:
    content = bytearray(package(f"<sheetData>{' ' * 3_000_000}</sheetData>"))
    place = content.rindex(b"xl/worksheets/sheet1.xml") - 46
    assert content[place : place + 4] == b"PK\x01\x02"
    struct.pack_into("<I", content, place + 24, 100)
    assert refusal(bytes(content)) == "broken"


def test_a_document_type_is_refused_and_nothing_of_it_unfolded() -> None:
    sheet = b'<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><worksheet><sheetData><row><c><v>&b;</v></c></row></sheetData></worksheet>'
    assert refusal(package(**{"xl__worksheets__sheet1.xml": sheet})) == "broken"


@pytest.mark.parametrize(
    ("others", "code"),
    [
        ({"xl__vbaProject.bin": b"x"}, "macro"), ({"xl__macrosheets__sheet1.xml": b"<x/>"}, "macro"),
        ({"[Content_Types].xml": b'<Types><Override ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>'}, "macro"),
        ({"xl__workbook.xml": b"<workbook"}, "broken"), ({"xl__workbook.xml": b"<workbook xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'/>"}, "empty"),
    ],
)  # fmt: skip
def test_what_a_package_holds_that_is_not_taken(others: dict[str, bytes], code: str) -> None:
    assert refusal(package(**others)) == code


@pytest.mark.parametrize("names", [["word/document.xml"], ["xl/workbook.bin"], ["content.xml", "mimetype"]])
def test_other_packages_are_no_workbooks(names: list[str]) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in names:
            archive.writestr(name, b"x")
    assert refusal(target.getvalue()) == "not_a_workbook"


def test_a_workbook_that_names_one_sheet_again_and_again_is_broken() -> None:
    sheets = "".join(f'<sheet name="s{number}" sheetId="{number}" r:id="rId1"/>' for number in range(1, 50))
    book = (
        '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
        f'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>{sheets}</sheets></workbook>'
    )
    assert refusal(package(f"<sheetData>{cell('A1')}</sheetData>", **{"xl__workbook.xml": book.encode()})) == "broken"


def record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def old_workbook(*cells: bytes, book: bytes = b"") -> bytes:
    """The container with a workbook of one sheet in the older format."""
    begin = record(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 0))
    name = struct.pack("<BB", 1, 0) + b"A"
    head = len(begin) + len(book) + 4 + 6 + len(name) + 4
    globe = begin + book + record(0x0085, struct.pack("<IBB", head, 0, 0) + name) + record(0x000A)
    assert len(globe) == head
    return contained(globe + begin + b"".join(cells) + record(0x000A))


def number(row: int, column: int) -> bytes:
    return record(0x0203, struct.pack("<HHHd", row, column, 0, 1.0))


def test_the_older_format_is_read() -> None:
    first, second = read_workbook(SMALL_XLS, "名册.et")
    assert (first.name, second.name, second.hidden) == ("名册", "藏", True)
    assert first.rows[1] == ["序号", "姓名", "日期", "备注"]
    assert str(first.rows[2]) == "[1, '张2', datetime.date(2025, 3, 2), '1次']"
    assert [(span.top, span.left, span.bottom, span.right) for span in first.merged] == [(0, 0, 0, 3)]
    (made,) = read_workbook(old_workbook(number(1, 1)), "")
    assert made.rows == [[None, None], [None, 1]]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (old_workbook(number(0, 0), number(65535, 65535)), "too_many_columns"), (old_workbook(number(0, 0), number(65535, 100)), "too_many_rows"),
        (old_workbook(book=record(0x002F, b"\x01\x00")), "encrypted"), (old_workbook(book=record(0x0085, struct.pack("<IBB", 0, 0, 1) + b"\x01\x00M")), "macro"),
        (old_workbook(book=record(0x0085, struct.pack("<IBB", 10**9, 0, 0) + b"\x01\x00M")), "broken"), (old_workbook(), "empty"), (contained(b""), "empty"),
        (contained(b"\x09\x08\xff\xff"), "broken"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "broken"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "broken"),
    ],
)  # fmt: skip
def test_old_workbooks_that_are_not_taken(content: bytes, code: str) -> None:
    assert refusal(content) == code


def test_an_extent_claimed_in_the_older_format_costs_nothing() -> None:
    claimed = record(0x0200, struct.pack("<IIHHH", 0, 0xFFFFFFFE, 0, 0xFFFE, 0))
    (grid,) = read_workbook(old_workbook(claimed, number(0, 0)), "")
    assert grid.rows == [[1]]


def test_one_long_text_named_by_many_cells_is_refused_in_the_older_format() -> None:
    table = record(0x00FC, struct.pack("<IIHB", 1, 1, 60_000, 0) + b"x" * 8_000)
    table += b"".join(record(0x003C, b"\0" + b"x" * 8_000) for _ in range(6)) + record(0x003C, b"\0" + b"x" * 4_000)
    cells = [record(0x00FD, struct.pack("<HHHI", row, 0, 0, 0)) for row in range(5_000)]
    assert refusal(old_workbook(*cells, book=table)) == "bomb"
    (grid,) = read_workbook(old_workbook(cells[0], book=table), "")
    assert grid.rows == [["x" * 60_000]]


@pytest.mark.parametrize(
    ("stream", "code"),
    [("EncryptedPackage", "encrypted"), ("WordDocument", "not_a_workbook"), ("_VBA_PROJECT_CUR", "macro"), ("Contents", "not_a_workbook")],
)
def test_other_containers_are_told_apart(stream: str, code: str) -> None:
    coded = stream.encode("utf-16-le")
    content = contained(bytes(4096))
    place = content.index("Workbook".encode("utf-16-le"))
    renamed = content[:place] + coded.ljust(64, b"\0") + struct.pack("<H", len(coded) + 2) + content[place + 66 :]
    assert refusal(renamed) == code


def test_an_old_workbook_cut_off_anywhere_does_no_harm() -> None:
    for length in range(8, len(SMALL_XLS), 211):
        with suppress(Unreadable):
            read_workbook(SMALL_XLS[:length], "")
