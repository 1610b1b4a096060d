"""What the county keeps for all: stations, terms, sessions, its organs, parameters and adjusted working days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from app.calendar import Calendar
from app.work.services import seed_settings

from .diary import Desk, Diary
from .names import landline, person
from .places import COUNTY, COUNTY_ORGANS, PLACES, Place

_CYCLE = 5
"""Years of a term; county and township congresses were elected anew in 2021. Where that term ends before the next year does, the
county was elected later: it can plan its next year, rota included."""


@dataclass(frozen=True)
class Session:
    """A congress session to come: who meets, for the how manieth time, and when."""

    id: int
    level: str
    name: str
    first: date
    last: date


class County(Desk):
    """The county committee's office."""

    def __init__(self, diary: Diary, seed: int) -> None:
        super().__init__(diary, "县人大常委会代表联络工委", seed)
        self.organs: dict[str, int] = {}
        self.terms: dict[str, int] = {}
        self.stations: dict[str, int] = {}
        start = diary.begin.year - 1
        while start % _CYCLE != 1:
            start -= 1
        if start + _CYCLE <= diary.today.year + 1:
            start = diary.begin.year - 1
        self.first_year = start

    def open(self, places: tuple[Place, ...]) -> None:
        """The first day: what stands there before any station writes."""
        for place in places:
            row = self.save(
                "stations",
                {
                    "name": place.station,
                    "kind": place.kind,
                    "town": place.name,
                    "county": COUNTY,
                    "address": f"{COUNTY}{place.name}{place.villages[0]}便民服务中心一楼",
                    "office_phone": landline(self.luck),
                },
            )
            self.stations[place.name] = row.id
        seed_settings(self.diary.writing(self.actor()))
        for level in ("county", "city", "province"):
            self.terms[level] = self.save("terms", self.term(level)).id
        taken: set[str] = set()
        for name in COUNTY_ORGANS:
            contact = person(self.luck, taken, self.chance(0.4))
            self.organs[name] = self.save(
                "organs", {"name": f"{COUNTY}{name[1:]}", "level": "county", "contact": contact, "phone": landline(self.luck)}
            ).id

    def term(self, level: str) -> dict[str, object]:
        """A term's row; each congress counts from its own first one."""
        ordinal = {"county": 16, "township": 15, "city": 6, "province": 14}[level] + (self.first_year - 2021) // _CYCLE
        return {
            "level": level,
            "ordinal": ordinal,
            "starts_on": date(self.first_year, 12, 10),
            "ends_on": date(self.first_year + _CYCLE, 12, 9),
        }

    def adjust_workdays(self) -> None:
        """Days that the office knows better than the calendar, made known two weeks ahead."""
        day = self.diary.begin + timedelta(days=20)
        changes: dict[date, bool] = {}
        reasons = ("防汛值守上班", "全县环境整治日上班", "全县运动会放假半天改全天", "低温雨雪停工放假", "秸秆禁烧值守上班")
        number = 0
        while day < self.diary.today:
            reason = reasons[number % len(reasons)]
            works = "上班" in reason
            while Calendar().is_workday(day) is works or day.weekday() == 1:
                day += timedelta(days=1)
            changes[day] = works
            self._announce(day, works, f"县政府办公室通知（{day.year}年第{number % 9 + 11}号）：{reason}")
            number += 1
            day += timedelta(days=self.luck.randint(38, 66))
        self.calendar = Calendar(changes)

    def _announce(self, day: date, works: bool, source: str) -> None:
        self.at(
            day - timedelta(days=12),
            10,
            lambda: self.save("workday_overrides", {"date": day, "kind": "workday" if works else "holiday", "source": source}),
        )

    def session_row(self, level: str, term_id: int, first: date, last: date, desk: Desk) -> Session:
        """A session entered by whoever keeps it. A township congress meets twice a year, the others once."""
        years = first.year - self.first_year
        ordinal = max(1, 2 * years - (1 if first.month < 6 else 0) if level == "township" else years)
        row = desk.save("congress_sessions", {"term": term_id, "ordinal": ordinal, "starts_on": first, "ends_on": last})
        return Session(row.id, level, row.name, first, last)


__all__ = ["PLACES", "County", "Session"]
