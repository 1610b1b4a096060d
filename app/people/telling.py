"""What the ledgers of deputies tell of a period (S1-2, S10-3)."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext as _

from app.core.lists.chronicle import Figure, Happening, Period, Teller


def happenings(period: Period) -> Iterable[Happening]:
    """By-elections and the ends of mandates; those elected with all others are no event of their own."""
    for row in period.rows("mandates", "elected_on", ("deputy", "term"), lambda paths: [paths.column("elected") == "by_election"]):
        yield Happening(
            row.values["elected_on"], _("%(deputy)s was elected deputy of the %(term)s in a by-election", **row.texts), "mandates", row.id
        )
    for row in period.rows("mandates", "state_since", ("deputy", "term", "state"), lambda paths: [paths.column("state") == "ended"]):
        yield Happening(row.values["state_since"], _("The mandate of %(deputy)s in the %(term)s ended", **row.texts), "mandates", row.id)


def figures(period: Period) -> Iterable[Figure]:
    return ()


TELLER = Teller(happenings, figures)
