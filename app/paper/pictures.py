"""Pictures on paper: a file's bytes and how large they stand there. A template places one, and can ask nothing else of it."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage
from markupsafe import Markup
from PIL import Image

_GREY = (225, 228, 232)


@dataclass(frozen=True)
class Picture:
    """A JPEG or PNG, and its width on paper."""

    data: bytes
    width_mm: float

    @classmethod
    def fitted(cls, data: bytes, size: tuple[int, int], most_mm: tuple[float, float]) -> Picture:
        """As large as the room allows, neither cut nor stretched."""
        width, height = size
        return cls(data, min(most_mm[0], most_mm[1] * width / max(1, height)))


class Placed:
    """What a template sees of a picture: it can be put somewhere, and that is all."""

    __slots__ = ("_image",)

    def __init__(self, document: DocxTemplate, picture: Picture) -> None:
        self._image = InlineImage(document, BytesIO(picture.data), width=Mm(picture.width_mm))

    def __html__(self) -> Markup:
        self._image.image_descriptor.seek(0)
        return Markup(self._image)


def placed(document: DocxTemplate, value: Any) -> Any:
    """The values with their pictures bound to the document that is filled in."""
    if isinstance(value, Picture):
        return Placed(document, value)
    if isinstance(value, dict):
        return {name: placed(document, each) for name, each in value.items()}
    return [placed(document, each) for each in value] if isinstance(value, list) else value


def specimen() -> Picture:
    """A grey picture, for the samples of templates."""
    written = BytesIO()
    Image.new("RGB", (160, 120), _GREY).save(written, "PNG")
    return Picture(written.getvalue(), 60)
