"""Where an opinion stands, read from the rows around it and written anew when one of them changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from app.core.dictionary.ledger import Ledger
from app.core.records.saving import Writing
from app.core.records.search import station_of
from app.core.records.store import Store
from app.core.refusals import Refusal, refuse_any

from . import rules
from .models import Opinion
from .outcomes import Assignment, Reply, Suggestion


def children(store: Store, opinion: Ledger) -> list[Any]:
    """The opinion's assignments and replies."""
    return [row for model in (Assignment, Reply) for row in store.rows(model, station_of(opinion), opinion=opinion.id)]


def suggestions(store: Store, opinion_id: int | None) -> list[Any]:
    """The suggestions that grew from the opinion."""
    ids = store.named_by(Suggestion, "opinions", opinion_id) if opinion_id is not None else []
    return [store.get(Suggestion, each) for each in ids]


def facts(store: Store, opinion_id: int | None, values: Mapping[str, Any], outcomes: Iterable[Any]) -> rules.Facts:
    """What decides where the opinion stands."""
    outcomes, passed_on = list(outcomes), suggestions(store, opinion_id)
    return rules.Facts(
        handling=values["handling"], referred=values["referred_on"] is not None, suggested=bool(passed_on),
        handed_over=any(each.handed_over_on is not None for each in passed_on),
        suggestion_answered=any(each.answered_on is not None for each in passed_on),
        closed=values["closed_on"] is not None, filed=values["filed_on"] is not None,
        assignments=[
            rules.Assigned(each.id, each.round, each.signed_on is not None, each.received_on is not None, each.returned_on is not None)
            for each in outcomes if isinstance(each, Assignment)
        ],
        replies=[
            rules.Answered(each.round, each.assignment_id, each.form, each.satisfaction, each.id)
            for each in outcomes if isinstance(each, Reply)
        ],
    )


def facts_of(session: Session, opinion: Any) -> rules.Facts:
    """The facts of an opinion as it is in the database."""
    store = Store(session)
    own = {name: getattr(opinion, name) for name in ("handling", "referred_on", "closed_on", "filed_on")}
    return facts(store, opinion.id, own, children(store, opinion))


def stand_anew(writing: Writing, opinion_ids: Iterable[int], recheck_closing: bool = False) -> None:
    """Write where these opinions stand, after something they depend on was written."""
    for opinion_id in sorted(opinion_ids):
        opinion = writing.get(Opinion, opinion_id)
        found = facts(writing.store, opinion_id, writing.values(opinion), children(writing.store, opinion))
        if recheck_closing:
            refuse_any(Refusal(each.code, None, each.facts) for each in rules.closing(found))
        if rules.status(found) != opinion.status:
            writing.save("opinions", {}, row=opinion, by_program=True)
