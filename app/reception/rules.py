"""Pure rules of receptions and opinions: what a row must say, where an opinion stands, when it may be closed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask_babel import lazy_gettext as _

from app.core import refusals
from app.core.refusals import Refusal

PAST_AFTER = timedelta(days=30)
"""An assignment dated longer ago than this is a row of the past: it is taken as it was on paper (S8-3)."""


def opinion(values: Mapping[str, Any]) -> Iterable[Refusal]:
    """An opinion has one source at most, a day, a person unless anonymous (S8-1), and an order of its ends (S8-6)."""
    if values.get("reception") is not None and values.get("visit") is not None:
        yield Refusal("one_source", "visit")
    if values.get("heard_on") is None and values.get("reception") is None and values.get("visit") is None:
        yield Refusal("required", "heard_on")
    if not values.get("anonymous") and not values.get("voter_name"):
        yield Refusal("name_or_anonymous", "voter_name")
    if values.get("explained_reason") and values.get("handling") != "explained":
        yield Refusal("only_when_explained", "explained_reason")
    if values.get("referred_on") is not None and values.get("referred_to") is None:
        yield Refusal("required", "referred_to")
    if values.get("filed_on") is not None and values.get("closed_on") is None:
        yield Refusal("filed_unclosed", "filed_on")


def assignment(values: Mapping[str, Any]) -> Iterable[Refusal]:
    """Who signs and who receives does so on a day; what is returned says why (S8-3)."""
    for name, day in (("signed_by", "signed_on"), ("received_by", "received_on"), ("returned_reason", "returned_on"),
                      ("returned_on", "returned_reason")):
        if values.get(name) and not values.get(day):
            yield Refusal("required", day)
    if values.get("organ") is not None and values["organ"] in (values.get("co_organs") or ()):
        yield Refusal("lead_again", "co_organs")


def reply(values: Mapping[str, Any]) -> Iterable[Refusal]:
    """A missing satisfaction has its reason, and only then (S8-5)."""
    missing = values.get("satisfaction") == "not_obtained"
    if missing and not values.get("not_obtained_reason"):
        yield Refusal("required", "not_obtained_reason")
    if not missing and values.get("not_obtained_reason"):
        yield Refusal("only_when_not_obtained", "not_obtained_reason")


def number_of(year: int, ordinal: int) -> str:
    """2026, 86 -> 2026-086, as registers count: anew each year."""
    return f"{year}-{ordinal:03d}"


def parts_of(number: str) -> tuple[int, int] | None:
    """2026-086 -> (2026, 86); None where it is no number of ours."""
    found = re.fullmatch(r"(\d{4})-(\d{3,9})", number)
    return (int(found[1]), int(found[2])) if found and int(found[2]) else None


@dataclass(frozen=True)
class Assigned:
    """What an opinion's state needs to know of one assignment."""

    id: int
    round: int
    signed: bool
    received: bool
    returned: bool


@dataclass(frozen=True)
class Answered:
    """What an opinion's state and its closing need to know of one reply."""

    round: int
    assignment: int | None
    form: str | None
    satisfaction: str | None
    id: int = 0


@dataclass(frozen=True)
class Facts:
    """All that decides where an opinion stands."""

    handling: str | None = None
    referred: bool = False
    suggested: bool = False
    handed_over: bool = False
    """The suggestion that grew from it is with its organ."""
    suggestion_answered: bool = False
    closed: bool = False
    filed: bool = False
    assignments: Sequence[Assigned] = ()
    replies: Sequence[Answered] = ()


def live_assignment(facts: Facts) -> Assigned | None:
    """The assignment that counts: the last one that did not come back."""
    return max((each for each in facts.assignments if not each.returned), key=lambda each: each.round, default=None)


def deciding_reply(facts: Facts) -> Answered | None:
    """The answer that counts: the last one to the live assignment; where there is none, the last one that answers no returned sheet."""
    live = live_assignment(facts)
    wanted = live.id if live else None
    return max((each for each in facts.replies if each.assignment == wanted), key=lambda each: each.round, default=None)


def open_status(facts: Facts) -> str:
    """Where an opinion stands that nobody closed."""
    if deciding_reply(facts) is not None:
        return "answered"
    live = live_assignment(facts)
    if live is not None:
        if not (live.signed or live.received):
            return "to_assign"
        earlier = {each.id for each in facts.assignments if each.round < live.round} | {None}
        if any(each.satisfaction == "dissatisfied" and each.assignment in earlier for each in facts.replies):
            return "second_round"
        return "in_progress" if live.received else "assigned"
    if facts.suggested or facts.referred:
        return "assigned"
    if facts.assignments or facts.handling == "to_assign":
        return "to_assign"
    return "gathering" if facts.handling == "to_gather" else "registered"


