"""One station with a deputy, organs and a reception, whose opinions go their way step by step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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
from app.core.records.writing import change_set, write
from app.core.refusals import Refused
from app.core.workflows.stepping import take

TODAY = datetime(2026, 5, 20, 9, 0)


@dataclass(frozen=True)
class Office:
    """The office as the tests of this area meet it."""

    session: Session
    actor: Actor
    deputy: int
    organ: int
    county_organ: int

    def as_role(self, role: str) -> Office:
        return replace(self, actor=Actor("王主席" if role == "presidium" else "周敏", (role,), station_id=self.actor.station_id))

    def add(self, key: str, **values: Any) -> Any:
        return self.row(key, write(self.actor, key, values))

    def change(self, row: Any, **values: Any) -> Any:
        key, row_id, version = self.at(row)
        write(self.actor, key, values, row_id=row_id, version=version)
        return self.row(key, row_id)

    def row(self, key: str, row_id: int) -> Any:
        self.session.expire_all()
        return self.session.get_one(LEDGERS[key], row_id)

    def rows(self, key: str) -> list[Any]:
        self.session.expire_all()
        return list(self.session.scalars(select(LEDGERS[key]).order_by(LEDGERS[key].id)))

    def at(self, row: Any) -> tuple[str, int, str]:
        """Ledger, id and version of a row as it is now."""
        key, row_id = row.__tablename__, row.id
        return key, row_id, version_of(self.session, self.row(key, row_id))

    def opinion(self, **values: Any) -> Any:
        given = {"heard_on": "2026-05-05", "voter_name": "张桂花", "words": "村口路面破损", "deputy": self.deputy}
        return self.add("opinions", **{**given, **values})

    def step(self, row: Any, name: str, answers: Mapping[str, Any] | None = None) -> Any:
        key, row_id, version = self.at(row)
        usual = self.usual(name) if key == "opinions" else {}
        take(self.actor, key, row_id, name, {**usual, **(answers or {})}, version=version)
        return self.row(key, row_id)

    def walk(self, row: Any, *names: str) -> list[str]:
        """The states after each of these steps, each with its usual answers."""
        return [self.step(row, name).status for name in names]

    def usual(self, name: str) -> dict[str, Any]:
        """What one answers when a step asks."""
        answered = {"replies.replied_on": "2026-05-20", "replies.form": "phone", "replies.answer": "已经修好。"}
        sheet = {"assignments.organ": self.organ, "assignments.assigned_on": "2026-05-11"}
        return {
            "answer_on_spot": {**answered, "replies.replied_on": "2026-05-05", "replies.form": "in_person"},
            "answer_after_enquiry": answered,
            "explain": {**answered, "explained_reason": "unlawful", "legal_basis": "土地管理法"},
            "draw_up": sheet,
            "handle_again": {**sheet, "assignments.assigned_on": "2026-05-20", "replies.dissatisfied_because": "没有修好"},
            "sign": {"assignments.signed_by": "王主席"},
            "receive": {"assignments.received_by": "李所长"},
            "return": {"assignments.returned_reason": "不属本单位职责"},
            "remind": {},
            "answer": answered,
            "ask": {"replies.satisfaction": "satisfied"},
            "refer": {"referred_to": self.county_organ},
            "suggest": {"suggestions.title": "修路", "suggestions.deputy": self.deputy, "suggestions.content": "村口路面破损"},
        }.get(name, {})


@pytest.fixture
def made_office(session: Any) -> Iterator[Office]:
    from app.core import clock

    with clock.clock_at(TODAY):
        with change_set(program(None, "test")) as writing:
            station = writing.save("stations", {"name": "青石镇联络站", "kind": "township"}, by_program=True).id
            deputy = writing.save("deputies", {"station": station, "name": "石春", "sex": "male"}, by_program=True).id
            organ = writing.save("organs", {"station": station, "name": "镇民政所", "level": "township"}, by_program=True).id
            county = writing.save("organs", {"name": "县水利局", "level": "county"}, by_program=True).id
        yield Office(session(), Actor("周敏", ("liaison",), station_id=station), deputy, organ, county)


@contextmanager
def refused(*expected: tuple[str, str | None]) -> Iterator[None]:
    with pytest.raises(Refused) as caught:
        yield
    assert [(each.code, each.field) for each in caught.value.refusals] == list(expected)
