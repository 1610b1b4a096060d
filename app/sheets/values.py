"""Names, numbers, telephones, marks and texts as people type them. Pure; what cannot be read is an error, never a guess."""

import math
import re
import unicodedata
from datetime import date, datetime, time
from decimal import Decimal
from typing import Final, Literal

from app.sheets.days import Misread
from app.sheets.grid import Cell, is_blank

Mark = Literal["present", "leave", "absent", "late"]

_WIDE = {code: code - 0xFEE0 for first, last in (("０", "９"), ("Ａ", "Ｚ"), ("ａ", "ｚ")) for code in range(ord(first), ord(last) + 1)}
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060\ufeff\ufffe\uffff\ud800-\udfff]")
_HAN: Final = "\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_DOTS = re.compile(rf"\s*[·•・･‧∙⋅●･᛫]\s*|(?<=[{_HAN}])\s*[.．。]\s*(?=[{_HAN}])")
_BLANK_BY_HAN = re.compile(rf"(?<=[{_HAN}·])\s+|\s+(?=[{_HAN}·])")
_AND_OTHERS = re.compile(r"等?(?:共?\s?[0-9一二两三四五六七八九十百]{1,5}\s?)(?:余|多)?(?:人|名|位|名?代表|位代表)$|等(?:人|代表|同志)?$")
_BRACKETED = re.compile(r"[(（\[【][^()（）\[\]【】]*[)）\]】]")
_LISTED = re.compile(r"[、，,;；/／|\r\n\t]+")

