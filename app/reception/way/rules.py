"""What stands in the way of each step of an opinion, and which way it goes. Pure (S8-2 to S8-6)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from flask_babel import lazy_gettext as _

from app.core import refusals
from app.core.refusals import Refusal

from .. import rules
from ..rules import Answered, Assigned, Facts

AT_ONCE = ("answered_on_spot", "answered_after_enquiry", "explained")
"""Ways of handling that need no sheet."""
Needs = Callable[[Facts], Iterable[Refusal]]


def live(facts: Facts) -> Assigned | None:
    return rules.live_assignment(facts)


def draft(facts: Facts) -> Assigned | None:
    """The sheet that waits for its signature."""
    sheet = live(facts)
    return sheet if sheet is not None and not sheet.signed and not sheet.received else None


def last_returned(facts: Facts) -> Assigned | None:
    """The last sheet, if it came back and nothing followed."""
    last = max(facts.assignments, key=lambda each: each.round, default=None)
    return last if last is not None and last.returned else None


def answer(facts: Facts) -> Answered | None:
    return rules.deciding_reply(facts)


def rounds(facts: Facts) -> int:
    """How often the matter is handled: once, and again after each answer that did not satisfy."""
    later = [each for each in facts.assignments if not each.returned]
    displeased = [each for each in facts.replies if each.satisfaction == "dissatisfied"]
    of = {each.id: each.round for each in facts.assignments}
    return 1 + sum(any(sheet.round > of.get(each.assignment or 0, 0) for sheet in later) for each in displeased)


def way(facts: Facts) -> tuple[tuple[str, ...], str]:
    """The states on this opinion's own way, and how often it is handled."""
    now, count = rules.status(facts), rounds(facts)
    middle: tuple[str, ...] = ("to_assign", "assigned", "second_round" if now == "second_round" else "in_progress")
    if not facts.assignments and (facts.suggested or facts.referred):
        middle = ("assigned",)
    elif not facts.assignments and (facts.handling in AT_ONCE or now in ("answered", "closed", "filed")):
        middle = ()
    elif now == "gathering":
        middle = ("gathering", *middle)
    return ("registered", *middle, "answered", "closed", "filed"), str(_("Handled %(count)s times", count=count)) if count > 1 else ""


def nothing_done(facts: Facts) -> Iterable[Refusal]:
    """Nothing went out yet."""
    if facts.assignments:
        yield Refusal("sheet_there")


def no_sheet(facts: Facts) -> Iterable[Refusal]:
    """No sheet is under way."""
    if live(facts) is not None:
        yield Refusal("sheet_there")


def draft_there(facts: Facts) -> Iterable[Refusal]:
    if draft(facts) is None:
        yield Refusal("no_draft")


def not_received(facts: Facts) -> Iterable[Refusal]:
    sheet = live(facts)
    if sheet is None:
        yield Refusal("no_sheet")
    elif sheet.received:
        yield Refusal("received_already")


def received(facts: Facts) -> Iterable[Refusal]:
    sheet = live(facts)
    if sheet is None or not sheet.received:
        yield Refusal("not_received")


def only_signed(facts: Facts) -> Iterable[Refusal]:
    """A signature is taken back as long as the organ has not received the sheet."""
    sheet = live(facts)
    if sheet is None:
        yield Refusal("no_sheet")
    elif sheet.received or not sheet.signed:
        yield Refusal("received_already")


def sheet_out(facts: Facts) -> Iterable[Refusal]:
    if live(facts) is None:
        yield Refusal("no_sheet")


def came_back(facts: Facts) -> Iterable[Refusal]:
    if last_returned(facts) is None:
        yield Refusal("not_returned")


def to_be_answered(facts: Facts) -> Iterable[Refusal]:
    """What became a suggestion is answered when the suggestion is."""
    if live(facts) is None and facts.suggested and not facts.suggestion_answered:
        yield Refusal("suggestion_unanswered")


def someone_to_remind(facts: Facts) -> Iterable[Refusal]:
    if live(facts) is None and not facts.handed_over:
        yield Refusal("no_sheet")


def unasked(facts: Facts) -> Iterable[Refusal]:
    found = answer(facts)
    if found is None:
        yield Refusal("closed_unanswered")
    elif found.satisfaction:
        yield Refusal("asked_already")


def asked(facts: Facts) -> Iterable[Refusal]:
    found = answer(facts)
    if found is None or not found.satisfaction:
        yield Refusal("not_asked")


def displeased(facts: Facts) -> Iterable[Refusal]:
    found = answer(facts)
    if found is None or found.satisfaction != "dissatisfied":
        yield Refusal("not_dissatisfied")


def closable(facts: Facts) -> Iterable[Refusal]:
    """An answer, its form, and the satisfaction or why it is missing; a second handling where the first did not satisfy."""
    found = [*rules.closing(replace(facts, closed=True)), *rules.second_round_first(facts)]
    return (Refusal(each.code, None, each.facts) for each in found)


def answered_as(*handlings: str) -> Needs:
    """An answer without a sheet is taken back together with the handling that was entered with it."""

    def needs(facts: Facts) -> Iterable[Refusal]:
        found = answer(facts)
        if found is None or found.assignment is not None or facts.handling not in handlings:
            yield Refusal("answered_otherwise")
        elif found.satisfaction:
            yield Refusal("asked_already")

    return needs


def answered_by_sheet(facts: Facts) -> Iterable[Refusal]:
    found = answer(facts)
    if found is None or (found.assignment is None and facts.handling in AT_ONCE):
        yield Refusal("answered_otherwise")
    elif found.satisfaction:
        yield Refusal("asked_already")


def is_referred(facts: Facts) -> Iterable[Refusal]:
    if not facts.referred:
        yield Refusal("not_referred")


def is_suggested(facts: Facts) -> Iterable[Refusal]:
    """An opinion leaves its suggestion as long as that is with no organ."""
    if not facts.suggested:
        yield Refusal("not_suggested")
    elif facts.handed_over:
        yield Refusal("handed_over_already")


SENTENCES: dict[str, Any] = {
    "sheet_there": _("An assignment sheet is there already"),
    "no_draft": _("There is no sheet that waits for its signature"),
    "no_sheet": _("There is no assignment sheet under way"),
    "received_already": _("The organ has signed for the sheet already"),
    "not_received": _("The organ has not signed for the sheet"),
    "not_returned": _("The last sheet did not come back"),
    "suggestion_unanswered": _("The suggestion that it became has not been answered yet"),
    "asked_already": _("The person's satisfaction is entered already"),
    "not_asked": _("The person's satisfaction is not entered yet"),
    "not_dissatisfied": _("Only what did not satisfy the person is handled a second time"),
    "answered_otherwise": _("It was not answered this way"),
    "not_referred": _("It was not referred"),
    "not_suggested": _("It did not become a suggestion"),
    "handed_over_already": _("The suggestion has been handed over already"),
}
refusals.SENTENCES.update(SENTENCES)
