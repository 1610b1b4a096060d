"""Pure rules of the secret vote: who may open one, what a ballot must say, what tellers' entries must have in common (S9-4, S9-5)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _

from app.core import refusals
from app.core.refusals import Refusal

from ..rules import GRADES

MOST_SLIPS = 1000
FEW_SHEETS = 5
"""Fewer ballots than this tell by themselves how people voted."""
STEP = 5
"""While a vote is open it is told in such steps how many have voted: nobody is pointed at by a count that goes up by one."""
OPEN_FOR = timedelta(hours=24)
"""A vote that is still open then is void."""
UNREADABLE = "0"
"""On a paper ballot taken sheet by sheet: the deputy's line is blank, or marked twice."""
_NAMES = re.compile(r"[\s、，,；;]+")


@dataclass(frozen=True)
class Line:
    """A deputy on the sheet. `note` tells a person's two mandates apart."""

    mandate: int
    name: str
    note: str = ""


@dataclass(frozen=True)
class Frozen:
    """What may not change once a vote is open. `grades` are the words on the sheet, in the order of GRADES; `formula` is a key of
    counting.FORMULAS; `expected` and `signed_in` are 应到 and 实到."""

    title: str
    day: str
    place: str
    lines: tuple[Line, ...]
    grades: tuple[str, ...]
    formula: str
    audience: str
    required: int
    expected: int
    signed_in: int
    chair: str = ""
    scrutineers: str = ""
    tellers: str = ""

    @property
    def mandates(self) -> list[int]:
        return [line.mandate for line in self.lines]

    def as_kept(self) -> dict[str, Any]:
        kept = asdict(self)
        return {**kept, "lines": list(kept["lines"]), "grades": list(self.grades)}

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Frozen:
        return cls(**{**kept, "lines": tuple(Line(**line) for line in kept["lines"]), "grades": tuple(kept["grades"])})


def slips_wanted(electronic: int, paper: int, printed: int = 0) -> Iterable[Refusal]:
    """Some slips of either kind, and not more than a hall could need."""
    for field, number in (("electronic", electronic), ("paper", paper)):
        if number < 0:
            yield Refusal("too_small", field, {"least": 0})
    if electronic <= 0 and paper <= 0:
        yield Refusal("vote_no_slips")
    elif electronic + paper + printed > MOST_SLIPS:
        yield Refusal("vote_many_slips", None, {"most": MOST_SLIPS})


def undealt(field: str, back: int, printed: int) -> Iterable[Refusal]:
    """Slips that came back undealt were printed before."""
    if back < 0:
        yield Refusal("too_small", field, {"least": 0})
    elif back > printed:
        yield Refusal("vote_more_undealt", field, {"printed": printed})


def may_open(frozen: Frozen, start: date, today: date, most_lines: int) -> Iterable[Refusal]:
    """On the day of the meeting or after it, with deputies to vote on; before voters only when enough of them are there (R17)."""
    if today < start:
        yield Refusal("vote_before_meeting", None, {"day": f"{start:%Y-%m-%d}"})
    if not frozen.lines:
        yield Refusal("vote_nobody")
    elif len(frozen.lines) > most_lines:
        yield Refusal("vote_too_many", None, {"most": most_lines})
    if len(frozen.grades) != len(GRADES):
        yield Refusal("vote_grades", None, {"given": len(frozen.grades) - 1})
    if frozen.audience == "voters" and frozen.signed_in < frozen.required:
        yield Refusal("vote_too_few_voters", None, {"required": frozen.required, "now": frozen.signed_in})


def cautions(electronic: int, paper: int) -> list[Refusal]:
    """What is said before opening (docs/secret-ballot.md): nothing of it forbids the vote."""
    said = [Refusal("caution_unanimous")]
    if any(0 < number < FEW_SHEETS for number in (electronic, paper)):
        said.append(Refusal("caution_few", None, {"few": FEW_SHEETS}))
    return said


def is_over(opened_at: datetime, now: datetime) -> bool:
    """Whether an open vote has become void by its age."""
    return now >= opened_at + OPEN_FOR


def told(voted: int, dealt: int) -> int:
    """How many have voted, in steps; exactly only when everybody has."""
    return dealt if voted >= dealt else voted // STEP * STEP


def choices(given: Any, frozen: Frozen) -> tuple[list[int], list[Refusal]]:
    """The ballot as numbers of grades in the order of the sheet: every deputy once, nobody else, one of the grades each."""
    if not isinstance(given, Mapping):
        return [], [Refusal("ballot_unreadable")]
    wanted = {str(line.mandate): line for line in frozen.lines}
    if set(given) - set(wanted):
        return [], [Refusal("ballot_no_such_deputy")]
    refused = [Refusal("ballot_missing", key, {"name": line.name}) for key, line in wanted.items() if given.get(key) is None]
    refused += [
        Refusal("ballot_no_such_grade", key, {"name": wanted[key].name})
        for key, grade in given.items()
        if grade is not None and not (isinstance(grade, int) and not isinstance(grade, bool) and 0 <= grade < len(frozen.grades))
    ]
    return ([] if refused else [given[key] for key in wanted]), refused