_NUMBER = re.compile(
    r"(?:约|大约|近|共|共计|合计)?(?P<number>[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|[+-]?\.\d+)(?P<times>万|千|百)?(?:余|多)?"
    rf"(?:[{_HAN}]{{1,4}}|%|‰|°[CcFf]?|m2?|m²|km|kg)?"
)
_CHINESE = re.compile(r"(?:约|共)?(?P<number>[〇零一二两三四五六七八九十]{1,3})(?:余|多)?[人名次件条份个天]?")
_TIMES: Final = {None: 1, "百": 100, "千": 1000, "万": 10_000}
_CHINESE_DIGITS: Final = {"〇": 0, "零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}

_PHONES_BETWEEN = re.compile(r"[、，,;；/／|\r\n\t]+|\s+(?=\+?\d{7,})|\s+或\s*")
_PHONE = re.compile(r"\+?\d[\d\- ]{1,24}\d(?:\s*(?:转|ext\.?|#)\s*\d{1,6})?", re.IGNORECASE)

_PRESENT: Final = "√ ✓ ✔ ☑ ✅ v y 1 出席 出 到 已到 实到 到会 参加 已参加 签到 已签到 是 true"
_LEAVE: Final = "假 请假 事假 病假 公假 产假 婚假 丧假 年假 公 事 病 公差 公出 出差 △ ▲"
_ABSENT: Final = "× x ✕ ✖ ✗ ✘ ☒ ❌ ╳ 0 缺 缺席 缺勤 旷 旷会 旷工 未到 未参加 未出席 否 false"
_MARKS: Final[dict[str, Mark]] = {
    **dict.fromkeys(_PRESENT.split(), "present"),
    **dict.fromkeys(_LEAVE.split(), "leave"),
    **dict.fromkeys(_ABSENT.split(), "absent"),
    **dict.fromkeys(["迟", "迟到"], "late"),
}
_NO_MARK: Final = frozenset({"", "/", "-", "--", "—", "——", "–", "\\", "无"})


def read_text(cell: Cell) -> str:
    """The text as written: Chinese punctuation stays, wide digits and Latin letters become plain ones, 3.0 is 3."""
    match cell:
        case None:
            return ""
        case bool():
            return "是" if cell else "否"
        case datetime():
            return cell.strftime("%Y-%m-%d") if cell.time() == time() else cell.strftime("%Y-%m-%d %H:%M")
        case date():
            return cell.isoformat()
        case time():
            return cell.strftime("%H:%M")
        case int() | float():
            return _plain(cell)
    text = _UNSEEN.sub("", cell.replace("\r\n", "\n").replace("\r", "\n")).translate(_WIDE)
    return "\n".join(line.rstrip() for line in text.replace("\xa0", " ").split("\n")).strip()


def read_name(cell: Cell) -> str:
    """One person's name in one spelling: no blanks within Chinese ones, one kind of middle dot, single blanks within Latin ones."""
    text = re.sub(r"\s+", " ", read_text(cell)).strip()
    return _BLANK_BY_HAN.sub("", _DOTS.sub("·", text)).strip()


def split_names(cell: Cell) -> list[str]:
    """The names of a list, each once, in order.

    Blanks part names too, except where single characters stand: 王　五 is one person. Notes in brackets and 等3人 are not names.
    The word 和 parts nothing: it is part of many names.
    """
    text = _AND_OTHERS.sub("", _DOTS.sub("·", _BRACKETED.sub("", re.sub(r"[^\S\n]+", " ", read_text(cell)).replace("\n", "、"))).strip())
    names: list[str] = []
    for part in _LISTED.split(text):
        names += _names_of(part.split())
    return list(dict.fromkeys(filter(None, map(read_name, names))))


def _names_of(words: list[str]) -> list[str]:
    if not any(re.search(f"[{_HAN}]", word) for word in words):
        return [" ".join(words)]
    if len(words) == 3 and all(len(word) == 1 for word in words):
        return ["".join(words)]
    names: list[str] = []
    waiting = ""
    for word in words:
        if waiting:
            names.append(waiting + word)
            waiting = ""
        elif len(word) == 1:
            waiting = word
        else:
            names.append(word)
    if waiting and names:
        names[-1] += waiting
    elif waiting:
        names.append(waiting)
    return names


def read_number(cell: Cell) -> Decimal:
    """The number, without the unit and the "about" around it."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        if not math.isfinite(cell):
            raise Misread("not_a_number", cell)
        return Decimal(_plain(cell))
    text = _folded(cell, "not_a_number")
    found = _NUMBER.fullmatch(text)
    if found:
        return Decimal(found["number"].replace(",", "")) * _TIMES[found["times"]]
    found = _CHINESE.fullmatch(text)
    if found:
        return Decimal(_from_chinese(found["number"], cell))
    raise Misread("not_a_number", cell)


def read_count(cell: Cell) -> int:
    """How many: a whole number, not below nothing."""
    number = read_number(cell)
    if number < 0 or number != number.to_integral_value() or number >= 10**12:
        raise Misread("not_a_count", cell)
    return int(number)


def read_phone(cell: Cell) -> str:
    """The telephone number; of several the first (`read_phones` gives them all)."""
    return read_phones(cell)[0]


def read_phones(cell: Cell) -> list[str]:
    """All numbers of a cell. How many digits one must have is the form's rule, not this reader's."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        text = _plain(cell)
    elif is_blank(cell):
        raise Misread("blank")
    elif isinstance(cell, str) and len(cell) <= 200:
        text = re.sub(r"[—–−‐‑－]", "-", unicodedata.normalize("NFKC", _UNSEEN.sub("", cell))).strip(" '")
    else:
        raise Misread("not_a_phone", cell)
    numbers = [_phone(part, cell) for part in _PHONES_BETWEEN.split(text) if part.strip(" .。")]
    if not numbers:
        raise Misread("not_a_phone", cell)
    return list(dict.fromkeys(numbers))


def _phone(text: str, cell: Cell) -> str:
    text = re.sub(r"^(?:电话|手机|座机|tel|mobile)?\s*[:：]?\s*|\.0$", "", text.strip(" .。"), flags=re.IGNORECASE)
    text = re.sub(r"^\((\d{3,4})\)\s*-?\s*", r"\1-", text)
    text = re.sub(r"^(?:\+|00)\s*86[\s\-]*|^86[\s\-]*(?=1\d{10}$)", "", text)
    if (not text.isascii() and "转" not in text) or not _PHONE.fullmatch(text):
        raise Misread("not_a_phone", cell)
    number, extension, more = re.fullmatch(r"(.*?)\s*(转|ext\.?|#|$)\s*(\d*)", text, re.IGNORECASE).groups()  # type: ignore[union-attr]
    digits = re.sub(r"\D", "", number)
    parts = [part for part in re.split(r"[\s\-]+", number) if part]
    if not digits.startswith("0") or len(parts) == 1:
        number = ("+" if number.startswith("+") else "") + digits
    else:
        number = f"{parts[0]}-{''.join(parts[1:])}"
    return f"{number}转{more}" if extension else number


def read_mark(cell: Cell) -> Mark | None:
    """An attendance mark; nothing where the person was not due. A circle means either to different offices and is refused."""
    if cell is None:
        return None
    if isinstance(cell, date | time):
        raise Misread("not_a_mark", cell)
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", read_text(cell))).lower()
    if isinstance(cell, bool):
        text = str(cell).lower()
    if text in _NO_MARK:
        return None
    if text not in _MARKS:
        raise Misread("not_a_mark", cell)
    return _MARKS[text]


def _plain(number: int | float) -> str:
    """Digits without exponent and without the .0 of spreadsheets."""
    if isinstance(number, float):
        if not math.isfinite(number):
            return str(number)
        if number.is_integer() and abs(number) < 1e15:
            return str(int(number))
        return format(Decimal(f"{number:.15g}"), "f")
    return str(number) if abs(number) < 10**300 else "?"


def _folded(cell: Cell, code: str) -> str:
    if is_blank(cell):
        raise Misread("blank")
    if not isinstance(cell, str) or len(cell) > 100:
        raise Misread(code, cell)
    text = unicodedata.normalize("NFKC", cell.replace("−", "-").replace("，", ","))
    if any(sign.isdecimal() and not sign.isascii() for sign in text):
        raise Misread(code, cell)
    return re.sub(r"\s+", "", text)


def _from_chinese(numeral: str, cell: Cell) -> int:
    """Up to 九十九."""
    tens, ten, ones = numeral.partition("十")
    if not ten and len(numeral) == 1:
        return _CHINESE_DIGITS[numeral]
    if not ten or len(tens) > 1 or len(ones) > 1 or "十" in ones:
        raise Misread("not_a_number", cell)
    return (_CHINESE_DIGITS[tens] if tens else 1) * 10 + (_CHINESE_DIGITS[ones] if ones else 0)
