"""What a report on an activity says before anybody has typed a word of it, and whether it was sent in time (S5-5). Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from app.core import refusals
from app.core.refusals import Refusal

LONGEST_WORDS = 120
SIGN_IN_WORDS = ("签到", "sign-in")
REPORT_READERS = frozenset({"county", "head", "liaison", "archivist", "presidium"})
"""Who opens the page of an activity's report."""


@dataclass(frozen=True)
class Opinion:
    """An opinion heard, as it may stand in a report: no name, no address."""

    category: str
    words: str
    handling: str = ""


@dataclass(frozen=True)
class Known:
    """All that the ledgers know of an activity."""

    station: str
    title: str
    type: str
    start: str
    place: str = ""
    convenor: str = ""
    organiser: str = ""
    content: str = ""
    study: str = ""
    names: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Attendance state -> who, in the official order."""
    guests: Mapping[str, int] = field(default_factory=dict)
    voters_received: int | None = None
    opinions: Sequence[Opinion] = ()
    organs: str = ""
    subject: str = ""
    findings: str = ""
    advice: str = ""


def draft(known: Known) -> str:
    """The report's text: who, when, where; who was there; what was done, heard and found. What is not known is left out, what no
    ledger can know has a line to be written."""
    parts = [_opening(known), _("1. Who took part"), *_attendance(known), _("2. What was done"), *_done(known)]
    heard = _heard(known)
    if heard:
        parts += [_("3. What was heard and found"), *heard]
    parts += [_("4. What follows") if heard else _("3. What follows"), _("(To be written.)")]
    return "\n".join(part for part in parts if part)


def _opening(known: Known) -> str:
    where = _(" at %(place)s", place=known.place) if known.place else ""
    text = _(
        "On %(start)s %(station)s held “%(title)s” (%(type)s)%(where)s.",
        start=known.start,
        station=known.station,
        title=known.title,
        type=known.type,
        where=where,
    )
    if known.convenor:
        text += _("It was led by %(convenor)s.", convenor=known.convenor)
    return text + _("This is reported as follows.")


def attended(names: Mapping[str, Sequence[str]]) -> str:
    """Who came, by the state of attendance; nobody is said to be missing of whom nothing was entered."""
    counts = {state: len(each) for state, each in names.items()}
    invited = sum(counts.values())
    if invited and counts.get("pending", 0) == invited:
        return _("%(invited)s deputies were to come; who came has not been entered yet.", invited=invited)
    came = counts.get("present", 0) + counts.get("late", 0)
    return _(
        "%(invited)s deputies were to come, %(came)s came, %(leave)s on leave, %(absent)s absent.",
        invited=invited,
        came=came,
        leave=counts.get("leave", 0),
        absent=counts.get("absent", 0),
    )


def _attendance(known: Known) -> Iterable[str]:
    if any(known.names.values()):
        yield attended(known.names)
        labels = (
            ("present", _("Present")),
            ("late", _("Late")),
            ("leave", _("On leave")),
            ("absent", _("Absent")),
            ("pending", _("Not yet signed in")),
        )
        for state, label in labels:
            if known.names.get(state):
                yield _("%(state)s: %(names)s.", state=label, names=_(", ").join(known.names[state]))
    else:
        yield _("No deputies are entered as invited.")
    if known.guests:
        guests = _(", ").join(_("%(kind)s: %(n)s", kind=kind, n=number) for kind, number in known.guests.items())
        yield _("Also there: %(guests)s.", guests=guests)


def _done(known: Known) -> Iterable[str]:
    if known.organs:
        yield _("Inspected: %(organs)s.", organs=known.organs)
    if known.subject:
        yield _("Subject: %(subject)s.", subject=known.subject)
    if known.study:
        yield known.study
    yield known.content or ("" if known.organs or known.subject or known.study else _("(To be written.)"))


def _heard(known: Known) -> list[str]:
    lines = []
    if known.voters_received is not None:
        lines.append(_("%(n)s voters were received.", n=known.voters_received))
    if known.opinions:
        lines.append(_("%(n)s opinions were heard:", n=len(known.opinions)))
        for number, each in enumerate(known.opinions, start=1):
            head = _(" (%(category)s)", category=each.category) if each.category else ""
            tail = _("; %(handling)s", handling=each.handling) if each.handling else ""
            lines.append(_("(%(number)s)%(head)s %(words)s%(tail)s", number=number, head=head, words=_clipped(each.words), tail=tail))
    if known.findings:
        lines.append(_("Found: %(findings)s", findings=known.findings))
    if known.advice:
        lines.append(_("Advice given: %(advice)s", advice=known.advice))
    return lines


def _clipped(words: str) -> str:
    line = " ".join(words.split()).rstrip("。；.; ")
    return line if len(line) <= LONGEST_WORDS else line[: LONGEST_WORDS - 1] + "…"


def can_be_reported(status: str, start: datetime, today: date) -> Iterable[Refusal]:
    """What was called off or lies ahead is not reported on."""
    if status == "cancelled":
        yield Refusal("cancelled_not_reported")
    elif start.date() > today:
        yield Refusal("not_held_yet")


def sending(content: str | None, sent_on: date | None, today: date) -> Iterable[Refusal]:
    """A report that is sent has a text, and was sent by today."""
    if not content:
        yield Refusal("report_empty")
    if sent_on is None:
        yield Refusal("required", "sent_on")
    elif sent_on > today:
        yield Refusal("sent_ahead", "sent_on")


def in_time(sent_on: date | None, due: date, today: date, days_left: int) -> tuple[str, str]:
    """How the report stands against its term (R06), as a tone and a word."""
    if sent_on is not None:
        return ("ok", _("Sent in time")) if sent_on <= due else ("bad", _("Sent late"))
    if today > due:
        return "bad", _("Overdue since %(day)s", day=due.isoformat())
    return "warn", _("Due on %(day)s, %(left)s working days left", day=due.isoformat(), left=days_left)


def is_sign_in(name: str, note: str) -> bool:
    """Whether a file is the signed sheet rather than a photo of the activity."""
    return any(word in text.lower() for text in (name, note) for word in SIGN_IN_WORDS)


SENTENCES: dict[str, Any] = {
    "cancelled_not_reported": lazy_gettext("This activity was called off: there is nothing to report"),
    "not_held_yet": lazy_gettext("This activity has not begun yet; its report is drafted once it was held"),
    "report_empty": lazy_gettext("The report has no text yet; write it and save it first"),
    "sent_ahead": lazy_gettext("This day is still to come: the report cannot have been sent"),
}
refusals.SENTENCES.update(SENTENCES)
