"""What happens when receptions and opinions are written: numbers, days, rounds, and where each opinion stands."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import select

from app.core import clock
from app.core.dictionary.ledger import LEDGERS
from app.core.records.confirming import confirmed_by_office
from app.core.records.hooks import Saving, after_erasing, after_saving, before_restoring, before_saving
from app.core.records.saving import Writing
from app.core.refusals import Refusal, Refused, refuse_any

from . import rules
from .analysis.late import overdue_reminders as overdue_reminders  # the home page says what is overdue
from .announcing.services import announcements_waiting as announcements_waiting  # the home page reminds of what is to be posted
from .announcing.services import due_now as due_now
from .facts import children, facts, stand_anew
from .models import Opinion, Reception, Visit
from .numbers import imported, number
from .outcomes import Assignment, Reply, Supervision
from .way import table as table  # the steps are known with the services

_opinions: Any = Opinion
_receptions: Any = Reception


def _round(saving: Saving) -> None:
    """The rounds of an opinion are counted by the program."""
    if saving.is_new:
        earlier = saving.writing.rows(saving.model, saving.station_id, opinion=saving.values["opinion"])
        saving.values["round"] = max((each.round for each in earlier), default=0) + 1
    elif saving.changed("opinion"):
        refuse_any([Refusal("parent_fixed", "opinion")])


confirmed_by_office("visits", "good_deeds")


@after_saving("visits")
def move_with_visit(saving: Saving) -> None:
    """What was heard on a visit stays with its day when that is put right."""
    if not saving.is_new and saving.changed("visited_on"):
        _move(saving.writing, _opinions.visit_id == saving.row.id)


@after_saving("activities")
def move_with_reception(saving: Saving) -> None:
    """What was heard at a reception stays with its day when that is put right."""
    if not saving.is_new and saving.changed("start", "end"):
        receptions = select(_receptions.id).where(_receptions.activity_id == saving.row.id)
        _move(saving.writing, _opinions.reception_id.in_(receptions))


def _move(writing: Writing, which: Any) -> None:
    for found in writing.session.scalars(select(_opinions).where(which)).all():
        days = days_of_source(writing, found.reception_id, found.visit_id)
        if days is not None and not days[0] <= found.heard_on <= days[1]:
            try:
                writing.save("opinions", {"heard_on": days[0]}, row=found, by_program=True)
            except Refused as refused:
                raise Refused(*(Refusal(each.code, None, each.facts) for each in refused.refusals)) from refused


def days_of_source(writing: Writing, reception_id: int | None, visit_id: int | None) -> tuple[date, date] | None:
    """First and last day of the reception or the visit."""
    if reception_id is not None:
        activity = writing.get(LEDGERS["activities"], writing.get(Reception, reception_id).activity_id)
        return activity.start.date(), (activity.end or activity.start).date()
    if visit_id is not None:
        day = writing.get(Visit, visit_id).visited_on
        return day, day
    return None


@before_saving("opinions")
def register_opinion(saving: Saving) -> None:
    """Day, number and state of an opinion; closing it only with its answer (S8-5)."""
    values, writing = saving.values, saving.writing
    days = days_of_source(writing, values["reception"], values["visit"])
    if days is not None:
        values["heard_on"] = values["heard_on"] or days[0]
        if saving.changed("reception", "visit", "heard_on"):
            refuse_any(rules.heard_within(values["heard_on"], *days))
    outcomes = [] if saving.is_new else children(writing.store, saving.row)
    if not saving.is_new and saving.changed("heard_on"):
        refuse_any(rules.before_outcomes(values["heard_on"], [day for child in outcomes for day in _days_of_child(child)]))
    number(saving, values["heard_on"], gone_out=any(isinstance(child, Assignment) for child in outcomes))
    found = facts(writing.store, saving.row.id if not saving.is_new else None, values, outcomes)
    if saving.changed("closed_on"):
        refuse_any(rules.closing(found))
        if values["closed_on"] is not None and not rules.of_the_past(values["closed_on"], clock.today(), imported(writing)):
            refuse_any(rules.second_round_first(found))
    values["status"] = rules.status(found)


def _days_of_child(child: Any) -> Iterable[date]:
    days = (child.replied_on,) if isinstance(child, Reply) else (child.assigned_on, child.signed_on)
    return [day for day in days if day is not None]


@before_saving("assignments")
def draw_up_assignment(saving: Saving) -> None:
    """Number and round of a sheet; no new county matter (S8-3), nothing before the hearing, nothing new once closed."""
    values, writing = saving.values, saving.writing
    opinion = writing.get(Opinion, values["opinion"])
    for name in ("assigned_on", "signed_on"):
        refuse_any(rules.after_hearing(name, values[name], opinion.heard_on))
    if saving.is_new and opinion.closed_on is not None:
        refuse_any([Refusal("opinion_closed", "opinion")])
    _county_matter(saving)
    _round(saving)
    number(saving, values["assigned_on"], gone_out=saving.before.get("signed_on") is not None)


def _county_matter(saving: Saving) -> None:
    values, writing = saving.values, saving.writing
    ids = {"organ": [values["organ"]], "co_organs": values["co_organs"]}
    organ: Any = LEDGERS["organs"]
    levels = {name: [writing.get(organ, row_id).level for row_id in found] for name, found in ids.items()}
    chosen_anew = {name: found for name, found in levels.items() if saving.is_new or saving.changed(name)}
    past = rules.of_the_past(values["assigned_on"], clock.today(), imported(writing))
    refuse_any(rules.county_organs(chosen_anew, past))
    values["county_past"] = any("county" in found for found in levels.values())


@before_saving("replies")
def enter_reply(saving: Saving) -> None:
    """Round of a reply; it answers an assignment of its own opinion."""
    values, writing = saving.values, saving.writing
    opinion = writing.get(Opinion, values["opinion"])
    refuse_any(rules.after_hearing("replied_on", values["replied_on"], opinion.heard_on))
    if values["assignment"] is not None:
        sheet = writing.get(Assignment, values["assignment"])
        if sheet.opinion_id != opinion.id:
            refuse_any([Refusal("other_opinion", "assignment")])
        if saving.changed("assignment", "replied_on") and not imported(writing):
            signed = sheet.signed_on is not None or sheet.received_on is not None
            past = rules.of_the_past(values["replied_on"], clock.today(), imported=False)
            refuse_any(rules.answers_sheet(values["replied_on"], sheet.assigned_on, signed or past))
    _round(saving)


@after_saving("assignments", "replies")
def follow_outcome(saving: Saving) -> None:
    """The opinion stands where its sheets and answers put it; a closed one keeps an answer that may stand (S8-5)."""
    stand_anew(saving.writing, [saving.values["opinion"]], recheck_closing=True)


@after_erasing("assignments", "replies")
def follow_withdrawn_outcome(saving: Saving) -> None:
    """An opinion that is still there stands where what is left puts it; a closed one keeps its answer (S8-5)."""
    opinion_id = saving.before["opinion"]
    if saving.writing.session.get(Opinion, opinion_id) is not None:
        stand_anew(saving.writing, [opinion_id], recheck_closing=True)


@before_saving("supervision")
@before_restoring("supervision")
def supervise_once_a_day(saving: Saving) -> None:
    """One record for each day and target: the key has an empty part, so it is looked up here."""
    for name in ("assignment", "suggestion"):
        if saving.values[name] is None:
            continue
        same = {name: saving.values[name], "supervised_on": saving.values["supervised_on"]}
        other = next((each for each in saving.writing.rows(Supervision, saving.station_id, **same) if each.id != saving.row.id), None)
        if other is not None:
            refuse_any([Refusal("taken", "supervised_on", {"title": saving.writing.store.title(Supervision, other.id)})])
