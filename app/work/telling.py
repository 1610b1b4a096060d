"""What the station's own work tells of a period (S2-2, S4)."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext as _

from app.core.lists.chronicle import Figure, Happening, Period, Teller


def happenings(period: Period) -> Iterable[Happening]:
    """Plans approved, tasks from above completed, what was published about the station, notices to the public."""
    for row in period.rows("plans", "approved_on", ("year", "period")):
        what = _("The work plan was approved: %(year)s, %(period)s", **row.texts)
        yield Happening(row.values["approved_on"], what, "plans", row.id)
    for row in period.rows("assigned_tasks", "done_on", ("title",)):
        yield Happening(row.values["done_on"], _("Completed the task “%(title)s”", title=row.texts["title"]), "assigned_tasks", row.id)
    for row in period.rows("publicity", "published_on", ("title", "outlet", "medium")):
        where = row.texts["outlet"] or row.texts["medium"]
        yield Happening(
            row.values["published_on"], _("“%(title)s” appeared in %(where)s", title=row.texts["title"], where=where), "publicity", row.id
        )
    to_the_public = period.rows("bulletins", "sent_on", ("title",), lambda paths: [paths.column("audience").in_(("public", "both"))])
    for row in to_the_public:
        yield Happening(row.values["sent_on"], _("Made known to the public: “%(title)s”", title=row.texts["title"]), "bulletins", row.id)


def figures(period: Period) -> Iterable[Figure]:
    yield Figure("bulletins", _("Bulletins and circulated material"), period.count("bulletins", "sent_on"), "/bulletins/list/")
    yield Figure("publicity", _("Published reports"), period.count("publicity", "published_on"), "/publicity/list/")
    yield Figure("tasks", _("Tasks from above received"), period.count("assigned_tasks", "received_on"), "/assigned_tasks/list/")
    yield Figure("tasks_done", _("Tasks from above completed"), period.count("assigned_tasks", "done_on"), "/assigned_tasks/list/")


TELLER = Teller(happenings, figures)