def status(facts: Facts) -> str:
    """Where an opinion stands."""
    if facts.filed:
        return "filed"
    return "closed" if facts.closed else open_status(facts)


def closing(facts: Facts) -> Iterable[Refusal]:
    """An opinion is closed with an answer only, its form, and the satisfaction or why it could not be had (S8-5)."""
    if not facts.closed:
        return
    answer = deciding_reply(facts)
    if answer is None:
        yield Refusal("closed_unanswered", "closed_on")
        return
    if not answer.form:
        yield Refusal("closed_without_form", "closed_on")
    if not answer.satisfaction:
        yield Refusal("closed_without_satisfaction", "closed_on")


def second_round_first(facts: Facts) -> Iterable[Refusal]:
    """Who is not satisfied is handled a second time before the matter is closed (S8-5)."""
    answer = deciding_reply(facts)
    if answer is None or answer.satisfaction != "dissatisfied":
        return
    if not any(each.satisfaction == "dissatisfied" and each.round < answer.round for each in facts.replies):
        yield Refusal("second_round_first", "closed_on")


def answers_sheet(replied_on: date, assigned_on: date, signed: bool) -> Iterable[Refusal]:
    """An organ answers what was assigned to it, and not before (S8-3, S8-5)."""
    if replied_on < assigned_on:
        yield Refusal("before_assignment", "replied_on", {"day": assigned_on.isoformat()})
    elif not signed:
        yield Refusal("sheet_unsigned", "assignment")


def of_the_past(day: date, today: date, imported: bool) -> bool:
    """Whether what happened on this day is a row of the past, entered late or taken over from a workbook."""
    return imported or today - day > PAST_AFTER


def county_organs(levels: Mapping[str, Iterable[str]], past: bool) -> Iterable[Refusal]:
    """A new county matter is not assigned by the township: it becomes a suggestion (S8-3). `levels`: field -> its organs' levels."""
    if not past:
        for name, found in levels.items():
            if "county" in found:
                yield Refusal("county_matter", name)


def heard_within(heard_on: date, first: date, last: date) -> Iterable[Refusal]:
    """What was heard at a reception or on a visit was heard on its day."""
    if not first <= heard_on <= last:
        yield Refusal("not_its_day", "heard_on", {"day": first.isoformat()})


def after_hearing(name: str, day: date | None, heard_on: date) -> Iterable[Refusal]:
    """Nothing is assigned or answered before it was heard."""
    if day is not None and day < heard_on:
        yield Refusal("before_hearing", name, {"day": heard_on.isoformat()})


def before_outcomes(heard_on: date, outcomes: Iterable[date]) -> Iterable[Refusal]:
    """The day of hearing is not put behind what came of it."""
    first = min(outcomes, default=heard_on)
    if first < heard_on:
        yield Refusal("outcome_before", "heard_on", {"day": first.isoformat()})


SENTENCES: dict[str, Any] = {
    "one_source": _("An opinion comes from a reception or from a visit, not from both"),
    "name_or_anonymous": _("Give the name, or tick “Anonymous”"),
    "only_when_explained": _("Only for an opinion that was explained"),
    "filed_unclosed": _("Only a closed opinion is filed: give the day of closing first"),
    "lead_again": _("The lead organ is not an assisting organ as well"),
    "lead_signs_again": _("The lead deputy is not a co-signer as well"),
    "only_when_not_obtained": _("Only where the satisfaction could not be obtained"),
    "closed_unanswered": _("An opinion cannot be closed before the answer is entered under “Replies”"),
    "closed_without_form": _("The answer has no form yet (in writing, by phone, in person): an opinion is not closed without it"),
    "closed_without_satisfaction": _(
        "The answer does not say yet whether the person is satisfied, or why that is unknown: an opinion is not closed without it"),
    "second_round_first": _("The person is not satisfied: the matter is handled a second time before it is closed"),
    "before_assignment": _("The matter was assigned on %(day)s: it cannot have been answered before"),
    "sheet_unsigned": _("This sheet has not been signed yet: the organ has nothing to answer"),
    "county_matter": _("A matter for a county organ is not assigned here: enter it as a suggestion between sessions"),
    "not_its_day": _("The reception or visit was on %(day)s"),
    "before_hearing": _("This may not be earlier than the day the opinion was heard (%(day)s)"),
    "outcome_before": _("It was assigned or answered on %(day)s already: it was heard on that day at the latest"),
    "opinion_closed": _("The opinion is closed; empty its day of closing before a new round"),
    "number_given_out": _("Number %(number)s belongs to %(year)s and has gone out on paper: the day stays in that year"),
    "parent_fixed": _("A row stays with the opinion under which it was entered"),
    "other_opinion": _("This assignment belongs to another opinion"),
}
refusals.SENTENCES.update(SENTENCES)
