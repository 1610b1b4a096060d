"""Days, months and moments as people type them. Pure; what does not exist is an error and never moved to what does."""

import math
import re
import unicodedata
from datetime import date, datetime, time, timedelta
from typing import Final

from app.sheets.grid import Cell, is_blank


class Misread(ValueError):
    """A cell that cannot be taken for what its column holds: why, as a code."""

    def __init__(self, code: str, said: object = "") -> None:
        super().__init__(code)
        self.code = code
        self.said = str(said)[:100]


_DIGITS: Final = {sign: digit for digit, signs in enumerate(("〇○零OoΟ", *"一二三四五六七八九")) for sign in signs}
_NUMERAL = re.compile("[〇○零OoΟ一二两三四五六七八九十廿卅]+(?=\\s*[年月日号时点分])")
_TENS: Final = str.maketrans({"廿": "二十", "卅": "三十", "两": "二"})

_FIRST_SERIAL: Final = 3654
"""1910-01-01: smaller numbers in a column of days are years, counts or slips."""
_FIRST_YEAR: Final = 1910
_LAST_SERIAL: Final = 73_050
_EPOCH: Final = datetime(1899, 12, 30)
_CENTURY: Final = 40
"""Two digits below this are a year of this century: no deputy was born before 1940 whose year would be written short."""

_SEP: Final = r"[年.\-/]"
_SEP_DAY: Final = r"[月.\-/]"
_WEEKDAY: Final = r"(?:\s*\(?(?:星期|周)[一二三四五六日天]\)?)?"
_FULL = re.compile(rf"(?P<year>\d{{4}}|\d{{2}}){_SEP}(?P<month>\d{{1,2}}){_SEP_DAY}(?P<day>\d{{1,2}})(?:[日号]|(?!\d)\.?){_WEEKDAY}")
_SPACED = re.compile(r"(?P<year>\d{4}) (?P<month>\d{1,2}) (?P<day>\d{1,2})(?![\d.:])")
_EIGHT = re.compile(r"(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})(?!\d)(?!\.\d)")
_SHORT = re.compile(rf"(?P<month>\d{{1,2}}){_SEP_DAY}(?P<day>\d{{1,2}})(?:[日号]|(?![\d./])){_WEEKDAY}")
_DAY_ALONE = re.compile(rf"(?P<day>\d{{1,2}})[日号]{_WEEKDAY}")
_MONTH = re.compile(rf"(?P<year>\d{{4}}|\d{{2}}){_SEP}(?P<month>\d{{1,2}})月?(?:份|生)?")
_SIX = re.compile(r"(?P<year>(?:19|20)\d{2})(?P<month>\d{2})")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_PERIOD: Final = r"(?P<period>凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|晚|[AaPp]\.?[Mm]\.?)?"
_TIME = re.compile(
    rf"T?\s*{_PERIOD}\s*(?P<hour>\d{{1,2}})(?::(?P<minute>\d{{1,2}})(?::(?P<second>\d{{1,2}})(?:\.\d+)?)?"
    r"|[时点](?:(?P<half>半|一刻|三刻)|(?P<minutes>\d{1,2})分?|整|钟)?)(?P<after>\s*[AaPp]\.?[Mm]\.?)?"
)
_PERIOD_ALONE = re.compile(r"\s*\(?(?:凌晨|早上|上午|中午|下午|晚上|全天)\)?")
_TO = re.compile(r"\s*(?:-+|~|至|到)\s*")
_PARTS: Final = {"半": 30, "一刻": 15, "三刻": 45}
_CLEANED: Final = str.maketrans("。、—–−‐‑﹣～∼\\", "..------~~/")


