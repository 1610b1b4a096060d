"""Blank workbooks to be filled in: what is typed into them comes back as it was typed.

Texts stay texts (a telephone number keeps its digits, 001 its noughts), closed values are chosen from a list, and a day that is none
is spoken to in words. Rules are not repeated here: they speak when the workbook comes back.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from os import PathLike
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO, Final

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from app.excel.model import Column, Kind, Label, Words
from app.excel.style import FONT, LINE_HEIGHT, PADDING, SIZE, Styles, set_page, widths
from app.excel.text import clean, lines_of, sheet_name, width_of

ROWS: Final = 2000
"""Rows that are ready to be filled in, with lists and warnings."""
_LIST_CHARACTERS: Final = 255
"""What the format allows the values of a list that stand in the cell's own rule."""
_MESSAGE_CHARACTERS: Final = 255
_TITLE_CHARACTERS: Final = 32
_HEADING: Final = 2
_AS_TEXT: Final = 49
"""The format's own number for text: what is typed stays as it is, in every program."""
_WIDEST_LIST: Final = 30
_RED: Final = "#C00000"


@dataclass(frozen=True, slots=True)
class TemplateColumn:
    """One column to be filled in; `choices` are all the values that there are."""

    heading: Label
    kind: Kind = "text"
    width: float | None = None
    hint: Label = ""
    choices: Sequence[Label] = ()
    required: bool = False


@dataclass(frozen=True, slots=True)
class TemplateWords:
    """What a blank workbook says by itself, in the office's language. No year stands in it: years above a table are its rows'."""

    note: Label = "带 * 的列必填；鼠标停在列名上可看填写说明。请不要改动列名，从下一行起填写。"
    choices: Label = "选项"
    check: Label = "请检查"
    no_day: Label = "这里要填日期，例如 2025-03-04。仍要照写请点“是”。"
    no_number: Label = "这里要填数字。仍要照写请点“是”。"
    no_count: Label = "这里要填整数，不带单位。仍要照写请点“是”。"
    no_choice: Label = "请从下拉列表中选择。"
    yes: Label = "是"
    no: Label = "否"


def write_template(
    target: str | PathLike[str] | BinaryIO, title: Label, columns: Sequence[TemplateColumn], words: TemplateWords | None = None
) -> None:
    """Write the blank workbook: title, how to fill it in, headings, and nothing below."""
    with TemporaryDirectory(prefix="template-", ignore_cleanup_errors=True) as scratch:
        options = {"tmpdir": scratch, "default_format_properties": {"font_name": FONT, "font_size": 11}}
        with Workbook(target, options) as workbook:
            _Blank(workbook, clean(title), columns, words or TemplateWords()).write()


def _width(column: TemplateColumn) -> float | None:
    """A column of closed values is wide enough for them and for the arrow of the list."""
    if column.width is not None or not column.choices:
        return column.width
    widest = max(width_of(clean(choice)) for choice in column.choices)
    return min(max(widest + 3, width_of(clean(column.heading)) + 3, 8), _WIDEST_LIST)


