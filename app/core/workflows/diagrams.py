"""The workflows as docs/workflows.md shows them, read off their tables."""

from __future__ import annotations

from collections.abc import Iterable

from ..dictionary.ledger import LEDGERS
from .workflow import BACK, WORKFLOWS, Move, Workflow

HEAD = """# Workflows

Made from the tables by `flask --app app workflows > docs/workflows.md`; a test holds the two together.
What `(follows)` happens by itself when its facts are there; all else is a button of the roles named, taken by POST only.
"""


def document() -> str:
    """The whole document."""
    return HEAD + "".join(f"\n{part}" for part in (_chapter(WORKFLOWS[key]) for key in sorted(WORKFLOWS)))


def _chapter(workflow: Workflow) -> str:
    heading = f"## {LEDGERS[workflow.ledger].entry.label} (`{workflow.ledger}.{workflow.column}`)"
    states = dict.fromkeys([*workflow.line, *(state for move in workflow.moves for state in (*move.leaves, move.to, *move.or_to) if state)])
    lines = [f"    {state}: {workflow.label(state)}" for state in states]
    lines += [f"    [*] --> {workflow.line[0]}"]
    lines += [line for move in workflow.moves for to in _targets(move) for line in _arrows(move, move.leaves, to)]
    for back in (step for step in workflow.steps() if step.name.startswith(BACK)):
        taken = next(move for move in workflow.moves if BACK + move.name == back.name)
        origins = taken.leaves if taken.to else ("",)
        lines += [line for origin in origins for line in _arrows(back, back.leaves, origin)]
    return "\n".join([heading, "", "```mermaid", "stateDiagram-v2", *lines, "```", ""])


def _targets(move: Move) -> tuple[str, ...]:
    return (move.to, *move.or_to)


def _arrows(move: Move, leaves: Iterable[str], to: str) -> list[str]:
    """Without a target the row stays where it is."""
    who = ", ".join(sorted(move.who)) or "follows"
    return [f"    {state} --> {to or state}: {move.label} ({who})" for state in leaves]
