"""What is overdue now, found once for the overdue table, its Excel and the home page, in the same words (R09, R10)."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.access.actor import Actor
from app.core.access.scope import visible
from app.core.dictionary.paths import Paths
from app.core.dictionary.roles import Verb
from app.work.services import setting

from ..models import Opinion
from ..outcomes import Suggestion
from ..suggesting.services import overdue_by
from .reading import Standing
from .rules import Late, Waiting, overdue_with

_suggestions: Any = Suggestion
REMINDED = frozenset({"head", "liaison", "presidium"})
LISTS = {
    "assign": "/opinions/list/?which=overdue-assign",
    "answer": "/opinions/list/?which=overdue-answer",
    "suggestion": "/suggestions/list/?term=overdue",
}
"""Where all that is overdue in one way is listed."""


def overdue_now(session: Session, actor: Actor) -> list[Late]:
    """Whenever it was heard: what is late does not go away with the year."""
    paths, standing = Paths(Opinion), Standing(clock.today(), station_id=actor.station_id)
    columns = (standing.overdue, standing.organ, standing.due)
    asked = standing.join(paths.join(select(*columns).select_from(Opinion)))
    found = session.execute(asked.where(*visible(actor, Opinion, paths), standing.overdue != ""))
    opinions = [Waiting(kind, organ if kind == "answer" else 0, due) for kind, organ, due in found]
    return overdue_with([*opinions, *_suggestions_overdue(session, actor)])


def _suggestions_overdue(session: Session, actor: Actor) -> list[Waiting]:
    """Suggestions that an organ has not answered within its months, first or second handling."""
    if not actor.may("suggestions", Verb.LIST):
        return []
    paths = Paths(Suggestion)
    due = case((_suggestions.status == "second_round", _suggestions.again_due), else_=_suggestions.due)
    asked = paths.join(select(func.coalesce(_suggestions.organ_id, 0), due).select_from(Suggestion))
    scope = visible(actor, Suggestion, paths)
    return [Waiting("suggestion", organ, day) for organ, day in session.execute(asked.where(*scope, overdue_by(clock.today())))]


def what_is_late(overdue: str, workdays: int) -> str:
    """`workdays`: in how many working days an opinion is to be signed."""
    if overdue == "answer":
        return _("Not answered by the day on the sheet")
    if overdue == "suggestion":
        return _("Suggestion not answered within its months")
    return _("Not signed within %(days)s working days", days=workdays)


def workdays_to_sign(session: Session, station_id: int | None) -> int:
    """The parameter of R09."""
    return int(setting(session, station_id, "assignment_workdays"))


def overdue_reminders(session: Session, actor: Actor) -> list[dict[str, str]]:
    """One line for each way of being overdue, for the home page of who mends it; it leads to the rows."""
    if actor.station_id is None or not REMINDED & set(actor.roles):
        return []
    late = overdue_now(session, actor)
    lines = []
    for overdue in dict.fromkeys(each.overdue for each in late):
        of_it = [each for each in late if each.overdue == overdue]
        text = _(
            "%(what)s: %(count)s, the first was due on %(day)s.",
            what=what_is_late(overdue, workdays_to_sign(session, actor.station_id)),
            count=sum(each.count for each in of_it),
            day=min(each.oldest for each in of_it).isoformat(),
        )
        lines.append({"text": text, "url": LISTS[overdue], "link": _("Show them")})
    return lines
