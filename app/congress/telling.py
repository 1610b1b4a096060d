"""What the congress's ledgers tell of a period (S1-5, S10-3)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _

from app.core.dictionary.paths import Paths
from app.core.lists.chronicle import Figure, Happening, Period, Teller


def happenings(period: Period) -> Iterable[Happening]:
    """The sessions, with the motions put forward at them."""
    for row in period.rows("congress_sessions", "starts_on", ("term", "name"), _of_the_place):
        what = _("%(term)s: %(name)s opened", **row.texts)
        yield Happening(row.values["starts_on"], what, "congress_sessions", row.id)
    for row in period.rows("motions", "submitted_on", ("kind", "title", "lead.deputy")):
        what = _(
            "Deputy %(deputy)s put forward the %(kind)s “%(title)s”",
            deputy=row.texts["lead.deputy"],
            kind=row.texts["kind"],
            title=row.texts["title"],
        )
        yield Happening(row.values["submitted_on"], what, "motions", row.id)


def _of_the_place(paths: Paths) -> list[Any]:
    """The county's congress and the township's own, not those above."""
    return [paths.column("term.level").in_(("county", "township"))]


def figures(period: Period) -> Iterable[Figure]:
    yield Figure("motions", _("Motions and suggestions at the congress"), period.count("motions", "submitted_on"), "/motions/list/")
    yield Figure("speeches", _("Speeches in deliberation"), period.count("congress_speeches", "spoken_on"), "/congress_speeches/list/")
    yield Figure("services", _("Services to the congress"), period.count("congress_services", "done_on"), "/congress_services/list/")


TELLER = Teller(happenings, figures)
