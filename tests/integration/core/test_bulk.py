"""Many rows at once give what the same rows give one after the other, in every ledger and on both databases."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from app.core.access.actor import Actor, program
from app.core.database import db
from app.core.dictionary.fields import Kind
from app.core.dictionary.ledger import LEDGERS, Ledger
from app.core.dictionary.roles import Verb
from app.core.records.bulk import Draft, save_all
from app.core.records.history import Change
from app.core.records.numbering import Counter
from app.core.records.saving import Writing
from app.core.records.search import Searchable
from app.core.records.writing import change_set, refusal_of
from app.core.refusals import Refused
from benchmarks.bulk_rows import LEDGER_ORDER, MAKERS, at_once, station
from tests.integration.core.test_query_budgets import statements
from tests.support.databases import Scene
from tests.support.factories import Factory, on_day
from tests.support.scene import HERE, TWO_STATIONS, World, world_in

NOT_COMPARED = {"uid", "created_at", "changed_at", "version"}
FRESH = 5


@pytest.fixture
def scene() -> Scene:
    return TWO_STATIONS


@pytest.fixture
def world(app: Flask) -> World:
    return world_in(app)


def one_by_one(writing: Writing, drafts: Sequence[Draft]) -> list[Any]:
    outcomes: list[Any] = []
    for draft in drafts:
        try:
            with writing.session.begin_nested():
                outcomes.append(
                    writing.save(draft.key, draft.changes, row=draft.row, request_id=draft.request_id, by_program=draft.by_program)
                )
        except Refused as refused:
            outcomes.append(refused.refusals)
        except IntegrityError as error:
            outcomes.append((refusal_of(error),))
    return outcomes


def told(outcomes: Sequence[Any]) -> list[Any]:
    return [
        [(each.code, each.field, each.sentence()) for each in outcome] if isinstance(outcome, tuple) else outcome.__tablename__
        for outcome in outcomes
    ]


class Ids:
    """Keys that rows got in this run, as the order in which they came: PostgreSQL leaves gaps."""

    def __init__(self) -> None:
        self.last = {key: db.session.scalar(select(func.max(model.id))) or 0 for key, model in LEDGERS.items()}
        self.last_change = db.session.scalar(select(func.max(Change.id))) or 0

    def written(self) -> dict[str, Any]:
        """History, rows, several references, search texts and numbers of what was written since."""
        lines = db.session.execute(select(Change.__table__).where(Change.id > self.last_change).order_by(Change.id)).all()
        touched = {(line.ledger, line.row_id) for line in lines}
        self.new = {
            key: {row_id: f"new {place}" for place, row_id in enumerate(sorted(r for k, r in touched if k == key and r > self.last[key]))}
            for key in LEDGERS
        }
        found: dict[str, Any] = {"history": [self._line(line) for line in lines]}
        for key, row_id in sorted(touched):
            found[f"{key} {self.same(key, row_id)}"] = self._row(LEDGERS[key], row_id)
        found["numbers"] = sorted(
            (row.station_id, row.series, row.year, row.last) for row in db.session.execute(select(Counter.__table__)) if row.last
        )
        return found

    def same(self, key: str, row_id: Any) -> Any:
        return self.new[key].get(row_id, row_id)

    def _named(self, model: type[Ledger], name: str, value: Any) -> Any:
        item = model.fields.get(name) or next((each for each in model.fields.values() if each.column == name), None)
        if item is None or item.kind not in (Kind.REFERENCE, Kind.REFERENCES) or value is None:
            return value
        return [self.same(item.target, each) for each in value] if isinstance(value, list) else self.same(item.target, value)

    def _line(self, line: Any) -> Any:
        model = LEDGERS[line.ledger]
        pairs = {**line.data, **{f"personal {name}": pair for name, pair in (line.personal or {}).items()}}
        named = {name: [self._named(model, name.removeprefix("personal "), each) for each in pair] for name, pair in pairs.items()}
        return line.ledger, self.same(line.ledger, line.row_id), line.action, line.by, line.source, line.reason, line.station_id, named

    def _row(self, model: type[Ledger], row_id: int) -> Any:
        row = db.session.execute(select(model.__table__).where(model.id == row_id)).mappings().first()
        if row is None:
            return None
        values = {name: self._named(model, name, value) for name, value in row.items() if name not in NOT_COMPARED | {"id"}}
        for name, table in model.associations.items():
            targets = db.session.scalars(select(table.c.target_id).where(table.c.row_id == row_id))
            values[name] = sorted(str(self.same(model.fields[name].target, each)) for each in targets)
        texts = select(Searchable.__table__).where(Searchable.ledger == model.__tablename__, Searchable.row_id == row_id)
        values["search"] = [tuple(found)[2:] for found in db.session.execute(texts)]
        return values


@contextmanager
def taken_back(writing: Writing) -> Iterator[None]:
    savepoint = writing.session.begin_nested()
    yield
    savepoint.rollback()
    writing.session.expire_all()


def run(writing: Writing, how: Callable[[Writing, Sequence[Draft]], list[Any]], drafts: Sequence[Draft]) -> Any:
    with taken_back(writing):
        ids = Ids()
        outcomes = told(how(writing, drafts))
        writing.index()
        found = ids.written()
    return outcomes, found


def changed_values(luck: random.Random, model: type[Ledger], values: dict[str, Any]) -> dict[str, Any]:
    """Values with something wrong, or something else, about them."""
    names = [name for name, item in model.fields.items() if not item.written_by_program]
    name = luck.choice(names)
    item = model.fields[name]
    match luck.randrange(6):
        case 0:
            return {each: value for each, value in values.items() if each != name}
        case 1 if item.kind in (Kind.REFERENCE, Kind.REFERENCES):
            return {**values, name: [987654] if item.kind is Kind.REFERENCES else 987654}
        case 2 if item.personal:
            return {**values, name: "李**"}
        case 3:
            return {**values, name: "no such thing"}
        case 4 if item.kind is Kind.DATE:
            return {**values, name: on_day(luck.randrange(300))}
        case _:
            return {**values, luck.choice(["note", "number", "nothing"]): "〔2025〕3号"}


def drafts_of(luck: random.Random, key: str, fresh: list[dict[str, Any]], rows: list[Ledger]) -> list[Draft]:
    """New rows, right and wrong, the same again, and changes of rows that are there."""
    model, drafts = LEDGERS[key], [Draft(key, values) for values in fresh]
    drafts += [Draft(key, changed_values(luck, model, luck.choice(fresh))) for _ in range(6)]
    drafts += [replace(luck.choice(drafts)) for _ in range(3)]
    drafts += [Draft(key, changed_values(luck, model, {}), row=luck.choice(rows)) for _ in range(4)]
    drafts += [Draft(key, {**luck.choice(fresh)}, row=luck.choice(rows), by_program=luck.random() < 0.5) for _ in range(2)]
    luck.shuffle(drafts)
    return drafts


def actors(world: World) -> list[Actor]:
    here, mine = world.here.station_id, world.mine.rows
    station = {"station_id": here, "home_id": here, "account_id": 1, "source": "import"}
    own = {"deputy_id": mine["deputies"], "convened_groups": (mine["deputy_groups"],)}
    return [
        Actor("站长", ("head",), **station),
        Actor("联络员", ("liaison",), **station),
        Actor("召集人", ("convenor",), **station, **own),
        Actor("代表", ("deputy",), **station, deputy_id=mine["deputies"]),
        Actor("县", ("county",), source="import", account_id=1),
    ]


@pytest.mark.both_databases
def test_every_ledger_takes_many_rows_as_it_takes_one_after_the_other(app: Flask, world: World) -> None:
    luck = random.Random(8)
    here = Factory(world.here.station_id, HERE, shared=world.county.rows, rows=dict(world.here.rows), start=60)
    county = Factory(None, "全县", rows=dict(world.county.rows), start=60)
    made: dict[tuple[str, str], list[dict[str, Any]]] = {}
    with app.test_request_context():
        for actor in actors(world):
            factory = here if actor.station_id is not None else county
            for key in LEDGERS:
                if not actor.may(key, Verb.ADD) or (actor.station_id is None and key not in world.county.rows):
                    continue
                if (factory.mark, key) not in made:
                    made[factory.mark, key] = [factory.values(key) for _ in range(FRESH)]
                fresh = made[factory.mark, key]
                with change_set(actor, "核对") as writing:
                    places = (world.here, world.mine) if actor.station_id is not None else (world.county,)
                    rows = [writing.session.get_one(LEDGERS[key], place.rows[key]) for place in places if key in place.rows]
                    drafts = drafts_of(luck, key, fresh, rows)
                    assert run(writing, save_all, drafts) == run(writing, one_by_one, drafts), (key, actor.name)


@pytest.mark.parametrize("key", ["deputies", "mandates", "attendance", "opinions", "assignments", "replies"])
def test_statements_do_not_grow_with_the_rows_of_a_chunk(tmp_path: Path, key: str) -> None:
    taken = {}
    with station(tmp_path) as (_app, station_id, ids), change_set(program(station_id, "import")) as writing:
        for each in LEDGER_ORDER:
            rows = [MAKERS[each](i, ids) for i in range(440)]
            if each == key:
                for part in (rows[:40], rows[40:]):
                    with statements() as seen:
                        at_once(writing, key, part)
                    taken[len(part)] = len(seen)
                break
            ids[each] = at_once(writing, each, rows)
    assert max(taken.values()) <= min(taken.values()) + 2, taken
    assert max(taken.values()) <= 30
