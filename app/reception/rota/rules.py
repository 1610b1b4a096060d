"""Pure rules of the rota: the year's reception days, and deputies spread over them fairly (R03, R07).

Whoever is in office is on duty once a year before anyone is twice; groups differ by at most one where dates allow; who was on duty
least, then longest ago, comes first; levels are mixed. What was placed by hand stays, and the rest is fair around it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from flask_babel import lazy_gettext as _

from app.calendar import Calendar, Due
from app.core import refusals

MONTHS = range(1, 13)


def regular_day(year: int, month: int, week: int, weekday: int) -> date:
    """The month's first Tuesday, or what the parameters say instead."""
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - 1 - first.weekday()) % 7 + 7 * (week - 1))


def reception_day(calendar: Calendar, regular: date, moves: bool) -> Due:
    """On a public holiday or a shifted day the next working day (S5-3(2))."""
    return calendar.on_or_after(regular) if moves else Due(regular, provisional=not calendar.is_known(regular))


@dataclass(frozen=True)
class Person:
    """A deputy as the rota sees one. `months`: those on whose reception day the mandate is exercised."""

    id: int
    level: str
    months: frozenset[int]
    served: int = 0
    last_on: date | None = None
    due: bool = True
    """To be placed; who joined late in the year need not be (S7-1)."""
    stays: bool = True
    """In office at the end of the year: R07 asks for these."""


@dataclass(frozen=True)
class Slot:
    """One reception day. A fixed one lies behind us: who was there was there."""

    month: int
    pinned: frozenset[int] = frozenset()
    away: frozenset[int] = frozenset()
    fixed: bool = False


@dataclass
class _Board:
    """Groups while they are made."""

    people: Mapping[int, Person]
    slots: Mapping[int, Slot]
    groups: dict[int, list[int]] = field(default_factory=dict)

    def may(self, person: int, month: int) -> bool:
        slot = self.slots[month]
        return not slot.fixed and month in self.people[person].months and person not in slot.away

    def free(self, person: int, month: int) -> bool:
        """Whether the deputy may be taken away from there."""
        slot = self.slots[month]
        return not slot.fixed and person not in slot.pinned

    def turns(self) -> dict[int, int]:
        counted = dict.fromkeys(self.people, 0)
        for group in self.groups.values():
            for person in group:
                if person in counted:
                    counted[person] += 1
        return counted


def plan(people: Iterable[Person], slots: Iterable[Slot], least: int = 1) -> dict[int, list[int]]:
    """Who is on duty in each month. The same people, days and pins give the same rota."""
    known = {person.id: person for person in people}
    days = {slot.month: slot for slot in sorted(slots, key=lambda each: each.month)}
    board = _Board(known, days, {month: sorted(slot.pinned) for month, slot in days.items()})
    _everyone_once(board)
    _level(board)
    _fill(board, least)
    return {month: sorted(group) for month, group in board.groups.items()}


def in_turn(people: Iterable[Person]) -> list[Person]:
    """Least, then longest ago on duty first; levels are threaded into each other, so that every stretch of the line mixes them."""
    by_level: dict[str, list[Person]] = {}
    for person in sorted(people, key=lambda each: (each.served, each.last_on or date.min, each.id)):
        by_level.setdefault(person.level, []).append(person)
    placed = [((at + 0.5) / len(line), level, person) for level, line in by_level.items() for at, person in enumerate(line)]
    return [person for _at, _level, person in sorted(placed, key=lambda each: (each[0], each[1], each[2].id))]


def _everyone_once(board: _Board) -> None:
    turns = board.turns()
    waiting = [
        person for person in in_turn(board.people.values())
        if person.due and not turns[person.id] and any(board.may(person.id, month) for month in board.slots)
    ]
    room = _targets(board, len(waiting))
    for person in waiting:
        open_to = [month for month in board.slots if board.may(person.id, month)]
        month = next((each for each in open_to if len(board.groups[each]) < room[each]), None)
        if month is None:
            month = min(open_to, key=lambda each: (len(board.groups[each]), each))
        board.groups[month].append(person.id)


def _targets(board: _Board, waiting: int) -> dict[int, int]:
    """How large the groups become when each deputy who waits joins the smallest."""
    sizes = {month: len(group) for month, group in board.groups.items() if not board.slots[month].fixed}
    for _each in range(waiting if sizes else 0):
        sizes[min(sizes, key=lambda month: (sizes[month], month))] += 1
    return {month: sizes.get(month, 0) for month in board.slots}


