"""Suggestions between sessions: handed over, answered, supervised as assignments are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from .people import Deputy, Office

_FOUND = (
    "承办单位已勘察现场，答应本周动工。",
    "电话询问进度，材料正在会签。",
    "现场查看，工程完成过半。",
    "承办单位人员变动，已要求重新指定经办人。",
    "与当事人见面，其表示已有改善。",
)


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
    values = {
        "title": title,
        "deputy": lead.id,
        "co_signers": list(co_signers),
        "submitted_on": day,
        "content": content,
        "opinions": list(opinions),
        "level": "county" if of_county else "township",
        "organ": office.county.organs[organ] if of_county else own_organ(office, organ)[1],
    }
    row_id = int(office.save("suggestions", values, by=by).id)
    handed = office.workday(day, luck.randint(2, 6))
    handing = {"handed_over_on": handed, "due": handed + timedelta(days=90)}
    office.at(handed, 10, lambda: office.edit("suggestions", row_id, handing, by=by))
    if office.chance(0.3):
        supervise(office, {"suggestion": row_id}, handed + office.days(30, 80))
    if office.chance(0.07):
        return
    answered = office.workday(handed, luck.randint(70, 80) if office.chance(0.1) else luck.randint(20, 60))

    def answer() -> None:
        verdict = luck.choices(("satisfied", "mostly", "dissatisfied"), (6, 3, 1))[0]
        office.edit("suggestions", row_id, {"answered_on": answered, "result": luck.choice("aaabbbcd"), "verdict": verdict}, by=by)
        if then is not None:
            then(answered)

    office.at(answered, 15, answer)
