"""A station's activities through the year: planned, announced, attended, reported."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

from .gatherings import Gatherings
from .people import Office
from .programme import ADVICE, FINDINGS, SPEAKERS, YEAR, Theme

INSPECTED = ("inspection", "research", "enforcement")
_FULL = 76


class Activities:
    """Plans the months' activities of one office."""

    def __init__(self, office: Office, gatherings: Gatherings) -> None:
        self.office, self.luck, self.gatherings = office, office.luck, gatherings

    def plan_month(self, year: int, month: int) -> None:
        for number, theme in enumerate(each for each in YEAR if each.month == month):
            wanted = date(year, month, 1) + self.office.days(8, 13) + timedelta(days=number * 7)
            day = self.office.workday(min(wanted, date(year, month, 27)))
            self._plan(theme, datetime.combine(day, time(self.luck.choice((9, 15)), 0)))
        if month % 4 == 3:
            self._by_certificate(self.office.workday(date(year, month, 1) + self.office.days(10, 24)))

    def _plan(self, theme: Theme, start: datetime) -> None:
        ahead = self.office.workday(start.date(), -self.luck.randint(5, 8))
        self.office.at(ahead, 9, lambda: self._announce(theme, start))

    def _announce(self, theme: Theme, start: datetime) -> None:
        office, luck = self.office, self.luck
        village = office.village()
        title = luck.choice(theme.titles).format(v=village, p=luck.choice(office.place.products))
        group = luck.randrange(len(office.groups)) if theme.organiser == "group" else None
        invited = office.some(max(4, luck.randint(9, 16) * office.size // _FULL))
        if group is not None:
            invited = [each for each in office.deputies if each.group == group]
        cancelled = theme.type == "policy" and luck.random() < 0.25
        values: dict[str, Any] = {
            "type": theme.type,
            "title": title,
            "topic": theme.topic,
            "start": start,
            "end": start + timedelta(hours=2, minutes=30),
            "place": luck.choice(("联络站会议室", f"{village}党群服务中心", f"{village}文化广场", f"{office.place.name}政府三楼会议室")),
            "content": theme.content,
            "form": theme.form,
            "organiser": theme.organiser,
            "convenor": office.staff["head"],
            "group": office.groups[group] if group is not None else None,
            "study_subject": theme.subject or None,
            "speaker": luck.choice(SPEAKERS) if theme.type in ("study", "training") else None,
            "everyone": theme.everyone,
            "deputies": [] if theme.everyone else [each.id for each in invited],
        }
        by = office.people["liaison"]
        detail: Any = None
        if theme.type in INSPECTED:
            detail = office.save("inspections", {**self._of_activity(values), **self._inspected(theme, title)}, by=by)
            activity_id = detail.activity_id
        elif theme.type == "major_event":
            detail = office.save(
                "major_events", {**self._of_activity(values), "host": office.own_organ(), "matter": f"{title}，请代表列席并发表意见"}, by=by
            )
            activity_id = detail.activity_id
        else:
            activity_id = office.save("activities", values, by=by).id
        if theme.everyone:
            invited = self.gatherings.of(activity_id)
        self.gatherings.tell(activity_id, start, invited, title, organs=theme.type in INSPECTED)
        self.gatherings.ask_leave(activity_id, start, invited)
        if cancelled:
            office.at(
                start.date() - timedelta(days=1),
                16,
                lambda: office.step("activities", activity_id, "cancel", {"cancel_reason": "因连续降雨改期，另行通知"}, by=by),
            )
            return
        office.diary.at(
            start + timedelta(hours=2, minutes=40), lambda: self._hold(activity_id, start, title, theme, detail.id if detail else None)
        )

    @staticmethod
    def _of_activity(values: dict[str, Any]) -> dict[str, Any]:
        return {f"activity.{name}": value for name, value in values.items()}

    def _inspected(self, theme: Theme, title: str) -> dict[str, Any]:
        organs = self.luck.sample(list(self.office.organs.values()), 2)
        values: dict[str, Any] = {"subject": title, "organs": organs}
        if theme.form == "明察暗访":
            values |= {"openness": "covert", "covert_reason": "了解日常真实状况", "covert_approver": self.office.people["head"]}
        return values

    def _hold(self, activity_id: int, start: datetime, title: str, theme: Theme, detail: int | None) -> None:
        office, luck = self.office, self.luck
        by = office.people["liaison"]
        there = self.gatherings.sign_in(activity_id, start)
        self.gatherings.held.append((activity_id, start.date(), title))
        self.gatherings.fulfil(activity_id, start.date(), theme.type)
        if theme.type in ("policy", "visit", "exchange", "inspection", "research"):
            self.gatherings.bring_guests(activity_id, luck.randint(1, 3), "masses" if theme.type in ("policy", "visit") else "unit")
        finding, advice = luck.choice(FINDINGS), luck.choice(ADVICE)
        if theme.type in INSPECTED and detail is not None:
            self._write_up(detail, start.date(), finding, advice)
        elif theme.type == "major_event" and detail is not None:
            office.edit("major_events", detail, {"advice": f"到会代表{len(there)}人，{advice}"}, by=by)
        if theme.type in ("enforcement", "research", "inspection") and (theme.type != "inspection" or luck.random() < 0.5):
            office.save(
                "law_supervision",
                {
                    "supervised_on": start.date(),
                    "kind": "law" if theme.law else luck.choice(("resolution", "opinion")),
                    "what": title.removeprefix("检查").removesuffix("实施情况") if theme.law else f"{title}有关决议落实",
                    "place": office.village(),
                    "activity": activity_id,
                    "finding": finding,
                    "advice": advice,
                },
                by=by,
            )
        self.gatherings.report(activity_id, start.date(), title, len(there))
        self.gatherings.publish(activity_id, start.date(), title)

    def _write_up(self, detail: int, day: date, finding: str, advice: str) -> None:
        office = self.office
        done = office.workday(day, self.luck.choice((6, 8, 10, 12, 14, 19)))
        by = office.people["liaison"]
        office.edit("inspections", detail, {"findings": finding, "advice": advice}, by=by)
        office.at(done, 11, lambda: office.edit("inspections", detail, {"report": f"{finding}{advice}", "reported_on": done}, by=by))
        for number, organ in enumerate(office.owned("inspected_organs", inspection=detail)):
            said = {"findings": self.luck.choice(FINDINGS), "advice": self.luck.choice(ADVICE)} if number == 0 else {}
            fed_back = {"fed_back_on": done, "fed_back_by": self.luck.choice(("letter", "meeting", "in_person"))}
            if number == 0 or self.luck.random() < 0.8:
                office.at(done, 15, partial(office.edit, "inspected_organs", organ, {**said, **fed_back}, by=by))

    def _by_certificate(self, day: date) -> None:
        """A deputy looks into something with the certificate; the station is told and keeps the record."""
        office, luck = self.office, self.luck
        deputy = luck.choice(office.deputies)
        start = datetime.combine(day, time(10))
        joint = luck.random() < 0.4
        title = f"持证视察{office.village()}{luck.choice(('垃圾清运', '小型水利设施', '文化活动室', '通村班车'))}"

        def enter() -> None:
            row = office.save(
                "inspections",
                {
                    "activity.type": "inspection",
                    "activity.title": title,
                    "activity.start": start,
                    "activity.end": start + timedelta(hours=2),
                    "activity.place": deputy.village,
                    "activity.deputies": [deputy.id, *([luck.choice(office.deputies).id] if joint else [])],
                    "subject": "群众反映集中的事项",
                    "organs": [office.own_organ()],
                    "certificate": "joint" if joint else "alone",
                    "holder": deputy.id,
                    "station_told_on": day - timedelta(days=1),
                    "findings": luck.choice(FINDINGS),
                    "advice": luck.choice(ADVICE),
                },
                by=deputy.name,
            )
            self.gatherings.sign_in(row.activity_id, start, absent=0)

        office.at(day + office.days(1, 4), 16, enter)
