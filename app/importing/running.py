"""One run over the sheets of a workbook, inside a change set: a rehearsal and the import itself are the same run, kept or not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from app.core.dictionary.fields import Kind
from app.core.dictionary.ledger import LEDGERS, Ledger
from app.core.dictionary.paths import field_at
from app.core.dictionary.roles import Verb
from app.core.records.bulk import Draft, save_all
from app.core.records.saving import Writing
from app.core.refusals import Refusal
from app.sheets import Grid, Heading

from . import existing
from .layout import LAYOUTS, Layout, Line, Part, Piece, Sheet, Trouble
from .matching import Match
from .naming import Namer
from .outcome import LineOutcome, Outcome, Reason, SheetOutcome, Standing
from .reading import Words, lines_of, read_line
from .telling import Teller, row_in_words
from .wanted import Wanted, joined, sameness

_CHUNK = 500
"""Rows written between two words about how far it is."""
Progress = Callable[[int, int], None]
"""Lines done, lines in all."""


@dataclass(frozen=True)
class MatchedSheet:
    """A sheet whose layout is known."""

    grid: Grid
    heading: Heading
    match: Match
    year: int | None
    known: Collection[str] = ()
    """Every heading that some layout understands: another table further down is not this one's."""

    @property
    def layout(self) -> Layout:
        return LAYOUTS[self.match.layout]


@dataclass
class _Attempt:
    """What one go at a sheet gave."""

    refused: dict[int, list[Reason]] = field(default_factory=lambda: defaultdict(list))
    made: dict[tuple[int, str], int] = field(default_factory=dict)
    new: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    changes: dict[int, list[tuple[str, str, str]]] = field(default_factory=lambda: defaultdict(list))
    created: set[tuple[str, int]] = field(default_factory=set)
    written: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))


def run(
    writing: Writing, sheets: Sequence[MatchedSheet], station_id: int | None, answers: Mapping[str, Any], progress: Progress
) -> Outcome:
    """Write what is right of every sheet; what is wrong is left out line by line, and told."""
    outcome = Outcome()
    total = sum(len(sheet.grid.rows) for sheet in sheets)
    done = 0
    found: dict[str, SheetOutcome] = {}
    for sheet in sorted(sheets, key=lambda each: each.layout.rank):
        namer = Namer(writing, station_id, answers)

        def tell(part: float, before: int = done, rows: int = len(sheet.grid.rows)) -> None:
            progress(before + int(rows * part), total)

        going = _SheetRun(writing, sheet, station_id, namer, tell)
        found[sheet.grid.name] = going.go()
        done += len(sheet.grid.rows)
        for proposed in namer.proposed:
            outcome.proposed.append((proposed.ledger, proposed.text, row_in_words(writing, LEDGERS[proposed.ledger], proposed.changes)))
            outcome.written.setdefault(proposed.ledger, {"new": 0, "changed": 0})["new"] += 1
        for ledger, (new, changed) in going.attempt.written.items():
            counted = outcome.written.setdefault(ledger, {"new": 0, "changed": 0})
            counted["new"] += new
            counted["changed"] += changed
    outcome.sheets = [found[sheet.grid.name] for sheet in sheets]
    return outcome


