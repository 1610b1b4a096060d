"""A file with the names of voter representatives, as offices keep it: a column of names, often the village beside it (S9-4).

Pure over the sheets of the file. A list that says of each line at which meeting the voter is goes the ordinary way of import.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from app.core.refusals import Refusal, Refused
from app.names.pinyin import tidy
from app.sheets import Cell, Grid, data_rows, find_heading, is_blank, label_key, read_name, read_text

_NAMES: Final = frozenset({"姓名", "名字", "选民姓名", "代表姓名", "选民代表", "选民代表姓名", "评议选民代表", "参会人员"})
_VILLAGES: Final = frozenset({"村", "所在村", "村居", "村(居)", "村(社区)", "村名", "社区", "所在村(社区)", "所属村", "村组",
                               "选区", "单位", "住址", "地址"})


def voters_listed(grids: Iterable[Grid]) -> list[str]:
    """The names of all sheets, each once, in order; of two who bear one name the village stands with it, in brackets.
    Raises Refused where no sheet has a column of names."""
    found = [line for grid in grids for line in _lines(grid)]
    if not found:
        raise Refused(Refusal("voters_no_column", "file"))
    lines = list(dict.fromkeys(found))
    bearers = Counter(tidy(name) for name, _village in lines)
    return list(dict.fromkeys(f"{name}（{village}）" if village and bearers[tidy(name)] > 1 else name for name, village in lines))


def _lines(grid: Grid) -> list[tuple[str, str]]:
    """Name and village of each line of a sheet; one without a heading is a list if it has a single column of words."""
    heading = find_heading(grid, lambda text: label_key(text) in _NAMES | _VILLAGES)
    if heading is None:
        return [(name, "") for name in _bare(grid)]
    keys = [label_key(text) for text in heading.texts]
    name_at = next((place for place, key in enumerate(keys) if key in _NAMES), None)
    if name_at is None:
        return []
    village_at = next((place for place, key in enumerate(keys) if key in _VILLAGES), None)
    lines = [(read_name(cells[name_at]), _village(cells, village_at)) for _number, cells in data_rows(grid, heading)]
    return [line for line in lines if line[0]]


def _village(cells: Sequence[Cell], at: int | None) -> str:
    return "".join(read_text(cells[at]).split()).strip("（）()") if at is not None else ""


def _bare(grid: Grid) -> list[str]:
    """What stands in the one column that holds words; running numbers beside it are none."""
    columns = [[cell for cell in column if isinstance(cell, str) and not is_blank(cell)] for column in zip(*grid.rows, strict=True)]
    worded = [column for column in columns if column]
    return [name for name in map(read_name, worded[0]) if name] if len(worded) == 1 else []