class _Blank:
    def __init__(self, workbook: Workbook, title: str, columns: Sequence[TemplateColumn], words: TemplateWords) -> None:
        self._workbook = workbook
        self._title = title
        self._columns = columns
        self._words = words
        self._styles = Styles(workbook)
        self._star = workbook.add_format({"font_name": FONT, "font_size": SIZE, "bold": True, "color": _RED})
        self._plain = workbook.add_format({"font_name": FONT, "font_size": SIZE, "bold": True})
        self._sheet: Worksheet = workbook.add_worksheet(sheet_name(title, ()))
        self._lists: Worksheet | None = None
        self._listed = 0

    def write(self) -> None:
        sheet, last = self._sheet, len(self._columns) - 1
        set_page(sheet, Words(), landscape=True, growing=True)
        self._across(0, self._title, self._styles.title, last)
        self._across(1, clean(self._words.note), self._styles.note, last)
        sheet.set_row(0, 30)
        shown = [f"*{clean(column.heading)}" if column.required else clean(column.heading) for column in self._columns]
        wide = widths([Column(column.heading, column.kind, _width(column)) for column in self._columns])
        sheet.set_row(_HEADING, max(map(lines_of, shown, wide)) * LINE_HEIGHT + PADDING * 2)
        for index, (column, width) in enumerate(zip(self._columns, wide, strict=True)):
            sheet.set_column(index, index, width, self._cell(column))
            self._head(index, column)
            self._check(index, column)
        sheet.conditional_format(
            _HEADING + 1, 0, _HEADING + ROWS, last,
            {
                "type": "formula",
                "criteria": f"=COUNTA($A{_HEADING + 2}:${xl_col_to_name(last)}{_HEADING + 2})>0",
                "format": self._workbook.add_format({"border": 1}),
            },
        )  # fmt: skip
        sheet.freeze_panes(_HEADING + 1, 0)
        sheet.repeat_rows(_HEADING)
        sheet.set_selection(_HEADING + 1, 0, _HEADING + 1, 0)

    def _across(self, row: int, text: str, style: Format, last: int) -> None:
        if last:
            self._sheet.merge_range(row, 0, row, last, "", style)
        self._sheet.write_string(row, 0, text, style)

    def _cell(self, column: TemplateColumn) -> Format:
        """A month stays text: as a number 1975.10 would lose its October."""
        number_format: str | int = {"date": "yyyy-mm-dd", "datetime": "yyyy-mm-dd hh:mm", "integer": "0", "decimal": "General"}.get(
            column.kind, _AS_TEXT
        )
        align = {"text": "left", "long": "left", "integer": "right", "decimal": "right"}.get(column.kind, "center")
        return self._workbook.add_format(
            {"font_name": FONT, "font_size": SIZE, "valign": "vcenter", "align": align, "text_wrap": True, "num_format": number_format}
        )

    def _head(self, index: int, column: TemplateColumn) -> None:
        heading = clean(column.heading)
        if column.required:
            self._sheet.write_rich_string(_HEADING, index, self._star, "*", self._plain, heading or " ", self._styles.heading)
        else:
            self._sheet.write_string(_HEADING, index, heading, self._styles.heading)
        hint = clean(column.hint)
        if hint:
            height = (lines_of(hint, 30) + 1) * 18
            self._sheet.write_comment(
                _HEADING, index, hint, {"width": 220, "height": height, "font_name": FONT, "font_size": 10, "author": ""}
            )

    def _check(self, index: int, column: TemplateColumn) -> None:
        """A day before 1900 cannot be one of the format's days; everything else may be insisted on."""
        words = self._words
        choices = [clean(choice) for choice in column.choices] or ([clean(words.yes), clean(words.no)] if column.kind == "boolean" else [])
        if choices:
            self._rule(index, {"validate": "list", "source": self._source(choices), "error_type": "stop"}, words.no_choice)
        elif column.kind in ("date", "datetime"):
            self._rule(index, {"validate": "date", "criteria": ">=", "value": date(1900, 1, 1)}, words.no_day)
        elif column.kind == "integer":
            self._rule(index, {"validate": "integer", "criteria": ">=", "value": 0}, words.no_count)
        elif column.kind == "decimal":
            self._rule(index, {"validate": "decimal", "criteria": "between", "minimum": -1e9, "maximum": 1e9}, words.no_number)

    def _rule(self, index: int, rule: dict[str, Any], message: Label) -> None:
        said = {"error_title": clean(self._words.check)[:_TITLE_CHARACTERS], "error_message": clean(message)[:_MESSAGE_CHARACTERS]}
        self._sheet.data_validation(_HEADING + 1, index, _HEADING + ROWS, index, {"error_type": "warning"} | said | rule)

    def _source(self, choices: list[str]) -> list[str] | str:
        """The values in the rule itself; a list too long for it, or with commas in it, on a hidden sheet."""
        if len(",".join(choices)) <= _LIST_CHARACTERS and not any("," in choice or choice != choice.strip() for choice in choices):
            return choices
        if self._lists is None:
            self._lists = self._workbook.add_worksheet(sheet_name(self._words.choices, [self._sheet.get_name()]))
            self._lists.hide()
        column, self._listed = self._listed, self._listed + 1
        for row, choice in enumerate(choices):
            self._lists.write_string(row, column, choice)
        letter = xl_col_to_name(column)
        quoted = self._lists.get_name().replace("'", "''")
        return f"='{quoted}'!${letter}$1:${letter}${len(choices)}"
