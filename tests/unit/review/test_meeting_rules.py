"""Where a review meeting stands, what it still lacks, who is a voter there: as tables."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.review.meeting import rules
from app.review.meeting.rules import Facts

READY = Facts("voters", reporters=2, chair=True, scrutineers=True, tellers=True, listed=32, signed_in=31, required=30, reports_begun=True)
NINE = datetime(2026, 12, 18, 9)


@pytest.mark.parametrize(
    ("changes", "stage"),
    [
        ({"reports_begun": False, "signed_in": 0}, "preparing"),
        ({"reports_begun": False, "signed_in": 1}, "signing_in"),
        ({}, "reporting"),
        ({"vote": "prepared"}, "reporting"),
        ({"vote": "open"}, "voting"),
        ({"vote": "counting"}, "counting"),
        ({"vote": "void"}, "reporting"),
        ({"vote": "announced"}, "announced"),
        ({"published": 1}, "reporting"),
        ({"published": 2}, "announced"),
        ({"published": 2, "vote": "open"}, "voting"),
        ({"published": 2, "opinions": True}, "announced"),
        ({"published": 2, "opinions": True, "record": True}, "minuted"),
        ({"reported": True, "reporters": 0, "reports_begun": False}, "reported"),
    ],
)
def test_a_meeting_stands_where_its_facts_put_it(changes: dict[str, Any], stage: str) -> None:
    assert rules.stands(replace(READY, **changes)) == stage


@pytest.mark.parametrize(
    ("rule", "changes", "codes"),
    [
        (rules.nobody_signed_in, {}, []),
        (rules.nobody_signed_in, {"signed_in": 0}, ["no_voter_signed_in"]),
        (rules.nobody_signed_in, {"signed_in": 0, "listed": 0}, ["no_voters_listed"]),
        (rules.nobody_signed_in, {"signed_in": 0, "listed": 0, "audience": "electoral_unit"}, []),
        (rules.nobody_signed_in, {"reporters": 0, "chair": False, "scrutineers": False, "tellers": False},
         ["no_reporters", "no_chair", "no_scrutineers", "no_tellers"]),
        (rules.reports_not_begun, {"reports_begun": False, "signed_in": 29}, ["voters_missing", "reports_not_begun"]),
        (rules.vote_not_open, {"signed_in": 30, "vote": "open"}, []),
        (rules.vote_not_open, {"signed_in": 29}, ["voters_missing", "vote_not_open"]),
        (rules.vote_not_open, {"signed_in": 3, "audience": "standing_committee", "vote": "open"}, []),
        (rules.not_minuted, {}, ["no_opinions_voiced", "no_record"]),
    ],
)
def test_what_a_meeting_still_lacks_is_named(rule: Any, changes: dict[str, Any], codes: list[str]) -> None:
    assert [each.code for each in rule(replace(READY, **changes))] == codes


def test_how_many_voters_are_still_needed_is_said() -> None:
    [missing] = rules.voters_missing(replace(READY, signed_in=27))
    assert missing.facts == {"now": 27, "least": 30, "more": 3}


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("李建国、刘秀英 王玉兰", ["李建国", "刘秀英", "王玉兰"]),
        ("李建国\n刘秀英\r\n\n王 玉兰", ["李建国", "刘秀英", "王玉兰"]),
        ("张三(石庙村)，张三（东街）、 李四", ["张三（石庙村）", "张三（东街）", "李四"]),
        ("张三、张三", ["张三"]),
        ("　", []),
    ],
)
def test_a_pasted_list_is_read_with_what_tells_namesakes_apart(typed: str, names: list[str]) -> None:
    assert rules.voters_named(typed) == names


@pytest.mark.parametrize("name", ["王玉兰", "王 玉兰", "王　玉兰"])
def test_who_is_reviewed_is_no_voter(name: str) -> None:
    assert [each.code for each in rules.not_a_reporter(name, ["李建国", "王玉兰"])] == ["reporter_no_voter"]
    assert list(rules.not_a_reporter("王玉兰（东街）", ["王玉兰"])) == []


@pytest.mark.parametrize(
    ("minutes", "vote", "opened", "code"),
    [
        (-24 * 60, "", None, "voters_too_early"),
        (-60, "", None, None),
        (10, "prepared", None, None),
        (10, "void", 5, None),
        (10, "open", 5, "voters_too_late"),
        (4, "open", 5, None),
        (10, "announced", 5, "voters_too_late"),
    ],
)
def test_voters_sign_in_from_the_day_until_the_vote_opens(minutes: int, vote: str, opened: int | None, code: str | None) -> None:
    opened_at = NINE + timedelta(minutes=opened) if opened is not None else None
    assert [each.code for each in rules.may_sign(NINE + timedelta(minutes=minutes), NINE, vote, opened_at)] == ([code] if code else [])


@given(st.text(max_size=200))
def test_whatever_is_pasted_gives_names_that_are_not_blank(typed: str) -> None:
    assert all(name.strip() for name in rules.voters_named(typed))
