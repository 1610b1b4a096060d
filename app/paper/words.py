"""How values are written on paper."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any


def long_date(value: Any) -> str:
    """2026年3月3日, with the hour where there is one: 2026年3月3日9:00. What is no date (a mask) stays as it is."""
    if isinstance(value, datetime):
        return f"{value.year}年{value.month}月{value.day}日{value.hour}:{value.minute:02}"
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    return str(value or "")


def short_date(value: Any) -> str:
    """2026.03.03, for the narrow columns of tables."""
    return f"{value:%Y.%m.%d}" if isinstance(value, date) else str(value or "")


def month_of_birth(value: Any) -> str:
    """1975.03, as name lists have it; a masked day of birth keeps its year alone."""
    return f"{value:%Y.%m}" if isinstance(value, date) else str(value or "")


def boxes(choices: Iterable[tuple[Any, Any]], chosen: Any, in_a_line: int = 5) -> str:
    """All choices with a box each, ticked where chosen: ☑满意　□基本满意. Lines end between choices, never after a box."""
    shown = [f"{'☑' if code == chosen else '□'}{label}" for code, label in choices]
    return "\n".join("　".join(shown[start : start + in_a_line]) for start in range(0, len(shown), in_a_line))


def paragraphs(text: str) -> list[dict[str, str]]:
    """The lines of a text; one that is numbered, short and no sentence (一、代表活动) is a heading."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return [{"text": line, "heading": "1" if _is_heading(line) else ""} for line in lines]


def _is_heading(line: str) -> bool:
    return len(line) <= 30 and line[0] in "一二三四五六七八九十" and "、" in line[:4] and not line.endswith(("。", "；"))
