"""Pure rules of the reception desk: what an entry must say, when it may still come in, what closing means, which matters are alike."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from flask_babel import lazy_gettext as _

from app.core import refusals
from app.core.refusals import Refusal

VOTER, CLOSE, REOPEN = "voter", "close", "reopen"
ON_THE_SPOT, EXPLAINED = "answered_on_spot", "explained"
MOST_VOTERS = 2_000
MOST_ALIKE = 5
_VOTER_ID = re.compile(r"[A-Za-z0-9_-]{16,50}")


@dataclass(frozen=True)
class End:
    """The reception was closed, or opened again; `voters` as typed, None where the entries are to be counted."""

    kind: str
    at: datetime
    uid: str
    voters: int | None = None


def closed_by(ends: Iterable[End]) -> End | None:
    """The closing that stands, in the order in which things were done; None: the desk is open."""
    last = max(ends, key=lambda each: (each.at, each.uid), default=None)
    return last if last is not None and last.kind == CLOSE else None


def may_enter(at: datetime, doubtful: bool, status: str, days: tuple[date, date], closed_at: datetime | None) -> Iterable[Refusal]:
    """What was said on the reception's day and written before the closing is taken, whenever it comes in. The time of a device
    whose clock is beyond reason says nothing of the day."""
    if status == "cancelled":
        yield Refusal("desk_cancelled")
    elif not doubtful and not days[0] <= at.date() <= days[1]:
        yield Refusal("desk_other_day", None, {"day": days[0].isoformat()})
    elif closed_at is not None and at > closed_at:
        yield Refusal("desk_closed", None, {"when": f"{closed_at:%m-%d %H:%M}"})


def may_end(at: datetime, status: str, first: date) -> Iterable[Refusal]:
    """A reception is closed on its day at the earliest."""
    if status == "cancelled":
        yield Refusal("desk_cancelled")
    elif at.date() < first:
        yield Refusal("desk_not_begun", None, {"day": first.isoformat()})


def voter_id(given: Any) -> str | None:
    """The id that the device drew for an entry."""
    return given if isinstance(given, str) and _VOTER_ID.fullmatch(given) else None


def voters_typed(given: Any) -> int | None:
    """How many came, as typed at closing."""
    return given if isinstance(given, int) and not isinstance(given, bool) and 0 <= given <= MOST_VOTERS else None


@dataclass(frozen=True)
class Said:
    """What the desk wrote down of one person, whatever a device sent."""

    facts: Mapping[str, Any]

    def text(self, name: str) -> str:
        found = self.facts.get(name)
        return found.strip() if isinstance(found, str) else ""

    def ticked(self, name: str) -> bool:
        return self.facts.get(name) is True

    def chosen(self, name: str) -> Any:
        """A row of another ledger, as the device names it; what it is is asked when it is written."""
        found = self.facts.get(name)
        return found if isinstance(found, (int, str)) and not isinstance(found, bool) and found != "" else None


def entry(said: Said) -> Iterable[Refusal]:
    """What the ledger could do without, and the desk can ask for while the person is still there (S8-2)."""
    if not said.text("words"):
        yield Refusal("required", "words")
    if not said.ticked("anonymous") and not said.text("name"):
        yield Refusal("name_or_anonymous", "voter_name")
    handling = said.text("handling")
    if handling == EXPLAINED:
        needed = (("reason", "explained_reason"), ("basis", "legal_basis"))
        yield from (Refusal("required", name) for typed, name in needed if not said.text(typed))
    if handling == ON_THE_SPOT:
        yield from (Refusal("required", name) for name in ("answer", "form") if not said.text(name))
    if handling in (ON_THE_SPOT, EXPLAINED):
        if not said.text("satisfaction"):
            yield Refusal("required", "satisfaction")
        if said.text("satisfaction") == "not_obtained" and not said.text("unobtained"):
            yield Refusal("required", "not_obtained_reason")


def opinion_values(said: Said, day: date) -> dict[str, Any]:
    """The opinion's row. Who wants to stay anonymous is not named, even where the name had been typed; only what goes with the
    handling chosen is kept."""
    explained = said.text("handling") == EXPLAINED
    referred = said.chosen("organ") if said.ticked("lawsuit") else None
    return {
        "voter_name": None if said.ticked("anonymous") else said.text("name"),
        "voter_address": said.text("address") or None,
        "village": said.text("village") or None,
        "anonymous": said.ticked("anonymous"),
        "confidential": said.ticked("confidential"),
        "category": said.text("category") or None,
        "law_related": said.ticked("lawsuit"),
        "words": said.text("words"),
        "deputy": said.chosen("heardBy"),
        "handling": said.text("handling") or None,
        "explained_reason": said.text("reason") or None if explained else None,
        "legal_basis": said.text("basis") or None if explained else None,
        "referred_to": referred,
        "referred_on": day if referred is not None else None,
    }


def reply_values(said: Said, day: date) -> dict[str, Any] | None:
    """The answer given on the spot, or what was explained and on what it rests; None where there was neither. An explanation is an answer:
    whether it satisfies is asked as well (S8-2, S8-5)."""
    handling = said.text("handling")
    if handling not in (ON_THE_SPOT, EXPLAINED):
        return None
    unobtained = said.text("satisfaction") == "not_obtained"
    return {
        "replied_on": day,
        "form": said.text("form") if handling == ON_THE_SPOT else "in_person",
        "answered_by": "deputy",
        "answer": said.text("answer") if handling == ON_THE_SPOT else said.text("basis"),
        "satisfaction": said.text("satisfaction"),
        "not_obtained_reason": said.text("unobtained") if unobtained else None,
        "asked_on": day,
    }


def newest(made: tuple[datetime, str], others: Iterable[tuple[datetime, str]]) -> bool:
    """Whether nothing was entered later: an older state that comes in late does not undo a newer one."""
    return all(other <= made for other in others)


@dataclass(frozen=True)
class Matter:
    """An earlier opinion as far as likeness needs it."""

    id: int
    person: bool
    village: str
    words: str


def alike(village: str, words: str, matters: Sequence[Matter]) -> list[Matter]:
    """Earlier matters that may be the same: of the same person, or of the same village or anywhere in like words; likeliest first,
    later ones (they come first in `matters`) before earlier ones."""
    typed = _pairs(words)
    ranked = []
    for place, matter in enumerate(matters):
        theirs = _pairs(matter.words)
        shorter = min(len(typed), len(theirs))
        share = len(typed & theirs) / shorter if shorter >= 3 else 0.0
        here = bool(village) and matter.village == village
        if matter.person or (here and (share >= 0.15 or not typed)) or share >= 0.4:
            ranked.append((-(matter.person * 2 + here * 0.5 + share), place, matter))
    return [matter for _likeness, _place, matter in sorted(ranked, key=lambda each: each[:2])[:MOST_ALIKE]]


def _pairs(words: str) -> set[str]:
    """Every two characters beside each other: Chinese is written without spaces."""
    plain = [char for char in words[:400] if char.isalnum()]
    return {"".join(pair) for pair in pairwise(plain)}


SENTENCES: dict[str, Any] = {
    "desk_cancelled": _("The reception was called off: nothing is entered here"),
    "desk_other_day": _("This reception is on %(day)s; what was said on another day is entered under its own reception or in the ledger"),
    "desk_closed": _("The reception was closed on %(when)s; open it again or enter this in the ledger"),
    "desk_not_begun": _("A reception is closed on its day at the earliest, %(day)s"),
    "desk_unknown": _("The screen sent something that cannot be read; load its page anew"),
    "desk_changed": _("The office has worked on this entry meanwhile: change it in the ledger"),
    "desk_entry_gone": _("This entry was deleted by the office"),
    "desk_not_here": _("This entry does not belong to this reception"),
    "desk_no_reading_back": _("The reception is closed: what was entered is read, changed and printed in the ledger only"),
}
refusals.SENTENCES.update(SENTENCES)
