"""What a duty report, a meeting's minutes and its report upward say before anybody has typed a word of them. Pure.

What no ledger knows is left blank: a heading without facts stays empty, and a line that only people can write says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _

from app.activities.services import attended

MOST_TITLES = 6
MOST_LETTERS = 60


@dataclass(frozen=True)
class Record:
    """A year of one mandate as the ledgers know it: of the person, and of the office's own congress."""

    sessions: Sequence[tuple[str, str]] = ()
    """Session and how it was attended, both in words."""
    speeches: Sequence[str] = ()
    motions: Sequence[str] = ()
    congress_suggestions: Sequence[str] = ()
    co_signed: int = 0
    receptions: int = 0
    voters_received: int = 0
    visits: int = 0
    households: int = 0
    opinions: int = 0
    opinions_answered: int = 0
    suggestions: Sequence[str] = ()
    deeds: Sequence[str] = ()
    invited: int = 0
    came: int = 0
    on_leave: int = 0
    absent: int = 0
    kinds: Mapping[str, int] = field(default_factory=dict)
    """Kind of activity in words -> how often the deputy came."""
    inspections: Sequence[str] = ()
    law_studies: Sequence[str] = ()
    law_supervised: Sequence[str] = ()
    policy_talks: int = 0
    studies: Sequence[str] = ()


def report(record: Record) -> dict[str, str]:
    """The report under its seven headings (S9-3)."""
    return {
        "law_and_policy": _law(record),
        "congress": _congress(record),
        "voters": _voters(record),
        "group_activities": _group(record),
        "own_post": "",
        "learning": _learning(record),
        "shortcomings": _shortcomings(record),
    }


def _law(record: Record) -> str:
    return _joined([
        _counted(_("Studied the constitution, laws and policies %(n)s times", n=len(record.law_studies)), record.law_studies),
        _counted(_("took part in supervising laws and resolutions %(n)s times", n=len(record.law_supervised)), record.law_supervised),
        _("explained policy to the people %(n)s times", n=record.policy_talks) if record.policy_talks else "",
    ])


def _congress(record: Record) -> str:
    sessions = [_("%(session)s: %(state)s", session=name, state=state) for name, state in record.sessions]
    return _joined([
        _("; ").join(sessions),
        _counted(_("spoke in deliberation %(n)s times", n=len(record.speeches)), record.speeches),
        _counted(_("put forward %(n)s motions as the lead", n=len(record.motions)), record.motions),
        _counted(
            _("put forward %(n)s suggestions at the congress as the lead", n=len(record.congress_suggestions)), record.congress_suggestions
        ),
        _("co-signed %(n)s motions and suggestions", n=record.co_signed) if record.co_signed else "",
    ])


def _voters(record: Record) -> str:
    received = _(", with %(n)s voters received", n=record.voters_received) if record.voters_received else ""
    homes = _(", to %(n)s households", n=record.households) if record.households else ""
    answered = _(", of which %(n)s are answered", n=record.opinions_answered) if record.opinions_answered else ""
    return _joined([
        _("Was on duty at %(n)s receptions of voters", n=record.receptions) + received if record.receptions else "",
        _("visited people %(n)s times", n=record.visits) + homes if record.visits else "",
        _("brought in %(n)s opinions of the people", n=record.opinions) + answered if record.opinions else "",
        _counted(_("put forward %(n)s suggestions between sessions", n=len(record.suggestions)), record.suggestions),
        _counted(_("did %(n)s deeds for the people", n=len(record.deeds)), record.deeds),
    ])


def _group(record: Record) -> str:
    kinds = _(", ").join(_("%(kind)s %(n)s", kind=kind, n=number) for kind, number in record.kinds.items() if number)
    attended = _("Was to come to %(invited)s activities and came to %(came)s", invited=record.invited, came=record.came)
    return _joined([
        attended + (_(" (%(kinds)s)", kinds=kinds) if kinds else "") if record.invited else "",
        _counted(_("took part in %(n)s inspections, research and checks", n=len(record.inspections)), record.inspections),
    ])


def _learning(record: Record) -> str:
    return _joined([_counted(_("Took part in %(n)s studies and trainings", n=len(record.studies)), record.studies)])


def _shortcomings(record: Record) -> str:
    """Of what fell short the ledgers know only who was not there."""
    return _joined([
        _("Was on leave from %(n)s activities", n=record.on_leave) if record.on_leave else "",
        _("was absent from %(n)s activities", n=record.absent) if record.absent else "",
    ])


def _counted(words: str, titles: Sequence[str]) -> str:
    """The words with the titles they count; nothing where there is none."""
    if not titles:
        return ""
    shown = [_("“%(title)s”", title=clipped(title)) for title in dict.fromkeys(titles)]
    more = _(" and others") if len(shown) > MOST_TITLES else ""
    return words + _(": %(titles)s", titles="".join(shown[:MOST_TITLES]) + more)


def _joined(clauses: Iterable[str]) -> str:
    said = [clause for clause in clauses if clause]
    return _("; ").join(said) + _(".") if said else ""


def clipped(words: str, most: int = MOST_LETTERS) -> str:
    """One line of at most so many letters."""
    line = " ".join(words.split()).rstrip("。；.; ")
    return line if len(line) <= most else line[: most - 1] + "…"


