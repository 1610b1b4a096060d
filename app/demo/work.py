"""Plans with their items, tasks from above, bulletins."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from app.work.planner.rules import workday_in_month

from .gatherings import Gatherings
from .people import Office
from .programme import READINGS, TASKS, YEAR

_QUARTERS = {1: "q1", 4: "q2", 7: "q3", 10: "q4"}
Item = tuple[date, str, str]
"""A planned item: its day, type and title."""
_NAMES = {"q1": "一季度", "q2": "二季度", "q3": "三季度", "q4": "四季度"}


class Work:
    """One office's own work."""

    def __init__(self, office: Office, gatherings: Gatherings) -> None:
        self.office, self.gatherings, self.luck = office, gatherings, office.luck

    def plan_year(self, year: int) -> None:
        """Drawn up in January, approved by its end; summed up in the last days of the year."""
        office, begin = self.office, self.office.diary.begin
        made = max(begin, office.workday(date(year, 1, 5 + self.luck.randint(0, 8))))
        items = self._programme(year)
        office.at(made, 9, lambda: self._plan(year, "year", made, items))
        for month, period in _QUARTERS.items():
            if date(year, month, 1) + timedelta(days=91) < begin:
                continue
            day = max(
                begin,
                office.workday(date(year, month, 2), self.luck.randint(0, 12) if self.luck.random() < 0.2 else self.luck.randint(0, 4)),
            )
            self._plan_quarter(year, period, day, [each for each in items if month <= each[0].month < month + 3])

    def _programme(self, year: int) -> list[Item]:
        """The year's items by their days: receptions on theirs, a review each quarter, the programme's themes spread over their month."""
        office, place = self.office, self.office.place
        days = {month: office.calendar.reception_day(year, month).date for month in range(1, 13)}
        items = [(day, "reception_day", f"{month}月代表接待选民日") for month, day in days.items()]
        items += [
            (workday_in_month(office.calendar, year, month, 18), "review", f"{_NAMES[period]}小组述职评议会")
            for month, period in ((first + 2, period) for first, period in _QUARTERS.items())
        ]
        for theme in YEAR:
            number = [each for each in YEAR if each.month == theme.month].index(theme)
            day = workday_in_month(office.calendar, year, theme.month, 11 + 5 * number)
            items.append((day, theme.type, theme.titles[0].format(v=place.villages[0], p=place.products[0])))
        return sorted(items)

    def _plan_quarter(self, year: int, period: str, day: date, items: list[Item]) -> None:
        self.office.at(day, 10, lambda: self._plan(year, period, day, items))

    def _plan(self, year: int, period: str, made: date, items: list[Item]) -> None:
        office, place = self.office, self.office.place
        by = office.people["liaison"]
        head = f"{year}年{_NAMES.get(period, '度')}工作计划"
        row = office.save(
            "plans",
            {
                "year": year,
                "period": period,
                "author": office.staff["liaison"],
                "made_on": made,
                "content": f"{place.station}{head}：办好每月接待日，抓实意见办理，安排视察调研，做好档案整理。",
            },
            by=by,
        )
        for day, kind, title in items:
            if day < office.diary.begin:
                continue
            item = office.save("plan_items", {"plan": row.id, "planned_for": day, "activity_type": kind, "title": title}, by=by)
            self.gatherings.items.setdefault((year, day.month, kind), []).append(item.id)
        approved = office.workday(made, self.luck.randint(1, 5))
        office.at(approved, 16, lambda: office.edit("plans", row.id, {"approved_on": approved}, by=office.people["head"]))
        if period == "year":
            summed = office.workday(date(year, 12, 20), self.luck.randint(0, 6))
            office.at(
                summed,
                16,
                lambda: office.edit(
                    "plans",
                    row.id,
                    {
                        "summary": f"{year}年接待日按月举行，活动计划基本完成，意见按期答复率较上年提高；偏远村走访偏少，明年改进。",
                        "summarised_on": summed,
                    },
                    by=by,
                ),
            )

    def plan_month(self, year: int, month: int) -> None:
        office, luck = self.office, self.luck
        for _each in range(luck.choice((1, 1, 2))):
            self._plan_task(office.workday(date(year, month, luck.randint(2, 22))))
        quarter_end = month % 3 == 0
        titles = [("circulation", luck.choice(READINGS), "deputies")]
        if quarter_end:
            titles += [
                ("bulletin", f"{year}年{month // 3}季度代表工作通报", "deputies"),
                ("bulletin", f"{year}年{month // 3}季度意见办理情况公告", "public"),
            ]
        for kind, title, audience in titles:
            self._plan_bulletin(office.workday(date(year, month, luck.randint(12, 26))), kind, title, audience)

    def _plan_task(self, day: date) -> None:
        office, luck = self.office, self.luck
        title, giver = luck.choice(TASKS), luck.choice(("county", "county", "party", "other"))
        handler = luck.choice(("liaison", "second"))
        due = day + office.days(5, 20)
        values: dict[str, Any] = {
            "received_on": day,
            "giver": giver,
            "title": title,
            "document": f"临联发〔{day.year}〕{luck.randint(2, 60)}号" if luck.random() < 0.6 else "",
            "content": f"{title}，按附表格式报送。",
            "due_on": due,
            "handler": office.staff[handler],
        }
        done = office.workday(due, luck.choice((-3, -2, -1, -1, 2)))

        def receive() -> None:
            row = office.save("assigned_tasks", values, by=office.people["liaison"])
            if luck.random() < 0.92:
                finished = max(done, day)
                office.at(
                    finished,
                    17,
                    lambda: office.edit(
                        "assigned_tasks", row.id, {"done_on": finished, "result": "已按要求办结并报送。"}, by=office.people[handler]
                    ),
                )

        office.at(day, 11, receive)

    def _plan_bulletin(self, day: date, kind: str, title: str, audience: str) -> None:
        office = self.office
        office.at(
            day,
            16,
            lambda: office.save(
                "bulletins",
                {
                    "sent_on": day,
                    "kind": kind,
                    "audience": audience,
                    "title": title,
                    "content": "通报活动开展、意见办理和下步安排。" if kind == "bulletin" else "供代表学习参考，阅后留存小组。",
                },
                by=office.people["second"],
            ),
        )
