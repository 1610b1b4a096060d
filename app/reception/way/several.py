"""Several opinions assigned, several sheets signed in one go: each under the rules of its own step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.core.access.actor import Actor
from app.core.dictionary.ledger import Ledger
from app.core.dictionary.roles import Verb
from app.core.dictionary.titles import titles_of
from app.core.records.bulk import Draft, save_all
from app.core.records.saving import Writing
from app.core.records.writing import change_set
from app.core.refusals import NotThere, Refusal
from app.core.workflows.stepping import in_the_way

from ..models import Opinion
from ..outcomes import Assignment
from .table import WAY

MOST = 200


@dataclass
class Done:
    """What came of it: the sheets written, and for each row that was refused why."""

    sheets: list[int] = field(default_factory=list)
    refused: list[tuple[str, tuple[Refusal, ...]]] = field(default_factory=list)

    @property
    def codes(self) -> set[str]:
        return {refusal.code for _title, refusals in self.refused for refusal in refusals}


def assign(actor: Actor, ids: Sequence[int], sheet: Mapping[str, Any]) -> Done:
    """One sheet for each opinion, to the same organ. Raises NotThere where an opinion is not the actor's."""
    done = Done()
    with change_set(actor) as writing:
        opinions = [writing.existing("opinions", row_id, Verb.SHOW) for row_id in ids[:MOST]]
        ready = _ready(writing, opinions, "draw_up", done, {row.id: row for row in opinions})
        drafts = [Draft("assignments", {**sheet, "opinion": row.id, "station_id": row.station_id}, by_program=True) for row in ready]
        _write(writing, drafts, ready, done)
        assigned = {row.opinion_id for row in (writing.get(Assignment, row_id) for row_id in done.sheets)}
        decided = {"handling": "to_assign", "explained_reason": None}
        undecided = [row for row in ready if row.id in assigned and row.handling != "to_assign"]
        save_all(writing, [Draft("opinions", decided, row=row, by_program=True) for row in undecided])
    return done


def sign(actor: Actor, ids: Sequence[int], signature: Mapping[str, Any]) -> Done:
    """The sheets signed by the same hand on the same day. Raises NotThere where a sheet is not the actor's."""
    done = Done()
    with change_set(actor) as writing:
        sheets: list[Any] = [writing.existing("assignments", row_id, Verb.SHOW) for row_id in ids[:MOST]]
        opinions = [writing.get(Opinion, sheet.opinion_id) for sheet in sheets]
        of = {opinion.id: sheet for opinion, sheet in zip(opinions, sheets, strict=True)}
        ready = [of[opinion.id] for opinion in _ready(writing, opinions, "sign", done, of)]
        _write(writing, [Draft("assignments", signature, row=sheet, by_program=True) for sheet in ready], ready, done)
    return done


def _ready(writing: Writing, opinions: Sequence[Any], name: str, done: Done, shown: Mapping[int, Ledger]) -> list[Any]:
    """The opinions whose step nothing stands in the way of."""
    step = WAY.step(name)
    if step is None:
        raise NotThere(name)
    found = []
    for opinion in opinions:
        if refusals := in_the_way(writing.session, writing.actor, WAY, opinion, step):
            done.refused.append((_title(writing, shown[opinion.id]), tuple(refusals)))
        else:
            found.append(opinion)
    return found


def _write(writing: Writing, drafts: Sequence[Draft], about: Sequence[Ledger], done: Done) -> None:
    titles = titles_of(writing.session, [(row.__tablename__, row.id) for row in about])
    for row, outcome in zip(about, save_all(writing, drafts), strict=True):
        if isinstance(outcome, tuple):
            done.refused.append((titles.get((row.__tablename__, row.id), ""), outcome))
        else:
            done.sheets.append(outcome.id)


def _title(writing: Writing, row: Ledger) -> str:
    return writing.store.title(type(row), row.id)
