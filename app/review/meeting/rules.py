"""Where a review meeting stands, what its next step still lacks, and who may be a voter there (S9-2, S9-4 to S9-6). Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _

from app.core import refusals
from app.core.refusals import Refusal
from app.names.pinyin import tidy
from app.sheets import split_names

VOTERS = "voters"
PRESENT, UNDO, WALK_IN = "present", "undo", "walkin"
MOST_PASTED = 20_000
_PARTS = re.compile(r"[\n\t、，,；;]+")
_IN_BRACKETS = re.compile(r"[（(].*[)）]")


@dataclass(frozen=True)
class Facts:
    """All that decides where a meeting stands. `vote`: where its last vote stands, empty while there is none."""

    audience: str
    reporters: int = 0
    chair: bool = False
    scrutineers: bool = False
    tellers: bool = False
    listed: int = 0
    signed_in: int = 0
    required: int = 0
    reports_begun: bool = False
    vote: str = ""
    published: int = 0
    """Of the deputies reporting, those whose result is published."""
    opinions: bool = False
    record: bool = False
    reported: bool = False


def stands(facts: Facts) -> str:
    """The stage that follows from the facts: the furthest that was reached, however little is known of those before it."""
    if facts.reported:
        return "reported"
    if facts.vote in ("open", "counting"):  # a vote that is held once more comes before what the first one gave
        return "voting" if facts.vote == "open" else "counting"
    if facts.vote == "announced" or 0 < facts.reporters <= facts.published:
        return "minuted" if facts.opinions and facts.record else "announced"
    if facts.reports_begun:
        return "reporting"
    return "signing_in" if facts.signed_in else "preparing"


def unprepared(facts: Facts) -> Iterable[Refusal]:
    """Who reports, and who chairs, watches and counts, is settled before anybody signs in."""
    if not facts.reporters:
        yield Refusal("no_reporters")
    missing = [code for code, there in (("no_chair", facts.chair), ("no_scrutineers", facts.scrutineers), ("no_tellers", facts.tellers))
               if not there]
    yield from (Refusal(code) for code in missing)


def voters_missing(facts: Facts) -> Iterable[Refusal]:
    """Before voters a meeting needs so many of them; another audience has no list (S9-4)."""
    if facts.audience == VOTERS and facts.signed_in < facts.required:
        yield Refusal("voters_missing", None, {"now": facts.signed_in, "least": facts.required, "more": facts.required - facts.signed_in})


def nobody_signed_in(facts: Facts) -> Iterable[Refusal]:
    yield from unprepared(facts)
    if facts.audience == VOTERS and not facts.listed:
        yield Refusal("no_voters_listed")
    elif facts.audience == VOTERS and not facts.signed_in:
        yield Refusal("no_voter_signed_in")


def reports_not_begun(facts: Facts) -> Iterable[Refusal]:
    yield from unprepared(facts)
    yield from voters_missing(facts)
    if not facts.reports_begun:
        yield Refusal("reports_not_begun")


def may_begin_reports(facts: Facts) -> Iterable[Refusal]:
    """Deputies report to somebody: who they are must be known, the voters may still be coming in."""
    if not facts.reporters:
        yield Refusal("no_reporters")


def vote_not_open(facts: Facts) -> Iterable[Refusal]:
    yield from unprepared(facts)
    yield from voters_missing(facts)
    if facts.vote != "open":
        yield Refusal("vote_not_open")


def vote_not_closed(facts: Facts) -> Iterable[Refusal]:
    if facts.vote == "open":
        yield Refusal("vote_not_closed")


def not_announced(facts: Facts) -> Iterable[Refusal]:
    if facts.vote == "counting":
        yield Refusal("count_not_agreed")


def not_minuted(facts: Facts) -> Iterable[Refusal]:
    """What was said of each deputy, and the record (S9-5, S9-6)."""
    if not facts.opinions:
        yield Refusal("no_opinions_voiced")
    if not facts.record:
        yield Refusal("no_record")


def not_reported(facts: Facts) -> Iterable[Refusal]:
    if not facts.reported:
        yield Refusal("not_reported_up")


# ---------------------------------------------------------------- voters

def voters_named(typed: str) -> list[str]:
    """The names of a pasted list, each once, in order. What tells two of one name apart stays with its name, in brackets."""
    names: list[str] = []
    for part in _PARTS.split(unicodedata.normalize("NFKC", typed[:MOST_PASTED]).replace("(", "（").replace(")", "）")):
        part = part.strip()
        if _IN_BRACKETS.search(part):
            names.append(re.sub(r"\s+", "", part))
        elif part:
            names += split_names(part)
    return list(dict.fromkeys(names))


def not_a_reporter(name: str, reporting: Collection[str], field: str | None = "name") -> Iterable[Refusal]:
    """Nobody votes on himself (S9-4). A namesake is entered with his village, and so bears another name here."""
    if tidy(name) in {tidy(each) for each in reporting}:
        yield Refusal("reporter_no_voter", field, {"name": name})


def may_sign(at: datetime, start: datetime, vote: str, opened_at: datetime | None) -> Iterable[Refusal]:
    """Voters sign in from the meeting's day on until the vote opens: their number is fixed with it. What was touched before and
    only comes in afterwards counts."""
    if at.date() < start.date():
        yield Refusal("voters_too_early", None, {"day": f"{start:%Y-%m-%d}"})
    elif vote in ("open", "counting", "announced") and (opened_at is None or at > opened_at):
        yield Refusal("voters_too_late")


SENTENCES: dict[str, Any] = {
    "no_reporters": _("Say which deputies report"),
    "no_chair": _("Enter who chairs the meeting"),
    "no_scrutineers": _("Enter the scrutineers"),
    "no_tellers": _("Enter the tellers"),
    "no_voters_listed": _("Enter the voter representatives"),
    "no_voter_signed_in": _("No voter representative has signed in yet"),
    "voters_missing": _("%(now)s voter representatives have signed in, %(least)s are required: %(more)s more are needed"),
    "reports_not_begun": _("The reports have not begun"),
    "vote_not_open": _("The vote is not open yet"),
    "vote_not_closed": _("The vote is still open"),
    "count_not_agreed": _("The paper ballots are being counted"),
    "no_opinions_voiced": _("Enter the opinions voiced"),
    "no_record": _("Write the record of the meeting"),
    "not_reported_up": _("Not yet reported to the county"),
    "reporter_no_voter": _("%(name)s is reviewed at this meeting and is no voter here; a namesake is entered with his village in brackets"),
    "reporter_signed_in": _("%(name)s has signed in as a voter and cannot report at the same meeting"),
    "voters_too_early": _("Voters sign in on the day of the meeting, %(day)s"),
    "voters_too_late": _("The vote has been opened: signing in is over"),
    "voter_unknown": _("There is no such voter representative at this meeting"),
    "voters_unknown_touch": _("The screen sent something that cannot be read; load its page anew"),
    "voters_none_read": _("No name was recognised"),
    "voters_no_column": _("The file has no column of names: write 姓名 above it, and 村 above the villages"),
    "no_voters_here": _("This meeting is not held before voters"),
}
refusals.SENTENCES.update(SENTENCES)
