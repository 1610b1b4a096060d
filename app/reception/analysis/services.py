"""The analysis of a period's opinions as an actor may see it, and the filters that lead from each figure to its rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.access.actor import Actor
from app.core.access.scope import visible
from app.core.database import db
from app.core.dictionary.paths import Paths
from app.core.dictionary.roles import Verb
from app.core.dictionary.titles import titles_of
from app.core.lists.filters import Derived
from app.core.web.pages import visible_references
from app.reception.models import CATEGORIES, HANDLING, Opinion
from app.reception.outcomes import SATISFACTION
from app.work.services import office_calendar

from .late import overdue_now, workdays_to_sign
from .reading import Standing, behind
from .rules import NONE, Fact, Figures, Late, Period, figures

_opinions: Any = Opinion
READS = ("opinions", "assignments", "replies")
PART, MEASURE = "of", "which"
"""Names of the two filters in the address of the opinions' list."""


@dataclass(frozen=True)
class Analysis:
    """What is told of a period: its figures, what is overdue now whenever it was heard, and the names of what is counted by."""

    period: Period
    figures: Figures
    late: list[Late]
    names: dict[tuple[str, int], str]
    workdays: int
    """In how many working days an opinion is to be signed (R09)."""


def analysis(session: Session, actor: Actor, period: Period) -> Analysis:
    """In seven statements, however many opinions there are."""
    calendar = office_calendar(session)
    paths = Paths(Opinion)
    scope = visible(actor, Opinion, paths)
    standing = Standing(clock.today(), station_id=actor.station_id)
    heard = [_opinions.heard_on >= period.first, _opinions.heard_on <= period.last]
    asked = standing.join(paths.join(select(*standing.facts()).select_from(Opinion))).where(*scope, *heard)
    found = figures([Fact._make(row) for row in session.execute(asked)], calendar.is_workday)
    late = overdue_now(session, actor)
    organs = {organ for organ in found.parts["organ"] if organ} | {each.organ for each in late if each.organ}
    wanted = {("organs", each) for each in organs} | {("stations", each) for each in found.parts["station"]}
    return Analysis(period, found, late, titles_of(session, wanted), workdays_to_sign(session, actor.station_id))


def measures() -> dict[str, Any]:
    """Measures by their code, as the list's filter offers them."""
    return {
        "closed": _("Closed matters"),
        "open": _("Not closed yet"),
        "overdue": _("Overdue now"),
        "overdue-answer": _("Overdue now: answer"),
        "overdue-assign": _("Overdue now: signing"),
        "signed": _("Sheet signed"),
        "answered": _("Answered after signing"),
        "content": _("Satisfied or mostly satisfied"),
        "rated": _("Satisfaction was told"),
        **{f"handling-{code}": label for code, label in HANDLING.labels.items()},
        f"handling-{NONE}": _("Handling not entered"),
        **{f"satisfaction-{code}": label for code, label in SATISFACTION.labels.items()},
        f"satisfaction-{NONE}": _("Satisfaction not entered"),
    }


def _of_measure(text: str) -> Any:
    return behind(clock.today(), measure=text) if text in measures() else None


def _of_part(text: str) -> Any:
    return behind(clock.today(), part=text)


def _part_chosen(actor: Actor, text: str) -> list[tuple[str, str]]:
    """The one part that the address names, in words; a name that the actor may not see stays a number."""
    name, _colon, value = text.partition(":")
    if not value:
        return []
    label = value
    if name in ("organ", "station") and value.isdecimal() and len(value) < 10:
        known = visible_references(actor, {(f"{name}s", int(value))})
        label = titles_of(db.session(), known).get((f"{name}s", int(value)), value)
        label = gettext("No organ") if name == "organ" and int(value) == 0 else label
    elif value == NONE:
        label = gettext("Not entered")
    elif name == "category":
        label = CATEGORIES.label(value)
    return [(text, label)]


FILTERS = {
    MEASURE: Derived(_("Counted as"), _of_measure, lambda _actor, _text: [(code, str(label)) for code, label in measures().items()], READS),
    PART: Derived(_("Counted under"), _of_part, _part_chosen, READS),
}


def year_closed(session: Session, actor: Actor, year: int) -> list[int]:
    """The year's closed opinions in the order of their numbers (R11), station by station."""
    paths = Paths(Opinion)
    scope = visible(actor, Opinion, paths, Verb.EXPORT)
    wanted = (_opinions.closed_on >= date(year, 1, 1), _opinions.closed_on <= date(year, 12, 31))
    asked = paths.join(select(_opinions.id, _opinions.station_id, _opinions.number).select_from(Opinion)).where(*scope, *wanted)
    return [row_id for row_id, _station, _number in sorted(session.execute(asked), key=lambda row: (row[1], len(row[2]), row[2]))]
