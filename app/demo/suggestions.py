"""Suggestions between sessions: handed over, answered, supervised as assignments are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from random import Random

from .people import Deputy, Office

_FOUND = (
    "承办单位已勘察现场，答应本周动工。",
    "电话询问进度，材料正在会签。",
    "现场查看，工程完成过半。",
    "承办单位人员变动，已要求重新指定经办人。",
    "与当事人见面，其表示已有改善。",
)
_COMPLEX = ("涉及多个部门和上级资金，需现场勘测后列入年度计划。", "需要调整村庄规划并报县里审批。")
_ANSWERS = (
    "已列入年度计划，资金到位后即安排施工。",
    "已组织人员现场办理，问题得到解决。",
    "经研究，近期暂不具备条件，先采取临时措施，并列入规划。",
)
_DISPLEASED = ("没有说明完工时间", "只答复了一半，排水沟没有提到")


def own_organ(office: Office, part: str) -> tuple[str, int]:
    """The office's organ that is meant, by a part of its name."""
    return next(((name, row) for name, row in office.organs.items() if part in name), next(iter(office.organs.items())))


def supervise(office: Office, target: dict[str, int], day: date) -> None:
    """Someone of the presidium asks how it stands."""
    day = office.workday(day)
    form, finding = office.luck.choice(("phone", "visit", "meeting", "letter")), office.luck.choice(_FOUND)
    values = {"supervised_on": day, **target, "by_whom": office.people["board"], "form": form, "finding": finding}
    office.at(day, 16, lambda: office.save("supervision", values, by=office.people["board"]))


def suggest(
    office: Office,
    day: date,
    lead: Deputy,
    title: str,
    content: str,
    organ: str,
    *,
    co_signers: Sequence[int] = (),
    opinions: Sequence[int] = (),
    then: Callable[[date], None] | None = None,
) -> None:
    """A deputy's suggestion to an organ of the county or of the place; most are answered within their three months."""
    luck, by = office.luck, office.people["liaison"]
    of_county = organ in office.county.organs
    values: dict[str, object] = {
        "title": title,
        "deputy": lead.id,
        "co_signers": list(co_signers),
        "submitted_on": day,
        "content": content,
        "opinions": list(opinions),
        "level": "county" if of_county else "township",
        "organ": office.county.organs[organ] if of_county else own_organ(office, organ)[1],
    }
    row = office.save("suggestions", values, by=by)
    row_id, first = int(row.id), row.number.endswith("-001")
    handed = office.workday(day, luck.randint(2, 6))
    own = Random(row_id)
    handing: dict[str, object] = {"handed_over_on": handed}
    if of_county and own.random() < 0.1:
        handing |= _returned_by(office, row_id, organ, day, handed)
    if own.random() < 0.12:
        handing |= {"complex": True, "complex_reason": own.choice(_COMPLEX)}
    office.at(handed, 10, lambda: office.edit("suggestions", row_id, handing, by=by))
    if office.chance(0.3) or first:
        supervise(office, {"suggestion": row_id}, handed + office.days(14, 30 if first else 80))
    if office.chance(0.07):
        return
    answered = office.workday(handed, luck.randint(70, 80) if office.chance(0.1) else luck.randint(20, 60))

    def answer() -> None:
        verdict = luck.choices(("satisfied", "mostly", "dissatisfied"), (6, 3, 1))[0]
        told = {"answered_on": answered, "result": luck.choice("aaabbbcd"), "answer": own.choice(_ANSWERS)}
        office.edit("suggestions", row_id, told, by=by)
        if own.random() < 0.92:
            _judge(office, row_id, verdict, office.workday(answered, own.randint(1, 6)), own)
        if then is not None:
            then(answered)

    office.at(answered, 15, answer)


def _returned_by(office: Office, row_id: int, organ: str, day: date, handed: date) -> dict[str, object]:
    """It was handed to another organ of the county first, which is not competent."""
    others = [name for name in office.county.organs if name != organ]
    first = others[row_id % len(others)]
    wrong: dict[str, object] = {"organ": office.county.organs[first], "handed_over_on": day}
    back: dict[str, object] = {
        "organ": None, "handed_over_on": None, "returned_organ": office.county.organs[first], "handed_before_on": day,
        "returned_on": handed, "returned_reason": "不属本单位职责，建议交有关部门办理",
    }
    by = office.people["liaison"]
    office.at(day, 16, lambda: office.edit("suggestions", row_id, wrong, by=by))
    office.at(handed, 9, lambda: office.edit("suggestions", row_id, back, by=by))
    return {"organ": office.county.organs[organ]}


def _judge(office: Office, row_id: int, verdict: str, day: date, own: Random) -> None:
    """The deputy's verdict; who is not satisfied has it handled once more."""
    by = office.people["liaison"]

    def enter(on: date, hour: int, values: dict[str, object]) -> None:
        office.at(on, hour, lambda: office.edit("suggestions", row_id, values, by=by))

    if verdict != "dissatisfied":
        enter(day, 16, {"verdict": verdict, "asked_on": day})
        return
    again, answered = office.workday(day, 2), office.workday(day, own.randint(15, 40))
    judged = office.workday(answered, 3)
    enter(day, 16, {"verdict": verdict, "asked_on": day, "dissatisfied_because": own.choice(_DISPLEASED)})
    enter(again, 10, {"again_on": again})
    enter(answered, 15, {"again_answered_on": answered, "again_result": "a", "again_answer": own.choice(_ANSWERS)})
    enter(judged, 11, {"again_verdict": "mostly", "again_asked_on": judged})
