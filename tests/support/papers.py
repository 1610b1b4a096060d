"""Word documents for tests: small templates made, and documents read back as the text that people see."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from docx import Document
from docx.table import Table


def template_of_lines(*lines: str, header: str = "", title: str = "") -> bytes:
    """A template with a paragraph for each line."""
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    if header:
        document.sections[0].header.paragraphs[0].text = header
    document.core_properties.title = title
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """The package with one more part."""
    written = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(written, "w", ZIP_DEFLATED) as new:
        for each in old.namelist():
            new.writestr(each, old.read(each))
        new.writestr(name, content)
    return written.getvalue()


def parts_of(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def text_of(data: bytes) -> str:
    """All words of a document, its tables included."""
    document = Document(BytesIO(data))
    shown = [paragraph.text for paragraph in document.paragraphs]
    for table in document.tables:
        shown += [" | ".join(row) for row in cells_of(table)]
    return "\n".join(shown)


def cells_of(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def tables_of(data: bytes) -> list[list[list[str]]]:
    return [cells_of(table) for table in Document(BytesIO(data)).tables]
