"""Pictures among a row's attachments, made small enough for a Word document; for whom they may be opened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from flask_babel import lazy_gettext as _
from PIL import Image, ImageOps

from app.paper.pictures import Picture, specimen

from ..dictionary.ledger import LEDGERS
from ..files.attachments import attachments_of, file_store
from ..files.thumbnails import FORMATS, MOST_PIXELS_DRAWN
from ..lists.values import opens_files
from .papers import Reading, Slot

MOST = 12
PHOTO_MM = (72, 54)
EDGE = 1_400
"""Pixels of the longer edge: enough for half a page at 200 dots an inch."""


@dataclass(frozen=True)
class Shot:
    """A picture of a row: its name, its note, its upright pixels as JPEG."""

    name: str
    note: str
    data: bytes
    size: tuple[int, int]

    def on_paper(self, width_mm: float, height_mm: float) -> Picture:
        return Picture.fitted(self.data, self.size, (width_mm, height_mm))


def pictures_of(reading: Reading, key: str, row_id: int, most: int = MOST) -> list[Shot]:
    """The first pictures of a row; none for who may not open its files. One that cannot be drawn is left out."""
    if not opens_files(reading.actor, LEDGERS[key]):
        return []
    found: list[Shot] = []
    for each in attachments_of(reading.session, key, row_id):
        path = file_store().path(each.stored)
        if each.kind.family != "picture" or path is None or len(found) >= most:
            continue
        drawn = _drawn(path.read_bytes())
        if drawn is not None:
            found.append(Shot(each.name, each.note or "", *drawn))
    return found


def _drawn(data: bytes) -> tuple[bytes, tuple[int, int]] | None:
    """The picture upright and painted anew, without what a camera writes into its files."""
    with Image.open(BytesIO(data), formats=FORMATS) as picture:
        if picture.width * picture.height > MOST_PIXELS_DRAWN:
            return None
        picture.draft("RGB", (EDGE, EDGE))
        upright = ImageOps.exif_transpose(picture)
        upright.thumbnail((EDGE, EDGE))
        clean = Image.new("RGB", upright.size, "white")
        if upright.has_transparency_data:
            coloured = upright.convert("RGBA")
            clean.paste(coloured, mask=coloured.getchannel("A"))
        else:
            clean.paste(upright.convert("RGB"))
        written = BytesIO()
        clean.save(written, "JPEG", quality=82, optimize=True)
        return written.getvalue(), clean.size


def in_pairs(photos: Sequence[Shot]) -> list[dict[str, Any]]:
    """Two photos a line, each with its note."""
    lines = []
    for first in range(0, len(photos), 2):
        line: dict[str, Any] = {}
        for side, shot in enumerate([*photos[first : first + 2], None][:2], start=1):
            line[f"photo_{side}"] = shot.on_paper(*PHOTO_MM) if shot is not None else ""
            line[f"note_{side}"] = shot.note if shot is not None else ""
        lines.append(line)
    return lines


PHOTOS = Slot(
    "photos",
    _("Photos, two in a line"),
    line=(
        Slot("photo_1", _("Photo"), specimen()),
        Slot("note_1", _("Its note"), "接待现场"),
        Slot("photo_2", _("Photo, or empty"), specimen()),
        Slot("note_2", _("Its note"), "代表与群众交谈"),
    ),
)
