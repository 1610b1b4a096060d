"""A station's activities through the year: planned, announced, attended, reported."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select

from app.core.ledger import LEDGERS

from .names import mobile
from .people import Deputy, Office
from .programme import ADVICE, FINDINGS, HEADLINES, OUTLETS, SPEAKERS, YEAR, Theme

INSPECTED = ("inspection", "research", "enforcement")
_FULL = 76


class Activities:
    """Plans the months' activities of one office."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.luck = office.luck
        self.held: list[tuple[int, date, str]] = []
        """Activities that took place: id, day, title."""
        self.items: dict[tuple[int, int, str], int] = {}
        """Planned items still without their activity: year, month and type."""
        self._visits_by_certificate = 0

    def plan_month(self, year: int, month: int) -> None:
        for number, theme in enumerate(each for each in YEAR if each.month == month):
            day = self.office.workday(date(year, month, 1) + self.office.days(8, 13) + timedelta(days=number * 7))
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
        invited = office.some(max(4, luck.randint(12, 22) * office.size // _FULL))
        if group is not None:
            invited = [each for each in office.deputies if each.group == group]
        cancelled = theme.type == "policy" and luck.random() < 0.25
        values: dict[str, Any] = {
            "type": theme.type, "title": title, "topic": theme.topic, "start": start, "end": start + timedelta(hours=2, minutes=30),
            "place": luck.choice(("联络站会议室", f"{village}党群服务中心", f"{village}文化广场", f"{office.place.name}政府三楼会议室")),
            "content": theme.content, "form": theme.form, "organiser": theme.organiser, "convenor": office.staff["head"],
            "group": office.groups[group] if group is not None else None, "study_subject": theme.subject or None,
            "speaker": luck.choice(SPEAKERS) if theme.type in ("study", "training") else None,
            "everyone": theme.everyone, "deputies": [] if theme.everyone else [each.id for each in invited]}
        by = office.people["liaison"]
        detail: Any = None
        if theme.type in INSPECTED:
            detail = office.save("inspections", {**self._of_activity(values), **self._inspected(theme, title)}, by=by)
            activity_id = detail.activity_id
        elif theme.type == "major_event":
            detail = office.save("major_events", {
                **self._of_activity(values), "host": office.own_organ(), "matter": f"{title}，请代表列席并发表意见"}, by=by)
            activity_id = detail.activity_id
        else:
            activity_id = office.save("activities", values, by=by).id
        if theme.everyone:
            invited = self.of(activity_id)
        self.tell(activity_id, start, invited, title, organs=theme.type in INSPECTED)
        self.ask_leave(activity_id, start, invited)
        if cancelled:
            office.at(start.date() - timedelta(days=1), 16, lambda: office.edit(
                "activities", activity_id, {"status": "cancelled", "note": "因连续降雨改期，另行通知"}, by=by))
            return
        office.diary.at(start + timedelta(hours=2, minutes=40), lambda: self._hold(activity_id, start, title, theme, detail.id if detail else None))

    @staticmethod
    def _of_activity(values: dict[str, Any]) -> dict[str, Any]:
        return {f"activity.{name}": value for name, value in values.items()}

    def _inspected(self, theme: Theme, title: str) -> dict[str, Any]:
        organs = self.luck.sample(list(self.office.organs.values()), 2)
        values: dict[str, Any] = {"subject": title, "organs": organs}
        if theme.form == "明察暗访":
            values |= {"openness": "covert", "covert_reason": "了解日常真实状况", "covert_approver": self.office.people["head"]}
        return values

    def of(self, activity_id: int) -> list[Deputy]:
        """Who is invited."""
        writing = self.office.diary.writing(self.office.actor())
        row = writing.session.get_one(LEDGERS["activities"], activity_id)
        ids = set(writing.targets(row, "deputies"))
        return [each for each in self.office.deputies if each.id in ids]

    def tell(self, activity_id: int, start: datetime, invited: Sequence[Deputy], title: str, *, public: date | None = None, organs: bool = False) -> None:
        """Phone calls to all, singly to who was not reached, an announcement where the public is asked."""
        office, luck = self.office, self.luck
        words = f"{start:%m月%d日%H时%M分}，{title}，请准时参加"
        rows: list[tuple[date, dict[str, Any]]] = [
            (office.workday(start.date(), -2), {"whom": "all_deputies", "channel": "phone", "words": words})]
        if invited and luck.random() < 0.35:
            missed = luck.choice(invited)
            rows.append((office.workday(start.date(), -1), {
                "whom": "deputy", "deputy": missed.id, "channel": "sms", "reached": luck.random() < 0.7, "words": words}))
        if invited and luck.random() < 0.12:
            rows.append((office.workday(start.date(), -2), {"whom": "work_unit", "deputy": luck.choice(invited).id, "channel": "letter", "words": "请支持代表按时参加活动"}))
        if public is not None:
            rows.append((public, {"whom": "public", "channel": "announcement", "words": f"{title}公告已张贴"}))
        if organs:
            rows.append((office.workday(start.date(), -3), {
                "whom": "organ", "organ": office.own_organ(), "channel": "letter", "words": "请准备情况说明和有关台账"}))
        for day, values in rows:
            self._tell(activity_id, day, values)

    def _tell(self, activity_id: int, day: date, values: dict[str, Any]) -> None:
        def note() -> None:
            self.office.save("activity_notices", {
                "activity": activity_id, "told_at": self.office.diary.moment, "told_by": self.office.staff["liaison"], **values},
                by=self.office.people["liaison"])
        self.office.at(day, self.luck.choice((9, 10, 16)), note)

    def ask_leave(self, activity_id: int, start: datetime, invited: Sequence[Deputy]) -> None:
        """A few ask for leave, mostly beforehand; who decides is slow at times."""
        for deputy in self.luck.sample(list(invited), min(len(invited), self.luck.choice((0, 1, 1, 2)))):
            late = self.luck.random() < 0.2
            self._ask_leave(activity_id, deputy, start.date() + timedelta(days=1) if late else self.office.workday(start.date(), -1))

    def _ask_leave(self, activity_id: int, deputy: Deputy, day: date) -> None:
        office, luck = self.office, self.luck
        reason, words = luck.choice((("work", "外出参加行业会议"), ("illness", "住院检查"), ("private", "家中有事"), ("work", "单位迎检离不开")))

        def ask() -> None:
            asked = office.diary.moment
            row = office.save("leave_requests", {
                "deputy": deputy.id, "activity": activity_id, "reason": reason, "words": words, "asked_at": asked, "written": luck.random() < 0.4},
                by=deputy.name)
            if luck.random() < 0.93:
                decision = "approved" if luck.random() < 0.9 else "declined"
                office.diary.at(asked + timedelta(hours=1, minutes=20), lambda: office.edit("leave_requests", row.id, {
                    "decision": decision, "decided_by": office.people["head"], "decided_on": asked.date()}, by=office.people["head"]))
        office.at(day, 8, ask)

    def sign_in(self, activity_id: int, start: datetime, absent: float = 0.04) -> list[int]:
        """Everyone who is not on leave gets a state; gives the deputies who were there."""
        office, luck = self.office, self.luck
        writing = office.diary.writing(office.actor(office.people["liaison"]))
        there = []
        how = luck.choice(("paper", "paper", "scan"))
        for mark in self.marks(activity_id):
            if mark.state != "pending":
                continue
            if luck.random() < absent:
                values: dict[str, Any] = {"state": "absent"}
            else:
                late = luck.random() < 0.05
                minutes = luck.randint(2, 25)
                values = {"state": "late" if late else "present", "signed_how": how,
                          "signed_at": start + timedelta(minutes=minutes if late else -minutes)}
                there.append(mark.deputy_id)
            writing.save("attendance", values, row=mark)
        return there

    def marks(self, activity_id: int) -> Iterable[Any]:
        model: Any = LEDGERS["attendance"]
        session = self.office.diary.writing(self.office.actor()).session
        return session.scalars(select(model).where(model.activity_id == activity_id).order_by(model.id)).all()

    def _hold(self, activity_id: int, start: datetime, title: str, theme: Theme, detail: int | None) -> None:
        office, luck = self.office, self.luck
        by = office.people["liaison"]
        there = self.sign_in(activity_id, start)
        self.held.append((activity_id, start.date(), title))
        self.fulfil(activity_id, start.date(), theme.type)
        if theme.type in ("policy", "visit", "exchange", "inspection", "research"):
            self.bring_guests(activity_id, luck.randint(1, 3), "masses" if theme.type in ("policy", "visit") else "unit")
        finding, advice = luck.choice(FINDINGS), luck.choice(ADVICE)
        if theme.type in INSPECTED and detail is not None:
            self._write_up(detail, start.date(), finding, advice)
        elif theme.type == "major_event" and detail is not None:
            office.edit("major_events", detail, {"advice": f"到会代表{len(there)}人，{advice}"}, by=by)
        if theme.type in ("enforcement", "research", "inspection") and (theme.law or luck.random() < 0.5):
            office.save("law_supervision", {
                "supervised_on": start.date(), "kind": "law" if theme.law else luck.choice(("resolution", "opinion")),
                "what": title.removeprefix("检查").removesuffix("实施情况") if theme.law else f"{title}有关决议落实", "place": office.village(),
                "activity": activity_id, "finding": finding, "advice": advice}, by=by)
        self.report(activity_id, start.date(), title, len(there))
        self.publish(activity_id, start.date(), title)

    def _write_up(self, detail: int, day: date, finding: str, advice: str) -> None:
        office = self.office
        done = office.workday(day, self.luck.choice((6, 8, 10, 12, 14, 19)))
        organs = self.luck.sample(list(office.organs.values()), 1)
        by = office.people["liaison"]
        office.edit("inspections", detail, {"findings": finding, "advice": advice}, by=by)
        office.at(done, 11, lambda: office.edit("inspections", detail, {
            "report": f"{finding}{advice}", "reported_on": done, "fed_back_to": organs, "fed_back_on": done}, by=by))

    def _by_certificate(self, day: date) -> None:
        """A deputy looks into something with the certificate; the station is told and keeps the record."""
        office, luck = self.office, self.luck
        deputy = luck.choice(office.deputies)
        start = datetime.combine(day, time(10))
        joint = luck.random() < 0.4
        title = f"持证视察{office.village()}{luck.choice(('垃圾清运', '小型水利设施', '文化活动室', '通村班车'))}"

        def enter() -> None:
            row = office.save("inspections", {
                "activity.type": "inspection", "activity.title": title, "activity.start": start, "activity.end": start + timedelta(hours=2),
                "activity.place": deputy.village, "activity.deputies": [deputy.id, *([luck.choice(office.deputies).id] if joint else [])],
                "subject": "群众反映集中的事项", "organs": [office.own_organ()], "certificate": "joint" if joint else "alone", "holder": deputy.id,
                "station_told_on": day - timedelta(days=1), "findings": luck.choice(FINDINGS), "advice": luck.choice(ADVICE)}, by=deputy.name)
            self.sign_in(row.activity_id, start, absent=0)
        office.at(day + office.days(1, 4), 16, enter)

    def bring_guests(self, activity_id: int, number: int, kind: str) -> None:
        office = self.office
        names: set[str] = set()
        while len(names) < number:
            names.add(office.voter())
        for name in sorted(names):
            unit, post = (self.luck.choice(list(office.organs)), "工作人员") if kind == "unit" else (office.village(), "")
            office.save("activity_guests", {
                "activity": activity_id, "kind": kind, "name": name, "unit": unit, "post": post, "phone": mobile(self.luck)},
                by=office.people["liaison"])

    def fulfil(self, activity_id: int, day: date, kind: str) -> None:
        """The planned item finds its activity."""
        item = self.items.pop((day.year, day.month, kind), None)
        if item is not None:
            self.office.edit("plan_items", item, {"activity": activity_id})

    def report(self, activity_id: int, day: date, title: str, there: int) -> None:
        """Most are reported within five working days, some late, a few not yet at all."""
        office = self.office
        if self.luck.random() < 0.06:
            return
        sent = office.workday(day, self.luck.choice((1, 2, 2, 3, 3, 4, 5, 8)))
        office.at(sent, 15, lambda: office.save("activity_reports", {
            "activity": activity_id, "sent_on": sent, "sent_by": office.staff["liaison"],
            "content": f"{day:%m月%d日}，{office.place.station}开展“{title}”，到会代表{there}人，收集意见若干条，已分类登记。"}, by=office.people["liaison"]))

    def publish(self, activity_id: int, day: date, title: str) -> None:
        office, luck = self.office, self.luck
        if luck.random() > 0.55:
            return
        medium = luck.choice(list(OUTLETS))
        headline = luck.choice(HEADLINES).format(v=office.village(), p=luck.choice(office.place.products))
        published = day + office.days(1, 6)
        office.at(published, 17, lambda: office.save("publicity", {
            "published_on": published, "title": f"{headline}——{title}侧记", "medium": medium, "outlet": OUTLETS[medium],
            "link": f"https://linxi.example/{published:%Y%m%d}/{activity_id}.html" if medium in ("website", "wechat") else "",
            "author": office.people["second"], "activity": activity_id}, by=office.people["second"]))
