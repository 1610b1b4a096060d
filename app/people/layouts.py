"""Rolls of deputies as offices keep them: one line is a person and an office."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import or_, select

from app.core import clock
from app.core.dictionary.fields import Field, Kind
from app.importing.layout import Column, Layout, Line, Part, Piece, Sheet, Trouble
from app.sheets import read_text

from . import rules
from .models import TERM_LEVELS, Term

CHOICE_WORDS: Mapping[str, Mapping[str, str]] = {
    "mandates.level": {
        **dict.fromkeys(("县级", "县代表", "县人大代表", "县级人大代表", "区级", "市（县）级"), "county"),
        **dict.fromkeys(
            ("乡级", "镇级", "乡镇级", "乡镇代表", "镇代表", "乡代表", "镇人大代表", "乡人大代表", "乡镇人大代表", "镇级代表"), "township"),
        **dict.fromkeys(("市级", "市代表", "市人大代表"), "city"),
        **dict.fromkeys(("省级", "省代表", "省人大代表"), "province"),
        **dict.fromkeys(("全国", "全国人大代表"), "national"),
    },
    "deputies.party": {"党员": "communist", "共产党员": "communist", "中共": "communist", "群": "masses", "团员": "youth_league"},
    "deputies.occupation": {"干部": "cadre", "领导干部": "cadre", "企业家": "entrepreneur", "专技人员": "technician", "专业技术人员": "technician"},
    "deputies.education": {
        "本科": "bachelor", "大学": "bachelor", "大专": "college", "专科": "college", "中专": "senior", "高中": "senior", "初中": "junior",
        "小学": "primary", "研究生": "postgraduate", "硕士": "postgraduate", "博士": "postgraduate",
    },
    "mandates.state": {"在职": "serving", "现任": "serving", "辞职": "ended", "罢免": "ended", "去世": "ended"},
}
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "phone": ("联系电话", "手机号码", "手机", "手机号", "电话", "电话号码", "联系方式"),
    "note": ("备注", "说明", "附注"),
    "deputies.name": ("姓名", "代表姓名", "代表"),
    "deputies.birth": ("出生年月", "出生日期", "出生时间", "生日"),
    "deputies.unit": ("工作单位及职务", "工作单位", "单位及职务", "单位职务", "现工作单位及职务", "职业"),
    "deputies.group": ("代表小组", "所属小组", "所在小组", "小组"),
    "deputies.education": ("学历", "文化程度"),
    "deputies.party": ("党派", "政治面貌"),
    "deputies.address": ("住址", "家庭住址", "通讯地址"),
    "mandates.certificate": ("代表证号", "代表证编号", "证号", "证件号"),
    "mandates.constituency": ("所在选区", "选区", "选举单位", "选区或选举单位", "所属选区"),
    "mandates.elected_on": ("当选日期", "当选时间", "选举时间"),
    "mandates.state": ("状态", "履职状态"),
    "organs.name": ("单位名称", "名称", "单位"),
}


def _nation(cell: Any, year: int | None) -> str:
    """汉 -> 汉族."""
    text = read_text(cell)
    return text if text.endswith(("族", "人")) or len(text) > 5 else f"{text}族"


def _columns(part: str, *names: str) -> tuple[Column, ...]:
    return tuple(Column(f"{part}.{name}", HEADINGS.get(f"{part}.{name}", ()) + HEADINGS.get(name, ())) for name in names)


@dataclass(frozen=True)
class _Terms:
    by_level: Mapping[str, list[Any]]
    year: int
    named: Any

    def at(self, level: str) -> int:
        """The term of a level in the sheet's year; proposed where the station knows none."""
        first, last = date(self.year, 1, 1), date(self.year, 12, 31)
        for term in self.by_level.get(level, ()):
            if term.starts_on <= last and (term.ends_on is None or term.ends_on >= first):
                return int(term.id)
        found = self.named("terms", f"{TERM_LEVELS.label(level)} {self.year}")
        if not found:
            raise Trouble("no_term", "mandates.level", {"level": TERM_LEVELS.label(level), "year": self.year})
        return int(found[0])


def _terms(sheet: Sheet) -> _Terms:
    own: Any = Term
    rows = sheet.session.execute(
        select(own.id, own.level, own.starts_on, own.ends_on)
        .where(or_(own.station_id == sheet.station_id, own.station_id.is_(None))).order_by(own.starts_on.desc()))
    by_level: dict[str, list[Any]] = {}
    for row in rows:
        by_level.setdefault(row.level, []).append(row)
    return _Terms(by_level, sheet.year or clock.today().year, sheet.named)


def _roll(line: Line, terms: _Terms) -> Iterable[Piece]:
    yield Piece("deputies", line.of("deputies"))
    mandate = line.of("mandates")
    level = mandate.pop("level", None)
    if mandate.get("term") is None and level is not None:
        mandate["term"] = terms.at(level)
    if mandate.get("term") is not None or mandate.get("certificate") is not None:
        yield Piece("mandates", mandate, {"deputy": "deputies"})


ROLL = Layout(
    key="roll",
    label=_("Roll of deputies with their mandates"),
    parts={"deputies": Part("deputies", ("name", "birth")), "mandates": Part("mandates", ("term", "certificate"))},
    columns=(
        *_columns("deputies", "name", "sex"),
        Column("deputies.nation", ("民族",), _nation),
        *_columns("deputies", "birth", "party", "education", "phone", "address", "occupation", "unit", "group", "official_order"),
        Column("mandates.level", ("代表层级", "层级", "级别", "代表级别", "代表类别", "代表类型"),
               says=Field(label=_("Level of the mandate"), kind=Kind.CHOICE, name="level", choices=TERM_LEVELS)),
        *_columns("mandates", "term", "certificate", "constituency", "elected_on", "elected", "state", "state_since", "state_reason"),
        *_columns("deputies", "note"),
    ),
    needs=(("deputies.name",), ("mandates.certificate", "mandates.level", "mandates.term")),
    shape=_roll,
    prepare=_terms,
    rank=10,
)


def _constituency(text: str) -> Mapping[str, Any]:
    return {"number": rules.constituency_number(text) or text[:20], "name": text}


def _term(text: str) -> Mapping[str, Any] | None:
    """The ordinary five years around a sheet's year. The ordinal is a guess that the office puts right."""
    found = re.fullmatch(r"(.+) (\d{4})", text)
    level = next((code for code, label in TERM_LEVELS.labels.items() if found and str(label) == found[1]), None)
    return {"level": level, **rules.usual_term(level, int(found[2]))} if found and level else None


PROPOSALS = {"constituencies": _constituency, "deputy_groups": lambda text: {"name": text}, "terms": _term,
             "organs": lambda text: {"name": text, "level": rules.organ_level(text)}}
SPELLINGS = {
    "constituencies": lambda text: [number, f"第{number}选区", f"{number}选区"] if (number := rules.constituency_number(text)) else [],
}
LAYOUTS = (ROLL,)
