"""What receptions and opinions tell of a period. No person is named: the chronicle is read by all (S7, S8)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.activities.services import HELD
from app.core.dictionary.ledger import LEDGERS
from app.core.dictionary.paths import Paths
from app.core.lists.chronicle import Figure, Happening, Period, Teller
from app.core.records.confirming import confirmed

ANSWERED = ("answered", "closed", "filed")
SATISFIED = ("satisfied", "mostly")


def happenings(period: Period) -> Iterable[Happening]:
    """Suggestions handed over, and what was done for people; receptions are told as activities."""
    for row in period.rows("suggestions", "handed_over_on", ("title", "organ", "number")):
        organ = row.texts["organ"]
        what = (
            _("The deputies' suggestion “%(title)s” was handed over to %(organ)s", title=row.texts["title"], organ=organ)
            if organ
            else _("The deputies' suggestion “%(title)s” was handed over", title=row.texts["title"])
        )
        yield Happening(row.values["handed_over_on"], what, "suggestions", row.id)
    for row in period.rows("good_deeds", "done_on", ("deputy", "deed"), confirmed):
        yield Happening(row.values["done_on"], _("Deputy %(deputy)s: %(deed)s", **row.texts), "good_deeds", row.id)


def _last_word(paths: Paths) -> list[Any]:
    """Of an opinion answered in several rounds, what the person said last."""
    reply: Any = aliased(LEDGERS["replies"])
    later = select(reply.id).where(reply.opinion_id == paths.column("opinion"), reply.round > paths.column("round"))
    return [~later.exists()]


def figures(period: Period) -> Iterable[Figure]:
    held = period.count("receptions", "activity.start", where=lambda paths: [paths.column("activity.status").in_(HELD)])
    (received,) = period.count("receptions", "activity.start", sums=("voters_received",))
    yield Figure("receptions", _("Receptions held"), held, "/receptions/list/")
    yield Figure("voters_received", _("Voters received"), received, "/receptions/list/")
    yield Figure("visits", _("Visits to people"), period.count("visits", "visited_on", where=confirmed), "/visits/list/")
    standing = Counter(period.count("opinions", "heard_on", by="status"))
    yield Figure("opinions", _("Opinions received"), sum(standing.values()), "/opinions/list/")
    yield Figure("opinions_answered", _("Opinions answered"), sum(standing[each] for each in ANSWERED), "/opinions/list/")
    yield Figure("opinions_closed", _("Opinions closed"), standing["closed"] + standing["filed"], "/opinions/list/")
    asked = Counter(period.count("replies", "opinion.heard_on", by="satisfaction", where=_last_word))
    yield Figure(
        "satisfaction_asked",
        _("Opinions judged by the person"),
        sum(asked[each] for each in (*SATISFIED, "dissatisfied")),
        "/replies/list/",
    )
    yield Figure("satisfied", _("Opinions answered to the person's satisfaction"), sum(asked[each] for each in SATISFIED), "/replies/list/")
    yield Figure("assignments", _("Opinions assigned"), period.count("assignments", "assigned_on"), "/assignments/list/")
    yield Figure("suggestions", _("Suggestions between sessions"), period.count("suggestions", "submitted_on"), "/suggestions/list/")
    deeds = period.count("good_deeds", "done_on", where=confirmed)
    yield Figure("good_deeds", _("Deeds for the people"), deeds, "/good_deeds/list/")


TELLER = Teller(happenings, figures)
