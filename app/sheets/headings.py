"""Where the table of a sheet begins, what its columns are called, and which of its rows are rows.

Nothing is known here about any ledger: the caller says which labels it knows.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from app.sheets.grid import Cell, Grid, Span, is_blank
from app.sheets.values import read_text

_SEARCHED: Final = 100
"""Rows among which the heading is looked for."""
_CJK: Final = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"
_BLANK_BY_CJK = re.compile(rf"(?<=[{_CJK}])\s+|\s+(?=[{_CJK}])")
_UNIT = re.compile(
    r"\((?:单位:?)?(?:°c|°|%|‰|人|人次|名|次|件|条|份|元|万元|个|岁|年|月|日|时|分|小时|天|页|户|票|m|m2|㎡|平方米|公里|km|kg|吨|必填|选填)\)"
)
_SERIAL: Final = frozenset({"序号", "编号", "序", "号", "no", "no."})

_TOTAL = re.compile(
    r"(?:本页|本月|本年|全年|全镇|全县|年度|月)?(?:合计|总计|小计|共计|累计|总数|平均值?|平均分|均值)(?:$|[:：(（\d]|人数|件数|次数)"
    r"|共计?\d+余?[条人件名次项个份户票位场]"
)
_SIGNED = re.compile(
    "(?:填表|填报|制表|审核|审批|复核|统计|经办|记录|登记|单位|主要|分管|联络站)*(?:负责人|负责同志|联系人|人员?|站长|主席|领导|单位|时间|日期)?"
    r"[(（]?(?:签字|签名|签章|盖章|公章)?[)）]?[:：]"
)
_NOTE = re.compile(r"(?:备?注|说明|附注|填表说明|填写说明|注意|注意事项|备注说明)\s*(?:[:：]|\d+[.、])")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
_CHINESE_YEAR = re.compile("[一二][九〇○零][〇○零一二三四五六七八九]{2}(?=年)")
_CHINESE_DIGITS: Final = {ord(sign): str(digit) for digit, signs in enumerate(("〇○零", *"一二三四五六七八九")) for sign in signs}
_ATTACHED = re.compile(r"附[件表]?\s*[\d一二三四五六七八九十]*\s*[:：]?")


@dataclass(frozen=True)
class Heading:
    """The lines of the heading, from 0, and one text for each column ("" where there is none)."""

    first: int
    last: int
    texts: tuple[str, ...]


@dataclass
class DataRows:
    """The rows of a table under the numbers that people see, and what was left out with the reason (a code)."""

    rows: list[tuple[int, list[Cell]]] = field(default_factory=list)
    left_out: list[tuple[int, str]] = field(default_factory=list)

    def __iter__(self) -> Iterator[tuple[int, list[Cell]]]:
        return iter(self.rows)


@lru_cache(4096)
def label_key(text: str) -> str:
    """What makes two headings the same: blanks, width, case, the unit in brackets, a colon or a star make no difference."""
    key = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).lower()
    return _UNIT.sub("", key).strip("*:：")


def find_heading(grid: Grid, known: Callable[[str], bool]) -> Heading | None:
    """The one or two lines that hold the most known labels; None where no row looks like a heading.

    Two labels at least, or one in a sheet of one or two columns. A row whose neighbour below has other known labels in the same
    columns is a form to be filled in (label, value, label, value), not the head of a table.
    """
    best: tuple[int, Heading] | None = None
    filled = [index for index, row in enumerate(grid.rows[:_SEARCHED]) if any(not is_blank(cell) for cell in row)]
    spans = _by_row(grid.merged)
    for index in filled:
        if _is_form(grid, index, known):
            continue
        for heading in (Heading(index, index, tuple(_line(grid.rows[index]))), *_double(grid, index, spans)):
            score = _score(heading, known)
            if score >= _needed(heading) and (best is None or score > best[0] or (score == best[0] and _is_truer(grid, heading, best[1]))):
                best = score, heading
    return best[1] if best else None


def data_rows(grid: Grid, heading: Heading, known: Callable[[str], bool] | None = None) -> DataRows:
    """The rows below the heading. A cell merged downwards speaks for all the rows it covers.

    Where the caller says which labels it knows, another table further down the sheet ends this one.
    """
    found = DataRows()
    width = len(heading.texts)
    lines = [_line(grid.rows[index]) for index in range(heading.first, heading.last + 1)]
    titles = {text for row in grid.rows[: heading.first] for text in _line(row) if text}
    serial = next((column for column, text in enumerate(heading.texts) if label_key(text) in _SERIAL), None)
    down: dict[int, list[Span]] = {}
    across: dict[int, int] = {}
    for span in grid.merged:
        down.setdefault(span.top, []).append(span)
        across[span.top] = max(across.get(span.top, 0), span.right - span.left + 1)
    standing: dict[int, Span] = {}
    noted = False
    for index in range(heading.last + 1, len(grid.rows)):
        row = grid.rows[index]
        filled = [column for column in range(len(row)) if not is_blank(row[column])]
        merged = across.get(index, 0)
        reason = _left_out(row, filled, lines, titles, serial, noted or merged * 2 > width > 3 or merged >= width > 1)
        if not reason and known and _is_other_heading(row, filled, known):
            found.left_out += [(number + 1, "other_table") for number in range(index, len(grid.rows))]
            break
        if reason:
            noted = reason in ("note", "signature") or (noted and reason == "blank")
            found.left_out.append((index + 1, reason))
            continue
        noted = False
        values = row[:width]
        for column, span in standing.items():
            if index <= span.bottom and values[column] is None:
                values[column] = grid.rows[span.top][column]
        standing.update((span.left, span) for span in down.get(index, ()) if span.left < width)
        found.rows.append((index + 1, values))
    return found


def title_of(grid: Grid, heading: Heading) -> str:
    """The first text above the heading that is more than the number of an enclosure; "" where there is none."""
    for row in grid.rows[: heading.first]:
        for cell in row:
            text = _joined(read_text(cell))
            if text and not _ATTACHED.fullmatch(text):
                return text
    return ""


def year_of(grid: Grid, heading: Heading) -> int | None:
    """The year that the rows above the heading, or else the sheet's name, speak of."""
    for text in [*(read_text(cell) for row in grid.rows[: heading.first] for cell in row if cell is not None), grid.name]:
        plain = _CHINESE_YEAR.sub(lambda found: found.group().translate(_CHINESE_DIGITS), unicodedata.normalize("NFKC", text))
        found = _YEAR.search(plain)
        if found:
            return int(found.group(1))
    return None


