"""Pure rules of activities, attendance and leave."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from flask_babel import lazy_gettext as _

from app.core import refusals
from app.core.refusals import Refusal

SIGNED_IN = frozenset({"present", "late"})
OF_ONE_DEPUTY = frozenset({"deputy", "work_unit"})


def activity_row(values: Mapping[str, Any]) -> Iterable[Refusal]:
    """An activity does not end before it starts."""
    start, end = values.get("start"), values.get("end")
    if start is not None and end is not None and end < start:
        yield Refusal("before", "end", {"other": _("Start")})


def notice_recipient(values: Mapping[str, Any]) -> Iterable[Refusal]:
    """A notice to one deputy, to a work unit (S6-6) or to an organ (S6-4) names it; one to all or to the public names none."""
    whom = values.get("whom")
    for name, wanted in (("deputy", whom in OF_ONE_DEPUTY), ("organ", whom == "organ")):
        if wanted and values.get(name) is None:
            yield Refusal("required", name)
        if whom is not None and not wanted and values.get(name) is not None:
            yield Refusal("not_this_recipient", name)


def attendance_row(values: Mapping[str, Any]) -> Iterable[Refusal]:
    """Who signed in was there."""
    if values.get("signed_at") is not None and values.get("state") not in SIGNED_IN:
        yield Refusal("signed_but_not_there", "signed_at")


def leave_row(values: Mapping[str, Any]) -> Iterable[Refusal]:
    """Leave from a session needs the written report (S10-3); nothing is decided before it was asked for."""
    if values.get("session") is not None and values.get("decision") == "approved" and not values.get("written"):
        yield Refusal("written_report_missing", "written")
    asked, decided = values.get("asked_at"), values.get("decided_on")
    if asked is not None and decided is not None and decided < asked.date():
        yield Refusal("before", "decided_on", {"other": _("Asked on")})


def leave_timing(asked_at: datetime, start: datetime | date | None) -> str | None:
    """Asked before the start, or afterwards (补假, S10-4). Of a session only the day is known: that day is still before."""
    if start is None:
        return None
    before = asked_at < start if isinstance(start, datetime) else asked_at.date() <= start
    return "before" if before else "after"


def attendance_after_decision(decision: str, state: str | None, over: bool) -> str | None:
    """The attendance state that follows from a decision on leave; None where it stays. `state` None: not invited so far.

    Only what is still open changes: who was there all the same stays present. Refused leave counts as absence once the
    activity is over (S10-4).
    """
    if decision == "approved":
        return "leave" if state in (None, "pending", "absent") else None
    if decision == "declined" and over:
        return "absent" if state in ("pending", "leave") else None
    return "pending" if state == "leave" else None


def decides(values: Mapping[str, Any], before: Mapping[str, Any]) -> bool:
    """Whether a change of a leave request touches its decision, or the request after the decision."""
    if before.get("decision", "pending") != "pending":
        return any(values.get(name) != old for name, old in before.items() if name != "timing")
    return values.get("decision") != "pending" or any(values.get(name) != before.get(name) for name in ("decided_by", "decided_on"))


def report_row(values: Mapping[str, Any]) -> Iterable[Refusal]:
    """A general report says what it is about; one on an activity is named after it."""
    if values.get("activity") is None and not values.get("subject"):
        yield Refusal("required", "subject")


def report_after_start(sent_on: date, start: datetime) -> Iterable[Refusal]:
    """An activity is reported on once it has begun (S5-5)."""
    if sent_on < start.date():
        yield Refusal("before", "sent_on", {"other": _("Start")})


def inspection_row(values: Mapping[str, Any]) -> Iterable[Refusal]:
    """An unannounced visit says why and who agreed (S6-4); one by certificate says who held it (S6-1)."""
    if values.get("openness") == "covert":
        for name in ("covert_reason", "covert_approver"):
            if not values.get(name):
                yield Refusal("required", name)
    for name, other in (("certificate", "holder"), ("holder", "certificate")):
        if values.get(name) and not values.get(other):
            yield Refusal("required", other)


def inspected_organ_row(values: Mapping[str, Any]) -> Iterable[Refusal]:
    """What was fed back, and what was answered to it, has the day of the feedback (S6-5)."""
    said = any(values.get(name) for name in ("fed_back_by", "answer", "answered_on"))
    if said and values.get("fed_back_on") is None:
        yield Refusal("required", "fed_back_on")


def fed_back_in_time(day: date, start: datetime, today: date) -> Iterable[Refusal]:
    """From the day of the inspection on, and by now."""
    if day < start.date():
        yield Refusal("before", "fed_back_on", {"other": _("Start")})
    elif day > today:
        yield Refusal("fed_back_ahead", "fed_back_on")


def fed_back_alike(said: Mapping[int, Mapping[str, Any]], common: Mapping[str, Any]) -> dict[int, dict[str, Any]]:
    """What was said of each organ (S6-5); where no day is written, what holds for all: the day, and how unless that is said too."""
    return {
        organ: {**values} if values.get("fed_back_on") else {**values, **{name: values.get(name) or text for name, text in common.items()}}
        for organ, values in said.items()
    }


def feedback(days: Sequence[date | None]) -> tuple[str | None, date | None]:
    """How far an inspection has been fed back, by the days of its organs, and the day from which all of them know (S6-5)."""
    known = [day for day in days if day is not None]
    if not days:
        return None, None
    if len(known) == len(days):
        return "done", max(known)
    return ("some" if known else "open"), None


def in_office(state: str, state_since: date | None, elected_on: date | None, term_ends: date | None, on: date) -> bool:
    """Whether a mandate was exercised on a day; a state with an unknown beginning is taken to hold all along."""
    if (elected_on is not None and elected_on > on) or (term_ends is not None and term_ends < on):
        return False
    return state == "serving" or (state_since is not None and state_since > on)


SENTENCES: dict[str, Any] = {
    "inspection_not_held": _("It has not been held yet: there is nothing to report and to feed back"),
    "covert_no_letter": _("This visit is unannounced: nobody is written to beforehand"),
    "not_yet_held": _("This day is still to come: it cannot have been held"),
    "not_this_recipient": _("This does not belong to the chosen recipient; leave it empty"),
    "signed_but_not_there": _("Who has signed in is present or late; change the state or empty the time"),
    "written_report_missing": _("Leave from a congress session is granted only on a written report"),
    "type_of_detail": _("There is an entry under “%(ledger)s” that needs another type; delete or change it there first"),
    "organ_written_about": _("There is something written of %(names)s already: findings or feedback; empty it there first"),
    "fed_back_ahead": _("This day is still to come: nothing can have been fed back"),
    "invited_and_marked": _("These deputies are already marked in the attendance ledger: %(names)s"),
}
refusals.SENTENCES.update(SENTENCES)
