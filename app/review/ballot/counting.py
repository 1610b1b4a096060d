"""Counting: from ballots and tellers' entries to what is announced, and the seal over it. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from hashlib import sha256
from typing import Any

from flask_babel import lazy_gettext as _

from ..rules import GRADES
from .rules import Frozen, Line

Votes = dict[str, dict[str, int]]
"""Votes by mandate (as text, as JSON keeps it) and grade."""

SATISFIED, WITH_BASICALLY = "satisfied", "with_basically"
FORMULAS: Mapping[str, Any] = {SATISFIED: _("Satisfied ÷ valid"), WITH_BASICALLY: _("(Satisfied + basically satisfied) ÷ valid")}
"""How 满意率 is counted; a parameter, frozen at the opening."""
_COUNTED = {SATISFIED: GRADES[:1], WITH_BASICALLY: GRADES[:2]}
SHOWN_OF_SEAL = 16


@dataclass(frozen=True)
class Part:
    """The ballots of one way of voting."""

    returned: int
    votes: Votes

    def as_kept(self) -> dict[str, Any]:
        return {"returned": self.returned, "votes": self.votes}

    @classmethod
    def of(cls, kept: Mapping[str, Any] | None) -> Part:
        return cls(kept["returned"], kept["votes"]) if kept else cls(0, {})


@dataclass(frozen=True)
class Difference:
    """Where the two tellers disagree: about a deputy's grade, or (no line) about how many ballots came back."""

    line: Line | None
    grade: str
    first: int
    second: int


@dataclass(frozen=True)
class Result:
    """What the vote gave for one deputy, in the official order of the sheet."""

    line: Line
    votes: Mapping[str, int]
    valid: int
    invalid: int
    rate: Decimal | None
    """满意率 in per cent with one decimal; None where there is no valid ballot."""


def tally(ballots: Iterable[Sequence[int]], frozen: Frozen) -> Part:
    """Nothing of a ballot is kept but what it adds."""
    votes: Votes = {str(mandate): dict.fromkeys(GRADES, 0) for mandate in frozen.mandates}
    returned = 0
    for ballot in ballots:
        returned += 1
        for mandate, choice in zip(frozen.mandates, ballot, strict=True):
            votes[str(mandate)][GRADES[choice]] += 1
    return Part(returned, votes)


def differences(one: Part, other: Part, frozen: Frozen) -> list[Difference]:
    """Everything in which two tellers' entries are not the same."""
    found = [] if one.returned == other.returned else [Difference(None, "returned", one.returned, other.returned)]
    for line in frozen.lines:
        for grade in GRADES:
            first, second = (part.votes[str(line.mandate)].get(grade, 0) for part in (one, other))
            if first != second:
                found.append(Difference(line, grade, first, second))
    return found


def together(electronic: Part, paper: Part, issued: int, frozen: Frozen) -> dict[str, Any]:
    """The totals as they are announced: both ways of voting in one count."""
    returned = electronic.returned + paper.returned
    lines = {}
    for mandate in map(str, frozen.mandates):
        votes = {grade: sum(part.votes.get(mandate, {}).get(grade, 0) for part in (electronic, paper)) for grade in GRADES}
        valid = sum(votes.values())
        lines[mandate] = {**votes, "valid": valid, "invalid": returned - valid}
    return {"issued": issued, "returned": returned, "lines": lines}


def results(frozen: Frozen, totals: Mapping[str, Any]) -> list[Result]:
    """The totals deputy by deputy."""
    found = []
    for line in frozen.lines:
        kept = totals["lines"][str(line.mandate)]
        votes = {grade: kept[grade] for grade in GRADES}
        found.append(Result(line, votes, kept["valid"], kept["invalid"], rate(votes, frozen.formula)))
    return found


def rate(votes: Mapping[str, int], formula: str) -> Decimal | None:
    """满意率 by the formula, of the valid ballots; abstentions are valid."""
    valid = sum(votes[grade] for grade in GRADES)
    if not valid:
        return None
    counted = sum(votes[grade] for grade in _COUNTED[formula])
    return (Decimal(100 * counted) / valid).quantize(Decimal("0.1"), ROUND_HALF_UP)


def seal(facts: Mapping[str, Any]) -> str:
    """A hash over everything announced: who changes a figure gets another one."""
    return sha256(json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()).hexdigest()


def seal_words(whole: str) -> str:
    """The seal as it is printed and read out: its beginning, in groups of four."""
    shown = whole[:SHOWN_OF_SEAL]
    return " ".join(shown[start : start + 4] for start in range(0, len(shown), 4))