def entry(frozen: Frozen, returned: int, votes: Mapping[str, Mapping[str, int]]) -> Iterable[Refusal]:
    """A teller's totals: every deputy on the sheet and nobody else, no more votes for one than ballots came back."""
    if returned < 0:
        yield Refusal("too_small", "returned", {"least": 0})
        return
    if set(votes) != {str(mandate) for mandate in frozen.mandates} or any(set(each) - set(GRADES) for each in votes.values()):
        yield Refusal("ballot_no_such_deputy")
        return
    for line in frozen.lines:
        counts = votes[str(line.mandate)].values()
        if any(number < 0 for number in counts):
            yield Refusal("too_small", str(line.mandate), {"least": 0})
        elif sum(counts) > returned:
            yield Refusal("paper_more_votes", str(line.mandate), {"name": line.name, "votes": sum(counts), "returned": returned})


def of_sheets(frozen: Frozen, sheets: Sequence[str]) -> tuple[int, dict[str, dict[str, int]]]:
    """The totals of ballots taken one by one: a character for each deputy, the number of the grade from 1, 0 where there is none
    or more than one. Raises Refused where a sheet cannot be read."""
    votes = {str(mandate): dict.fromkeys(GRADES, 0) for mandate in frozen.mandates}
    readable = {UNREADABLE, *(str(number) for number in range(1, len(GRADES) + 1))}
    for number, sheet in enumerate(sheets, start=1):
        if len(sheet) != len(frozen.lines) or not set(sheet) <= readable:
            raise refusals.Refused(Refusal("paper_unreadable", "sheets", {"number": number}))
        for line, mark in zip(frozen.lines, sheet, strict=True):
            if mark != UNREADABLE:
                votes[str(line.mandate)][GRADES[int(mark) - 1]] += 1
    return len(sheets), votes


def signs(name: str, scrutineers: str) -> Iterable[Refusal]:
    """A scrutineer signs; where the meeting names them, one of those."""
    if not name:
        yield Refusal("required", "name")
    elif scrutineers and name not in _NAMES.split(scrutineers):
        yield Refusal("paper_no_scrutineer", "name", {"names": scrutineers})


SENTENCES: dict[str, Any] = {
    "vote_no_slips": _("Say how many slips are to be printed"),
    "vote_many_slips": _("At most %(most)s slips for one vote"),
    "vote_more_undealt": _("Only %(printed)s were printed"),
    "vote_reason": _("A vote was held at this meeting already: say why it is repeated"),
    "vote_going_on": _("A vote of this meeting is going on; close or void it first"),
    "vote_before_meeting": _("The vote opens on the day of the meeting, %(day)s"),
    "vote_nobody": _("The meeting names no deputy who reports"),
    "vote_too_many": _("At most %(most)s deputies on one sheet"),
    "vote_grades": _("A vote has three grades; the parameter “Grades of the vote” names %(given)s"),
    "vote_too_few_voters": _("%(now)s voter representatives have signed in; the vote opens from %(required)s on"),
    "vote_state": _("The vote is no longer in this state; load the page anew"),
    "vote_fixed": _("A vote is going on: who reports and the meeting's activity stay as they are until it is announced or void"),
    "vote_kept": _("A vote was held at this meeting: it stays in the ledgers"),
    "vote_no_key": _("The key of this vote is not on this machine: close the vote where it was opened, or void it"),
    "vote_tampered": _("Ballots were changed, added or taken away from outside"),
    "vote_more_returned": _("More ballots came back (%(returned)s) than were dealt (%(issued)s)"),
    "vote_expired": _("The vote was open for more than 24 hours"),
    "vote_unsigned": _("The paper ballots are not counted and signed yet"),
    "caution_unanimous": _("If all vote alike, the result itself says how each has voted"),
    "caution_few": _("Fewer than %(few)s ballots of one kind say by themselves how people voted"),
    "ballot_unreadable": _("This page sent something that cannot be read; load it anew"),
    "ballot_no_vote": _("There is no vote at this address"),
    "ballot_not_open": _("The vote is not open yet; please wait"),
    "ballot_late": _("The vote is closed; this ballot was not counted"),
    "ballot_mistyped": _("The code is mistyped; compare it with the slip"),
    "ballot_unknown": _("There is no such slip; compare the code with the slip, or ask the staff"),
    "ballot_elsewhere": _("This slip belongs to another meeting's vote"),
    "ballot_no_such_deputy": _("This ballot names a deputy who is not on the sheet; load the page anew"),
    "ballot_no_such_grade": _("The grade for %(name)s is none of those on the sheet"),
    "ballot_missing": _("%(name)s has no grade yet"),
    "ballot_again": _("Please press once more"),
    "ballot_no_key": _("This machine does not hold the ballot box of this vote; open the address on the slip"),
    "paper_more_votes": _("%(name)s has %(votes)s votes, but %(returned)s ballots came back"),
    "paper_unreadable": _("Ballot %(number)s cannot be read: a figure for each deputy"),
    "paper_none": _("No paper ballots were dealt"),
    "paper_one_entry": _("Both tellers enter their count first"),
    "paper_differs": _("The tellers' counts differ"),
    "paper_signed": _("The count is signed and stays as it is"),
    "paper_no_scrutineer": _("A scrutineer signs: %(names)s"),
    "seal_broken": _("The announced totals were changed after they were sealed"),
    "seal_result_changed": _("The result of %(name)s in the ledger is not the one announced"),
    "seal_result_missing": _("The result of %(name)s is missing from the ledger"),
}
refusals.SENTENCES.update(SENTENCES)
