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
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from ..dictionary.fields import Field
from ..dictionary.ledger import LEDGERS, Ledger
from ..refusals import Refusal

if TYPE_CHECKING:
    from ..records.saving import Writing

BACK = "back_"
"""What the name of a step's taking back begins with."""


@dataclass(frozen=True)
class Hand:
    """Who takes a step, and when."""

    name: str
    now: datetime
    roles: frozenset[str] = frozenset()


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
    """Empty: it stays where it is, or stands where the facts put it."""
    or_to: tuple[str, ...] = ()
    """Where it may lead instead, as the facts are."""
    who: frozenset[str] = frozenset()
    needs: Callable[[Any], Iterable[Refusal]] = _nothing
    """What stands in the way, as the facts are: of a step a refusal, of what follows what is still missing."""
    sets: Mapping[str, Callable[[Hand], Any]] = field(default_factory=dict)
    """The columns that the step writes, each from who takes it and when; what is asked for may be said differently."""
    asks: tuple[str, ...] = ()
    """Columns that the person is asked for; none of them stays empty. `replies.form` is a column of another row that it writes."""
    offers: tuple[str, ...] = ()
    """Columns that the person may fill in besides."""
    given: Callable[[Session, Any], Mapping[str, Any]] | None = None
    """What of the answers the row itself suggests."""
    writes: Callable[[Writing, Any, Mapping[str, Any]], None] | None = None
    """Writes the rows beside the row's own columns, from the answers of other ledgers."""
    puts_aside: Mapping[str, str] = field(default_factory=dict)
    """Column -> the column that keeps what it held: the step empties it, taking it back fills it again."""
    page: str = ""
    """The address of an area's page on which it is taken, where the page does more; `{id}` is the row's."""
    paper: Callable[[Session, Any], Ledger | None] | None = None
    """The row to which the signed paper belongs that may be handed in with the step."""
    back: Any = None
    """The button that takes the step back; None: it stays."""
    wrote: tuple[str, ...] = ()
    """Of a step back: the columns that it empties."""
    back_needs: Callable[[Any], Iterable[Refusal]] = _nothing
    """What stands in the way of taking it back."""
    unwrites: Callable[[Writing, Any, Mapping[str, Any]], None] | None = None
    """Takes back what it wrote elsewhere."""

    @property
    def answers(self) -> tuple[str, ...]:
        """All that the person may say."""
        return (*self.asks, *self.offers)

    def taken_back(self) -> Move | None:
        """The step that empties what this one wrote, open as long as nothing came after it."""
        if self.back is None:
            return None
        written = tuple(name for name in dict.fromkeys((*self.sets, *self.answers)) if "." not in name)
        return Move(
            name=BACK + self.name,
            label=self.back,
            leaves=(self.to, *self.or_to) if self.to else self.leaves,
            to="",
            who=self.who,
            wrote=written,
            puts_aside={kept: name for name, kept in self.puts_aside.items()},
            needs=self.back_needs,
            writes=self.unwrites,
        )


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
    way: Callable[[Any], tuple[tuple[str, ...], str]] | None = None
    """Where rows go different ways: the states of this row's own, and a note beside the present one."""

    def __post_init__(self) -> None:
        choices = LEDGERS[self.ledger].fields[self.column].choices
        if choices is None or not self.states() <= set(choices.labels):
            raise ValueError(f"{self.ledger}: the table names a state that is none")
        if len({move.name for move in self.moves}) != len(self.moves):
            raise ValueError(f"{self.ledger}: two moves bear one name")

    def states(self) -> set[str]:
        return {*self.line, *(state for move in self.moves for state in (*move.leaves, move.to, *move.or_to) if state)}

    def field(self, name: str) -> Field:
        """The column that a step asks for: the row's own, or another ledger's."""
        key, dot, column = name.rpartition(".")
        return LEDGERS[key if dot else self.ledger].fields[column]

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
                for reached in (step.to, *step.or_to) if step.to else origins:
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
