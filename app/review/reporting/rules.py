"""How the duties of reporting stand (R14 to R19), and what a vote may lead to. Pure: each is asked with the facts and the day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _

from app.core import refusals
from app.core.refusals import Refusal

MET, LATE, AHEAD, SOON, OVERDUE, FAILED, NOT_DUE = "met", "late", "ahead", "soon", "overdue", "failed", "not_due"
"""Done in time, done late, still to come, due soon, not done and past its day, not done and past mending, does not apply."""
WORDS: Mapping[str, Any] = {
    MET: _("In time"), LATE: _("Late"), AHEAD: _("Still to come"), SOON: _("Due soon"), OVERDUE: _("Missing"),
    FAILED: _("Not reached"), NOT_DUE: _("Does not apply"),
}
TONES: Mapping[str, str] = {MET: "ok", LATE: "warn", AHEAD: "info", SOON: "warn", OVERDUE: "bad", FAILED: "bad", NOT_DUE: "mute"}
HEADINGS = ("law_and_policy", "congress", "voters", "group_activities", "own_post", "learning", "shortcomings")
"""The seven headings of S9-3."""
GRADE_WORDS: Mapping[str, Any] = {
    "satisfied": _("Satisfied"),
    "basically_satisfied": _("Mostly satisfied"),
    "dissatisfied": _("Dissatisfied"),
    "abstained": _("Abstained"),
}
NEAR_LEVELS = frozenset({"county", "township"})
ONE_YEAR = 366
"""Days of the term's last year: a year back from its end, a leap day counted in."""


@dataclass(frozen=True)
class Office:
    """A mandate as far as reporting in person depends on it."""

    level: str
    state: str
    state_since: date | None
    term_ends: date | None


def deadline(year: int, month_day: tuple[int, int]) -> date:
    """A day of every year in that year; 29 February of a common year is the 28th."""
    month, day = month_day
    while True:
        try:
            return date(year, month, day)
        except ValueError:
            day -= 1


LAST_QUARTER = 10
"""The month from which on a term that ends has its year's report still due: the year of work is as good as over."""


def judged_on(due: date, term_ends: date | None) -> date:
    """The day on which a mandate has to be held to owe the year's report: the last day for it, or the end of a term that ends in the
    last quarter before that day."""
    if term_ends is not None and date(due.year, LAST_QUARTER, 1) <= term_ends < due:
        return term_ends
    return due


def owes_report(level: str, in_office: bool, above_county: bool) -> bool:
    """Who is in office on the last day owes the year's report in writing; above the county only where the office says so (R15)."""
    return in_office and (above_county or level in NEAR_LEVELS)


def in_writing(submitted_on: date | None, due: date, today: date, soon_days: int, owed: bool) -> str:
    """R15: each mandate's written report by the last day, of those too who report in person (S9-4)."""
    if submitted_on is not None:
        return MET if submitted_on <= due else LATE
    if not owed:
        return NOT_DUE
    return _waiting(due, today, soon_days)


def with_the_group(received_on: date | None, meeting: date, today: date, days: int, soon_days: int) -> str:
    """R14: the group has the report of who reports in person so many calendar days before the meeting, the day it came in not
    counted (S9-3)."""
    last = meeting - timedelta(days=days)
    if received_on is not None:
        return MET if received_on <= last else LATE
    if today > meeting:
        return FAILED
    return _waiting(last, today, soon_days)


def in_person(reported: int, wanted: int, office: Office, today: date) -> str:
    """R16: once in the term; missed only when it is over, due soon in its last year (S9-4)."""
    if reported >= wanted:
        return MET
    ends = office.term_ends
    if office.state == "ended" and (ends is None or (office.state_since is not None and office.state_since < ends)):
        return NOT_DUE
    if ends is None:
        return AHEAD
    if today > ends:
        return FAILED
    return SOON if today > ends - timedelta(days=ONE_YEAR) else AHEAD


def enough_voters(audience: str, signed_in: int, wanted: int) -> bool:
    """R17: before voters, so many of their representatives have signed in; other audiences have no number (S9-4)."""
    return audience != "voters" or signed_in >= wanted


def published_there(published_at: datetime | None, meeting: date, today: date) -> str:
    """R18: what the vote gave was published at the meeting itself (S9-5)."""
    if published_at is not None:
        return MET if published_at.date() == meeting else LATE
    return OVERDUE if today > meeting else AHEAD


def told_upward(reported_on: date | None, due: date, today: date, soon_days: int) -> str:
    """R19: reports and record are with the county within so many working days after the meeting; `due` is the last (S9-6)."""
    if reported_on is not None:
        return MET if reported_on <= due else LATE
    return _waiting(due, today, soon_days)


def _waiting(due: date, today: date, soon_days: int) -> str:
    if today > due:
        return OVERDUE
    return SOON if (due - today).days <= soon_days else AHEAD


# ---------------------------------------------------------------------------------------------------- what a vote may lead to


@dataclass(frozen=True)
class Shares:
    """From which share of satisfied votes on something may follow (settings of the office)."""

    commended: Decimal
    candidate: Decimal
    talk: Decimal


def may_lead_to(share: Decimal | None, shares: Shares) -> tuple[str, ...]:
    """Which lists a deputy comes onto: commended, candidate, talk (S9-5). One basis among others; people decide."""
    if share is None:
        return ()
    found = [("commended", share >= shares.commended), ("candidate", share >= shares.candidate), ("talk", share < shares.talk)]
    return tuple(name for name, holds in found if holds)


LEADS_TO: Mapping[str, Any] = {"commended": _("For commendation"), "candidate": _("To stand again"), "talk": _("For a talk")}
LEAD_TONES: Mapping[str, str] = {"commended": "ok", "candidate": "info", "talk": "bad"}


# ---------------------------------------------------------------------------------------------------------------- refusals


def handing_in(values: Mapping[str, Any], files: int, day: date | None, today: date) -> Iterable[Refusal]:
    """What is handed in says something, or has the report attached, and was handed in by today."""
    if not files and not any((values.get(name) or "").strip() for name in HEADINGS):
        yield Refusal("report_says_nothing")
    if day is None:
        yield Refusal("required", "submitted_on")
    elif day > today:
        yield Refusal("handed_in_ahead", "submitted_on")


def filled_up(kept: Mapping[str, Any], drafted: Mapping[str, str]) -> dict[str, str]:
    """The headings that are still empty, with what the ledgers know of them: nothing that was written is lost."""
    return {name: text for name, text in drafted.items() if text and not (kept.get(name) or "").strip()}


SENTENCES = {
    "report_says_nothing": _("The report says nothing yet: write under its headings, or attach it"),
    "handed_in_ahead": _("This day is still to come: the report cannot have been handed in"),
    "minutes_ahead": _("The meeting has not begun yet; its minutes are drafted once it was held"),
}
refusals.SENTENCES.update(SENTENCES)
