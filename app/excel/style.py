"""How a sheet looks on the screen and on A4 paper that is bound into a volume."""

from typing import Any, Final

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from app.excel.model import Column, Kind, Words

FONT: Final = "宋体"
_HEADING_FONT: Final = "黑体"
SIZE: Final = 10
SMALL: Final = 8
"""Size of a text that would not fit the tallest row otherwise."""
_GREY: Final = "#D9D9D9"

LINE_HEIGHT: Final = 14.25
PADDING: Final = 4.5
ONE_LINE: Final = LINE_HEIGHT + PADDING
TALLEST: Final = 409.0
"""Points that the format allows a row."""

_WIDTHS: Final[dict[Kind, float]] = {
    "text": 14,
    "long": 40,
    "date": 11.5,
    "datetime": 17,
    "month": 11.5,
    "integer": 8,
    "decimal": 11,
    "boolean": 6,
}
_NUMBER_FORMATS: Final[dict[Kind, str]] = {
    "text": "@",
    "long": "@",
    "date": "yyyy-mm-dd",
    "datetime": "yyyy-mm-dd hh:mm",
    "month": 'yyyy"年"m"月"',
    "integer": "0",
    "decimal": "General",
    "boolean": "@",
}
_ALIGNED: Final[dict[Kind, str]] = {"text": "left", "long": "left", "integer": "right", "decimal": "right"}
_PAGE_WIDTH: Final = 128
"""Half-width characters across a landscape A4 page in full size: narrower sheets are widened to it, wider ones shrink in print."""
_WIDEST: Final = 60
_LEGIBLE: Final = 165
"""Where a sheet is wider than this, print would become too small to read: columns that can wrap give way first."""
_LEAST: Final[dict[Kind, float]] = {"text": 8, "long": 14}
"""How narrow a column may become; numbers and dates cannot wrap and keep their width."""


class Styles:
    """The formats of one workbook, each made once."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._bodies: dict[tuple[Kind, int], Format] = {}
        self.title = self._make(font_name=_HEADING_FONT, font_size=16, bold=True, align="center")
        self.note = self._make(align="left")
        self.heading = self._make(bold=True, align="center", border=1, bg_color=_GREY, text_wrap=True)
        self.empty = self._make(align="center", border=1)
        self.label = self._make(bold=True, align="left", border=1, bg_color=_GREY, text_wrap=True)
        self.value = self._make(align="left", border=1, text_wrap=True, num_format="@")
        self.count = self._make(align="center", border=1, num_format="0")
        self.link = self._make(align="left", border=1, text_wrap=True, font_color="#1F4E9E")
        self.total = self._make(bold=True, align="center", border=1, num_format="0")

    def body(self, kind: Kind, size: int = SIZE) -> Format:
        """The format of a cell with a value."""
        if (kind, size) not in self._bodies:
            align = _ALIGNED.get(kind, "center")
            self._bodies[kind, size] = self._make(
                border=1, text_wrap=True, align=align, indent=int(align == "right"), num_format=_NUMBER_FORMATS[kind], font_size=size
            )
        return self._bodies[kind, size]

    def _make(self, **properties: Any) -> Format:
        return self._workbook.add_format({"font_name": FONT, "font_size": SIZE, "valign": "vcenter"} | properties)


def widths(columns: list[Column]) -> list[float]:
    """Widths of a sheet's columns. Where the page has room, texts without a width of their own share it."""
    chosen = [column.width if column.width is not None else _WIDTHS[column.kind] for column in columns]
    stretched = [i for i, column in enumerate(columns) if column.width is None and column.kind in ("text", "long")]
    spare = _PAGE_WIDTH - sum(chosen)
    if spare > 0 and stretched:
        share = 1 + spare / sum(chosen[i] for i in stretched)
        for i in stretched:
            chosen[i] = max(chosen[i], min(chosen[i] * share, _WIDEST))
    return _narrowed(columns, chosen)


def _narrowed(columns: list[Column], chosen: list[float]) -> list[float]:
    """Each column gives up the same part of what it has above its least."""
    over = sum(chosen) - _LEGIBLE
    room = [max(width - _LEAST.get(column.kind, width), 0.0) for column, width in zip(columns, chosen, strict=True)]
    if over <= 0 or not sum(room):
        return chosen
    part = min(over / sum(room), 1.0)
    return [round(width - spare * part, 1) for width, spare in zip(chosen, room, strict=True)]


def set_page(worksheet: Worksheet, words: Words, *, landscape: bool, growing: bool = False) -> None:
    """A4, as wide as the page, as many pages as it takes; the wider margins are the binding's (left, and the top of a turned page).

    Rows that are still to be filled in grow with what is typed; all others have the height that was measured for them.
    """
    if landscape:
        worksheet.set_landscape()
        worksheet.set_margins(left=0.7, right=0.5, top=0.9, bottom=0.7)
    else:
        worksheet.set_portrait()
        worksheet.set_margins(left=1.0, right=0.7, top=1.0, bottom=0.8)
    worksheet.set_paper(9)
    worksheet.fit_to_pages(1, 0)
    worksheet.center_horizontally()
    worksheet.set_footer(f'&C&"{FONT},常规"&9{words.page}', {"margin": 0.35})
    if not growing:
        worksheet.set_default_row(ONE_LINE)
