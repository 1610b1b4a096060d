"""Rows that a sheet names in words: found among what the actor sees, chosen between two of one name, or proposed as new."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import or_, select

from app.core.access.scope import visible
from app.core.dictionary.fields import Kind
from app.core.dictionary.ledger import LEDGERS, Ledger
from app.core.dictionary.paths import Paths
from app.core.dictionary.titles import show, titles_of
from app.core.lists.values import seen
from app.core.records.bulk import Draft, save_all
from app.core.records.saving import Writing
from app.core.records.search import Searchable

from .layout import PROPOSALS, SPELLINGS, Line, Trouble
from .reading import MOST_ASKED, Named

_CHUNK = 400
NEW = "new"


@dataclass
class Proposed:
    """A row that the sheet names for the first time."""

    ledger: str
    text: str
    changes: dict[str, Any]


@dataclass
class Namer:
    """Finds rows by what sheets call them, for one import. `answers`: `<ledger>=<text>` -> id or NEW, and
    `@<sheet>:<line>:<column>` -> id for one cell."""

    writing: Writing
    station_id: int | None
    answers: Mapping[str, Any]
    proposed: list[Proposed] = field(default_factory=list)
    _known: dict[tuple[str, str], list[int]] = field(default_factory=dict)

    def look_up(self, lines: Iterable[Line]) -> None:
        """Find everything that the lines name, in a few statements for each ledger; make what is proposed."""
        wanted: dict[str, set[str]] = defaultdict(set)
        for line in lines:
            for value in line.values.values():
                if isinstance(value, Named):
                    wanted[value.target] |= {text for text in value.texts if (value.target, text) not in self._known}
        for target, texts in wanted.items():
            self._known |= {(target, text): ids for text, ids in self._find(target, sorted(texts)).items()}
            self._propose(target, [text for text in sorted(texts) if not self._known[target, text]])

    def settle(self, sheet: str, line: Line) -> list[Trouble]:
        """Put ids where the line has names; tell what is unknown or meant two."""
        troubles = []
        for name, value in list(line.values.items()):
            if isinstance(value, Named):
                ids, found = self._ids(sheet, line, name, value)
                troubles += found
                line.values[name] = ids if value.several else (ids[0] if ids else None)
        return troubles

    def named(self, target: str, text: str) -> list[int]:
        """The rows of that name, looked up singly; what may be proposed is, where there is none."""
        if (target, text) not in self._known:
            self._known |= {(target, each): ids for each, ids in self._find(target, [text]).items()}
            if not self._known[target, text]:
                self._propose(target, [text])
        return self._known[target, text]

    def chosen(self, sheet: str, line: Line) -> dict[str, int]:
        """What was chosen for single cells of the line."""
        start = f"@{sheet}:{line.number}:"
        return {key.removeprefix(start): int(told) for key, told in self.answers.items() if key.startswith(start)}

    def _ids(self, sheet: str, line: Line, column: str, value: Named) -> tuple[list[int], list[Trouble]]:
        found, troubles = [], []
        for text in value.texts:
            ids = self._known.get((value.target, text), [])
            about = f"{value.target}={text}" if len(text) <= MOST_ASKED else ""
            for told in (self.answers.get(f"@{sheet}:{line.number}:{column}"), self.answers.get(f"{value.target}={text}")):
                if len(ids) > 1 and told in ids:
                    ids = [int(told)]
            if len(ids) == 1:
                found += ids
            elif ids:
                troubles.append(
                    Trouble("two_of_that_name", column, {"name": text}, self._told_apart(value.target, ids), about if value.several else "")
                )
            else:
                label = LEDGERS[value.target].entry.label
                troubles.append(Trouble("nobody_of_that_name", column, {"name": text, "ledger": label}, about=about))
        return found, troubles

    def _find(self, target: str, texts: list[str]) -> dict[str, list[int]]:
        model: Any = LEDGERS[target]
        spelled = {text: list(dict.fromkeys([text, *SPELLINGS.get(target, _as_written)(text)])) for text in texts}
        wanted = sorted({form for forms in spelled.values() for form in forms})
        rows: dict[str, set[int]] = defaultdict(set)
        columns = [
            model.fields[name].column
            for name in dict.fromkeys((*model.entry.key, *model.entry.title))
            if name in model.fields and model.fields[name].kind is Kind.TEXT and not model.fields[name].personal
        ]
        for start in range(0, len(wanted), _CHUNK):
            part = wanted[start : start + _CHUNK]
            for column in columns:
                statement = self._scoped(model, select(getattr(model, column), model.id)).where(getattr(model, column).in_(part))
                for text, row_id in self.writing.session.execute(statement):
                    rows[text].add(row_id)
            titled = (
                self._scoped(model, select(Searchable.title, model.id))
                .join(Searchable, (Searchable.ledger == target) & (Searchable.row_id == model.id))
                .where(Searchable.title.in_(part))
            )
            for text, row_id in self.writing.session.execute(titled):
                rows[text].add(row_id)
        return {text: self._first(forms, rows) for text, forms in spelled.items()}

    @staticmethod
    def _first(forms: list[str], rows: Mapping[str, set[int]]) -> list[int]:
        """What is written exactly so goes before what may be meant."""
        for form in forms:
            if rows.get(form):
                return sorted(rows[form])
        return []

    def _scoped(self, model: Any, statement: Any) -> Any:
        paths = Paths(model)
        predicates = visible(self.writing.actor, model, paths)
        if "station_id" in model.__table__.c:
            own = model.station_id == self.station_id
            predicates.append(or_(own, model.station_id.is_(None)) if model.__table__.c.station_id.nullable else own)
        return paths.join(statement.select_from(model)).where(*predicates)

    def _propose(self, target: str, texts: list[str]) -> None:
        """What is named for the first time: another row that the user says is meant, or a new one."""
        proposal = PROPOSALS.get(target)
        drafts: list[tuple[str, dict[str, Any]]] = []
        for text in texts:
            told = self.answers.get(f"{target}={text}")
            if told not in (None, NEW):
                self._known[target, text] = [int(told)] if self._there(target, int(told)) else []
            elif proposal is not None and (changes := proposal(text)) is not None:
                drafts.append((text, {**changes, "station_id": self.station_id}))
        made = save_all(self.writing, [Draft(target, changes) for _text, changes in drafts])
        for (text, changes), row in zip(drafts, made, strict=True):
            if not isinstance(row, tuple):
                self._known[target, text] = [row.id]
                self.proposed.append(Proposed(target, text, {name: value for name, value in changes.items() if name != "station_id"}))

    def _there(self, target: str, row_id: int) -> bool:
        model = LEDGERS[target]
        return self.writing.session.scalar(self._scoped(model, select(model.id)).where(model.id == row_id)) is not None

    def _told_apart(self, target: str, ids: list[int]) -> tuple[tuple[int, str], ...]:
        """Each row with what its list shows of it, as the actor sees it."""
        model = LEDGERS[target]
        titles = titles_of(self.writing.session, [(target, row_id) for row_id in ids])
        rows = {row.id: row for row in self.writing.session.scalars(select(model).where(model.id.in_(ids)))}
        return tuple((row_id, _described(self.writing, rows[row_id], titles[target, row_id])) for row_id in ids if row_id in rows)


def _as_written(text: str) -> Iterable[str]:
    return ()


def _described(writing: Writing, row: Ledger, title: str) -> str:
    """The title and the first few short values that tell one of two namesakes."""
    telling = (Kind.CHOICE, Kind.TEXT, Kind.DATE, Kind.PHONE)
    items = [
        item for name, item in row.fields.items() if item.kind in telling and name not in row.entry.title and not item.written_by_program
    ]
    shown = [show(item, seen(writing.actor, type(row), item.name, getattr(row, item.column))) for item in items]
    return " ".join([title, *[text for text in shown if text][:5]])
