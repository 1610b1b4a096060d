"""The kinds of activities (S5-2), also used by the plans: a vocabulary of its own, so that both areas share it."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from app.core.dictionary.fields import Choices

ACTIVITY_TYPES = Choices({
    "study": _("Study and exchange"), "reception_day": _("Deputies' reception day"), "inspection": _("Inspection visit"),
    "research": _("Research on a topic"), "enforcement": _("Check of law enforcement"), "visit": _("Visiting voters"),
    "exchange": _("Exchange of experience"), "review": _("Duty review"), "training": _("Training"), "meeting": _("Meeting"),
    "policy": _("Explaining policy"), "major_event": _("Attending a major event"), "other": _("Other activity"),
})
INSPECTION_TYPES = ("inspection", "research", "enforcement")
