"""A workflow is a table of moves: from which states to which, who takes it, what must be there, what it asks for.

Where a row stands follows from facts: its own columns and the rows around it. A person's step writes columns, and the state
follows from them as it does from everything else; a move that no role takes happens by itself when its facts are there. So
one table serves what is decided and what comes about, and taking a step back is emptying what it wrote: the state is then
again what the facts give. Buttons, permissions, history, REST and the diagram in docs/workflows.md are read off the table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from .ledger import LEDGERS, Ledger
from .refusals import Refusal

BACK = "back_"
"""What the name of a step's taking back begins with."""


@dataclass(frozen=True)
class Hand:
    """Who takes a step, and when."""

    name: str
    now: datetime


def _nothing(_facts: Any) -> Iterable[Refusal]:
    return ()


@dataclass(frozen=True, kw_only=True)
class Move:
    """One line of the table. Without roles it follows from facts."""

    name: str
    label: Any
    """On the button; of a move that follows, what it follows from."""
    leaves: tuple[str, ...]
    to: str
    who: frozenset[str] = frozenset()
    needs: Callable[[Any], Iterable[Refusal]] = _nothing
    """What stands in the way, as the facts are: of a step a refusal, of what follows what is still missing."""
    sets: Mapping[str, Callable[[Hand], Any]] = field(default_factory=dict)
    """The columns that the step writes, each from who takes it and when; what is asked for may be said differently."""
    asks: tuple[str, ...] = ()
    """Columns that the person is asked for; none of them stays empty."""
    back: Any = None
    """The button that takes the step back; None: it stays."""
    wrote: tuple[str, ...] = ()
    """Of a step back: the columns that it empties."""

    def taken_back(self) -> Move | None:
        """The step that empties what this one wrote, open as long as nothing came after it."""
        if self.back is None:
            return None
        written = tuple(dict.fromkeys((*self.sets, *self.asks)))
        return Move(name=BACK + self.name, label=self.back, leaves=(self.to,), to="", who=self.who, wrote=written)


@dataclass(frozen=True, kw_only=True)
class Workflow:
    """The table of one ledger. `column` keeps where a row stands, written by the area's hook; `line` is the usual way."""

    ledger: str
    column: str
    line: tuple[str, ...]
    moves: tuple[Move, ...]
    read: Callable[[Session, Ledger], Any]
    """The facts of a row, as `needs` wants them."""
    mends: Mapping[str, str] = field(default_factory=dict)
    """Code of a refusal -> the address that mends it; `{id}` is the row's."""

    def __post_init__(self) -> None:
        choices = LEDGERS[self.ledger].fields[self.column].choices
        states = {*self.line, *(state for move in self.moves for state in (*move.leaves, move.to))}
        if choices is None or not states <= set(choices.labels):
            raise ValueError(f"{self.ledger}: the table names a state that is none")
        if len({move.name for move in self.moves}) != len(self.moves):
            raise ValueError(f"{self.ledger}: two moves bear one name")

    def state_of(self, row: Ledger) -> str:
        return str(getattr(row, self.column))

    def label(self, state: str) -> str:
        choices = LEDGERS[self.ledger].fields[self.column].choices
        return choices.label(state) if choices is not None else state

    def steps(self) -> list[Move]:
        """What persons take, and take back."""
        forth = [move for move in self.moves if move.who]
        return forth + [back for move in forth if (back := move.taken_back()) is not None]

    def step(self, name: str) -> Move | None:
        return next((step for step in self.steps() if step.name == name), None)

    def open_to(self, roles: Iterable[str], state: str) -> list[Move]:
        """The steps that these roles may take from a state."""
        held = set(roles)
        return [step for step in self.steps() if step.who & held and state in step.leaves]

    def leads(self, roles: Iterable[str], before: str, after: str) -> bool:
        """Whether these roles could go from one state to another step by step: what a form that writes the state itself may do."""
        seen, open_states = {before}, [before]
        while open_states:
            state = open_states.pop()
            for step in self.open_to(roles, state):
                origins = next((move.leaves for move in self.moves if BACK + move.name == step.name), ())
                for reached in (step.to,) if step.to else origins:
                    if reached not in seen:
                        seen.add(reached)
                        open_states.append(reached)
        return after in seen


WORKFLOWS: dict[str, Workflow] = {}
"""By ledger; filled in by the areas."""


def register(workflow: Workflow) -> Workflow:
    """The one table of a ledger."""
    WORKFLOWS[workflow.ledger] = workflow
    return workflow
