"""Changes of the rota by hand; they stay when it is made anew (S7-1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from app.core.access.actor import Actor
from app.core.dictionary.ledger import LEDGERS
from app.core.dictionary.roles import Verb
from app.core.records.saving import Writing
from app.core.records.writing import change_set
from app.core.refusals import Refusal, Refused

from . import rules
from .reading import OWN, Year, year_of


def write_month(writing: Writing, board: Year, month: int, changes: Mapping[str, Any]) -> None:
    row = board.rows.get(month)
    if row is None:
        first = date(board.year, month, 1).isoformat()
        writing.save("reception_rota", {"month": first, "day": board.days[month].isoformat(), **changes})
        return
    if not writing.actor.may("reception_rota", Verb.EDIT):
        raise Refused(Refusal("not_permitted"))
    writing.save("reception_rota", dict(changes), row=row)


Ticked = Sequence[tuple[int, int]]
"""Month and deputy of each name that was ticked."""


def change(actor: Actor, station_id: int, year: int, action: str, ticked: Ticked,
           *, to: int | None = None, deputy: int | None = None) -> None:
    """A change by hand; it stays when the rota is made anew. Raises Refused."""
    with change_set(actor) as writing:
        board = year_of(writing.session, station_id, year)
        hand = _Hand(writing, board, station_id)
        if action == "add":
            if to is None or deputy is None:
                raise Refused(Refusal("rota_nobody_ticked"))
            hand.allow(deputy, to)
            hand.put(deputy, to)
        elif not ticked:
            raise Refused(Refusal("rota_nobody_ticked"))
        elif action == "swap":
            hand.swap(ticked)
        else:
            for month, person in ticked:
                match action:
                    case "move" if to is not None:
                        hand.take(person, month)
                        hand.put(person, to)
                    case "drop":
                        hand.take(person, month)
                        hand.keep_off(person, month)
                    case "allow":
                        hand.allow(person, month)
                    case _:
                        raise Refused(Refusal("rota_nobody_ticked"))
        hand.write()


class _Hand:
    """Changes by hand while they are made."""

    def __init__(self, writing: Writing, board: Year, station_id: int) -> None:
        self.writing, self.board, self.station_id = writing, board, station_id
        self.slots = {slot.month: slot for slot in board.slots}
        self.people = {person.id: person for person in board.people}
        self.deputies = {month: set(group) for month, group in board.groups.items()}
        self.pinned = {month: set(board.pinned.get(month, ())) for month in rules.MONTHS}
        self.away = {month: set(board.away.get(month, ())) for month in rules.MONTHS}
        self.touched: set[int] = set()

    def _refuse(self, code: str, person: int) -> None:
        """A deputy of another station is not named."""
        deputy: Any = self.writing.session.get(LEDGERS["deputies"], person)
        if deputy is None or deputy.station_id != self.station_id:
            raise Refused(Refusal("no_such_row"))
        raise Refused(Refusal(code, None, {"name": deputy.name}))

    def _open(self, month: int) -> None:
        if month not in self.slots:
            raise Refused(Refusal("rota_moved_meanwhile"))
        if self.slots[month].fixed:
            raise Refused(Refusal("rota_day_past"))
        self.touched.add(month)

    def take(self, person: int, month: int) -> None:
        self._open(month)
        if person not in self.deputies[month]:
            raise Refused(Refusal("rota_moved_meanwhile"))
        self.deputies[month].discard(person)
        self.pinned[month].discard(person)

    def put(self, person: int, month: int) -> None:
        self._open(month)
        if person in self.away[month]:
            self._refuse("rota_is_away", person)
        if person not in self.people or month not in self.people[person].months:
            self._refuse("rota_out_of_office", person)
        if person in self.deputies[month]:
            self._refuse("rota_there_already", person)
        self.deputies[month].add(person)
        self.pinned[month].add(person)

    def keep_off(self, person: int, month: int) -> None:
        self.away[month].add(person)

    def allow(self, person: int, month: int) -> None:
        self._open(month)
        self.away[month].discard(person)

    def swap(self, ticked: Ticked) -> None:
        if len(ticked) != 2 or ticked[0][0] == ticked[1][0]:
            raise Refused(Refusal("rota_two_to_swap"))
        (month, person), (other_month, other) = ticked
        self.take(person, month)
        self.take(other, other_month)
        self.put(person, other_month)
        self.put(other, month)

    def write(self) -> None:
        for month in sorted(self.touched):
            values = {name: sorted(getattr(self, name)[month]) for name in OWN}
            write_month(self.writing, self.board, month, values)
