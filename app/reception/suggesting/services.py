"""What happens when a suggestion is written: its number, its terms, where it stands, and the opinions that it grew from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.dictionary.standings import STANDINGS, Note, Standing
from app.core.records.hooks import Saving, after_erasing, after_saving, before_saving
from app.core.refusals import refuse_any

from .. import rules as reception_rules
from ..facts import stand_anew
from ..numbers import imported, number
from ..outcomes import Suggestion
from . import rules
from . import table as table  # the steps are known with the services

_suggestions: Any = Suggestion
TONES = {"overdue": "bad", "soon": "warn", "running": "info"}


@before_saving("suggestions")
def complete_suggestion(saving: Saving) -> None:
    """Number by the year it was submitted; terms from the handing over, counted anew with the day and with the matter being complex,
    as long as the organ has not answered (代表法 art. 51). What comes from a workbook stays as it was."""
    values = saving.values
    if not imported(saving.writing):
        _give_terms(saving)
        past = reception_rules.of_the_past(values["answered_on"] or clock.today(), clock.today(), imported=False)
        if saving.changed("answered_on", "handed_over_on") and not past:
            refuse_any(rules.answered_after_handing_over(rules.facts(values)))
    gone_out = any(saving.before.get(name) is not None for name in ("handed_over_on", "handed_before_on"))
    number(saving, values["submitted_on"], gone_out)
    values["status"] = rules.status(rules.facts(values))


def _give_terms(saving: Saving) -> None:
    values = saving.values
    for since, due, answered in (("handed_over_on", "due", "answered_on"), ("again_on", "again_due", "again_answered_on")):
        open_ended = values[due] is None or not saving.changed(due)
        if saving.changed(since, "complex") and open_ended and (values[answered] is None or values[due] is None):
            values[due] = rules.last_day(values[since], values["complex"])
        if saving.changed(since, due, "complex"):
            refuse_any(rules.term(values[since], values[due], values["complex"], due))


@after_saving("suggestions")
def follow_suggestion(saving: Saving) -> None:
    """An opinion that became a suggestion has been passed on."""
    if saving.changed("opinions"):
        stand_anew(saving.writing, {*saving.values["opinions"], *(saving.before.get("opinions") or ())})


@after_erasing("suggestions")
def follow_withdrawn_suggestion(saving: Saving) -> None:
    """Opinions that had become the suggestion are to be handled anew."""
    stand_anew(saving.writing, saving.before["opinions"])


def overdue_by(today: Any) -> Any:
    """The condition of suggestions that an organ has not answered in time."""
    return or_(
        and_(_suggestions.status == "handed_over", _suggestions.due < today),
        and_(_suggestions.status == "second_round", _suggestions.again_due < today),
    )


def notes(session: Session, ids: Sequence[int]) -> Mapping[int, Note]:
    """How the terms stand, for a page of suggestions."""
    columns = (_suggestions.id, _suggestions.status, _suggestions.due, _suggestions.again_due)
    found = {}
    came_back = (_suggestions.id.in_(ids), _suggestions.status == "submitted", _suggestions.returned_on.is_not(None))
    for row_id in session.scalars(select(_suggestions.id).where(*came_back)):
        found[row_id] = Note(gettext("Returned: hand it over anew"), "warn")
    for row in session.execute(select(*columns).where(_suggestions.id.in_(ids), _suggestions.status.in_(table.WITH_ORGAN))):
        standing = rules.standing(row.status, row.due, row.again_due, clock.today())
        if standing is not None:
            found[row.id] = Note(_words(standing, row), TONES[standing.code])
    return found


def _words(standing: rules.Standing, row: Any) -> str:
    words = (
        gettext("Overdue, days: %(count)s", count=standing.days)
        if standing.code == "overdue"
        else gettext("Days left: %(count)s", count=standing.days)
    )
    return gettext("Second handling: %(words)s", words=words) if row.status == "second_round" else words


def condition(option: str) -> list[Any]:
    """What the filter of the list asks for."""
    today = clock.today()
    if option == "overdue":
        return [overdue_by(today)]
    return [_suggestions.status.in_(table.WITH_ORGAN), ~overdue_by(today)]


STANDINGS["suggestions"] = Standing(
    path="due",
    name="term",
    label=_("Time for answering"),
    options={"overdue": _("Overdue"), "running": _("Not yet due")},
    notes=notes,
    condition=condition,
)
