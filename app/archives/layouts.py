"""The sheet of archive checks: a line is a round, its points are columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy.orm import Session

from app.core.dictionary.fields import Field, Kind
from app.importing.layout import Column, Layout, Line, Part, Piece, Trouble
from app.importing.matching import OTHER
from app.sheets import label_key, read_text
from app.work.services import setting

from .models import ArchiveCheck

_IN_ORDER = {"正常", "√", "✓", "是", "好", "良好", "合格", "无异常", "无", "完好", "符合"}
_FAULT = {"异常", "×", "x", "否", "差", "不合格", "有问题", "有异常", "不正常", "不符合", "有"}
_UNTOLD = "原表未写明"
"""Words of a fault that the paper sheet only marks."""


def _points(session: Session, station_id: int | None) -> Mapping[str, Any]:
    return {"points": [label_key(point) for point in setting(session, station_id, "archive_check_points")]}


def _is_point(text: str, facts: Mapping[str, Any]) -> bool:
    return label_key(text) in facts["points"] or (text.startswith("防") and len(text) <= 5)


def _check(line: Line, _facts: None) -> Iterable[Piece]:
    values = line.of("archive_checks")
    problem, remedy = line.get("check.problem"), values.get("remedy")
    points = []
    for text, cell in line.others:
        ok = _judged(text, cell)
        points.append({"point": text, "ok": ok, "words": "" if ok else (problem or _UNTOLD)})
    if problem and all(point["ok"] for point in points):
        values["remedy"] = "\n".join(part for part in (problem, remedy) if part)
    yield Piece("archive_checks", {"room": ArchiveCheck.fields["room"].default, **values, "points": points})


def _judged(text: str, cell: Any) -> bool:
    word = read_text(cell).lower()
    if word in _IN_ORDER:
        return True
    if word in _FAULT:
        return False
    raise Trouble("not_judged", None, {"raw": word[:20], "point": text})




CHECKS = Layout(
    key="check_sheet",
    label=_("Sheet of archive safety checks"),
    parts={"archive_checks": Part("archive_checks", ("checked_on", "room"))},
    columns=(
        Column("archive_checks.checked_on", ("检查日期", "检查时间", "日期", "时间")),
        Column("archive_checks.checker", ("检查人", "检查人员", "检查人签字")),
        Column("archive_checks.room", ("库房", "档案室", "检查地点", "地点")),
        Column("archive_checks.temperature", ("温度", "室温", "库房温度")),
        Column("archive_checks.humidity", ("湿度", "相对湿度", "库房湿度")),
        Column("check.problem", ("存在问题", "问题", "异常情况", "发现问题", "问题说明"),
               says=Field(label=_("Problem found"), kind=Kind.LONG, name="problem")),
        Column("archive_checks.remedy", ("整改情况", "处理情况", "整改措施", "处理措施")),
    ),
    needs=(("archive_checks.checked_on",), (OTHER,)),
    shape=_check,
    others=_is_point,
    facts=_points,
    rank=40,
)
LAYOUTS = (CHECKS,)
