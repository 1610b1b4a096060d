"""What the archives tell of a period (S8-6, S11)."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext as _

from app.core.lists.chronicle import Figure, Happening, Period, Teller


def happenings(period: Period) -> Iterable[Happening]:
    """Volumes that were bound."""
    for row in period.rows("archive_volumes", "bound_on", ("title", "number")):
        yield Happening(row.values["bound_on"], _("Bound the volume %(number)s “%(title)s”", **row.texts), "archive_volumes", row.id)


def figures(period: Period) -> Iterable[Figure]:
    yield Figure("archive_files", _("Documents filed"), period.count("archive_files", "filed_on"), "/archive_files/list/")
    yield Figure("archive_checks", _("Archive checks"), period.count("archive_checks", "checked_on"), "/archive_checks/list/")


TELLER = Teller(happenings, figures)