def _by_row(merged: Sequence[Span]) -> dict[int, list[Span]]:
    rows: dict[int, list[Span]] = {}
    for span in merged:
        if span.top < _SEARCHED:
            rows.setdefault(span.top, []).append(span)
    return rows


def _double(grid: Grid, index: int, spans: dict[int, list[Span]]) -> Iterator[Heading]:
    """This line and the next, each column's two texts joined. A title, or a line of particulars ("unit: ..."), is no upper line."""
    if index + 1 >= len(grid.rows):
        return
    upper, lower = _line(grid.rows[index]), _line(grid.rows[index + 1])
    if len({text for text in upper if text}) < 2 or any(re.search("[:：].", text) for text in upper):
        return
    group, grouped = _groups(upper, lower, spans.get(index, []))
    texts = []
    for column, (above, below) in enumerate(zip(upper, lower, strict=True)):
        if column in grouped:
            above = upper[group[column]]
            texts.append(f"{above}/{below}" if below and below != above else above)
        else:
            texts.append(_joined(f"{above} {below}") if above != below else above)
    yield Heading(index, index + 1, tuple(texts))


def _groups(upper: list[str], lower: list[str], spans: list[Span]) -> tuple[dict[int, int], set[int]]:
    """For each column under a group heading the column where that heading stands: by merged cells, or by blanks to its right."""
    group: dict[int, int] = {}
    wide = {span.left: span for span in spans if span.right > span.left}
    tall = {column for span in spans if span.bottom > span.top for column in range(span.left, span.right + 1)}
    column = 0
    while column < len(upper):
        end = column + 1
        if upper[column] and column in wide:
            end = min(wide[column].right + 1, len(upper))
        elif upper[column] and lower[column] and column not in tall:
            while end < len(upper) and not upper[end] and lower[end] and end not in tall:
                end += 1
        if end - column > 1:
            group.update(dict.fromkeys(range(column, end), column))
        column = end
    return group, set(group)


