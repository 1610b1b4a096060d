"""Pure rules of reports and reviews."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from flask_babel import lazy_gettext as _

from app.core import refusals
from app.core.refusals import Refusal

GRADES = ("satisfied", "basically_satisfied", "dissatisfied", "abstained")
COUNTS = (*GRADES, "issued", "returned", "valid", "invalid")


def report(values: Mapping[str, Any]) -> Iterable[Refusal]:
    """Only a report in person is given at a meeting (S9-1); what the group has received was handed in (S9-3)."""
    if values.get("received_on") is not None and values.get("submitted_on") is None:
        yield Refusal("required", "submitted_on")
    if values.get("meeting") is not None and values.get("form") == "written":
        yield Refusal("written_has_no_meeting", "meeting")


def counted(values: Mapping[str, Any]) -> dict[str, int | None]:
    """Valid and returned ballots as entered or, where they are empty, as they follow from the votes."""
    valid, returned = values.get("valid"), values.get("returned")
    grades = [values.get(name) for name in GRADES]
    if valid is None and None not in grades:
        valid = sum(grades)  # type: ignore[arg-type]
    if returned is None and valid is not None and values.get("invalid") is not None:
        returned = valid + values["invalid"]
    return {"valid": valid, "returned": returned}


def sums_agree(values: Mapping[str, Any]) -> Iterable[Refusal]:
    """The three grades and the abstentions are the valid ballots, valid and invalid the returned, and none came out of nothing (S9-5)."""
    count = {name: values.get(name) for name in COUNTS} | counted(values)
    if any(number is None for number in count.values()):
        return
    votes = sum(count[name] for name in GRADES)  # type: ignore[misc]
    if votes != count["valid"]:
        yield Refusal("votes_not_valid_ballots", "valid", {"votes": votes, "valid": count["valid"]})
    if count["valid"] + count["invalid"] != count["returned"]:  # type: ignore[operator]
        yield Refusal("ballots_not_returned", "returned", {"sum": count["valid"] + count["invalid"], "returned": count["returned"]})  # type: ignore[operator]
    if count["returned"] > count["issued"]:  # type: ignore[operator]
        yield Refusal("more_returned_than_issued", "returned", {"issued": count["issued"], "returned": count["returned"]})


def sums_and_seal(values: Mapping[str, Any]) -> dict[str, Any]:
    """The sums filled in; and of a published count its seal, printed with the announcement: a changed count has another one."""
    count = counted(values)
    published = values.get("published_at")
    seal = None
    if published is not None:
        told = [str(values[name]) for name in (*GRADES, "issued", "invalid")]
        seal = sha256("|".join([str(values["meeting"]), str(values["mandate"]), published.isoformat(), *told]).encode()).hexdigest()[:16]
    return {**count, "seal": seal}


def own_report(values: Mapping[str, Any], before: Mapping[str, Any]) -> Iterable[Refusal]:
    """A deputy writes the own report until the group has it; that it has it is the group's to say (S9-3)."""
    if values.get("received_on") != before.get("received_on"):
        yield Refusal("received_by_group", "received_on")
    elif before.get("received_on") is not None and dict(values) != dict(before):
        yield Refusal("report_with_group")


def told_together(general: str, opinions: Iterable[tuple[str, str]]) -> str | None:
    """All that was voiced at a meeting as one text: what was said of all, then each deputy's in one line under the name."""
    said = [(name, _in_a_line(text)) for name, text in opinions]
    return "\n".join(part for part in (general.strip(), *(f"{name}：{text}" for name, text in said)) if part) or None


def _in_a_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return "；".join(line.rstrip("。；;") for line in lines) + "。" if len(lines) > 1 else "".join(lines)


def reports_at(mandate: int | None, reporters: Collection[int], field: str = "mandate") -> Iterable[Refusal]:
    """Who reports at a meeting or is voted on there stands among its deputies reporting."""
    if mandate is not None and mandate not in reporters:
        yield Refusal("not_reporting", field)


def not_before_meeting(moment: date | datetime | None, start: datetime | None, field: str, label: Any) -> Iterable[Refusal]:
    """What follows from a meeting does not lie before its day."""
    if moment is None or start is None:
        return
    if (moment.date() if isinstance(moment, datetime) else moment) < start.date():
        yield Refusal("before", field, {"other": label})


def count_stays(before: Mapping[str, Any], values: Mapping[str, Any]) -> Iterable[Refusal]:
    """What the system counted and published is not changed by hand (S9-5); a count typed from paper may be put right."""
    if before.get("source") == "system" and before.get("published_at") is not None:
        for name in (*COUNTS, "meeting", "mandate", "published_at"):
            if values.get(name) != before.get(name):
                yield Refusal("published_count", name)


SENTENCES = {
    "written_has_no_meeting": _("A report in writing has no meeting; choose “in person” or leave the meeting empty"),
    "votes_not_valid_ballots": _("The votes add up to %(votes)s, but there are %(valid)s valid ballots"),
    "ballots_not_returned": _("Valid and invalid ballots add up to %(sum)s, but %(returned)s were returned"),
    "more_returned_than_issued": _("%(returned)s ballots were returned, but only %(issued)s issued"),
    "not_reporting": _("This deputy is not among those who report at the meeting; add the deputy there first"),
    "received_by_group": _("When the group received the report is entered by the group or the office"),
    "report_with_group": _("The group has received this report; ask the office to change it"),
    "opinions_by_deputy": _("The opinions of this meeting are entered for each deputy; change them there"),
    "opinions_twice": _("There are opinions on this at the meeting already; add to them"),
    "reporter_used": _("A deputy with a row in “%(by)s” cannot be taken off the list"),
    "published_count": _("A count that the system made and that is published is not changed"),
}
refusals.SENTENCES.update(SENTENCES)