def read_day(cell: Cell, year: int | None = None) -> date:
    """The day; `year` is taken where none is written.

    3.4 typed as a number is 4 March. A typed 3.10 that became the number 3.1 cannot be told from 1 March and is read as that.
    """
    day, rest = _day(cell, year)
    if isinstance(rest, str) and rest and not _PERIOD_ALONE.fullmatch(rest):
        clock = _TIME.match(rest)
        if not clock:
            raise Misread("several_days" if _TO.match(rest) else "not_a_day", cell)
        _clock(clock, "")
        _end(day, rest[clock.end() :], year, _period(clock))
    return day


def read_month(cell: Cell) -> date:
    """The first day of the month.

    1975.10 typed as a number becomes 1975.1 and cannot be told from January: it is read as January. October is safe as text.
    """
    if isinstance(cell, date):
        return _day(cell, None)[0].replace(day=1)
    text = _number_text(cell) if isinstance(cell, int | float) and not isinstance(cell, bool) else _text(cell, "not_a_month")
    found = _MONTH.fullmatch(text) or _SIX.fullmatch(text)
    if found:
        month = int(found["month"])
        if not 1 <= month <= 12:
            raise Misread("no_such_month", cell)
        return date(_year(found["year"], cell, "no_such_month"), month, 1)
    try:
        return _day(cell, None)[0].replace(day=1)
    except Misread as error:
        raise error if error.code in ("blank", "no_such_day") else Misread("not_a_month", cell) from None


def read_moment(cell: Cell, year: int | None = None) -> datetime:
    """The day with its time, midnight where no time is written; of a stretch of time its beginning."""
    return read_span(cell, year)[0]


def read_span(cell: Cell, year: int | None = None) -> tuple[datetime, datetime | None]:
    """Beginning and end; the end is None where none is written."""
    day, rest = _day(cell, year)
    if isinstance(rest, time):
        return datetime.combine(day, rest), None
    clock = _TIME.match(rest)
    if not clock:
        alone = _PERIOD_ALONE.match(rest)
        after = rest[alone.end() :] if alone else rest
        return datetime.combine(day, time()), _end(day, after, year, "")
    start = datetime.combine(day, _clock(clock, ""))
    end = _end(day, rest[clock.end() :], year, _period(clock))
    if end is not None and end < start:
        raise Misread("ends_before_it_begins", cell)
    return start, end


def _end(day: date, rest: str, year: int | None, period: str) -> datetime | None:
    """What stands behind the beginning: nothing, or "to" and a time, or "to" and another day."""
    if not rest:
        return None
    to = _TO.match(rest)
    if not to:
        raise Misread("not_a_time", rest)
    rest = rest[to.end() :]
    clock = _TIME.fullmatch(rest)
    if clock:
        return datetime.combine(day, _clock(clock, period))
    alone = _DAY_ALONE.match(rest)
    if alone:
        last, after = _date(day.year, day.month, int(alone["day"]), rest), rest[alone.end() :].strip()
    else:
        last, behind = _day(rest, year or day.year)
        after = behind if isinstance(behind, str) else ""
    if not after:
        return datetime.combine(last, time())
    clock = _TIME.fullmatch(after)
    if not clock:
        raise Misread("not_a_time", rest)
    return datetime.combine(last, _clock(clock, ""))


def _day(cell: Cell, year: int | None) -> tuple[date, str | time]:
    """The day and what stands behind it. A count typed into a cell of days shows as a day of 1900: it is none."""
    if isinstance(cell, date) and cell.year < _FIRST_YEAR:
        raise Misread("not_a_day", cell)
    if isinstance(cell, datetime):
        return cell.date(), cell.time().replace(tzinfo=None)
    if isinstance(cell, date):
        return cell, time()
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _from_number(float(cell), year, cell)
    text = _text(cell, "not_a_day")
    for form in (_FULL, _SPACED, _EIGHT):
        found = form.match(text)
        if found:
            day = _date(_year(found["year"], cell, "no_such_day"), int(found["month"]), int(found["day"]), cell)
            return day, text[found.end() :].strip()
    found = _SHORT.match(text)
    if found:
        return _without_year(int(found["month"]), int(found["day"]), year, cell), text[found.end() :].strip()
    if _NUMBER.fullmatch(text):
        return _from_number(float(text), None, cell)
    raise Misread("not_a_day", cell)


