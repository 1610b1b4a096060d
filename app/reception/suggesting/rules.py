"""Pure rules of suggestions between sessions: where one stands, how long its organ has, what stands in the way of each step (S8-3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask_babel import lazy_gettext as _

from app.core import refusals
from app.core.refusals import Refusal

TERM, LONGEST_TERM = 3, 6
"""Months that an organ has for a suggestion from its handing over, and for a complex one (代表法 art. 51)."""
SATISFIED = ("satisfied", "mostly")
RETURN = ("returned_organ", "handed_before_on", "returned_on", "returned_reason")
"""All that a return says: none of it stands alone."""
SOON = 7
"""Days that are left when an answer is said to be due soon."""


@dataclass(frozen=True)
class Facts:
    """All that decides where a suggestion stands."""

    submitted_on: date | None = None
    returned_on: date | None = None
    handed_over_on: date | None = None
    complex: bool = False
    answered_on: date | None = None
    verdict: str | None = None
    again_on: date | None = None
    again_answered_on: date | None = None
    again_verdict: str | None = None


def facts(values: Mapping[str, Any]) -> Facts:
    """Of a row's values, as far as they decide."""
    days = {name: values.get(name) for name in Facts.__dataclass_fields__ if name != "complex"}
    return Facts(complex=bool(values.get("complex")), **days)


def status(found: Facts) -> str:
    """A verdict closes the matter, unless it does not satisfy for the first time."""
    if found.again_on is not None:
        if found.again_answered_on is None:
            return "second_round"
        return "closed" if found.again_verdict else "answered"
    if found.verdict in SATISFIED:
        return "closed"
    if found.answered_on is not None:
        return "answered"
    return "handed_over" if found.handed_over_on is not None else "submitted"


def months_after(day: date, months: int) -> date:
    """The same day so many months later, the month's last where there is none: 30 November + 3 is 28 February."""
    year, month = divmod(day.month - 1 + months, 12)
    first = date(day.year + year, month + 1, 1)
    return min(first + timedelta(days=day.day - 1), date(first.year + (first.month == 12), first.month % 12 + 1, 1) - timedelta(days=1))


def last_day(since: date | None, is_complex: bool) -> date | None:
    """Until when the organ answers."""
    return months_after(since, LONGEST_TERM if is_complex else TERM) if since is not None else None


def term(since: date | None, due: date | None, is_complex: bool, field: str = "due") -> Iterable[Refusal]:
    """No term is longer than the law gives it."""
    last = last_day(since, is_complex)
    if last is not None and due is not None and due > last:
        yield Refusal("term_too_long" if is_complex else "term_longer_if_complex", field, {"day": last.isoformat()})


def row(values: Mapping[str, Any]) -> Iterable[Refusal]:
    """The lead deputy is no co-signer, the lead organ no assisting one; a return says by whom, of when and why; result and verdict
    follow an answer, a second handling a verdict that did not satisfy."""
    if values.get("deputy") is not None and values["deputy"] in (values.get("co_signers") or ()):
        yield Refusal("lead_signs_again", "co_signers")
    if values.get("organ") is not None and values["organ"] in (values.get("co_organs") or ()):
        yield Refusal("lead_again", "co_organs")
    if values.get("complex") and not values.get("complex_reason"):
        yield Refusal("required", "complex_reason")
    if values.get("complex_reason") and not values.get("complex"):
        yield Refusal("only_when_complex", "complex_reason")
    if any(values.get(name) for name in RETURN):
        yield from (Refusal("required", name) for name in RETURN if not values.get(name))
    if values.get("answered_on") is None and (values.get("result") or values.get("verdict")):
        yield Refusal("required", "answered_on")
    if values.get("asked_on") is not None and not values.get("verdict"):
        yield Refusal("required", "verdict")
    if values.get("again_on") is not None and values.get("verdict") != "dissatisfied":
        yield Refusal("again_without_reason", "again_on")
    if values.get("again_on") is None and any(values.get(name) for name in ("again_due", "again_answered_on")):
        yield Refusal("required", "again_on")
    if values.get("again_answered_on") is None and any(values.get(name) for name in ("again_result", "again_verdict")):
        yield Refusal("required", "again_answered_on")
    if values.get("again_asked_on") is not None and not values.get("again_verdict"):
        yield Refusal("required", "again_verdict")


def answered_after_handing_over(found: Facts) -> Iterable[Refusal]:
    """An organ answers what was handed over to it."""
    if found.answered_on is not None and found.handed_over_on is None:
        yield Refusal("answered_unhanded", "answered_on")


# ---------------------------------------------------------------- what stands in the way of a step


def not_complex(found: Facts) -> Iterable[Refusal]:
    if found.complex:
        yield Refusal("complex_already")


def is_complex(found: Facts) -> Iterable[Refusal]:
    if not found.complex:
        yield Refusal("not_complex")


def came_back(found: Facts) -> Iterable[Refusal]:
    if found.returned_on is None:
        yield Refusal("not_returned")


def first_unasked(found: Facts) -> Iterable[Refusal]:
    """The deputy has not said yet what the first answer is worth."""
    if found.verdict:
        yield Refusal("verdict_already")


def first_answer_bare(found: Facts) -> Iterable[Refusal]:
    """An answer is taken back as long as nobody judged it."""
    if found.verdict:
        yield Refusal("verdict_already")


def verdict_stands_alone(found: Facts) -> Iterable[Refusal]:
    """A verdict is taken back as long as nothing followed from it."""
    if not found.verdict:
        yield Refusal("no_verdict")
    elif found.again_on is not None:
        yield Refusal("again_already")


def displeased(found: Facts) -> Iterable[Refusal]:
    """Handled once more, and not a third time."""
    if found.again_on is not None:
        yield Refusal("again_already")
    elif found.verdict != "dissatisfied":
        yield Refusal("again_without_reason")


def second_unasked(found: Facts) -> Iterable[Refusal]:
    if found.again_answered_on is None:
        yield Refusal("not_answered_again")
    elif found.again_verdict:
        yield Refusal("verdict_already")


def second_verdict(found: Facts) -> Iterable[Refusal]:
    if not found.again_verdict:
        yield Refusal("no_verdict")


# ---------------------------------------------------------------- time


@dataclass(frozen=True)
class Standing:
    """How the term stands: `days` left, or past when overdue."""

    code: str
    days: int


def standing(state: str, due: date | None, again_due: date | None, today: date) -> Standing | None:
    """None where no organ is waited for."""
    last = {"handed_over": due, "second_round": again_due}.get(state)
    if last is None:
        return None
    left = (last - today).days
    return Standing("overdue" if left < 0 else "soon" if left <= SOON else "running", abs(left))


SENTENCES: dict[str, Any] = {
    "term_longer_if_complex": _(
        "A suggestion is answered within three months of its handing over, by %(day)s; one that is complex, with the reason, within six"),
    "term_too_long": _("A complex suggestion is answered within six months of its handing over: by %(day)s"),
    "only_when_complex": _("Only for a suggestion that is complex"),
    "answered_unhanded": _("It has not been handed over yet: there is nobody who could have answered"),
    "again_without_reason": _("Only what did not satisfy the deputy is handled a second time"),
    "again_already": _("It is handled a second time already"),
    "not_answered_again": _("The second handling has not been answered yet"),
    "complex_already": _("It counts as complex already"),
    "not_complex": _("It does not count as complex"),
    "verdict_already": _("The deputy's verdict is entered already"),
    "no_verdict": _("The deputy's verdict is not entered yet"),
}
refusals.SENTENCES.update(SENTENCES)