class _SheetRun:
    """One sheet on its way into the ledgers."""

    def __init__(self, writing: Writing, sheet: MatchedSheet, station_id: int | None, namer: Namer, tell: Callable[[float], None]) -> None:
        self.writing, self.sheet, self.station_id, self.namer, self.tell = writing, sheet, station_id, namer, tell
        self.layout, self.match = sheet.layout, sheet.match
        self.teller = Teller(writing, self.layout, self.match, sheet.heading.texts)
        self.wrong: dict[int, list[Reason]] = {}
        self.attempt = _Attempt()

    def go(self) -> SheetOutcome:
        lines = self._read()
        pieces = self._shape([line for line in lines if line.number not in self.wrong])
        while True:
            self.writing.index()
            savepoint = self.writing.session.begin_nested()
            self.attempt = self._try(pieces)
            if not self.attempt.refused:
                savepoint.commit()
                break
            savepoint.rollback()
            self.writing.session.expunge_all()  # rows written in bulk stay known to the session, whatever the database forgot
            self.writing.unindexed.clear()
            for number, reasons in self.attempt.refused.items():
                self.wrong[number] = reasons
                del pieces[number]
        outcome = SheetOutcome(self.sheet.grid.name, self.layout.key, str(self.layout.label))
        outcome.left_out = self.left_out
        outcome.take([self._told(line) for line in lines])
        return outcome

    # ------------------------------------------------------------ from cells to wanted rows

    def _read(self) -> list[Line]:
        found, self.left_out = lines_of(self.sheet.grid, self.sheet.heading, self.match, self.sheet.known)
        by_uid = existing.rows_by_uid(self.writing, self.layout.key, [uid for _line, uid in found if uid]) if self._exported() else {}
        claimed: set[int] = set()
        for line, uid in found:
            row_id = by_uid.get(uid or "")
            if row_id is not None and row_id not in claimed:
                claimed.add(row_id)
                line.row_id = row_id
        lines = [line for line, _uid in found]
        existing.note_unchanged(self.writing, self.layout, self.match, lines)
        words: Words = {}
        for line in lines:
            texts, answers = self.sheet.heading.texts, self.namer.answers
            self._blame(line, read_line(line, self.layout, self.match, texts, self.sheet.year, answers, words))
        readable = [line for line in lines if line.number not in self.wrong]
        self.namer.look_up(readable)
        for line in readable:
            self._blame(line, self.namer.settle(self.sheet.grid.name, line))
        return lines

    def _exported(self) -> bool:
        return self.layout.key in LEDGERS

    def _shape(self, lines: Sequence[Line]) -> dict[int, list[Piece]]:
        facts = self.layout.prepare(Sheet(self.writing.session, self.station_id, self.sheet.year, lines, self.namer.named))
        pieces: dict[int, list[Piece]] = {}
        for line in lines:
            line.chosen = self.namer.chosen(self.sheet.grid.name, line)
            try:
                pieces[line.number] = list(self.layout.shape(line, facts))
            except Trouble as trouble:
                self._blame(line, [trouble])
        self.row_ids = {line.number: line.row_id for line in lines if line.row_id is not None}
        return pieces

    def _blame(self, line: Line, troubles: Iterable[Trouble]) -> None:
        for trouble in troubles:
            reason = self.teller.reason(trouble.column or "", Refusal(trouble.code, None, trouble.facts), line.number)
            reason.choices, reason.about = list(trouble.choices), trouble.about
            self.wrong.setdefault(line.number, []).append(reason)

    # ------------------------------------------------------------ from wanted rows to ledgers

    def _try(self, pieces: Mapping[int, list[Piece]]) -> _Attempt:
        going = _Attempt()
        parts = self.layout.parts
        for place, (name, part) in enumerate(parts.items()):
            entries = self._entries(name, part, pieces, going)
            self._find(part, entries)
            self._write(name, part, entries, going, place / len(parts), 1 / len(parts))
        return going

    def _entries(self, name: str, part: Part, pieces: Mapping[int, list[Piece]], going: _Attempt) -> list[Wanted]:
        """The rows wanted of one part: the same row asked for by two lines is one."""
        entries: dict[tuple[Any, ...], Wanted] = {}
        for number, wanted in pieces.items():
            for piece in wanted:
                if piece.part != name or number in going.refused:
                    continue
                linked = {to: going.made.get((number, other)) for to, other in piece.links.items()}
                if None in linked.values():
                    continue
                links = {to: [row_id] if part.model.fields[to].kind is Kind.REFERENCES else row_id for to, row_id in linked.items()}
                values = {**piece.values, **links}
                names = sameness(part, values)
                key = existing.key_of(part.model, names, values)
                row_id = going.made.get((number, piece.row_of)) if piece.row_of else self.row_ids.get(number)
                if piece.row_of and row_id is None:
                    continue
                entry = entries.setdefault((row_id, names, key), Wanted({}, key, names, [], row_id))
                if differing := joined(part.model, entry.values, values):
                    refusal = Refusal("differs_from_line", None, {"line": entry.lines[0]})
                    going.refused[number].append(self.teller.reason(f"{name}.{differing}", refusal, number))
                else:
                    entry.lines.append(number)
        return list(entries.values())

    def _find(self, part: Part, entries: Sequence[Wanted]) -> None:
        """The rows that are there already."""
        by_names: dict[tuple[str, ...], list[Wanted]] = defaultdict(list)
        for entry in entries:
            if entry.row_id is None and entry.names:
                by_names[entry.names].append(entry)
        for names, found in by_names.items():
            there = existing.rows_by_key(self.writing, part.model, names, [entry.key for entry in found], self.station_id)
            for entry in found:
                entry.row_id = there.get(entry.key)
                if entry.row_id is None and any(existing.is_masked(value) for value in entry.key):
                    entry.row_id = existing.by_masked_key(part.model, names, entry.key, there)

    def _write(self, name: str, part: Part, entries: Sequence[Wanted], going: _Attempt, before: float, share: float) -> None:
        for start in range(0, len(entries), _CHUNK):
            self._write_some(name, part, entries[start : start + _CHUNK], going)
            self.tell(before + share * min(1.0, (start + _CHUNK) / len(entries)))

    def _write_some(self, name: str, part: Part, entries: Sequence[Wanted], going: _Attempt) -> None:
        rows = _rows(self.writing, part.model, [entry.row_id for entry in entries if entry.row_id is not None])
        drafts: list[tuple[Wanted, Draft]] = []
        for entry in entries:
            row = rows.get(entry.row_id or 0)
            given = {path: value for path, value in entry.values.items() if value is not None}
            if row is None:
                drafts.append((entry, self._draft(part, given)))
                continue
            for number in entry.lines:
                going.made[number, name] = row.id
            differing = existing.differences(self.writing, row, given)
            if differing:
                completed = (part.ledger, row.id) in going.created
                told = [] if completed else self.teller.changes(part.model, differing)
                for number in entry.lines:
                    going.changes[number] += told
                changes = {path: new for path, (_old, new) in differing.items()}
                drafts.append((entry, Draft(part.ledger, changes, row=row)))
        for (entry, draft), made in zip(drafts, save_all(self.writing, [draft for _entry, draft in drafts]), strict=True):
            if isinstance(made, tuple):
                for number in entry.lines:
                    going.refused[number] += [self.teller.reason(f"{name}.{refusal.field or ''}", refusal, number) for refusal in made]
                continue
            if (part.ledger, made.id) not in going.created:
                going.written[part.ledger][draft.row is not None] += 1
            for number in entry.lines:
                going.made[number, name] = made.id
                if draft.row is None:
                    going.new[number].append(name)
                    going.created.add((part.ledger, made.id))

    def _draft(self, part: Part, given: dict[str, Any]) -> Draft:
        """A new row. A number that the paper bears is kept: the program alone may write one."""
        numbered = any(field_at(part.model, path).written_by_program for path in given)
        by_program = numbered and self.writing.actor.may(part.ledger, Verb.ADD)
        if not by_program:
            given = {path: value for path, value in given.items() if not field_at(part.model, path).written_by_program}
        station = {"station_id": self.station_id} if self.station_id is not None else {}
        return Draft(part.ledger, {**given, **station}, by_program=by_program)

    def _told(self, line: Line) -> LineOutcome:
        title = " ".join(str(cell) for cell in line.cells[:4] if cell not in (None, ""))[:60]
        if (reasons := self.wrong.get(line.number)) is not None:
            choice = all(reason.choices for reason in reasons)
            return LineOutcome(line.number, Standing.CHOICE if choice else Standing.WRONG, title, reasons)
        new, changes = self.attempt.new.get(line.number, []), self.attempt.changes.get(line.number, [])
        if new and (new[0] == next(iter(self.layout.parts)) or not self.attempt.made.get((line.number, next(iter(self.layout.parts))))):
            return LineOutcome(line.number, Standing.NEW, title, changes=changes)
        if new or changes:
            added = [(str(self.layout.parts[name].model.entry.label), "", str(self.layout.parts[name].model.entry.one)) for name in new]
            return LineOutcome(line.number, Standing.CHANGED, title, changes=[*changes, *added])
        return LineOutcome(line.number, Standing.SAME, title)


def _rows(writing: Writing, model: type[Ledger], ids: Sequence[int]) -> dict[int, Any]:
    return {row.id: row for row in writing.session.scalars(select(model).where(model.id.in_(ids)))} if ids else {}
