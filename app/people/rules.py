"""Pure rules of people and their offices."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
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


_NUMERALS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}


def constituency_number(text: str) -> str:
    """第10选区, 十选区, 10号选区 -> 10; empty where the text is no numbered constituency."""
    found = re.fullmatch(r"第?\s*([0-9]{1,3}|[零〇一二两三四五六七八九十]{1,3})\s*号?\s*选区", unicodedata.normalize("NFKC", text).strip())
    if not found:
        return ""
    if found[1].isdigit():
        return str(int(found[1]))
    tens, ten, ones = found[1].rpartition("十")
    return str((_NUMERALS.get(tens, 1) * 10 if ten else 0) + _NUMERALS.get(ones, 0))


_COUNTY_ORGAN = re.compile(r"^(县|市|区|省|国家|.{2,4}[县市区省])|(局|委|委员会|银行|公司|法院|检察院|公安局)$")
_TOWNSHIP_ORGAN = re.compile(r"^(镇|乡|街道|村|社区|.{1,4}[镇乡村])|(所|站|村委会|居委会|中心|学校|办公室|卫生院|办|大队|中队)$")


def organ_level(name: str) -> str:
    """Whose organ a name tells it to be: 县水利局 the county's, 镇民政所 the township's. What is said first decides."""
    if re.match(r"[镇乡村]|街道|社区", name):
        return "township"
    if re.match(r"[县市区省]", name):
        return "county"
    return "township" if _TOWNSHIP_ORGAN.search(name) or not _COUNTY_ORGAN.search(name) else "county"


def usual_term(level: str, year: int) -> dict[str, Any]:
    """The five-year term that a year falls into: congresses of counties and townships were elected anew in 2021 and 2022, those above
    in 2023. The ordinal follows the national count of 2021 (16) and 2023 (14) and differs from place to place."""
    first, ordinal = (2022, 16) if level in ("county", "township") else (2023, 14)
    cycles = (year - first) // 5
    return {
        "ordinal": max(1, ordinal + cycles),
        "starts_on": date(first + 5 * cycles, 1, 1),
        "ends_on": date(first + 5 * cycles + 4, 12, 31),
    }
