"""Receptions, visits, good deeds and suggestions; what is heard goes on in opinions.py."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from app.core.access.actor import Actor

from .gatherings import Gatherings
from .matters import DEEDS, HEARD, SUGGESTIONS
from .opinions import Opinions
from .people import Deputy, Office
from .suggestions import suggest


class Receptions:
    """The first Tuesday of each month, and what deputies do between."""

    def __init__(self, office: Office, gatherings: Gatherings, opinions: Opinions) -> None:
        self.office, self.gatherings, self.opinions = office, gatherings, opinions
        self.luck = office.luck
        self._rota: list[Deputy] = []
        self._empty_month = 5
        self._months = 0

    def _on_duty(self, number: int) -> list[Deputy]:
        """All take their turn in a year but one, who somehow never does."""
        while len(self._rota) < number:
            turn = self.office.deputies[1:]
            self.luck.shuffle(turn)
            self._rota += turn
        chosen: list[Deputy] = []
        while len(chosen) < number:
            following = next(each for each in self._rota if each not in chosen)
            self._rota.remove(following)
            chosen.append(following)
        return chosen

    def plan_month(self, year: int, month: int) -> None:
        day = self.office.calendar.reception_day(year, month).date
        self._months += 1
        nobody = self._months % 11 == self._empty_month
        self.office.at(self.office.workday(day, -7), 9, lambda: self._announce(day, nobody))

    def _announce(self, day: date, nobody: bool) -> None:
        office = self.office
        start = datetime.combine(day, time(9))
        on_duty = self._on_duty(max(2, 7 * office.size // 76))
        announced = day - timedelta(days=2 if self.luck.random() < 0.1 else self.luck.randint(4, 6))
        title = f"{day.month}月代表接待选民日"
        row = office.save(
            "receptions",
            {
                "activity.title": title,
                "activity.start": start,
                "activity.end": start + timedelta(hours=3),
                "activity.place": "联络站接待室",
                "activity.content": "听取选民和群众意见，能答复的当场答复",
                "activity.form": "轮流接待",
                "activity.convenor": office.staff["liaison"],
                "activity.deputies": [each.id for each in on_duty],
                "recorder": office.staff["second"],
            },
            by=office.people["liaison"],
        )
        posting = {"announced_on": announced, "announced_by": office.people["liaison"]}
        office.at(announced, 17, lambda: office.edit("receptions", row.id, posting, by=office.people["liaison"]))
        self.gatherings.tell(row.activity_id, start, on_duty, title, public=announced)
        self.gatherings.ask_leave(row.activity_id, start, on_duty)
        office.diary.at(start + timedelta(hours=3, minutes=10), lambda: self._hold(row.id, row.activity_id, start, title, nobody))

    def _hold(self, reception_id: int, activity_id: int, start: datetime, title: str, nobody: bool) -> None:
        office, luck = self.office, self.luck
        there = self.gatherings.sign_in(activity_id, start, absent=0.02)
        received = 0 if nobody or not there else luck.randint(3, 8)
        self.gatherings.fulfil(activity_id, start.date(), "reception_day")
        self.gatherings.held.append((activity_id, start.date(), title))
        self.gatherings.bring_guests(activity_id, luck.randint(1, 2), "unit")
        office.edit(
            "receptions",
            reception_id,
            {
                "voters_received": received,
                "record": f"接待{received}人，逐件登记，能当场说明的已当场说明。"
                if received
                else "当日无来访群众，代表翻看了上月办理台账。",
            },
            by=office.people["second"],
        )
        names = [each for each in office.deputies if each.id in there]
        for _each in range(received):
            self.opinions.hear(start.date(), {"reception": reception_id}, luck.choice(names))
        self.gatherings.report(activity_id, start.date(), title, len(there))
        self.gatherings.publish(activity_id, start.date(), title)

    def plan_visits(self, first: date, last: date) -> None:
        """Once a half-year every deputy but a few goes out among people; entered by the office or by the deputy."""
        for deputy in self.office.deputies:
            days: set[date] = set()
            for _each in range(self.luck.choice((1, 1, 1, 1, 2, 0))):
                day = first + timedelta(days=self.luck.randrange((last - first).days))
                while day in days:
                    day += timedelta(days=1)
                days.add(day)
                self._plan_visit(deputy, day)

    def _plan_visit(self, deputy: Deputy, day: date) -> None:
        office, luck = self.office, self.luck

        def enter() -> None:
            households = luck.randint(2, 9)
            values = {
                "visited_on": day,
                "deputy": deputy.id,
                "place": f"{deputy.village}{luck.randint(1, 12)}组",
                "households": households,
                "persons": households + luck.randint(1, 9),
                "heard": luck.choice(HEARD),
            }
            if luck.random() < 0.4:
                own = Actor(name=deputy.name, roles=("deputy",), station_id=office.station_id, deputy_id=deputy.id, source="demo")
                row = office.diary.writing(own).save("visits", values)
                office.diary.at(
                    office.diary.moment + office.days(1, 6),
                    lambda: office.edit("visits", row.id, {"confirmed": True}, by=office.people["liaison"]),
                )
            else:
                row = office.save(
                    "visits", {**values, "persons_visited": f"{office.voter()}、{office.voter()}"}, by=office.people["liaison"]
                )
            if luck.random() < 0.08:
                self.opinions.hear(day, {"visit": row.id}, deputy)

        late = luck.random() < 0.06
        office.at(day + (office.days(15, 30) if late else office.days(0, 7)), luck.choice((9, 16, 20)), enter)

    def plan_deeds(self, year: int, month: int) -> None:
        for _each in range(self.luck.randint(2, 4)):
            deputy, (deed, value) = self.luck.choice(self.office.deputies), self.luck.choice(DEEDS)
            self._plan_deed(date(year, month, self.luck.randint(1, 27)), deputy, deed, value)

    def _plan_deed(self, day: date, deputy: Deputy, deed: str, value: int) -> None:
        office = self.office
        office.at(
            day + office.days(0, 8),
            16,
            lambda: office.save(
                "good_deeds",
                {
                    "done_on": day,
                    "deputy": deputy.id,
                    "deed": deed.format(v=deputy.village, p=self.luck.choice(office.place.products)),
                    "for_whom": f"{deputy.village}群众",
                    "persons": self.luck.randint(1, 60),
                    "value": value or None,
                },
                by=deputy.name,
            ),
        )

    def plan_suggestions(self, year: int, month: int) -> None:
        """One a month from the deputies themselves, besides those that grow from opinions."""
        day = self.office.workday(date(year, month, self.luck.randint(5, 24)))
        self.office.at(day, 10, lambda: self._suggest(day))

    def _suggest(self, day: date) -> None:
        luck, place = self.luck, self.office.place
        lead, *others = self.office.some(4)
        title, content, own, above = luck.choice(SUGGESTIONS)
        words: dict[str, Any] = {"v": lead.village, "p": luck.choice(place.products)}
        co_signers = [each.id for each in others]
        organ = own if luck.random() < 0.4 else above
        suggest(self.office, day, lead, title.format(**words), content.format(**words), organ, co_signers=co_signers)
