"""One valid row of any ledger, made from the dictionary and written through the one way to write.

Required fields, personal ones and the person a row is about are filled by their kind; what the meaning of a ledger asks for
besides stands in MEANING. References are made as they are needed, in the same station.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from app.core.access.actor import Actor, program
from app.core.dictionary.entry import Entry
from app.core.dictionary.fields import Field, Kind
from app.core.dictionary.ledger import LEDGERS, Ledger
from app.core.dictionary.masks import Personal
from app.core.records.writing import write
from app.work.settings import DEFAULTS

FIRST_DAY = date(2025, 3, 3)
"""Rows of the scene lie here and in the months after: in the past whenever the tests run."""
Raw = dict[str, Any]

_PERSONAL: dict[Personal, Callable[[int], str]] = {
    Personal.NAME: lambda n: f"欧阳秀兰{n}",
    Personal.PHONE: lambda n: f"138{77000000 + n}",
    Personal.ADDRESS: lambda n: f"柳河村东头第{n}排老屋",
    Personal.BIRTH: lambda n: (date(1971, 8, 9) + timedelta(days=n)).isoformat(),
}
_MAY_DIFFER = [parameter for parameter in DEFAULTS if parameter.station_may_differ]


@dataclass
class Factory:
    """Makes rows of one station (None: the county's). Every text of theirs begins with `mark`, so that a page shows whose it is;
    numbers begin after `start`. Set `rows["deputies"]` first to make rows about a certain deputy."""

    station_id: int | None
    mark: str
    shared: dict[str, int] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    """The one row of each ledger that others refer to."""
    counted: dict[str, int] = field(default_factory=dict)
    start: int = 0

    @property
    def actor(self) -> Actor:
        return program(self.station_id, "tests", "工厂")

    def row(self, key: str) -> int:
        """The ledger's row of this factory, made when first asked for."""
        if key not in self.rows:
            if self.station_id is None and LEDGERS[key].scope == "station":
                raise LookupError(f"the county keeps no {key}")
            self.rows[key] = self.another(key)
        return self.rows[key]

    def another(self, key: str, **given: Any) -> int:
        """One more row."""
        return write(self.actor, key, self.values(key, **given))

    def values(self, key: str, **given: Any) -> Raw:
        """What one more row is made of, as a clerk would type it."""
        number = self.counted[key] = self.counted.get(key, self.start) + 1
        model = LEDGERS[key]
        values: Raw = {}
        for name in _filled(model):
            values[name] = self._value(model, name, number)
        for name, item in ((name, model.fields[name]) for name in model.entry.key if name in model.fields):
            if item.kind is Kind.REFERENCE and name in values and item.target not in ("deputies", "mandates", "terms"):
                values[name] = self.another(item.target)  # a key of references alone would be there already
        values |= self._of_parent(model, number)
        if key in MEANING:
            values |= MEANING[key](self, number, values)
        values |= given
        return {name: value for name, value in values.items() if value is not None}

    def _of_parent(self, model: type[Ledger], number: int) -> Raw:
        """The parent's columns that a 1:1 detail brings along."""
        one = model.entry.one_to_one
        if one is None:
            return {}
        parent = LEDGERS[model.fields[one.field].target]
        names = [name for name in one.shown if parent.fields[name].required]
        values: Raw = {f"{one.field}.{name}": self._value(parent, name, number) for name in names if parent.fields[name].default is None}
        values |= {f"{one.field}.{name}": allowed[0] for name, allowed in one.fixed.items() if name in one.shown}
        values[f"{one.field}.title"] = f"{self.mark}{model.__tablename__}{number}"
        return values

    def _value(self, model: type[Ledger], name: str, number: int) -> Any:
        item = model.fields[name]
        if item.kind is Kind.REFERENCE:
            return self.target(item)
        return typed_value(item, number, self.mark)

    def target(self, item: Field) -> int:
        """A row that a reference may lead to."""
        if self.station_id is None or LEDGERS[item.target].scope == "shared":
            return self.shared[item.target] if item.target in self.shared else self.row(item.target)
        return self.row(item.target)


def typed_value(item: Field, number: int, mark: str) -> Any:
    """A value of the field's kind as it would be typed; another one for another number."""
    if item.personal is not None:
        return _PERSONAL[item.personal](number)
    match item.kind:
        case Kind.TEXT | Kind.LONG:
            return f"{mark}{number}"[: item.length]
        case Kind.PHONE:
            return _PERSONAL[Personal.PHONE](number)
        case Kind.CHOICE:
            return item.default or next(iter(item.choices.labels if item.choices else ()))
        case Kind.DATE:
            return on_day(number)
        case Kind.DATETIME:
            return f"{on_day(number)} 09:00"
        case Kind.INTEGER | Kind.DECIMAL:
            least = item.minimum or 0
            return str(least + number if item.maximum is None or least + number <= item.maximum else item.maximum)
        case Kind.BOOLEAN:
            return "1"
        case Kind.POINTS:
            listed = next(parameter.value for parameter in DEFAULTS if parameter.name == item.setting).split("、")
            return [{"point": point, "ok": point != "防盗", "words": "窗扣松动" if point == "防盗" else ""} for point in listed]
        case _:
            return None


def on_day(number: int) -> str:
    return (FIRST_DAY + timedelta(days=number)).isoformat()


def _filled(model: type[Ledger]) -> list[str]:
    """Required and personal fields, whom the row is about, and the first of several of which one is wanted."""
    entry: Entry = model.entry
    one = entry.one_to_one.field if entry.one_to_one else ""
    about = {path.split(".")[0] for path in (entry.deputy, entry.group) if path} - {"id"}
    chosen = set(entry.exactly_one[:1])
    return [
        name
        for name, item in model.fields.items()
        if not item.written_by_program
        and name != one
        and item.kind is not Kind.REFERENCES
        and (item.required or item.personal is not None or name in about | chosen)
    ]


def _activity(factory: Factory, number: int, values: Raw) -> Raw:
    start = datetime.fromisoformat(values["start"])
    return {"place": f"{factory.mark}会议室", "end": (start + timedelta(hours=2)).isoformat(sep=" ", timespec="minutes")}


def _review_result(factory: Factory, number: int, values: Raw) -> Raw:
    meeting = factory.another("review_meetings", reporters=[values["mandate"]])
    return {
        "meeting": meeting,
        "satisfied": "28",
        "basically_satisfied": "2",
        "dissatisfied": "1",
        "abstained": "0",
        "issued": "31",
        "invalid": "0",
    }


def _planned(factory: Factory, number: int, values: Raw) -> Raw:
    year = 1991 + number
    return {"plan": factory.another("plans", year=str(year), period="q1"), "planned_for": f"{year}-02-03"}


def _later(name: str, days: int = 150) -> Callable[[Factory, int, Raw], Raw]:
    """What comes of a row lies after it."""
    return lambda _factory, number, _values: {name: on_day(days + number)}


MEANING: dict[str, Callable[[Factory, int, Raw], Raw]] = {
    "stations": lambda f, n, _v: {"name": f"{f.mark}第{n}联络站", "town": "青石镇"},
    "deputies": lambda f, n, _v: {"name": f"{f.mark}{n}", "group": f.row("deputy_groups")},
    "mandates": lambda f, n, _v: {"certificate": f"{f.mark}字第{n:04d}号"},
    "organs": lambda f, n, _v: {"name": f"{f.mark}农业服务中心{n}", "level": "township"},
    "activities": _activity,
    "reception_rota": lambda _f, n, _v: {"month": f"{2025 + n // 12}-{n % 12 + 1:02d}-01", "day": f"{2025 + n // 12}-{n % 12 + 1:02d}-08"},
    "activity_reports": lambda f, n, _v: {"subject": f"{f.mark}第{n}次工作汇报", "sent_on": on_day(200 + n)},
    "inspections": lambda _f, _n, _v: {"certificate": "alone"},
    "opinions": lambda f, n, _v: {"heard_on": on_day(n), "village": f"{f.mark}村"},
    "assignments": _later("assigned_on"),
    "replies": _later("replied_on", 200),
    "supervision": _later("supervised_on", 210),
    "review_results": _review_result,
    "voiced_opinions": lambda f, _n, v: {"meeting": f.another("review_meetings", reporters=[v["mandate"]])},
    "plans": lambda _f, n, _v: {"year": str(2020 + n), "period": "year"},
    "plan_items": _planned,
    "duty_reports": lambda _f, n, _v: {"year": str(1990 + n), "submitted_on": on_day(n)},
    "archive_files": lambda _f, n, _v: {"fonds_no": "Z109", "year": "2025"},
    "archive_faults": lambda _f, _n, _v: {"point": "防霉", "words": "卷盒边缘有霉点"},
    "archive_rooms": lambda f, n, _v: {"name": f"{f.mark}第{n}库房"},
    "archive_loans": lambda _f, n, v: {"back_on": on_day(n + 1)},
    "publicity": lambda _f, n, _v: {"link": f"https://news.example/{n}"},
    "settings": lambda f, n, _v: _setting(f, n),
}


def _setting(factory: Factory, number: int) -> Raw:
    parameters = _MAY_DIFFER if factory.station_id is not None else DEFAULTS
    parameter = parameters[(number - 1) % len(parameters)]
    return {"name": parameter.name, "value": parameter.value}
