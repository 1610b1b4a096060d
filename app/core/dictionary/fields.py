"""A field: what one column of a ledger is, and how its values are read and shown.

Said once on the model (`info["field"]`); list, form, search, show, REST, export and import follow from it.
Reading is the same for a browser's text, a JSON value and a workbook's cell.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, TypeVar

from ..refusals import Refusal, Refused
from .masks import Personal

Day = TypeVar("Day", bound=date)


class Kind(StrEnum):
    TEXT = "text"
    LONG = "long"
    PHONE = "phone"
    CHOICE = "choice"
    DATE = "date"
    DATETIME = "datetime"
    INTEGER = "integer"
    DECIMAL = "decimal"
    BOOLEAN = "boolean"
    REFERENCE = "reference"
    REFERENCES = "references"
    POINTS = "points"
    """Points of a checklist, each in order or not, with words: [{"point": str, "ok": bool, "words": str}]."""


@dataclass(frozen=True)
class Choices:
    """A closed set: code -> label (lazy), and the colour of those that are states."""

    labels: Mapping[str, Any]
    tones: Mapping[str, str] | None = None

    def __contains__(self, code: object) -> bool:
        return code in self.labels

    def label(self, code: str | None) -> str:
        return str(self.labels.get(code, code)) if code else ""

    def tone(self, code: str | None) -> str:
        return (self.tones or {}).get(code or "", "")


@dataclass(frozen=True, kw_only=True)
class Field:
    """One column of the dictionary; `name` is its attribute on the model, `column` its column in the database."""

    label: Any
    kind: Kind
    name: str = ""
    required: bool = False
    length: int | None = None
    minimum: int | None = None
    maximum: int | None = None
    hint: Any = None
    width: int | None = None
    heading: Any = None
    personal: Personal | None = None
    choices: Choices | None = None
    target: str = ""
    through: str = ""
    setting: str = ""
    """The setting that lists a checklist's points."""
    written_by_program: bool = False
    unseen: bool = False
    """Kept for the program alone: no page and no workbook shows it."""
    default: Any = None

    @property
    def column(self) -> str:
        return f"{self.name}_id" if self.kind is Kind.REFERENCE else self.name

    @property
    def sortable(self) -> bool:
        return self.personal is None and self.kind not in (Kind.LONG, Kind.REFERENCES, Kind.POINTS)

    def named(self, name: str) -> Field:
        return replace(self, name=name)

    def refused(self, code: str, **facts: Any) -> Refused:
        return Refused(Refusal(code, self.name, facts))

    def read(self, raw: Any) -> Any:
        """The value of what was typed, sent or imported; None where empty. Raises Refused. References stay ids."""
        if isinstance(raw, str):
            raw = _tidy(raw, keep_lines=self.kind is Kind.LONG)
        if raw is None or raw == "" or raw == []:
            return [] if self.kind in (Kind.REFERENCES, Kind.POINTS) else (False if self.kind is Kind.BOOLEAN else None)
        return _READERS[self.kind](self, raw)


_CONTROL = dict.fromkeys((*range(9), *range(11, 32), 127, 65279, *range(55296, 57344)))
"""Characters that no text of the office holds, and halves of characters that no database takes."""


def _tidy(raw: str, keep_lines: bool) -> str:
    text = raw.replace("\r\n", "\n").replace("\r", "\n").translate(_CONTROL)
    return text.strip() if keep_lines else " ".join(text.split())


def plain(raw: Any) -> str:
    """Full-width digits and signs as their ordinary selves: １３８ -> 138."""
    return unicodedata.normalize("NFKC", str(raw)).strip()


def _text(field: Field, raw: Any) -> str:
    if isinstance(raw, (dict, list, bool)):
        raise field.refused("not_text")
    text = str(raw)
    if field.length is not None and len(text) > field.length:
        raise field.refused("too_long", most=field.length, now=len(text))
    return text


_LANDLINE = re.compile(r"(0\d{2,3}-?)?[2-9]\d{6,7}(-\d{1,6})?|1\d{2,4}|[48]00-?\d{3}-?\d{4}")


def _phone(field: Field, raw: Any) -> str:
    text = re.sub(r"[ \u2010-\u2015]", lambda found: "" if found[0] == " " else "-", plain(_text(field, raw)))
    digits = text.removeprefix("+86").replace("-", "")
    if re.fullmatch(r"1[3-9]\d{9}", digits):
        return digits
    if re.fullmatch(r"1[3-9]\d{5,}", digits):
        raise field.refused("mobile_digits", now=len(digits))
    if not _LANDLINE.fullmatch(text):
        raise field.refused("not_a_phone", raw=_short(raw))
    return text


def _choice(field: Field, raw: Any) -> str:
    if not isinstance(raw, str) or field.choices is None or raw not in field.choices:
        raise field.refused("not_a_choice", raw=_short(raw))
    return raw


_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?|(\d{4})(\d{2})(\d{2})")


