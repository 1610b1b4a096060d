"""What an import did or would do, line by line, as it is kept and shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

MOST_SHOWN = 500
"""Lines of a sheet that are kept one by one beside the refused ones; the counts tell of all."""


class Standing(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    WRONG = "wrong"
    CHOICE = "choice"


@dataclass
class Reason:
    """Why a line is refused. `cell` is its address in the sheet (K82), empty where no cell is to blame."""

    sentence: str
    heading: str = ""
    cell: str = ""
    column: str = ""
    place: int | None = None
    choices: list[tuple[int, str]] = field(default_factory=list)
    about: str = ""
    """Key of the answer that settles this for every line that says the same."""


@dataclass
class LineOutcome:
    number: int
    standing: Standing
    title: str = ""
    reasons: list[Reason] = field(default_factory=list)
    changes: list[tuple[str, str, str]] = field(default_factory=list)
    """Label, old, new of each cell that differs."""


@dataclass
class SheetOutcome:
    """One sheet: what became of each line. `note` says why a sheet was left alone."""

    name: str
    layout: str = ""
    label: str = ""
    note: str = ""
    counts: dict[str, int] = field(default_factory=dict)
    lines: list[LineOutcome] = field(default_factory=list)
    left_out: list[tuple[int, str]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def take(self, lines: list[LineOutcome]) -> None:
        """Count all lines; keep those that somebody has to look at, and the first of the rest."""
        self.counts = dict(Counter(line.standing.value for line in lines))
        for line in lines:
            wanting = line.standing in (Standing.WRONG, Standing.CHOICE)
            if wanting or (line.standing is not Standing.SAME and len(self.lines) < MOST_SHOWN):
                self.lines.append(line)

    @property
    def refused(self) -> list[LineOutcome]:
        return [line for line in self.lines if line.standing in (Standing.WRONG, Standing.CHOICE)]


@dataclass
class Outcome:
    """An import as a whole. `proposed`: rows named for the first time: (ledger, what it is called, in words)."""

    sheets: list[SheetOutcome] = field(default_factory=list)
    proposed: list[tuple[str, str, str]] = field(default_factory=list)
    written: dict[str, dict[str, int]] = field(default_factory=dict)
    """Ledger -> how many rows new and changed."""

    @property
    def counts(self) -> Counter[str]:
        total: Counter[str] = Counter()
        for sheet in self.sheets:
            total.update(sheet.counts)
        return total

    @property
    def changes_something(self) -> bool:
        return any(sum(found.values()) for found in self.written.values())

    def kept(self) -> dict[str, Any]:
        return {**asdict(self), "counts": dict(self.counts)}


def without_lines(kept: Mapping[str, Any]) -> dict[str, Any]:
    """The counts of what `Outcome.kept` gave, without what single lines say of people."""
    sheets = [{**sheet, "lines": [], "left_out": [], "remarks": []} for sheet in kept.get("sheets", ())]
    return {**kept, "sheets": sheets, "proposed": []} if kept else {}


def read_back(kept: Mapping[str, Any]) -> Outcome:
    """What `Outcome.kept` gave."""
    sheets = []
    for sheet in kept.get("sheets", ()):
        lines = [
            LineOutcome(
                line["number"], Standing(line["standing"]), line["title"], [Reason(**reason) for reason in line["reasons"]],
                [(label, old, new) for label, old, new in line["changes"]],
            )
            for line in sheet["lines"]
        ]
        sheets.append(SheetOutcome(**{**sheet, "lines": lines, "left_out": [(row, why) for row, why in sheet["left_out"]]}))
    return Outcome(sheets, [tuple(each) for each in kept.get("proposed", ())], dict(kept.get("written", {})))
