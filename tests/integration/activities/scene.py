"""One station with three deputies in office and one whose mandate has ended, at noon of 10 October 2026."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.access.actor import Actor, program
from app.core.dictionary.ledger import LEDGERS
from app.core.records.saving import version_of
from app.core.records.writing import change_set, erase, write
from app.core.refusals import Refused
from app.core.workflows.stepping import take

TODAY = datetime(2026, 10, 10, 12)


@dataclass(frozen=True)
class Office:
    """The office as the tests of this area meet it."""

    session: Session
    actor: Actor
    deputies: tuple[int, ...]
    former: int
    term: int

    def as_role(self, role: str, deputy: int | None = None) -> Office:
        return replace(self, actor=Actor("解明", (role,), station_id=self.actor.station_id, deputy_id=deputy))

    def add(self, key: str, **values: Any) -> Any:
        return self.row(key, write(self.actor, key, {name.replace("__", "."): value for name, value in values.items()}))

    def change(self, row: Any, **values: Any) -> Any:
        key, row_id, version = self.at(row)
        write(self.actor, key, values, row_id=row_id, version=version)
        return self.row(key, row_id)

    def step(self, row: Any, name: str, **answers: Any) -> Any:
        key, row_id, version = self.at(row)
        take(self.actor, key, row_id, name, answers, version=version)
        return self.row(key, row_id)

    def erase(self, row: Any) -> None:
        key, row_id, _version = self.at(row)
        erase(replace(self.actor, roles=("head",)), key, row_id)

    def at(self, row: Any) -> tuple[str, int, str]:
        """Ledger, id and version of a row as it is now."""
        key, row_id = row.__tablename__, row.id
        version = version_of(self.session, self.row(key, row_id))
        self.session.rollback()
        return key, row_id, version

    def row(self, key: str, row_id: int) -> Any:
        self.session.rollback()
        self.session.expire_all()
        return self.session.get_one(LEDGERS[key], row_id)

    def mark(self, activity: Any, deputy: int) -> Any:
        attendance: Any = LEDGERS["attendance"]
        self.session.rollback()
        self.session.expire_all()
        return self.session.scalars(select(attendance).where(attendance.activity_id == activity.id, attendance.deputy_id == deputy)).one()

    def invited(self, activity: Any) -> list[int]:
        attendance: Any = LEDGERS["attendance"]
        return sorted(self.session.scalars(select(attendance.deputy_id).where(attendance.activity_id == activity.id)))

    def told(self, activity: Any) -> list[str]:
        """Of each deputy in turn, whether that deputy has been told."""
        return [self.mark(activity, deputy).told for deputy in self.invited(activity)]

    def status(self, activity: Any) -> str:
        return str(self.row("activities", activity.id).status)

    def activity(self, **values: Any) -> Any:
        return self.add("activities", **{"type": "study", "title": "学习", "start": "2026-10-10 09:00", **values})

    def notice(self, activity: Any, told_at: str, **values: Any) -> Any:
        return self.add("activity_notices", activity=activity.id, told_at=told_at, **values)

    def leave(self, **values: Any) -> Any:
        return self.add("leave_requests", **{"deputy": self.deputies[0], "reason": "work", "asked_at": "2026-10-09 10:00", **values})


def build(session: Session) -> Office:
    with change_set(program(None, "test")) as writing:

        def add(key: str, **values: Any) -> int:
            return int(writing.save(key, values, by_program=True).id)

        station = add("stations", name="青石镇联络站", kind="township")
        term = add("terms", level="township", ordinal=16, starts_on="2022-01-01", station=station)
        deputies = tuple(add("deputies", station=station, name=name, sex="female") for name in ("石春", "查英", "解敏", "仇兰"))
        for deputy in deputies[:3]:
            add("mandates", station=station, deputy=deputy, term=term, certificate=f"Z{deputy}")
        ended = {"state": "ended", "state_since": "2025-01-01", "state_reason": "调离"}
        add("mandates", station=station, deputy=deputies[3], term=term, certificate="Z9", **ended)
    return Office(session, Actor("周敏", ("liaison",), station_id=station), deputies[:3], deputies[3], term)


@contextmanager
def refused(*expected: tuple[str, str | None]) -> Iterator[None]:
    with pytest.raises(Refused) as caught:
        yield
    assert [(each.code, each.field) for each in caught.value.refusals] == list(expected)
