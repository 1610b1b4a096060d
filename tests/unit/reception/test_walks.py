"""Whoever walks the tables at random: no state is without a way out, nothing is closed without an answer, and a step ends where the
table says. What each step writes is said here once more, apart from the program."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import chinese_calendar
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from app.calendar import Calendar
from app.core.workflows.workflow import BACK, Move, Workflow
from app.reception import rules
from app.reception.deadlines.rules import dated
from app.reception.rules import Answered, Assigned, Facts
from app.reception.suggesting import rules as suggesting
from app.reception.suggesting.table import WAY as SUGGESTIONS
from app.reception.way.table import WAY as OPINIONS

EVERYONE = {role for move in (*OPINIONS.moves, *SUGGESTIONS.moves) for role in move.who}
SATISFACTIONS = ("satisfied", "mostly", "dissatisfied", "not_obtained")


def ends_of(workflow: Workflow, step: Move, state: str) -> set[str]:
    if step.name.startswith(BACK):
        return {state, *(leave for move in workflow.moves if BACK + move.name == step.name for leave in move.leaves)}
    return {step.to or state, *step.or_to}


# ---------------------------------------------------------------- opinions: what each step writes


def _sheet(facts: Facts, **more: Any) -> Facts:
    """The live sheet, changed."""
    live = rules.live_assignment(facts)
    assert live is not None
    return replace(facts, assignments=[replace(each, **more) if each.id == live.id else each for each in facts.assignments])


def _last_sheet(facts: Facts, **more: Any) -> Facts:
    last = max(facts.assignments, key=lambda each: each.round)
    return replace(facts, assignments=[replace(each, **more) if each.id == last.id else each for each in facts.assignments])


def _drawn(facts: Facts, _said: str) -> Facts:
    number = max((each.id for each in facts.assignments), default=0) + 1
    return replace(facts, assignments=[*facts.assignments, Assigned(number, number, False, False, False)])


def _told(facts: Facts, _said: str, handling: str | None = None) -> Facts:
    live, number = rules.live_assignment(facts), max((each.round for each in facts.replies), default=0) + 1
    reply = Answered(number, live.id if live else None, "phone", None, number)
    return replace(facts, handling=handling or facts.handling, replies=[*facts.replies, reply])


def _untold(facts: Facts, _said: str, handling: bool = False) -> Facts:
    found = rules.deciding_reply(facts)
    return replace(facts, handling=None if handling else facts.handling, replies=[each for each in facts.replies if each != found])


def _said_of(facts: Facts, satisfaction: str | None) -> Facts:
    found = rules.deciding_reply(facts)
    return replace(facts, replies=[replace(each, satisfaction=satisfaction) if each == found else each for each in facts.replies])


def _dropped(facts: Facts, _said: str) -> Facts:
    live = rules.live_assignment(facts)
    return replace(facts, assignments=[each for each in facts.assignments if each != live])


def _at_once(handling: str) -> dict[str, Callable[[Facts, str], Facts]]:
    name = {"answered_on_spot": "answer_on_spot", "answered_after_enquiry": "answer_after_enquiry", "explained": "explain"}[handling]
    return {
        name: lambda facts, said: _told(facts, said, handling),
        BACK + name: lambda facts, said: _untold(facts, said, handling=True),
    }


EFFECTS: dict[str, Callable[[Facts, str], Facts]] = {
    **_at_once("answered_on_spot"),
    **_at_once("answered_after_enquiry"),
    **_at_once("explained"),
    "gather": lambda facts, _said: replace(facts, handling="to_gather"),
    "back_gather": lambda facts, _said: replace(facts, handling=None),
    "pass_on": lambda facts, _said: replace(facts, handling="to_assign"),
    "back_pass_on": lambda facts, _said: replace(facts, handling=None),
    "draw_up": lambda facts, said: replace(_drawn(facts, said), handling="to_assign"),
    "handle_again": _drawn,
    "drop_draft": _dropped,
    "sign": lambda facts, _said: _sheet(facts, signed=True),
    "back_sign": lambda facts, _said: _sheet(facts, signed=False),
    "receive": lambda facts, _said: _sheet(facts, received=True),
    "back_receive": lambda facts, _said: _sheet(facts, received=False),
    "return": lambda facts, _said: _sheet(facts, returned=True),
    "back_return": lambda facts, _said: _last_sheet(facts, returned=False),
    "remind": lambda facts, _said: facts,
    "answer": _told,
    "back_answer": _untold,
    "ask": _said_of,
    "back_ask": lambda facts, _said: _said_of(facts, None),
    "close": lambda facts, _said: replace(facts, closed=True),
    "back_close": lambda facts, _said: replace(facts, closed=False),
    "file": lambda facts, _said: replace(facts, filed=True),
    "back_file": lambda facts, _said: replace(facts, filed=False),
    "refer": lambda facts, _said: replace(facts, referred=True),
    "back_refer": lambda facts, _said: replace(facts, referred=False),
    "suggest": lambda facts, _said: replace(facts, handling="to_assign", suggested=True),
    "back_suggest": lambda facts, _said: replace(facts, handling=None, suggested=False),
}


def test_every_step_of_the_table_is_walked() -> None:
    assert set(EFFECTS) == {step.name for step in OPINIONS.steps()}


class OpinionWalk(RuleBasedStateMachine):
    """One opinion, and the suggestion that it may have become, in whatever hands."""

    def __init__(self) -> None:
        super().__init__()
        self.facts = Facts()
        self.walked: list[str] = []

    @property
    def state(self) -> str:
        return rules.status(self.facts)

    def open(self) -> list[Move]:
        return [step for step in OPINIONS.open_to(EVERYONE, self.state) if not list(step.needs(self.facts))]

    @rule(pick=st.integers(0, 60), said=st.sampled_from(SATISFACTIONS))
    def step(self, pick: int, said: str) -> None:
        open_to, before = self.open(), self.state
        step = open_to[pick % len(open_to)]
        self.walked.append(step.name)
        self.facts = EFFECTS[step.name](self.facts, said)
        assert self.state in ends_of(OPINIONS, step, before), (before, self.walked)

    @rule()
    def organ_answers_the_suggestion(self) -> None:
        if self.facts.suggested:
            self.facts = replace(self.facts, handed_over=True, suggestion_answered=self.facts.handed_over)

    @rule()
    def organ_returns_the_suggestion(self) -> None:
        if self.facts.handed_over and not self.facts.suggestion_answered:
            self.facts = replace(self.facts, handed_over=False)

    @invariant()
    def there_is_a_way_out(self) -> None:
        onward = [each.name for each in self.open() if not each.name.startswith(BACK) and each.name not in ("remind", "drop_draft")]
        waits = self.facts.suggested and not self.facts.suggestion_answered
        assert onward or self.state == "filed" or waits, (self.state, self.walked)
        assert self.open(), (self.state, self.walked)

    @invariant()
    def what_is_closed_has_its_answer(self) -> None:
        if self.state in ("closed", "filed"):
            found = rules.deciding_reply(self.facts)
            assert found is not None, self.walked
            assert found.form, self.walked
            assert found.satisfaction, self.walked


TestOpinionWalk = OpinionWalk.TestCase
TestOpinionWalk.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)


# ---------------------------------------------------------------- suggestions: a step writes its own columns


class SuggestionWalk(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, Any] = {"submitted_on": date(2026, 1, 5)}
        self.walked: list[str] = []

    @property
    def facts(self) -> suggesting.Facts:
        return suggesting.facts(self.values)

    def open(self) -> list[Move]:
        found = SUGGESTIONS.open_to(EVERYONE, suggesting.status(self.facts))
        return [step for step in found if not list(step.needs(self.facts))]

    @rule(pick=st.integers(0, 60), verdict=st.sampled_from(("satisfied", "mostly", "dissatisfied")))
    def step(self, pick: int, verdict: str) -> None:
        before, open_to = suggesting.status(self.facts), self.open()
        step = open_to[pick % len(open_to)]
        self.walked.append(step.name)
        written = [name for name in (*step.sets, *step.asks) if "." not in name]
        for name in written:
            said = verdict if name.endswith("verdict") else True if name == "complex" else "a" if name.endswith("result") else None
            self.values[name] = said or (date(2026, 5, 20) if name.endswith("_on") else "跨部门")
        self.values.update({kept: self.values.get(name) for name, kept in step.puts_aside.items()})
        self.values.update(dict.fromkeys((*step.wrote, *step.puts_aside)))
        assert suggesting.status(self.facts) in ends_of(SUGGESTIONS, step, before), (before, self.walked)
        assert list(suggesting.row(self.values)) == [], self.walked

    @invariant()
    def there_is_a_way_out_and_nothing_closes_unanswered(self) -> None:
        state, found = suggesting.status(self.facts), self.facts
        onward = [each for each in self.open() if not each.name.startswith(BACK) and each.name not in ("remind", "extend")]
        assert onward or state == "closed", self.walked
        if state == "closed":
            assert found.answered_on is not None, self.walked
            assert found.verdict in suggesting.SATISFIED or (found.again_answered_on is not None and found.again_verdict), self.walked


TestSuggestionWalk = SuggestionWalk.TestCase
TestSuggestionWalk.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)


# ---------------------------------------------------------------- days


@given(st.dates(date(2010, 1, 1), date(2026, 11, 20)), st.integers(1, 15))
def test_the_last_day_for_assigning_is_what_counting_by_hand_gives(ended_on: date, workdays: int) -> None:
    day, left = ended_on, workdays
    while left:
        day += timedelta(days=1)
        left -= chinese_calendar.is_workday(day)
    assert dated(Calendar(), ended_on, workdays).due == day


@given(st.dates(date(2010, 1, 1), date(2090, 1, 1)), st.sampled_from((3, 6)))
def test_so_many_months_later_is_the_same_day_or_the_months_last(day: date, months: int) -> None:
    last = suggesting.months_after(day, months)
    assert (last.year * 12 + last.month) - (day.year * 12 + day.month) == months
    assert last.day == day.day or (last.day < day.day and (last + timedelta(days=1)).day == 1)