def read_date(raw: Any) -> date | None:
    """A day however typed (2026-11-03, 2026/11/3, 2026.11.3, 2026年11月3日, 20261103); None where it is none."""
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    found = _DATE.fullmatch(plain(raw)) if isinstance(raw, (str, int)) else None
    if not found:
        return None
    try:
        return date(*(int(part) for part in found.groups() if part is not None))
    except ValueError:
        return None


def _date(field: Field, raw: Any) -> date:
    day = read_date(raw)
    if day is None:
        raise field.refused("not_a_date", raw=_short(raw))
    return _in_century(field, day)


_TIME = re.compile(r"(.+?)[T\s]\s*(\d{1,2})[:时点](\d{1,2})?(?:[:分](\d{1,2})?(?:\.\d+)?)?秒?")


def _datetime(field: Field, raw: Any) -> datetime:
    if isinstance(raw, datetime):
        return _in_century(field, raw.replace(tzinfo=None, microsecond=0))
    found = _TIME.fullmatch(plain(raw)) if isinstance(raw, str) else None
    day = read_date(found[1] if found else raw)
    if day is None:
        raise field.refused("not_a_datetime", raw=_short(raw))
    hour, minute, second = (int(part or 0) for part in found.groups()[1:]) if found else (0, 0, 0)
    if hour > 23 or minute > 59 or second > 59:
        raise field.refused("not_a_datetime", raw=_short(raw))
    return _in_century(field, datetime(day.year, day.month, day.day, hour, minute, second))


def _in_century(field: Field, day: Day) -> Day:
    if not 1900 <= day.year <= 2100:
        raise field.refused("year_out_of_range")
    return day


def _number(field: Field, raw: Any, code: str) -> Decimal:
    if isinstance(raw, (bool, dict, list)):
        raise field.refused(code, raw=_short(raw))
    try:
        number = Decimal(plain(raw).replace(",", "").replace(" ", ""))
    except InvalidOperation:
        raise field.refused(code, raw=_short(raw)) from None
    if not number.is_finite():
        raise field.refused(code, raw=_short(raw))
    if field.minimum is not None and number < field.minimum:
        raise field.refused("too_small", least=field.minimum)
    most = field.maximum if field.maximum is not None else 2_000_000_000
    if number > most:
        raise field.refused("too_large", most=most)
    return number


def _integer(field: Field, raw: Any) -> int:
    number = _number(field, raw, "not_an_integer")
    if number != int(number):
        raise field.refused("not_an_integer", raw=_short(raw))
    return int(number)


def _decimal(field: Field, raw: Any) -> Decimal:
    return _number(field, raw, "not_a_number").quantize(Decimal("0.01"))


_YES = {"1", "true", "yes", "y", "on", "是", "√", "✓", "有"}
_NO = {"0", "false", "no", "n", "off", "否", "×", "无"}


def _boolean(field: Field, raw: Any) -> bool:
    text = plain(raw).lower()
    if text in _YES:
        return True
    if text in _NO:
        return False
    raise field.refused("not_a_boolean", raw=_short(raw))


MOST_ID = 2_147_483_647
"""PostgreSQL keeps a row's key in 32 bits and fails on a larger one."""


def read_id(raw: Any) -> int | None:
    """A row's key as an address, a form or a call names it; None where it cannot be one."""
    if isinstance(raw, bool) or not re.fullmatch(r"[1-9][0-9]{0,9}", str(raw)):
        return None
    return int(raw) if int(raw) <= MOST_ID else None


def _reference(field: Field, raw: Any) -> int:
    row_id = read_id(raw)
    if row_id is None:
        raise field.refused("no_such_row")
    return row_id


def _references(field: Field, raw: Any) -> list[int]:
    items = raw if isinstance(raw, (list, tuple, set)) else re.split(r"[,\s]+", str(raw))
    return sorted({_reference(field, item) for item in items if item not in (None, "")})


def _points(field: Field, raw: Any) -> list[dict[str, Any]]:
    if not isinstance(raw, list) or not all(isinstance(item, dict) and isinstance(item.get("point"), str) for item in raw):
        raise field.refused("not_points")
    points = []
    for item in raw:
        words = _tidy(str(item.get("words") or ""), keep_lines=False)
        if len(words) > 200 or len(item["point"]) > 20:
            raise field.refused("too_long", most=200, now=len(words))
        if not isinstance(item.get("ok"), bool):
            raise field.refused("point_not_judged", point=_short(item["point"]))
        points.append({"point": item["point"], "ok": item["ok"], "words": words})
    return points


def _short(raw: Any) -> str:
    text = str(raw)
    return text if len(text) <= 30 else text[:29] + "…"


_READERS: dict[Kind, Any] = {
    Kind.TEXT: _text,
    Kind.LONG: _text,
    Kind.PHONE: _phone,
    Kind.CHOICE: _choice,
    Kind.DATE: _date,
    Kind.DATETIME: _datetime,
    Kind.INTEGER: _integer,
    Kind.DECIMAL: _decimal,
    Kind.BOOLEAN: _boolean,
    Kind.REFERENCE: _reference,
    Kind.REFERENCES: _references,
    Kind.POINTS: _points,
}