def _from_number(number: float, year: int | None, cell: Cell) -> tuple[date, str | time]:
    """A number is a serial number as spreadsheets count days, or the digits of a day, or month.day."""
    if not math.isfinite(number) or number < 0:
        raise Misread("not_a_day", cell)
    if _FIRST_SERIAL <= number <= _LAST_SERIAL:
        moment = _EPOCH + timedelta(days=int(number), seconds=round(number % 1 * 86_400))
        return moment.date(), moment.time()
    text = _number_text(number)
    found = _EIGHT.fullmatch(text)
    if found:
        return _date(int(found["year"]), int(found["month"]), int(found["day"]), cell), ""
    found = _SHORT.fullmatch(text)
    if found:
        return _without_year(int(found["month"]), int(found["day"]), year, cell), ""
    raise Misread("not_a_day", cell)


def _without_year(month: int, day: int, year: int | None, cell: Cell) -> date:
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        raise Misread("no_such_day", cell)
    if year is None:
        raise Misread("year_missing", cell)
    return _date(year, month, day, cell)


def _date(year: int, month: int, day: int, cell: Cell) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise Misread("no_such_day", cell) from None


def _year(text: str, cell: Cell, code: str) -> int:
    year = int(text)
    if len(text) == 2:
        return year + (2000 if year < _CENTURY else 1900)
    if not 1900 <= year < 2200:
        raise Misread(code, cell)
    return year


def _period(found: re.Match[str]) -> str:
    return str(found["period"] or found["after"] or "").strip().lower().replace(".", "")


def _clock(found: re.Match[str], before: str) -> time:
    """The time of day; an end without its own half of the day is in that of the beginning."""
    period = _period(found) or before
    hour = int(found["hour"])
    minute = _PARTS[found["half"]] if found["half"] else int(found["minute"] or found["minutes"] or 0)
    if (period in ("下午", "傍晚", "晚上", "晚", "pm") and hour < 12) or (period == "中午" and hour < 3):
        hour += 12
    elif period in ("凌晨", "am") and hour == 12:
        hour = 0
    try:
        return time(hour, minute, int(found["second"] or 0))
    except ValueError:
        raise Misread("no_such_time", found.group()) from None


def _number_text(number: float) -> str:
    """The digits as typed: 1975.03 is not 1975.0299999."""
    if not math.isfinite(number):
        raise Misread("not_a_day", number)
    return f"{number:.6f}".rstrip("0").rstrip(".")


def _text(cell: Cell, code: str) -> str:
    """A text in plain digits, with blanks only where they part two numbers."""
    if is_blank(cell):
        raise Misread("blank")
    if not isinstance(cell, str) or len(cell) > 100:
        raise Misread(code, cell)
    text = unicodedata.normalize("NFKC", cell.translate(_CLEANED)).translate(_CLEANED).strip()
    text = _NUMERAL.sub(lambda found: _arabic(found.group()), text)
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r"(?<=[年月.\-/:]) | (?=[年月日号.\-/:时点分(])", "", text).strip(" ,;")
    return text if text.isascii() else _ascii_digits(text)


def _ascii_digits(text: str) -> str:
    """Digits of other scripts are none of ours: \\d would take them."""
    return "".join(sign if sign.isascii() or not sign.isdecimal() else "?" for sign in text)


def _arabic(numeral: str) -> str:
    """二〇二五 -> 2025, 十二 -> 12, 廿三 -> 23."""
    numeral = numeral.translate(_TENS)
    if all(sign in "OoΟ" for sign in numeral):
        return numeral
    if "十" not in numeral:
        return "".join(str(_DIGITS[sign]) for sign in numeral)
    tens, _, ones = numeral.partition("十")
    if len(tens) > 1 or len(ones) > 1 or "十" in ones:
        return numeral
    return str((_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0))
