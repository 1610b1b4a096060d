"""A workbook is received, matched, rehearsed, imported; an import is taken back."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from flask_babel import force_locale
from sqlalchemy import false, select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.access.actor import Actor
from app.core.database import db, write_transaction
from app.core.dictionary.entry import Scope
from app.core.dictionary.ledger import LEDGERS, Ledger
from app.core.dictionary.masks import Sight
from app.core.dictionary.roles import Reach, Verb
from app.core.records.saving import Writing
from app.core.records.writing import change_set
from app.core.refusals import NotThere, Refusal, Refused, refuse_any
from app.sheets import Grid, Heading, Unreadable, find_heading, label_key, read_workbook, year_of

from .layout import LAYOUTS, Layout
from .matching import IGNORED, OTHER, UID, Match, best, match, words_of
from .models import Import, SettledMatch
from .outcome import Outcome, without_lines
from .rules import CORRECTABLE, UNDER_WAY, file_name, given_up_before
from .running import MatchedSheet, Progress, run

SOURCE = "import"
_MOST_DROPPED = 50
"""Old files dropped with one upload; the next one drops the rest."""


class _Rehearsed(Exception):
    """Ends a rehearsal: nothing of it is kept."""


@dataclass(frozen=True)
class Offered:
    """A sheet as it was received: what it seems to be, for the user to correct."""

    grid: Grid
    heading: Heading | None
    match: Match | None
    year: int | None
    known: frozenset[str] = frozenset()


def importing(actor: Actor) -> Actor:
    """The actor as history and rules see an import: rows of the past are taken as they were."""
    return replace(actor, source=SOURCE)


def layouts_for(actor: Actor) -> list[Layout]:
    """The kinds of sheets whose ledgers the actor may add to; where no station is chosen, those that need none."""
    return [layout for layout in LAYOUTS.values() if all(_may_add(actor, part.model) for part in layout.parts.values())]


def _may_add(actor: Actor, model: type[Ledger]) -> bool:
    wide = actor.reach(model.__tablename__, Verb.ADD) in (Reach.ALL, Reach.STATION)
    return wide and (actor.station_id is not None or model.scope is not Scope.STATION)


def read(content: bytes, name: str) -> list[Grid]:
    """The sheets of a workbook that are not empty. Raises Refused with what is wrong with the file."""
    try:
        return [grid for grid in read_workbook(content, name) if any(cell not in (None, "") for row in grid.rows for cell in row)]
    except Unreadable as unreadable:
        raise Refused(Refusal(f"workbook_{unreadable.code}", None, unreadable.facts)) from unreadable


def offer(session: Session, actor: Actor, station_id: int | None, grids: Sequence[Grid], only: str = "") -> list[Offered]:
    """What each sheet seems to be: as the station settled it before, else by its headings."""
    layouts = [
        layout for layout in layouts_for(actor) if not only or layout.key == only or only in [part.ledger for part in layout.parts.values()]
    ]
    words = {layout.key: words_of(layout) for layout in layouts}
    facts = {layout.key: layout.facts(session, station_id) for layout in layouts}
    known = frozenset({word for found in words.values() for word in found} | IGNORED)
    settled = {each.headings: each for each in session.scalars(select(SettledMatch).where(SettledMatch.station_id == station_id))}

    def is_known(text: str) -> bool:
        return label_key(text) in known or text.startswith(UID)

    def may_be_known(text: str) -> bool:
        return is_known(text) or any(layout.others is not None and layout.others(text, facts[layout.key]) for layout in layouts)

    found = []
    for grid in grids:
        heading = find_heading(grid, is_known) or find_heading(grid, may_be_known)
        told = settled.get(_fingerprint(heading)) if heading is not None else None
        if told is not None and told.layout in words and len(told.columns) == len(heading.texts if heading else ()):
            fitting: Match | None = Match(told.layout, tuple(told.columns))
        else:
            fitting = best(grid.name, heading.texts, layouts, words, facts) if heading is not None else None
        found.append(Offered(grid, heading, fitting, year_of(grid, heading) if heading is not None else None, known))
    return found


def _fingerprint(heading: Heading) -> str:
    return hashlib.sha256("\n".join(label_key(text) for text in heading.texts).encode()).hexdigest()


def settle(session: Session, station_id: int | None, heading: Heading, chosen: Match) -> None:
    """Remember how the station understands these headings."""
    headings = _fingerprint(heading)
    there = session.scalars(select(SettledMatch).where(SettledMatch.station_id == station_id, SettledMatch.headings == headings)).first()
    if there is None:
        session.add(SettledMatch(station_id=station_id, headings=headings, layout=chosen.layout, columns=list(chosen.columns)))
    else:
        there.layout, there.columns = chosen.layout, list(chosen.columns)


def receive(actor: Actor, station_id: int | None, name: str, content: bytes, only: str = "") -> Import:
    """Keep a workbook for its import. Raises Refused where it cannot be read. Files that nobody went on with are dropped."""
    offered = offer(db.session(), actor, station_id, read(content, name), only)
    with write_transaction(db.session) as session:
        too_old = select(Import).where(Import.at < given_up_before(clock.utc_now()), Import.content.is_not(None))
        for old in session.scalars(too_old.where(Import.state.not_in(UNDER_WAY)).limit(_MOST_DROPPED)):
            give_up_file(old, old.state)
        kept = Import(
            station_id=station_id,
            account_id=actor.account_id,
            by=actor.name,
            file_name=file_name(name),
            content=content,
            matches={each.grid.name: _kept(each.match) for each in offered},
            answers={},
            outcome={},
        )
        session.add(kept)
        session.flush()
        session.expunge(kept)
    return kept


def give_up_file(kept: Import, state: str) -> None:
    """The file is no longer kept, nor what its lines say of people; the counts are."""
    kept.state, kept.content, kept.outcome, kept.answers = state, None, without_lines(kept.outcome), {}


def _kept(found: Match | None) -> dict[str, Any]:
    return {"layout": found.layout, "columns": list(found.columns)} if found is not None else {}


def of_actor(actor: Actor, import_id: int) -> Import:
    """An import that the actor may see. Raises NotThere."""
    found = db.session.scalars(select(Import).where(Import.id == import_id, *seen_by(actor))).first()
    if found is None:
        raise NotThere("imports")
    return found


def seen_by(actor: Actor) -> list[Any]:
    """Which imports are the actor's: the station's for those to whom nothing in a file is masked, else the own ones."""
    if not layouts_for(actor):
        return [false()]
    own = [] if sees_all(actor) and actor.station_id is not None else [Import.account_id == actor.account_id]
    here = Import.station_id == actor.station_id if actor.station_id is not None else Import.station_id.is_(None)
    return [here, *own]


def sees_all(actor: Actor) -> bool:
    """Whether no personal data of any ledger is masked for the actor."""
    return all(actor.sight(key) is Sight.CLEAR for key, model in LEDGERS.items() if any(item.personal for item in model.fields.values()))


def offered_of(actor: Actor, found: Import) -> list[Offered]:
    """The sheets of a kept workbook with their match as it was settled. Raises Refused where the file is no longer kept."""
    if found.content is None:
        raise Refused(Refusal("import_over"))
    offered = offer(db.session(), actor, found.station_id, read(found.content, found.file_name))
    sheets = []
    for each in offered:
        told = found.matches.get(each.grid.name)
        chosen = Match(told["layout"], tuple(told["columns"])) if told else None
        sheets.append(replace(each, match=chosen if chosen is None or chosen.layout in LAYOUTS else None))
    return sheets


def change_match(actor: Actor, found: Import, chosen: Mapping[str, Match | None]) -> None:
    """How the user says that sheets are to be understood; remembered for the station. Raises Refused."""
    sheets = {each.grid.name: each for each in offered_of(actor, found)}
    allowed = {layout.key for layout in layouts_for(actor)}
    for name, told in chosen.items():
        sheet = sheets.get(name)
        if sheet is None or sheet.heading is None or told is None:
            continue
        refuse_any(_misfits(sheet, told, allowed))
    with write_transaction(db.session) as session:
        kept = session.get_one(Import, found.id, with_for_update=True, populate_existing=True)
        refuse_any([] if kept.state in CORRECTABLE else [Refusal("import_running")])
        kept.matches = {**kept.matches, **{name: _kept(told) for name, told in chosen.items() if name in sheets}}
        kept.state = "matched"
        for name, told in chosen.items():
            sheet = sheets.get(name)
            if told is not None and sheet is not None and sheet.heading is not None:
                settle(session, kept.station_id, sheet.heading, told)


def _misfits(sheet: Offered, told: Match, allowed: set[str]) -> Iterator[Refusal]:
    assert sheet.heading is not None
    if told.layout not in allowed or len(told.columns) != len(sheet.heading.texts):
        yield Refusal("not_permitted")
        return
    layout = LAYOUTS[told.layout]
    known = {"", OTHER, UID, *(column.name for column in layout.columns)}
    if set(told.columns) - known:
        yield Refusal("not_permitted")
        return
    for name in sorted({name for name in told.columns if name not in ("", OTHER) and told.columns.count(name) > 1}):
        yield Refusal("column_twice", None, {"sheet": sheet.grid.name, "column": str(layout.field_of(layout.column(name)).label)})
    for group in layout.needs:
        if not set(group) & set(told.columns):
            labels = " / ".join(str(layout.field_of(layout.column(name)).label) for name in group if "." in name)
            yield Refusal("column_missing", None, {"sheet": sheet.grid.name, "column": labels})


def codes_of_columns() -> dict[str, Mapping[str, Any]]:
    """`<ledger>.<field>` -> codes and labels, for all columns of closed sets."""
    found: dict[str, Mapping[str, Any]] = {}
    for layout in LAYOUTS.values():
        for column in layout.columns:
            if column.part in layout.parts and (choices := layout.field_of(column).choices) is not None:
                found[f"{layout.parts[column.part].ledger}.{column.path}"] = choices.labels
    return found


def matched(offered: Sequence[Offered]) -> list[MatchedSheet]:
    return [
        MatchedSheet(each.grid, each.heading, each.match, each.year, each.known)
        for each in offered
        if each.match is not None and each.heading is not None
    ]


def perform(
    actor: Actor,
    station_id: int | None,
    offered: Sequence[Offered],
    answers: Mapping[str, Any],
    progress: Progress,
    *,
    keep: bool,
    reason: str,
    begin: Any = None,
    finish: Any = None,
) -> Outcome:
    """Rehearse or import the sheets, in one transaction. `begin` is called with the change set before, `finish` with it and the
    outcome after, both inside it."""
    outcome: list[Outcome] = []
    try:
        with force_locale("zh"), _writing(importing(actor), reason) as writing:
            if begin is not None:
                begin(writing)
            found = run(writing, matched(offered), station_id, answers, progress)
            outcome.append(found)
            if not keep:
                raise _Rehearsed
            if finish is not None:
                finish(writing, found)
    except _Rehearsed:
        pass
    return outcome[0]


@contextmanager
def _writing(actor: Actor, reason: str) -> Iterator[Writing]:
    with change_set(actor, reason) as writing:
        yield writing


def first_match(session: Session, station_id: int | None, texts: Sequence[str], layout: Layout) -> Match:
    """The layout's columns in a heading, whatever is missing: where a user begins to correct."""
    loose = replace(layout, needs=())
    found = match(texts, loose, words_of(layout), layout.facts(session, station_id))
    assert found is not None
    return found