def _is_form(grid: Grid, index: int, known: Callable[[str], bool]) -> bool:
    """Whether this row and a neighbour hold different known labels in the same columns: in most of them, for a word or two of a
    table's first row may be called like some column elsewhere."""
    here = _line(grid.rows[index])
    labels = sum(1 for text in here if text and known(text))
    for neighbour in (index - 1, index + 1):
        there = _line(grid.rows[neighbour]) if 0 <= neighbour < len(grid.rows) else []
        pairs = [(a, b) for a, b in zip(here, there, strict=False) if a and b and label_key(a) != label_key(b)]
        both = sum(1 for a, b in pairs if known(a) and known(b))
        if both > 1 and both * 2 >= labels:
            return True
    return False


def _score(heading: Heading, known: Callable[[str], bool]) -> int:
    """Different known labels; under a group heading the lower text alone will do."""
    return len({label_key(text) for text in heading.texts if text and (known(text) or ("/" in text and known(text.rpartition("/")[2])))})


def _needed(heading: Heading) -> int:
    return 1 if sum(1 for text in heading.texts if text) <= 2 else 2


def _is_truer(grid: Grid, heading: Heading, other: Heading) -> bool:
    """Of two headings with as many known labels: whether this one, found later, is the heading."""
    if heading.first == other.first:
        return _holds_together(grid, heading)
    return heading.first == heading.last == other.last and not _holds_together(grid, other)


def _holds_together(grid: Grid, heading: Heading) -> bool:
    """Whether the sheet itself says that two lines are one heading: cells merged across both, or a group over several columns."""
    if heading.last == heading.first:
        return False
    tall = any(span.top == heading.first and span.bottom == heading.last for span in grid.merged)
    wide = any(span.top == heading.first == span.bottom and span.left < span.right < len(heading.texts) for span in grid.merged)
    whole = any(span.top == heading.first and span.right - span.left + 1 >= len(heading.texts) for span in grid.merged)
    return tall or (wide and not whole)


def _left_out(
    row: list[Cell], filled: list[int], lines: list[list[str]], titles: set[str], serial: int | None, in_a_note: bool
) -> str | None:
    """Why a row below the heading is no row of the table."""
    if not filled or (len(filled) == 1 and filled[0] == serial and not isinstance(row[filled[0]], str)):
        return "blank"
    if len(filled) == 1 and filled[0] == serial and re.fullmatch(r"\d+", read_text(row[filled[0]])):
        return "blank"
    first = [_joined(cell) for column in filled[:2] if isinstance(cell := row[column], str)]
    if not first:
        return None
    if any(first[0] in line for line in lines):
        texts = _line(row)
        same = sum(1 for column in filled if any(column < len(line) and line[column] == texts[column] for line in lines))
        if (same > 1 or same == sum(1 for text in lines[0] if text)) and same * 2 > len(filled):
            return "heading"
    if any(_TOTAL.match(text) for text in first):
        return "total"
    if _NOTE.match(first[0]):
        return "note"
    if _SIGNED.match(first[0]):
        return "signature"
    if len(filled) == 1 and first[0] in titles:
        return "title"
    return "note" if len(filled) == 1 and in_a_note else None


def _is_other_heading(row: list[Cell], filled: list[int], known: Callable[[str], bool]) -> bool:
    """Three known labels, nothing but texts, and the first of them a label."""
    if len(filled) < 3 or not all(isinstance(row[column], str) for column in filled):
        return False
    texts = [_joined(read_text(row[column])) for column in filled]
    return known(texts[0]) and sum(map(known, texts)) >= max(3, -(-len(texts) // 2))


def _line(row: Sequence[Cell]) -> list[str]:
    return [_joined(read_text(cell)) for cell in row]


def _joined(text: str) -> str:
    """Without the blanks and line breaks that only spread a heading over its cell; between two Latin words one blank stays."""
    return _BLANK_BY_CJK.sub("", re.sub(r"\s+", " ", text.strip()))