def _level(board: _Board) -> None:
    """While a group is larger than another by two, someone moves on, over other groups if need be: no way of spreading is more even."""
    while (chain := _chain(board)) is not None:
        for person, here, there in chain:
            board.groups[here].remove(person)
            board.groups[there].append(person)


def _chain(board: _Board) -> list[tuple[int, int, int]] | None:
    sizes = {month: len(group) for month, group in board.groups.items() if not board.slots[month].fixed}
    for start in sorted(sizes, key=lambda month: (-sizes[month], month)):
        came: dict[int, list[tuple[int, int, int]]] = {start: []}
        line = [start]
        for here in line:
            for there in sizes:
                if there in came or (mover := _mover(board, here, there)) is None:
                    continue
                came[there] = [*came[here], (mover, here, there)]
                if sizes[there] <= sizes[start] - 2:
                    return came[there]
                line.append(there)
    return None


def _mover(board: _Board, here: int, there: int) -> int | None:
    """Someone of this group who may be in the other one instead; of the level that is most among them."""
    levels = [board.people[each].level for each in board.groups[here] if each in board.people]
    movers = [
        each for each in board.groups[here]
        if each in board.people and board.free(each, here) and board.may(each, there) and each not in board.groups[there]
    ]
    return max(movers, key=lambda each: (levels.count(board.people[each].level), each), default=None)


def _fill(board: _Board, least: int) -> None:
    """Days that are short of deputies take those with the fewest turns; then turns are evened out."""
    turns = board.turns()
    order = {person.id: at for at, person in enumerate(in_turn(board.people.values()))}
    for month, group in board.groups.items():
        while len(group) < least and not board.slots[month].fixed:
            open_to = [each for each in board.people if board.may(each, month) and each not in group]
            if not open_to:
                break
            chosen = min(open_to, key=lambda each: (turns[each], order[each]))
            group.append(chosen)
            turns[chosen] += 1
    while (swap := _swap(board, turns)) is not None:
        often, seldom, month = swap
        board.groups[month][board.groups[month].index(often)] = seldom
        turns[often] -= 1
        turns[seldom] += 1


def _swap(board: _Board, turns: Mapping[int, int]) -> tuple[int, int, int] | None:
    """A deputy with two turns more than another gives one of them up."""
    line = sorted(turns, key=lambda each: (turns[each], each))
    for often in reversed(line):
        for seldom in line:
            if turns[often] < turns[seldom] + 2:
                break
            for month, group in board.groups.items():
                if often in group and seldom not in group and board.free(often, month) and board.may(seldom, month):
                    return often, seldom, month
    return None


def missing(people: Iterable[Person], slots: Sequence[Slot], groups: Mapping[int, Sequence[int]]) -> dict[int, str]:
    """Who would miss R07 by this rota, and why."""
    on_duty = {person for group in groups.values() for person in group}
    found = {}
    for person in people:
        if person.id in on_duty or not (person.due and person.stays):
            continue
        ahead = [slot for slot in slots if not slot.fixed]
        in_office = [slot for slot in ahead if slot.month in person.months]
        if not ahead:
            found[person.id] = "rota_no_day_left"
        elif not in_office:
            found[person.id] = "rota_not_in_office"
        elif all(person.id in slot.away for slot in in_office):
            found[person.id] = "rota_away"
        else:
            found[person.id] = "rota_not_placed"
    return found


REASONS: dict[str, Any] = {
    "rota_no_day_left": _("No reception day is left this year"),
    "rota_not_in_office": _("Not in office on any day that is left"),
    "rota_away": _("Kept off every day that is left"),
    "rota_not_placed": _("Not placed yet"),
}
SENTENCES: dict[str, Any] = {
    "rota_is_away": _("%(name)s is kept off this day: allow it first"),
    "rota_out_of_office": _("%(name)s is not in office on this day"),
    "rota_moved_meanwhile": _("The rota was changed meanwhile; it now shows how it is"),
    "rota_there_already": _("%(name)s is on duty on this day already"),
    "rota_day_past": _("This day has passed: who was there stands in the attendance"),
    "rota_two_to_swap": _("Tick two deputies of two days to swap them"),
    "rota_nobody_ticked": _("Tick a deputy first"),
    "rota_day_elsewhere": _("The reception day lies in its month"),
}
refusals.SENTENCES.update(SENTENCES)
