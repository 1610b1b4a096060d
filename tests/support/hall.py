"""A review meeting today before tests: deputies who report, voters signed in, a vote in whatever state, and its slips."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from app.core import clock
from app.core.access.actor import Actor
from app.core.records.writing import write
from app.review.ballot import casting
from app.review.ballot.services import Prepared, open_vote, prepare

DEPUTIES = ("叶雪", "宋斌振", "丁一", "马力")


@dataclass
class Hall:
    """A station whose deputies report today; `head` decides, `office` prepares and counts."""

    head: Actor
    office: Actor
    meeting: int
    mandates: list[int]

    @classmethod
    def with_voters(cls, voters: int = 30, deputies: Sequence[str] = DEPUTIES, station: str = "青石镇联络站", **meeting: Any) -> Hall:
        number = write(Actor("设置", ("admin",)), "stations", {"name": station, "kind": "township"})
        head, office = (Actor(name, (role,), 1, number, number) for name, role in (("站长", "head"), ("联络员", "liaison")))
        term = write(office, "terms", {"level": "township", "ordinal": "10", "starts_on": "2021-12-01"})
        mandates = []
        for each in deputies:
            deputy = write(office, "deputies", {"name": each, "sex": "female"})
            mandates.append(write(office, "mandates", {"deputy": deputy, "term": term, "certificate": each}))
        midnight = clock.now().replace(hour=0, minute=0, second=0)
        held = {
            "activity.title": "代表述职评议会", "activity.start": midnight, "reporters": mandates, "audience": "voters", "chair": "主持人",
            "scrutineers": "周正、吴平", "tellers": "郑明、王芳",
        }
        hall = cls(head, office, write(office, "review_meetings", held | meeting), mandates)
        for each in range(voters):
            hall.sign_in(f"选民{each:02}")
        return hall

    def sign_in(self, name: str) -> None:
        write(self.office, "voter_representatives", {"meeting": self.meeting, "name": name, "signed_in": True})

    def opened(self, electronic: int = 0, paper: int = 0, reason: str = "") -> Prepared:
        made = prepare(self.office, self.meeting, electronic, paper, reason)
        open_vote(self.head, made.vote_id)
        return made

    def ballot(self, *grades: int) -> dict[str, int]:
        """A ballot with the grades in the order in which the deputies were entered; the last one holds for the rest."""
        filled = [*grades, *[grades[-1]] * (len(self.mandates) - len(grades))]
        return {str(mandate): grade for mandate, grade in zip(self.mandates, filled, strict=True)}

    def cast_all(self, made: Prepared, *grades: int) -> None:
        for code in made.codes:
            assert casting.cast(made.ref, code, self.ballot(*grades)) == casting.COUNTED


def later(hours: float) -> Any:
    """The clock so many hours from now."""
    return clock.clock_at(clock.now() + timedelta(hours=hours))
