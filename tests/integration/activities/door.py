"""One activity of the township's station on 1 March 2026, nine o'clock, with a tablet before it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import Flask

from app.activities.checkin import services
from app.activities.checkin.screens import LASTING, SCREEN
from app.core import clock
from app.core.access.actor import Actor
from app.core.database import db
from app.core.devices import operations
from app.core.devices.openscreens import key_of, open_screen, opened_by
from app.core.dictionary.ledger import LEDGERS
from tests.support.office import Office

NINE = datetime(2026, 3, 1, 9)
DEPUTIES = ("石春", "解明", "仇兰")


@dataclass
class Door:
    """One activity of the township's station on 1 March 2026, nine o'clock, with a tablet before it."""

    office: Office
    app: Flask
    activity: int
    actor: Actor
    key: str
    drawn: int = 0

    def deputy(self, name: str) -> int:
        return self.office.id_of("deputies", name)

    def op(self, kind: str, minute: float, uid: str = "", **facts: Any) -> dict[str, Any]:
        self.drawn += 1
        if "name" in facts and kind != "guest":
            facts["deputy"] = self.deputy(facts.pop("name"))
        return {"id": uid or f"operation-{self.drawn:08}", "kind": kind, "made": stamp(NINE + timedelta(minutes=minute)), **facts}

    def send(self, *batch: Any, minute: float = 0, off: timedelta = timedelta(0), key: str = "") -> list[dict[str, Any]]:
        """The batch as the tablet sends it at a minute after nine, its own clock being `off`."""
        now = NINE + timedelta(minutes=minute)
        skew = int(off.total_seconds() * 1000)
        made = [{**each, "made": each["made"] + skew} if isinstance(each, dict) and "made" in each else each for each in batch]
        with clock.clock_at(now), self.app.test_request_context():
            opened = opened_by(key or self.key, SCREEN)
            try:
                handler = services.handler_of(opened, locking=len(made) == 1)
                return operations.run(opened, stamp(now + off), made, handler, services.going_beside(made))
            finally:
                db.session.remove()

    def mark(self, name: str) -> Any:
        model: Any = LEDGERS["attendance"]
        found = self.office.rows("attendance", model.activity_id == self.activity, model.deputy_id == self.deputy(name))
        return found[0] if found else None

    def stands(self) -> dict[str, tuple[str, str] | None]:
        marks = {name: self.mark(name) for name in DEPUTIES}
        return {
            name: (mark.state, f"{mark.signed_at:%H:%M}" if mark.signed_at else "") if mark else None for name, mark in marks.items()
        }

    def office_does(self, verb: Any, *values: Any, minute: float = 30) -> Any:
        with clock.clock_at(NINE + timedelta(minutes=minute)), self.app.test_request_context():
            try:
                return verb(self.actor, self.activity, *values)
            finally:
                db.session.remove()


def stamp(moment: datetime) -> int:
    return int(moment.replace(tzinfo=clock.OFFICE).timestamp() * 1000)


def open_door(app: Flask) -> Door:
    """Two of the deputies are invited."""
    office = Office(app)
    activity, actor = office.id_of("activities", "青石学习会"), office.actor("liaison1")
    with clock.clock_at(NINE - timedelta(hours=1)):
        office.write("liaison1", "activities", {"deputies": [office.id_of("deputies", name) for name in DEPUTIES[:2]]}, row_id=activity,
                     version=office.version("activities", activity))
        with app.test_request_context():
            key = key_of(open_screen(actor, SCREEN, "activities", activity, LASTING))
            db.session.remove()
    return Door(office, app, activity, actor, key)
