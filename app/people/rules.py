"""Pure rules of people and their offices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from app.core.refusals import Refusal
from app.names import pinyin_key, stroke_key


def name_keys(values: Mapping[str, Any]) -> dict[str, str]:
    """What a name is sorted by: pinyin for looking up, strokes for the official order."""
    return {"pinyin_key": pinyin_key(values["name"])[:200], "stroke_key": stroke_key(values["name"])[:400]}


_DIGITS = "零一二三四五六七八九"


def ordinal_name(values: Mapping[str, Any]) -> dict[str, str]:
    """16 -> 第十六届, as terms are written."""
    tens, ones = divmod(values["ordinal"], 10)
    numeral = ("" if tens == 0 else "十" if tens == 1 else _DIGITS[tens] + "十") + (_DIGITS[ones] if ones else "")
    return {"name": f"第{numeral}届"}


def mandate_state(values: Mapping[str, Any]) -> Iterable[Refusal]:
    """A mandate that is suspended or ended says since when and why (S10-3)."""
    if values.get("state") not in (None, "serving"):
        for name in ("state_since", "state_reason"):
            if not values.get(name):
                yield Refusal("required", name)


def holds_certificate(values: Mapping[str, Any]) -> bool:
    """A certificate belongs to its holder until the mandate has ended."""
    return bool(values.get("certificate")) and values.get("state") != "ended"


def other_holder(deputy: int, mandates: Iterable[tuple[int, str]]) -> int | None:
    """Another person among the mandates with the same certificate number (deputy, state) that have not ended, in whatever term."""
    return next((holder for holder, state in mandates if holder != deputy and state != "ended"), None)


def official_place(values: Mapping[str, Any], row_id: int) -> tuple[bool, int, str, int]:
    """What an official list is sorted by: a place set by hand wins, then the strokes of the name."""
    by_hand = values["official_order"]
    return by_hand is None, by_hand or 0, values["stroke_key"] or "~", row_id


def strokes_known(values: Mapping[str, Any]) -> bool:
    """Whether the name could be put in order: a character without data stands as ~."""
    return "~" not in (values["stroke_key"] or "~")
