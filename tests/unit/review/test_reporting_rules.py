"""The duties of reporting as tables of cases (R14 to R19), and what a vote may lead to."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.review.reporting import rules
from app.review.reporting.rules import AHEAD, FAILED, LATE, MET, NOT_DUE, OVERDUE, SOON, Office, Shares

DUE = date(2026, 12, 31)
MEETING = date(2026, 12, 18)
TERM_ENDS = date(2026, 12, 9)
days = st.dates(date(2020, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(("submitted", "today", "owed", "standing"), [
    (date(2026, 12, 31), date(2027, 1, 5), True, MET),
    (date(2027, 1, 1), date(2027, 1, 5), True, LATE),
    (date(2026, 6, 1), date(2026, 6, 2), False, MET),
    (None, date(2026, 12, 27), True, AHEAD),
    (None, date(2026, 12, 28), True, SOON),
    (None, date(2026, 12, 31), True, SOON),
    (None, date(2027, 1, 1), True, OVERDUE),
    (None, date(2027, 1, 1), False, NOT_DUE),
])
def test_a_report_in_writing_stands_by_its_last_day(submitted: date | None, today: date, owed: bool, standing: str) -> None:
    assert rules.in_writing(submitted, DUE, today, 3, owed) == standing


@pytest.mark.parametrize(("level", "in_office", "above", "owes"), [
    ("county", True, False, True), ("township", True, False, True), ("city", True, False, False), ("province", True, True, True),
    ("county", False, True, False),
])
def test_who_is_in_office_owes_a_report_above_the_county_by_setting(level: str, in_office: bool, above: bool, owes: bool) -> None:
    assert rules.owes_report(level, in_office, above) is owes


@pytest.mark.parametrize(("term_ends", "day"), [
    (None, DUE), (date(2027, 3, 1), DUE), (TERM_ENDS, TERM_ENDS), (date(2026, 10, 1), date(2026, 10, 1)), (date(2026, 9, 30), DUE),
])
def test_a_term_that_ends_late_in_the_year_has_its_report_still_due(term_ends: date | None, day: date) -> None:
    assert rules.judged_on(DUE, term_ends) == day


@pytest.mark.parametrize(("received", "today", "standing"), [
    (date(2026, 12, 15), MEETING, MET),
    (date(2026, 12, 16), MEETING, LATE),
    (None, date(2026, 12, 11), AHEAD),
    (None, date(2026, 12, 12), SOON),
    (None, date(2026, 12, 15), SOON),
    (None, date(2026, 12, 16), OVERDUE),
    (None, MEETING, OVERDUE),
    (None, date(2026, 12, 19), FAILED),
])
def test_the_group_has_the_report_three_days_before_the_meeting_the_day_it_came_not_counted(
    received: date | None, today: date, standing: str
) -> None:
    assert rules.with_the_group(received, MEETING, today, 3, 3) == standing


def office(state: str = "serving", since: date | None = None, ends: date | None = TERM_ENDS) -> Office:
    return Office("county", state, since, ends)


@pytest.mark.parametrize(("reported", "held", "today", "standing"), [
    (1, office(), date(2023, 1, 1), MET),
    (0, office(), date(2024, 1, 1), AHEAD),
    (0, office(), date(2025, 12, 8), AHEAD),
    (0, office(), date(2025, 12, 9), SOON),
    (0, office(), TERM_ENDS, SOON),
    (0, office(), date(2026, 12, 10), FAILED),
    (1, office(), date(2027, 1, 1), MET),
    (0, office(ends=None), date(2099, 1, 1), AHEAD),
    (0, office("ended", date(2024, 5, 1)), date(2027, 1, 1), NOT_DUE),
    (0, office("ended", TERM_ENDS), date(2027, 1, 1), FAILED),
    (0, office("suspended", date(2024, 5, 1)), date(2026, 6, 1), SOON),
])
def test_a_mandate_reports_in_person_once_in_the_term_and_misses_it_only_at_its_end(
    reported: int, held: Office, today: date, standing: str
) -> None:
    assert rules.in_person(reported, 1, held, today) == standing


@given(today=days)
def test_who_has_not_reported_in_person_fails_only_after_the_term(today: date) -> None:
    assert (rules.in_person(0, 1, office(), today) == FAILED) == (today > TERM_ENDS)


@pytest.mark.parametrize(("audience", "there", "enough"), [
    ("voters", 29, False), ("voters", 30, True), ("electoral_unit", 0, True), ("standing_committee", 3, True),
])
def test_only_before_voters_there_is_a_number(audience: str, there: int, enough: bool) -> None:
    assert rules.enough_voters(audience, there, 30) is enough


@pytest.mark.parametrize(("published", "today", "standing"), [
    (datetime(2026, 12, 18, 11), date(2027, 1, 1), MET), (datetime(2026, 12, 19, 9), date(2027, 1, 1), LATE),
    (None, MEETING, AHEAD), (None, date(2026, 12, 19), OVERDUE),
])
def test_a_result_is_published_at_the_meeting_itself(published: datetime | None, today: date, standing: str) -> None:
    assert rules.published_there(published, MEETING, today) == standing


@pytest.mark.parametrize(("reported", "today", "standing"), [
    (date(2027, 1, 4), date(2027, 2, 1), MET), (date(2027, 1, 5), date(2027, 2, 1), LATE), (None, date(2026, 12, 20), AHEAD),
    (None, date(2027, 1, 2), SOON), (None, date(2027, 1, 5), OVERDUE),
])
def test_the_county_has_the_report_within_its_working_days(reported: date | None, today: date, standing: str) -> None:
    assert rules.told_upward(reported, date(2027, 1, 4), today, 3) == standing


@given(done=st.none() | days, due=days, today=days, soon=st.integers(0, 60))
def test_what_is_done_stays_judged_whatever_day_it_is(done: date | None, due: date, today: date, soon: int) -> None:
    standing = rules.in_writing(done, due, today, soon, True)
    assert (standing in (MET, LATE)) == (done is not None)
    assert standing == rules.told_upward(done, due, today, soon)
    if done is not None:
        assert standing == rules.in_writing(done, due, today + timedelta(days=400), soon, True)


@pytest.mark.parametrize(("year", "given_day", "day"), [
    (2026, (12, 31), date(2026, 12, 31)), (2027, (2, 29), date(2027, 2, 28)), (2028, (2, 29), date(2028, 2, 29)),
])
def test_a_day_of_every_year_is_one_in_every_year(year: int, given_day: tuple[int, int], day: date) -> None:
    assert rules.deadline(year, given_day) == day


SHARES = Shares(Decimal(90), Decimal(80), Decimal(60))


@pytest.mark.parametrize(("share", "lists"), [
    (None, ()), ("100.0", ("commended", "candidate")), ("90.0", ("commended", "candidate")), ("89.9", ("candidate",)),
    ("80.0", ("candidate",)), ("79.9", ()), ("60.0", ()), ("59.9", ("talk",)), ("0.0", ("talk",)),
])
def test_a_share_of_satisfied_votes_leads_onto_lists(share: str | None, lists: tuple[str, ...]) -> None:
    assert rules.may_lead_to(Decimal(share) if share is not None else None, SHARES) == lists


@given(kept=st.dictionaries(st.sampled_from(rules.HEADINGS), st.none() | st.text(max_size=5)),
       drafted=st.dictionaries(st.sampled_from(rules.HEADINGS), st.text(max_size=5)))
def test_filling_up_never_touches_what_was_written(kept: dict[str, str | None], drafted: dict[str, str]) -> None:
    added = rules.filled_up(kept, drafted)
    assert all(not (kept.get(name) or "").strip() and added[name] == drafted[name] for name in added)


@pytest.mark.parametrize(("values", "files", "day", "codes"), [
    ({"learning": "自学"}, 0, date(2026, 12, 1), []),
    ({}, 1, date(2026, 12, 1), []),
    ({"learning": " \n"}, 0, date(2026, 12, 1), ["report_says_nothing"]),
    ({"learning": "自学"}, 0, None, ["required"]),
    ({"learning": "自学"}, 0, date(2026, 12, 21), ["handed_in_ahead"]),
])
def test_what_is_handed_in_says_something_and_has_its_day(values: dict[str, str], files: int, day: date | None, codes: list[str]) -> None:
    assert [each.code for each in rules.handing_in(values, files, day, date(2026, 12, 20))] == codes
