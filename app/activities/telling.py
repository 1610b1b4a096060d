"""What the activities tell of a period: the lines of the chronicle (S3), and the figures of the year's summary (S2-2)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from flask_babel import gettext as _

from app.core.dictionary.paths import Paths
from app.core.lists.chronicle import Figure, Happening, Period, Teller

from .life.rules import HELD
from .rules import SIGNED_IN
from .types import ACTIVITY_TYPES

ACTIVITY = ("start", "type", "title", "place")


def happenings(period: Period) -> Iterable[Happening]:
    """Every activity that took place, receptions, inspections, reviews and attended events among them, with who was there; and the
    supervision of laws that had no activity of its own."""
    came = period.count("attendance", "activity.start", by="activity", where=lambda paths: [paths.column("state").in_(SIGNED_IN)])
    received = {
        row.values["activity"]: row.values["voters_received"]
        for row in period.rows("receptions", "activity.start", ("activity", "voters_received"))
    }
    held = period.rows("activities", "start", ACTIVITY, lambda paths: [paths.column("status").in_(HELD)])
    for row in held:
        what = _("%(title)s at %(place)s", **row.texts) if row.texts["place"] else row.texts["title"]
        if number := came.get(row.id):
            what = _("%(what)s, with %(number)s deputies", what=what, number=number)
        if number := received.get(row.id):
            what = _("%(what)s; %(number)s voters were received", what=what, number=number)
        yield Happening(row.values["start"].date(), what, "activities", row.id)
    for row in period.rows(
        "law_supervision", "supervised_on", ("what", "place", "kind"), lambda paths: [paths.column("activity").is_(None)]
    ):
        yield Happening(
            row.values["supervised_on"], _("Supervised how “%(what)s” is carried out", what=row.texts["what"]), "law_supervision", row.id
        )


def figures(period: Period) -> Iterable[Figure]:
    def took_place(prefix: str = "") -> Callable[[Paths], list[Any]]:
        return lambda paths: [paths.column(f"{prefix}status").in_(HELD)]

    kinds: Counter[str] = Counter(period.count("activities", "start", by="type", where=took_place()))
    yield Figure("activities", _("Activities held"), sum(kinds.values()), "/activities/list/")
    for code, label in ACTIVITY_TYPES.labels.items():
        if kinds[code]:
            yield Figure(f"activities.{code}", str(label), kinds[code], f"/activities/list/?type={code}")
    states: Counter[str] = Counter(period.count("attendance", "activity.start", by="state", where=took_place("activity.")))
    yield Figure("invited", _("Deputies invited (times)"), sum(states.values()), "/attendance/list/")
    yield Figure("came", _("Deputies present (times)"), sum(states[state] for state in SIGNED_IN), "/attendance/list/")
    yield Figure("on_leave", _("Deputies on leave (times)"), states["leave"], "/attendance/list/?state=leave")
    yield Figure("absent", _("Deputies absent (times)"), states["absent"], "/attendance/list/?state=absent")
    yield Figure("reports", _("Reports sent to the county"), period.count("activity_reports", "sent_on"), "/activity_reports/list/")
    yield Figure(
        "law_supervision", _("Laws and resolutions supervised"), period.count("law_supervision", "supervised_on"), "/law_supervision/list/"
    )


TELLER = Teller(happenings, figures)
