"""What a file is follows from its content; each file that is not taken gets its own reason."""

from __future__ import annotations

from io import BytesIO
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.files import filetypes
from app.core.files.filetypes import TYPES, FileType, detect, proper_name
from app.core.refusals import Refusal
from tests.support import files


def judged(content: bytes, name: str) -> str:
    """The type's code, or the refusal's."""
    return detect(BytesIO(content), name).code


def named(value: object) -> str:
    """A case is called by its words: what is packed anew each time would give it another name in each process."""
    return value if isinstance(value, str) else ""


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (files.picture("JPEG"), "走访.jpg", "jpg"),
        (files.picture("JPEG"), "走访.JPEG", "jpg"),
        (files.picture("PNG"), "扫描.png", "png"),
        (files.picture("WEBP"), "微信图片.webp", "webp"),
        (files.picture("WEBP"), "微信图片.jpg", "webp"),
        (files.picture("JPEG"), "没有后缀", "jpg"),
        (files.PDF, "交办单.pdf", "pdf"),
        (files.LOCKED_PDF, "加密.pdf", "pdf"),
        (files.office(files.WORD_MAIN), "登记表.docx", "docx"),
        (files.office(files.SHEET_MAIN), "花名册.xlsx", "xlsx"),
        (files.compound("WordDocument", "1Table"), "报告.doc", "doc"),
        (files.compound("WordDocument", "1Table"), "报告.wps", "wps"),
        (files.compound("Workbook"), "台账.xls", "xls"),
        (files.compound("Book"), "旧台账.xls", "xls"),
        (files.compound("Workbook"), "台账.et", "et"),
    ],
    ids=named,
)
def test_what_an_office_sends_is_taken(content: bytes, name: str, code: str) -> None:
    assert judged(content, name) == code


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "空.jpg", "file_empty"),
        (files.picture("JPEG"), "花名册.xlsx", "file_misnamed"),
        (files.office(files.WORD_MAIN), "照片.jpg", "file_misnamed"),
        (files.compound("Workbook"), "报告.doc", "file_misnamed"),
        (b"<!DOCTYPE html><script>alert(1)</script>", "照片.jpg", "file_web_page"),
        (b'\xef\xbb\xbf<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "图.png", "file_web_page"),
        (b"MZ\x90\0" + bytes(200), "报告.pdf", "file_program"),
        (b"#!/bin/sh\nrm -rf /\n", "x.pdf", "file_program"),
        (files.archive(a=b"x"), "材料.zip", "file_archive"),
        (files.archive(a=b"x"), "材料.docx", "file_archive"),
        (b"Rar!\x1a\x07\0" + bytes(90), "材料.rar", "file_archive"),
        (b"\0\0\0\x18ftypheic" + bytes(90), "IMG_0001.HEIC", "file_heic"),
        (files.picture("GIF"), "动图.gif", "file_other_picture"),
        (files.picture("BMP"), "图.bmp", "file_other_picture"),
        (files.office(files.SHEET_MAIN, xl__vbaProject_bin=b"").replace(b"vbaProject_bin", b"vbaProject.bin"), "宏.xlsx", "file_macros"),
        (files.office(files.SHEET_MAIN.replace("sheet.main", "sheet.macroEnabled.main")), "宏.xlsm", "file_macros"),
        (files.compound("Workbook", "_VBA_PROJECT_CUR"), "宏.xls", "file_macros"),
        (files.compound("EncryptedPackage", "EncryptionInfo"), "加密.xlsx", "file_password"),
        (files.compound("Anything"), "安装.msi", "file_unknown"),
        (files.office("application/vnd.ms-visio.drawing.main+xml"), "图.vsdx", "file_unknown"),
        (files.office(files.SHEET_MAIN, sheet=bytes(30 * 1024 * 1024)), "炸弹.xlsx", "file_bomb"),
        (files.office(files.SHEET_MAIN)[:60], "断.xlsx", "file_damaged"),
        (files.compound("Workbook")[:700], "断.xls", "file_damaged"),
        ("只是文字".encode(), "说明.txt", "file_unknown"),
        ("只是文字".encode(), "说明.docx", "file_unknown"),
    ],
    ids=named,
)
def test_what_is_not_taken_is_told_why(content: bytes, name: str, code: str) -> None:
    refusal = detect(BytesIO(content), name)
    assert isinstance(refusal, Refusal)
    assert refusal.code == code
    assert name in refusal.sentence()


def test_twenty_megabytes_are_taken_and_a_byte_more_is_not() -> None:
    with patch.object(filetypes, "MOST_BYTES", 5000):
        assert judged(files.PDF.ljust(5000), "a.pdf") == "pdf"
        assert judged(files.PDF.ljust(5001), "a.pdf") == "file_too_large"


BEGINNINGS = [b"", b"PK\x03\x04", files.compound("Workbook")[:512], files.office(files.SHEET_MAIN)[:200]]


@given(st.binary(max_size=600), st.sampled_from(BEGINNINGS))
def test_no_content_whatever_breaks_the_reader(content: bytes, before: bytes) -> None:
    assert isinstance(detect(BytesIO(before + content), "x"), FileType | Refusal)


@pytest.mark.parametrize(
    ("name", "code", "kept"),
    [
        ("青石镇 三月走访.jpg", "jpg", "青石镇 三月走访.jpg"),
        ("微信图片.jpg", "webp", "微信图片.webp"),
        ("照片.JPEG", "jpg", "照片.JPEG"),
        ("没有后缀", "pdf", "没有后缀.pdf"),
        ("第1.2版", "docx", "第1.2版.docx"),
        ("C:\\扫描\\表.pdf", "pdf", "表.pdf"),
        ("../../etc/passwd", "png", "passwd.png"),
        ("a\r\nSet-Cookie: b.pdf", "pdf", "aSet-Cookie b.pdf"),
        ("gpj.\u202e照片.jpg", "jpg", "gpj.照片.jpg"),
        ("...", "jpg", "jpg.jpg"),
        ("长" * 300 + ".xlsx", "xlsx", "长" * 115 + ".xlsx"),
    ],
)
def test_a_name_is_kept_as_far_as_it_is_a_name(name: str, code: str, kept: str) -> None:
    assert proper_name(name, TYPES[code]) == kept
