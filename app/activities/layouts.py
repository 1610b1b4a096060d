"""A year's list of activities, and the matrix of who attended: deputies down, activities across."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from app.core.dictionary.fields import Field, Kind
from app.core.dictionary.ledger import LEDGERS
from app.importing.layout import Column, Layout, Line, Part, Piece, Sheet, Trouble
from app.importing.matching import OTHER
from app.sheets import label_key, read_day, read_mark, read_text

from .models import Activity
from .types import ACTIVITY_TYPES

CHOICE_WORDS: Mapping[str, Mapping[str, str]] = {
    "activities.type": {
        **dict.fromkeys(("接待选民", "选民接待", "接待日", "选民接待日", "接待选民日", "接待群众"), "reception_day"),
        **dict.fromkeys(("调研", "调研活动", "集中调研"), "research"),
        **dict.fromkeys(("视察活动", "集中视察", "代表视察"), "inspection"),
        **dict.fromkeys(("学习", "集中学习", "学习活动", "学习培训"), "study"),
        **dict.fromkeys(("交流", "经验交流会", "交流活动"), "exchange"),
        **dict.fromkeys(("述职", "评议", "代表述职", "述职评议会"), "review"),
        **dict.fromkeys(("走访选民", "走访群众", "入户走访"), "visit"),
        **dict.fromkeys(("培训活动", "代表培训"), "training"), **dict.fromkeys(("会议", "座谈会", "座谈"), "meeting"),
        **dict.fromkeys(("宣讲", "政策宣传"), "policy"), "列席会议": "major_event",
    },
}
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "activities.start": ("活动日期", "活动时间", "日期", "时间", "开展时间", "开展日期"),
    "activities.type": ("活动类型", "类型", "活动类别", "活动形式"),
    "activities.title": ("活动主题", "活动名称", "活动内容", "主题", "名称", "内容"),
    "activities.place": ("地点", "活动地点"),
    "attendance.deputy": ("姓名", "代表姓名", "代表"),
}
_COMPUTED = {
    "invited": (_("Invited (counted)"), ("应到人数", "应到", "应参加人数")), "came": (_("Present (counted)"), ("实到人数", "实到", "参加人数", "出席人数")),
    "leave": (_("On leave (counted)"), ("请假人数", "请假")), "absent": (_("Absent (counted)"), ("缺席人数", "缺席")),
}
"""Figures of the paper ledger that attendance gives by itself: recognised and not stored."""


def _text(cell: Any, year: int | None) -> str:
    return read_text(cell)


def _column(part: str, name: str, *words: str) -> Column:
    return Column(f"{part}.{name}", (*words, *HEADINGS.get(f"{part}.{name}", ())))


def _staff(sheet: Sheet) -> Mapping[str, int]:
    """Staff by name, and by post where one person alone holds it."""
    model: Any = LEDGERS["station_staff"]
    found: dict[str, list[int]] = {}
    for row in sheet.session.execute(select(model.id, model.name, model.post).where(model.station_id == sheet.station_id, model.until.is_(None))):
        for called in {row.name, str(model.fields["post"].choices.label(row.post)), {"head": "站长"}.get(row.post, row.name)}:
            found.setdefault(called, []).append(row.id)
    return {called: ids[0] for called, ids in found.items() if len(ids) == 1}


def _activity(line: Line, staff: Mapping[str, int]) -> Iterable[Piece]:
    values = line.of("activities")
    convenor = values.pop("convenor", None)
    if convenor is not None:
        if convenor in staff:
            values["convenor"] = staff[convenor]
        else:
            values["note"] = "\n".join(part for part in (values.get("note"), f"召集人：{convenor}") if part)
    yield Piece("activities", values)
    if values.get("type") == "reception_day":
        yield Piece("receptions", {}, {"activity": "activities"})
    if line.get("activity_reports.sent_on") is not None:
        yield Piece("activity_reports", line.of("activity_reports"), {"activity": "activities"})


PROGRAMME = Layout(
    key="programme",
    label=_("List of activities"),
    parts={
        "activities": Part("activities", ("start", "type", "title")),
        "receptions": Part("receptions", ("activity",)),
        "activity_reports": Part("activity_reports", ("activity",)),
    },
    columns=(
        *(_column("activities", name) for name in ("start", "type", "title", "place")),
        Column("activities.convenor", ("召集人", "组织者", "主持人"), _text),
        *(Column(f"counted.{name}", words, says=Field(label=label, kind=Kind.INTEGER, name=name)) for name, (label, words) in _COMPUTED.items()),
        _column("activity_reports", "sent_on", "上报县人大时间", "上报时间", "上报日期", "上报县人大日期"),
        *(_column("activities", name) for name in ("end", "content", "form", "topic", "organiser", "group", "study_subject", "speaker")),
        _column("activities", "note", "备注", "说明"),
    ),
    needs=(("activities.start",), ("activities.title",), ("activities.type",)),
    shape=_activity,
    prepare=_staff,
    rank=20,
)


# ---------------------------------------------------------------- the matrix of attendance

_DATED = re.compile(r"\s*(\d{2,4}\s*[年./-]\s*)?(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?")


def _is_date(text: str, facts: Mapping[str, Any]) -> bool:
    return _dated(text, 2000) is not None


def _dated(text: str, year: int | None) -> tuple[date, str] | None:
    """1.7接待选民 -> that day and the words beside it."""
    found = _DATED.match(text.rpartition("/")[2] if "/" in text and not _DATED.match(text) else text)
    if not found:
        return None
    try:
        return read_day(found[0].strip(), year), found.string[found.end() :].strip(" :：-—()（）")
    except ValueError:
        return None


@dataclass(frozen=True)
class _Held:
    id: int
    type: str
    title: str


def _activities_of(sheet: Sheet) -> Mapping[str, int | Trouble]:
    """The activity that each heading means, or why there is none."""
    headings = list(dict.fromkeys(text for line in sheet.lines for text, _cell in line.others))
    days = {text: found for text in headings if (found := _dated(text, sheet.year)) is not None}
    if not days:
        return {}
    first, last = min(day for day, _words in days.values()), max(day for day, _words in days.values())
    by_day: dict[date, list[_Held]] = {}
    model: Any = Activity
    rows = sheet.session.execute(
        select(model.id, model.start, model.type, model.title).where(
            model.station_id == sheet.station_id, model.start >= datetime(first.year, first.month, first.day),
            model.start < datetime(last.year, last.month, last.day) + timedelta(days=1)))
    for row in rows:
        by_day.setdefault(row.start.date(), []).append(_Held(row.id, row.type, row.title))
    return {text: _meant(text, words, day, by_day.get(day, [])) for text, (day, words) in days.items()}


def _meant(text: str, words: str, day: date, held: list[_Held]) -> int | Trouble:
    """Of a day's only activity its words are not asked; of several the type or the title decides."""
    fitting = held if len(held) < 2 else [each for each in held if _fits(words, each)]
    if len(fitting) == 1:
        return fitting[0].id
    code = "two_activities_that_day" if len(held) > 1 else "no_activity_that_day"
    return Trouble(code, None, {"heading": text, "day": day.isoformat()})


def _fits(words: str, held: _Held) -> bool:
    labels = {label_key(str(ACTIVITY_TYPES.label(held.type))), *(
        label_key(word) for word, code in CHOICE_WORDS["activities.type"].items() if code == held.type)}
    return label_key(words) in labels or words in held.title or held.title in words


def _marks(line: Line, activities: Mapping[str, int | Trouble]) -> Iterable[Piece]:
    for text, cell in line.others:
        try:
            state = read_mark(cell)
        except ValueError:
            raise Trouble("no_mark", None, {"raw": str(cell)[:20], "heading": text}) from None
        if state is None:
            continue
        activity = activities.get(text)
        if isinstance(activity, Trouble):
            raise activity
        yield Piece("attendance", {"activity": activity, "deputy": line.get("attendance.deputy"), "state": state})


MATRIX = Layout(
    key="attendance_matrix",
    label=_("Attendance table: deputies down, activities across"),
    parts={"attendance": Part("attendance", ("activity", "deputy"))},
    columns=(_column("attendance", "deputy"),),
    needs=(("attendance.deputy",), (OTHER,)),
    shape=_marks,
    prepare=_activities_of,
    others=_is_date,
    rank=30,
)
LAYOUTS = (PROGRAMME, MATRIX)
