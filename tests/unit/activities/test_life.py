"""An activity's life: its state, who has been told, and the table that pages, REST and the diagram are read off."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.activities.life import rules
from app.activities.life.rules import Facts, Notice
from app.activities.life.table import LIFE
from app.core.refusals import SENTENCES
from app.core.workflows.workflow import BACK

NINE = datetime(2026, 11, 3, 9)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
FACTS = st.builds(
    Facts,
    start=st.sampled_from([NINE - DAY, NINE, NINE + DAY]),
    now=st.just(NINE),
    cancelled=st.booleans(),
    finished=st.booleans(),
    reported=st.booleans(),
    invited=st.integers(0, 3),
    open=st.integers(0, 3),
    signed_in=st.integers(0, 3),
)


def test_every_refusal_of_life_has_a_sentence_in_the_one_table() -> None:
    assert rules.SENTENCES.items() <= SENTENCES.items()


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, "planned"),
        ({"invited": 2, "open": 1}, "planned"),
        ({"invited": 2}, "notified"),
        ({"invited": 2, "signed_in": 1}, "under_way"),
        ({"signed_in": 1, "open": 2}, "under_way"),
        ({"finished": True}, "held"),
        ({"finished": True, "reported": True}, "reported"),
        ({"reported": True}, "planned"),
        ({"cancelled": True, "finished": True, "reported": True}, "cancelled"),
    ],
)
def test_an_activity_stands_where_its_facts_put_it(facts: dict[str, Any], expected: str) -> None:
    assert rules.stands(Facts(NINE, NINE, **facts)) == expected


@given(FACTS)
def test_what_follows_has_nothing_missing_and_what_is_missing_has_not_followed(facts: Facts) -> None:
    """The line of steps never says that something is missing for a state that the activity has reached."""
    state = rules.stands(facts)
    if state in LIFE.line:
        for move in LIFE.moves:
            if not move.who and move.to == state:
                assert list(move.needs(facts)) == []


@given(FACTS, st.sampled_from(["finish", "cancel"]))
def test_a_step_leads_where_the_table_says_and_back_again(facts: Facts, name: str) -> None:
    step = LIFE.step(name)
    assert step is not None
    if rules.stands(facts) not in step.leaves:
        return
    taken = {"finish": {"finished": True, "reported": False}, "cancel": {"cancelled": True}}[name]
    after = Facts(**{**facts.__dict__, **taken})
    assert rules.stands(after) == step.to
    back = LIFE.step(BACK + name)
    assert back is not None
    assert rules.stands(after) in back.leaves
    assert set(back.wrote) >= set(step.sets)


def test_what_was_held_is_not_called_off_and_what_lies_ahead_was_not_held() -> None:
    assert {step.name for step in LIFE.open_to(["head"], "held")} == {"back_finish"}
    assert {step.name for step in LIFE.open_to(["liaison"], "planned")} == {"finish", "cancel"}
    assert LIFE.open_to(["deputy", "archivist", "presidium", "county"], "planned") == []
    assert [each.code for each in rules.not_begun(Facts(NINE + MINUTE, NINE))] == ["not_yet_begun"]
    assert list(rules.not_begun(Facts(NINE, NINE))) == []


BEFORE = NINE - 3 * DAY


def told(notices: list[Notice], invited: datetime = BEFORE, moved: datetime | None = None, start: datetime = NINE) -> str:
    return rules.told(1, invited, notices, start, moved)


def test_who_is_told_by_the_last_notice_before_the_start() -> None:
    all_told = Notice(BEFORE + DAY, BEFORE + DAY)
    missed = Notice(BEFORE + DAY, BEFORE + DAY + MINUTE, deputy=1, reached=False)
    assert told([]) == "untold"
    assert told([all_told]) == "told"
    assert told([all_told, missed]) == told([missed, all_told]) == "unreached"
    assert told([all_told, missed, Notice(BEFORE + 2 * DAY, BEFORE + 2 * DAY, deputy=1)]) == "told"
    assert told([all_told, Notice(BEFORE + DAY, BEFORE + DAY, deputy=2, reached=False)]) == "told"
    assert told([Notice(NINE + MINUTE, NINE + MINUTE)]) == "untold"


def test_who_is_invited_later_is_not_yet_told_and_who_is_entered_afterwards_was() -> None:
    all_told = Notice(BEFORE, BEFORE)
    assert told([all_told], invited=BEFORE + MINUTE) == "untold"
    assert told([all_told], invited=BEFORE) == "told"
    assert told([all_told], invited=NINE + DAY) == "told"


def test_a_changed_time_or_place_is_to_be_told_again() -> None:
    first, second = Notice(BEFORE, BEFORE), Notice(BEFORE + 2 * DAY, BEFORE + 2 * DAY)
    assert told([first], moved=BEFORE + DAY) == "again"
    assert told([first, second], moved=BEFORE + DAY) == "told"


MOMENTS = st.integers(-5, 5).map(lambda days: NINE + days * DAY)


@given(MOMENTS, MOMENTS, st.booleans(), st.one_of(st.none(), st.integers(-20, 20).map(lambda seconds: NINE + timedelta(seconds=seconds))))
def test_a_change_comes_after_what_was_told_before_it(before: datetime, after: datetime, other_place: bool, last: datetime | None) -> None:
    values = {"start": after, "place": "乙" if other_place else "甲", "moved_at": None}
    moved = rules.told_anew_from({"start": before, "place": "甲"}, values, NINE, last)
    changed = before != after or other_place
    assert (moved is not None) == (changed and max(before, after) > NINE)
    if moved is not None:
        assert moved >= NINE
        assert last is None or moved > last or last < NINE


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (NINE - DAY, None, NINE - DAY),
        (NINE - DAY, NINE - DAY + MINUTE, NINE - DAY + MINUTE),
        (NINE - MINUTE, None, None),
        (NINE + DAY, None, None),
    ],
)
def test_what_is_entered_after_its_day_was_held(start: datetime, end: datetime | None, expected: datetime | None) -> None:
    assert rules.held_on_entry(start, end, NINE) == expected
    if expected is not None:
        assert rules.over(start, end, NINE)
        assert list(rules.held_too_early(expected, start, NINE)) == []


def test_what_was_held_stays_in_the_past_and_nobody_is_told_tomorrow() -> None:
    assert [each.code for each in rules.held_too_early(NINE, NINE + DAY, NINE)] == ["not_yet_held"]
    assert list(rules.held_too_early(None, NINE + DAY, NINE)) == []
    assert [each.code for each in rules.told_in_future(NINE + MINUTE, NINE)] == ["told_in_future"]
    assert list(rules.told_in_future(NINE, NINE)) == []
