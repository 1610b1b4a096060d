"""The demo's diary: what happens when, played in the order of time through the one way to write.

Every happening is put down for a moment and may put down others for later; what would lie beyond the last moment never
happens. The clock stands at the happening's moment while its rows are written, so they carry believable times of entry.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from heapq import heappop, heappush
from itertools import count
from typing import Any

from app.calendar import Calendar
from app.core.access.actor import Actor, program
from app.core.clock import clock_at
from app.core.dictionary.ledger import LEDGERS
from app.core.records.saving import Writing
from app.core.records.writing import change_set
from app.core.workflows.stepping import take_within
from app.core.workflows.workflow import WORKFLOWS

Action = Callable[[], None]
_AT_ONCE = 300
"""Rows kept in memory until their search texts are written."""


class Diary:
    """All happenings of the county, played month by month, each month one change set."""

    def __init__(self, begin: date, today: date) -> None:
        self.begin, self.today = begin, today
        self._first = self.moment = datetime.combine(begin, time(8))
        self._end = datetime.combine(today, time())
        self._queue: list[tuple[datetime, int, Action]] = []
        self._places = count()
        self._writing: Writing | None = None

    def at(self, moment: datetime, action: Action) -> None:
        """Put a happening down. What lies before the first day was never known; what comes late today happens next."""
        if self._first <= moment < self._end:
            heappush(self._queue, (max(moment, self.moment), next(self._places), action))

    def play(self) -> None:
        while self._queue:
            month = self._queue[0][0].replace(day=1).date()
            with change_set(program(None, "demo")) as writing:
                self._writing = writing
                while self._queue and self._queue[0][0].replace(day=1).date() == month:
                    self.moment, _place, action = heappop(self._queue)
                    with clock_at(self.moment):
                        action()
                    if len(writing.unindexed) > _AT_ONCE:
                        writing.index()

    def writing(self, actor: Actor) -> Writing:
        """The change set under way, as this person writes in it."""
        assert self._writing is not None
        return replace(self._writing, actor=actor)


class Desk:
    """Someone who keeps ledgers in the demo: the county or a station's office, with luck of its own."""

    def __init__(self, diary: Diary, name: str, seed: int) -> None:
        self.diary, self.name = diary, name
        self.luck = random.Random(f"{seed} {name}")
        self.calendar = Calendar()
        self.station_id: int | None = None

    def actor(self, by: Any = None) -> Actor:
        return program(self.station_id, "demo", by or self.name)

    def save(self, key: str, values: dict[str, Any], *, by: Any = None) -> Any:
        """A new row, written under all rules."""
        return self.diary.writing(self.actor(by)).save(key, values)

    def row(self, key: str, row_id: int) -> Any:
        """A row as it stands."""
        return self.diary.writing(self.actor()).session.get_one(LEDGERS[key], row_id)

    def edit(self, key: str, row_id: int, values: dict[str, Any], *, by: Any = None) -> Any:
        writing = self.diary.writing(self.actor(by))
        return writing.save(key, values, row=writing.session.get_one(LEDGERS[key], row_id))

    def owned(self, key: str, **same: int) -> list[int]:
        """The rows of this station that hold these values, in the order in which they were entered."""
        rows = self.diary.writing(self.actor(None)).rows(LEDGERS[key], self.station_id, **same)
        return sorted(row.id for row in rows)

    def step(self, key: str, row_id: int, name: str, answers: dict[str, Any], *, by: Any = None) -> None:
        """A step of the ledger's workflow."""
        writing, workflow = self.diary.writing(self.actor(by)), WORKFLOWS[key]
        step = workflow.step(name)
        assert step is not None
        take_within(writing, workflow, writing.session.get_one(LEDGERS[key], row_id), step, answers)

    def at(self, day: date, hour: int, action: Action) -> None:
        """Put down for a day and hour, at some minute of it."""
        self.diary.at(datetime.combine(day, time(hour, self.luck.randrange(0, 60))), action)

    def workday(self, day: date, n: int = 0) -> date:
        """The n-th working day after a day (before it, if negative); 0: the day itself or the next working day."""
        due = self.calendar.add_workdays(day, n) if n else self.calendar.on_or_after(day)
        return due.date

    def chance(self, share: float) -> bool:
        return self.luck.random() < share

    def days(self, least: int, most: int) -> timedelta:
        return timedelta(days=self.luck.randint(least, most))
