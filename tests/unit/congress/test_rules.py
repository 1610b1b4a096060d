"""The congress's rules, each as a table of cases and a property."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.congress import rules
from app.core.refusals import SENTENCES


def codes(refusals: Any) -> list[tuple[str, str | None]]:
    return [(refusal.code, refusal.field) for refusal in refusals]


@pytest.mark.parametrize(("ordinal", "name"), [
    (1, "第一次会议"), (5, "第五次会议"), (10, "第十次会议"), (11, "第十一次会议"), (20, "第二十次会议"), (23, "第二十三次会议"),
])
def test_a_session_is_called_by_its_number_in_words(ordinal: int, name: str) -> None:
    assert rules.session_name({"ordinal": ordinal}) == {"name": name}


@given(st.sets(st.integers(1, 99), min_size=2))
def test_no_two_sessions_of_a_term_are_called_alike(ordinals: set[int]) -> None:
    assert len({rules.session_name({"ordinal": ordinal})["name"] for ordinal in ordinals}) == len(ordinals)


DAY = date(2026, 2, 10)


@pytest.mark.parametrize(("state", "written", "on", "refused"), [
    ("attended", False, None, []),
    ("unapproved", False, None, []),
    ("unapproved", True, DAY, []),
    ("approved", True, DAY, []),
    ("approved", True, None, [("required", "written_on")]),
    ("approved", False, None, [("leave_not_written", "written_leave")]),
    ("approved", False, DAY, [("leave_not_written", "written_leave")]),
    ("unapproved", False, DAY, [("written_on_without_report", "written_leave")]),
    (None, False, None, []),
])
def test_leave_from_a_session_needs_the_dated_written_report(state: str | None, written: bool, on: date | None, refused: list[Any]) -> None:
    assert codes(rules.leave_is_written({"state": state, "written_leave": written, "written_on": on})) == refused


@given(st.sampled_from(["attended", "approved", "unapproved"]), st.booleans(), st.none() | st.just(DAY))
def test_what_passes_as_approved_has_report_and_date(state: str, written: bool, on: date | None) -> None:
    if not list(rules.leave_is_written({"state": state, "written_leave": written, "written_on": on})):
        assert state != "approved" or (written and on is not None)
        assert on is None or written


@pytest.mark.parametrize(("values", "refused"), [
    ({"lead": 1, "co_signers": [2, 3], "kind": "motion", "result": "on_agenda"}, []),
    ({"lead": 1, "co_signers": [1, 2], "kind": "motion", "result": None}, [("lead_co_signs", "co_signers")]),
    ({"lead": 1, "co_signers": [], "kind": "suggestion", "result": "solved"}, []),
    ({"lead": 1, "co_signers": [], "kind": "suggestion", "result": "declined"}, [("result_of_motions", "result")]),
    ({"lead": 1, "co_signers": [], "kind": "motion", "result": "solved"}, []),
    ({"lead": None, "co_signers": None, "kind": None, "result": None}, []),
])
def test_the_lead_does_not_co_sign_and_suggestions_have_no_agenda(values: dict[str, Any], refused: list[Any]) -> None:
    assert codes(rules.motion(values)) == refused


@given(st.integers(1, 50), st.lists(st.integers(1, 50)))
def test_the_lead_among_the_co_signers_is_always_found(lead: int, co_signers: list[int]) -> None:
    found = codes(rules.motion({"lead": lead, "co_signers": co_signers, "kind": "motion"}))
    assert bool(found) == (lead in co_signers)


@pytest.mark.parametrize(("session", "mandate", "refused"), [
    (("county", 16), ("county", 16), []),
    (("county", 16), ("township", 16), [("other_congress", "mandate")]),
    (("county", 16), ("county", 15), [("other_congress", "mandate")]),
    (None, ("county", 15), []),
])
def test_a_mandate_counts_in_its_own_congress_only(session: Any, mandate: Any, refused: list[Any]) -> None:
    assert codes(rules.same_congress(session, mandate, "mandate")) == refused


def test_every_refusal_has_its_sentence() -> None:
    assert set(rules.SENTENCES) <= set(SENTENCES)
