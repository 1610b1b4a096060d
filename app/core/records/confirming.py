"""What deputies enter about themselves waits until the office has confirmed it (S1-3, S11-2); what the office enters is confirmed by that.

The mark lives in the row, in a yes/no column `confirmed`. It is set by whoever's reach the entry has: a form, a call, an import and the
program write for a whole station and confirm by writing; only who writes about the own person alone does not. A later change by
the deputy takes the mark away again.
"""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _

from .. import clock, refusals
from ..dictionary.paths import Paths
from ..dictionary.roles import Reach, Verb
from ..refusals import Refusal, Refused, refuse_any
from .hooks import Saving, before_saving

CONFIRMED = "confirmed"


def confirmed_by_office(*keys: str) -> None:
    """The rows of these ledgers wait for the office when deputies enter them."""
    before_saving(*keys)(_confirm)


def confirmed(paths: Paths) -> list[Any]:
    """The condition on rows that count: what waits for the office counts nowhere."""
    return [paths.column(CONFIRMED).is_(True)]


def about_oneself(saving: Saving) -> bool:
    """Whether the row is written by somebody who may write about the own person alone."""
    return saving.writing.actor.reach(saving.model.__tablename__, Verb.ADD) is Reach.SELF


def _confirm(saving: Saving) -> None:
    if about_oneself(saving):
        if saving.values[CONFIRMED] and not saving.before.get(CONFIRMED):
            refuse_any([Refusal("office_confirms", CONFIRMED)])
        _done_by_now(saving)
        if saving.is_new or saving.changed(*(name for name in saving.model.fields if name != CONFIRMED)):
            saving.values[CONFIRMED] = False
    elif saving.is_new:
        saving.values[CONFIRMED] = True


def _done_by_now(saving: Saving) -> None:
    """What one has done is entered afterwards; what shares an activity's day may be announced before it (S5-3)."""
    entry = saving.model.entry
    if entry.one_to_one is None and entry.month and saving.values[entry.month] > clock.today():
        raise Refused(Refusal("not_done_yet", entry.month))


refusals.SENTENCES.update({
    "office_confirms": _("What you enter yourself is confirmed by the office"),
    "not_done_yet": _("This day is still to come: enter it once it is done"),
})
