"""The year's table of opinions: one line is an opinion, who was to handle it, and what was answered."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import or_, select

from app.core.dictionary.ledger import LEDGERS
from app.importing.layout import Column, Layout, Line, Part, Piece, Sheet, Trouble
from app.sheets import read_name

from .models import Reception

CHOICE_WORDS: Mapping[str, Mapping[str, str]] = {
    "opinions.handling": {
        **dict.fromkeys(("当场解决", "现场答复", "当面答复", "即时答复"), "answered_on_spot"),
        **dict.fromkeys(("了解后答复", "询问后答复"), "answered_after_enquiry"), **dict.fromkeys(("解释", "解释说明工作", "说明"), "explained"),
        **dict.fromkeys(("转办", "交办", "转交办理", "转交", "转有关部门"), "to_assign"), **dict.fromkeys(("待了解", "情况不明"), "to_gather"),
    },
    "opinions.category": {
        **dict.fromkeys(("道路", "交通", "交通道路", "基础设施"), "roads"), **dict.fromkeys(("农业", "三农", "农村农业"), "farming"),
        **dict.fromkeys(("水利", "灌溉", "饮水", "农田水利"), "water"), **dict.fromkeys(("环保", "卫生", "环境", "人居环境"), "environment"),
        **dict.fromkeys(("教育", "医疗", "教育卫生", "医疗卫生", "文教卫生"), "education_health"),
        **dict.fromkeys(("社保", "民生", "民生保障", "养老", "低保"), "welfare"), **dict.fromkeys(("土地", "住房", "宅基地"), "land"),
        **dict.fromkeys(("村务", "村级事务"), "village_affairs"), **dict.fromkeys(("治安", "矛盾纠纷", "平安建设"), "safety"),
        **dict.fromkeys(("就业", "企业", "营商环境"), "business"), "其它": "other",
    },
    "replies.form": {
        **dict.fromkeys(("书面答复", "信函"), "written"), **dict.fromkeys(("电话答复", "电话回复"), "phone"),
        **dict.fromkeys(("面复", "当面答复", "上门", "走访", "口头"), "in_person"), **dict.fromkeys(("公告", "张榜", "公示公告"), "posted"),
    },
    "replies.satisfaction": {
        **dict.fromkeys(("是", "很满意", "非常满意"), "satisfied"), **dict.fromkeys(("一般", "较满意", "比较满意"), "mostly"), "否": "dissatisfied",
    },
}
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "opinions.number": ("登记号", "意见编号", "登记编号"),
    "opinions.heard_on": ("接待日期", "接待时间", "反映日期", "反映时间", "登记日期", "登记时间", "日期", "时间"),
    "opinions.deputy": ("接待代表", "受理代表", "代表姓名", "代表", "接待人"),
    "opinions.voter_name": ("选民姓名", "群众姓名", "反映人", "反映人姓名", "来访人", "来访群众", "姓名", "选民"),
    "opinions.voter_phone": ("联系电话", "手机号码", "手机", "电话", "联系方式", "电话号码", "选民电话"),
    "opinions.voter_address": ("住址", "家庭住址", "地址", "家庭地址", "选民住址"),
    "opinions.village": ("所在村", "村", "村（社区）", "行政村", "所属村"),
    "opinions.category": ("类别", "意见类别", "问题类别", "分类", "类型"),
    "opinions.words": ("意见建议内容", "反映内容", "反映问题", "意见内容", "主要内容", "意见建议", "建议内容", "反映事项", "内容", "诉求内容"),
    "opinions.handling": ("处理方式", "办理方式", "处理情况", "处理办法"),
    "opinions.co_signers": ("联名人数", "附议人数"),
    "assignments.assigned_on": ("交办日期", "交办时间", "转办日期", "转办时间", "转交日期"),
    "assignments.organ": ("承办单位", "责任单位", "交办单位", "办理单位", "主办单位", "责任部门", "承办部门"),
    "assignments.due": ("办结期限", "办理期限", "办理时限", "限办日期"),
    "replies.replied_on": ("答复日期", "答复时间", "反馈日期", "反馈时间", "回复日期", "回复时间", "办结日期", "办结时间"),
    "replies.form": ("答复形式", "答复方式", "反馈方式", "回复方式"),
    "replies.answer": ("答复内容", "办理结果", "办理情况", "答复情况", "回复内容", "反馈情况"),
    "replies.satisfaction": ("选民是否满意", "是否满意", "满意度", "满意程度", "群众满意度", "满意情况", "群众是否满意", "评价"),
}
_NAMELESS = re.compile(r"匿名|不愿.*(姓名|透露)|无名|保密")


def _column(name: str, read: Any = None) -> Column:
    return Column(name, HEADINGS.get(name, ()), read)


def _name(cell: Any, year: int | None) -> str:
    return read_name(cell)


@dataclass(frozen=True)
class _Facts:
    receptions: Mapping[date, list[int]]
    levels: Mapping[int, str]


def _facts(sheet: Sheet) -> _Facts:
    """The receptions by their day, and whose the organs are."""
    activities, receptions, organs = LEDGERS["activities"], Reception, LEDGERS["organs"]
    by_day: dict[date, list[int]] = {}
    held: Any = select(receptions.id, activities.start).join(activities, activities.id == receptions.activity_id)
    for row_id, start in sheet.session.execute(held.where(receptions.station_id == sheet.station_id)):
        by_day.setdefault(start.date(), []).append(row_id)
    own: Any = organs
    levels = sheet.session.execute(select(own.id, own.level).where(or_(own.station_id == sheet.station_id, own.station_id.is_(None))))
    return _Facts(by_day, dict(levels.all()))


def _opinion(line: Line, facts: _Facts) -> Iterable[Piece]:
    """An opinion with what became of it. What went to a county organ became a suggestion (S8-3); what was answered to somebody's
    satisfaction is closed with its answer (S8-5)."""
    values = line.of("opinions")
    if _NAMELESS.search(values.get("voter_name") or ""):
        values |= {"anonymous": True, "voter_name": None}
    here = facts.receptions.get(values["heard_on"], []) if values.get("heard_on") else []
    if len(here) == 1:
        values["reception"] = here[0]
    assigned, replied = line.of("assignments"), line.of("replies")
    if values.get("handling") is None and assigned.get("organ") is not None:
        values["handling"] = "to_assign"
    yield Piece("opinions", values)
    organ = assigned.get("organ")
    if organ is None and assigned.get("assigned_on") is not None:
        raise Trouble("required", "assignments.organ")
    if organ is not None and facts.levels.get(organ) == "county":
        yield _suggestion(values, assigned, replied)
    elif organ is not None:
        yield Piece("assignments", {**assigned, "signed_on": assigned.get("assigned_on")}, {"opinion": "opinions"})
    if replied and replied.get("replied_on") is None:
        raise Trouble("required", "replies.replied_on")
    if replied:
        to = {"assignment": "assignments"} if organ is not None and facts.levels.get(organ) != "county" else {}
        by = {"answered_by": "deputy"} if values.get("handling") == "answered_on_spot" else {}
        yield Piece("replies", {**replied, **by}, {"opinion": "opinions", **to})
        if replied.get("form") and replied.get("satisfaction") in ("satisfied", "mostly"):
            yield Piece("closing", {"closed_on": replied["replied_on"]}, row_of="opinions")


def _suggestion(values: Mapping[str, Any], assigned: Mapping[str, Any], replied: Mapping[str, Any]) -> Piece:
    if values.get("deputy") is None:
        raise Trouble("required", "opinions.deputy")
    words = str(values.get("words") or "")
    return Piece(
        "suggestions",
        {
            "title": " ".join(words.split())[:100], "content": words, "deputy": values["deputy"], "level": "county", "organ": assigned["organ"],
            "submitted_on": values.get("heard_on"), "handed_over_on": assigned.get("assigned_on"), "due": assigned.get("due"),
            "answered_on": replied.get("replied_on"),
        },
        {"opinions": "opinions"},
    )


REGISTER = Layout(
    key="opinion_register",
    label=_("Register of opinions with what became of them"),
    parts={
        "opinions": Part("opinions", ("heard_on", "deputy", "voter_name", "words")),
        "assignments": Part("assignments", ("opinion", "organ")),
        "suggestions": Part("suggestions", ("submitted_on", "deputy", "title")),
        "replies": Part("replies", ("opinion", "assignment")),
        "closing": Part("opinions"),
    },
    columns=(
        *(_column(f"opinions.{name}") for name in ("heard_on", "deputy")),
        _column("opinions.voter_name", _name),
        *(_column(f"opinions.{name}") for name in ("voter_phone", "voter_address", "village", "co_signers", "category", "words", "handling")),
        *(_column(f"opinions.{name}") for name in ("number", "anonymous", "confidential", "law_related", "explained_reason", "legal_basis")),
        *(_column(f"assignments.{name}") for name in ("assigned_on", "organ", "due", "instruction")),
        *(_column(f"replies.{name}") for name in ("replied_on", "form", "answer", "satisfaction", "answerer", "not_obtained_reason")),
    ),
    needs=(("opinions.words",), ("opinions.heard_on",), ("opinions.deputy", "opinions.voter_name")),
    shape=_opinion,
    prepare=_facts,
    rank=40,
)
LAYOUTS = (REGISTER,)
