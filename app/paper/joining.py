"""Several filled forms in one document, each from a new page on, or as a bundle of files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from io import BytesIO, RawIOBase
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

LONGEST_NAME = 80
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]+')


def joined(documents: Sequence[bytes]) -> bytes:
    """One document. All must come from the same template, whose styles and headings they share."""
    if len(documents) == 1:
        return documents[0]
    whole = Document(BytesIO(documents[0]))
    body = whole.element.body
    last = body.sectPr
    for data in documents[1:]:
        _end_section(body, last)
        each = Document(BytesIO(data))
        for element in list(each.element.body)[:-1]:
            last.addprevious(_with_pictures(_without_marks(element), each.part, whole.part))
    joined_file = BytesIO()
    whole.save(joined_file)
    return joined_file.getvalue()


def bound(front: bytes, documents: Sequence[bytes]) -> bytes:
    """Documents of one template behind a cover and contents of another, whose pages keep their own size.

    Styles, headings and pictures of the front stay behind with its package: it is to be drawn with plain lines and tables.
    """
    whole = Document(BytesIO(joined(documents)))
    body, before = whole.element.body, Document(BytesIO(front)).element.body
    section = deepcopy(before.sectPr)
    for reference in section.xpath("./w:headerReference | ./w:footerReference"):
        section.remove(reference)
    first = body[0]
    for element in list(before)[:-1]:
        if not element.xpath(".//@r:id | .//@r:embed | .//@r:link"):
            first.addprevious(_without_marks(element))
    end = OxmlElement("w:p")
    end.get_or_add_pPr().append(section)
    first.addprevious(end)
    bound_file = BytesIO()
    whole.save(bound_file)
    return bound_file.getvalue()


def _end_section(body: Any, last: Any) -> None:
    """The next sheet begins on a page of its own: the paragraph before it ends a section laid out like all."""
    previous = last.getprevious()
    if previous is None or previous.tag != qn("w:p"):
        previous = OxmlElement("w:p")
        last.addprevious(previous)
    previous.get_or_add_pPr().append(deepcopy(last))


def _without_marks(element: Any) -> Any:
    """Bookmarks and identities that may stand in a document only once."""
    for mark in element.xpath(".//w:bookmarkStart | .//w:bookmarkEnd"):
        mark.getparent().remove(mark)
    for each in element.iter():
        for name in [name for name in each.attrib if name.endswith(("}paraId", "}textId"))]:
            del each.attrib[name]
    return element


def _with_pictures(element: Any, source: Any, target: Any) -> Any:
    """What a picture of the sheet names is brought into the whole document; each drawing has a number of its own there."""
    for blip in element.xpath(".//a:blip[@r:embed]"):
        picture = source.related_parts[blip.get(qn("r:embed"))]
        blip.set(qn("r:embed"), target.get_or_add_image(BytesIO(picture.blob))[0])
    for drawing in element.xpath(".//wp:docPr"):
        drawing.set("id", str(target.next_id))
    return element


def bundled(documents: Iterable[tuple[str, bytes]]) -> bytes:
    """A zip; documents of one name are numbered."""
    return b"".join(streamed(documents))


def streamed(documents: Iterable[tuple[str, bytes]]) -> Iterator[bytes]:
    """A zip, part by part as its documents are made: none of them is held longer than it takes to send it."""
    used: dict[str, int] = {}
    sent = _Sent()
    with ZipFile(sent, "w", ZIP_DEFLATED) as package:
        for name, data in documents:
            stem = file_name(name)
            used[stem] = used.get(stem, 0) + 1
            package.writestr(f"{stem}{used[stem] if used[stem] > 1 else ''}.docx", data)
            yield sent.taken()
    yield sent.taken()


class _Sent(RawIOBase):
    """Takes what is written and gives it away; there is no way back in it."""

    def __init__(self) -> None:
        self._kept = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._kept += data
        return len(data)

    def taken(self) -> bytes:
        found = bytes(self._kept)
        self._kept.clear()
        return found


def file_name(title: str) -> str:
    """A title as a file may be called on every system."""
    return _NOT_IN_NAMES.sub(" ", title).strip(" .")[:LONGEST_NAME] or "-"