# ---------------------------------------------------------------------------------------------------- a meeting


@dataclass(frozen=True)
class Count:
    """What the vote gave for one deputy."""

    name: str
    votes: Mapping[str, int]
    issued: int
    returned: int
    valid: int
    invalid: int
    share: Decimal | None
    seal: str = ""
    published: str = ""


@dataclass(frozen=True)
class Meeting:
    """All that the ledgers know of a review meeting."""

    station: str
    title: str
    start: str
    place: str = ""
    group: str = ""
    audience: str = ""
    chair: str = ""
    scrutineers: str = ""
    tellers: str = ""
    reporters: Sequence[str] = ()
    names: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Attendance state of the deputies invited -> who."""
    representatives: int = 0
    """Entered as voters' representatives, and of them signed in."""
    signed_in: int = 0
    voiced: str = ""
    counts: Sequence[Count] = ()
    seal: str = ""
    """Of the whole vote, where the system counted it."""
    repeated: str = ""
    """Why the vote was a repeated one."""
    record: str = ""


def minutes(meeting: Meeting) -> str:
    """The record of the meeting, as far as the ledgers know it (S9-4, S9-5)."""
    parts = [
        _("1. Who was there"), *_present(meeting),
        _("2. Reports"), *_reports(meeting),
        _("3. What was said of the reports"), meeting.voiced or _("(To be written.)"),
        _("4. The vote and its result"), *_vote(meeting),
        _("5. What was settled"), _("(To be written.)"),
    ]
    return "\n".join(part for part in parts if part)


def upward(meeting: Meeting) -> str:
    """The report on the meeting to the county committee (S9-6)."""
    where = _(" at %(place)s", place=meeting.place) if meeting.place else ""
    opening = _(
        "On %(start)s %(station)s held “%(title)s”%(where)s.",
        start=meeting.start, station=meeting.station, title=meeting.title, where=where,
    )
    parts = [
        opening + _("This is reported as follows."),
        _("1. How the meeting went"), *_present(meeting), *_reports(meeting),
        _("2. What was said of the reports"), meeting.voiced or _("(To be written.)"),
        _("3. The vote and its result"), *_vote(meeting),
        _("4. What follows"), _("(To be written.)"),
    ]
    return "\n".join(part for part in parts if part)


def _present(meeting: Meeting) -> Iterable[str]:
    if any(meeting.names.values()):
        yield attended(meeting.names)
    if meeting.representatives:
        yield _(
            "%(all)s voters' representatives were asked to come, %(there)s signed in.",
            all=meeting.representatives, there=meeting.signed_in,
        )
    offices = [
        (meeting.chair, _("Chair: %(name)s", name=meeting.chair)),
        (meeting.scrutineers, _("scrutineers: %(names)s", names=meeting.scrutineers)),
        (meeting.tellers, _("tellers: %(names)s", names=meeting.tellers)),
    ]
    yield _joined([words for name, words in offices if name])


def _reports(meeting: Meeting) -> Iterable[str]:
    if not meeting.reporters:
        yield _("(To be written.)")
        return
    yield _(
        "%(n)s deputies reported in person to %(audience)s: %(names)s.",
        n=len(meeting.reporters), audience=meeting.audience, names=_(", ").join(meeting.reporters),
    )


def _vote(meeting: Meeting) -> Iterable[str]:
    if not meeting.counts:
        yield _("(To be written.)")
        return
    if meeting.repeated:
        yield _("The vote was repeated because: %(why)s.", why=meeting.repeated)
    for each in meeting.counts:
        grades = _(", ").join(_("%(grade)s %(n)s", grade=grade, n=number) for grade, number in each.votes.items())
        share = _("; satisfied %(share)s%%", share=each.share) if each.share is not None else ""
        yield _(
            "%(name)s: issued %(issued)s, returned %(returned)s, valid %(valid)s, invalid %(invalid)s; %(grades)s%(share)s.",
            name=each.name, issued=each.issued, returned=each.returned, valid=each.valid, invalid=each.invalid, grades=grades, share=share,
        )
    published = [each for each in meeting.counts if each.published]
    if published:
        yield _("The result was announced at the meeting (%(at)s).", at=published[0].published)
        seals = [_("%(name)s %(seal)s", name=each.name, seal=each.seal) for each in published]
        yield _("Seals of the counts: %(seals)s.", seals=_(", ").join(seals))
    if meeting.seal:
        yield _("Seal of the whole vote: %(seal)s.", seal=meeting.seal)


PAPER_GRADES = ("satisfied", "basically", "dissatisfied", "abstained")


def as_facts(counts: Sequence[Count]) -> list[dict[str, Any]]:
    """The counts as lines of a table on paper."""
    return [
        {
            "no": str(number),
            "name": each.name,
            **{grade: str(votes) for grade, votes in zip(PAPER_GRADES, each.votes.values(), strict=True)},
            "issued": str(each.issued), "returned": str(each.returned), "valid": str(each.valid), "invalid": str(each.invalid),
            "share": f"{each.share}%" if each.share is not None else "—",
            "seal": each.seal,
        }
        for number, each in enumerate(counts, start=1)
    ]
