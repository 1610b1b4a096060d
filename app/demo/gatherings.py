"""What every activity of a station needs: people told, leave asked, marks made, guests brought, a report, a word in the paper."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from app.core.dictionary.ledger import LEDGERS

from .names import mobile
from .people import Deputy, Office
from .programme import HEADLINES, OUTLETS

SLOWEST_DECISION = 21
"""Days after which every request for leave was decided."""


class Gatherings:
    """Brings people of one office together, whatever for."""

    def __init__(self, office: Office) -> None:
        self.office, self.luck = office, office.luck
        self.held: list[tuple[int, date, str]] = []
        """Activities that took place: id, day, title."""
        self.items: dict[tuple[int, int, str], list[int]] = {}
        """Planned items still without their activity, of the annual plan and of its quarter: year, month and type."""
        self.away: set[tuple[int, int]] = set()
        """Who asks for leave afterwards only: activity and deputy."""

    def of(self, activity_id: int) -> list[Deputy]:
        """Who is invited."""
        writing = self.office.diary.writing(self.office.actor())
        row = writing.session.get_one(LEDGERS["activities"], activity_id)
        ids = set(writing.targets(row, "deputies"))
        return [each for each in self.office.deputies if each.id in ids]

    def tell(
        self, activity_id: int, start: datetime, invited: Sequence[Deputy], title: str, *, public: date | None = None, organs: bool = False
    ) -> None:
        """Phone calls to all, singly to who was not reached, an announcement where the public is asked."""
        office, luck = self.office, self.luck
        words = f"{start:%m月%d日%H时%M分}，{title}，请准时参加"
        rows: list[tuple[date, dict[str, Any]]] = [
            (office.workday(start.date(), -2), {"whom": "all_deputies", "channel": "phone", "words": words})
        ]
        if invited and luck.random() < 0.35:
            missed = luck.choice(invited)
            rows.append(
                (
                    office.workday(start.date(), -1),
                    {"whom": "deputy", "deputy": missed.id, "channel": "sms", "reached": luck.random() < 0.7, "words": words},
                )
            )
        if invited and luck.random() < 0.12:
            rows.append(
                (
                    office.workday(start.date(), -2),
                    {"whom": "work_unit", "deputy": luck.choice(invited).id, "channel": "letter", "words": "请支持代表按时参加活动"},
                )
            )
        if public is not None:
            rows.append((public, {"whom": "public", "channel": "announcement", "words": f"{title}公告已张贴"}))
        if organs:
            rows.append(
                (
                    office.workday(start.date(), -3),
                    {"whom": "organ", "organ": office.own_organ(), "channel": "letter", "words": "请准备情况说明和有关台账"},
                )
            )
        for day, values in rows:
            self._tell(activity_id, day, values)

    def _tell(self, activity_id: int, day: date, values: dict[str, Any]) -> None:
        def note() -> None:
            self.office.save(
                "activity_notices",
                {"activity": activity_id, "told_at": self.office.diary.moment, "told_by": self.office.staff["liaison"], **values},
                by=self.office.people["liaison"],
            )

        self.office.at(day, self.luck.choice((9, 10, 16)), note)

    def ask_leave(self, activity_id: int, start: datetime, invited: Sequence[Deputy]) -> None:
        """A few ask for leave, mostly beforehand; who decides is slow at times."""
        for deputy in self.luck.sample(list(invited), min(len(invited), self.luck.choice((0, 1, 1, 2)))):
            if late := self.luck.random() < 0.2:
                self.away.add((activity_id, deputy.id))
            self._ask_leave(activity_id, deputy, start.date() + timedelta(days=1) if late else self.office.workday(start.date(), -1))

    def _ask_leave(self, activity_id: int, deputy: Deputy, day: date) -> None:
        office, luck = self.office, self.luck
        reason, words = luck.choice(
            (("work", "外出参加行业会议"), ("illness", "住院检查"), ("private", "家中有事"), ("work", "单位迎检离不开"))
        )

        def ask() -> None:
            asked = office.diary.moment
            row = office.save(
                "leave_requests",
                {
                    "deputy": deputy.id,
                    "activity": activity_id,
                    "reason": reason,
                    "words": words,
                    "asked_at": asked,
                    "written": luck.random() < 0.4,
                },
                by=deputy.name,
            )
            if luck.random() < 0.93 or (office.diary.today - day).days > SLOWEST_DECISION:
                decision = "approved" if luck.random() < 0.9 else "declined"
                office.diary.at(
                    asked + timedelta(hours=1, minutes=20),
                    lambda: office.edit(
                        "leave_requests",
                        row.id,
                        {"decision": decision, "decided_by": office.people["head"], "decided_on": asked.date()},
                        by=office.people["head"],
                    ),
                )

        office.at(day, 8, ask)

    def sign_in(self, activity_id: int, start: datetime, absent: float = 0.04) -> list[int]:
        """Everyone who is not on leave gets a state; gives the deputies who were there."""
        office, luck = self.office, self.luck
        writing = office.diary.writing(office.actor(office.people["liaison"]))
        there = []
        how = luck.choice(("paper", "paper", "scan"))
        for mark in self._marks(activity_id):
            if mark.state != "pending":
                continue
            if luck.random() < absent or (activity_id, mark.deputy_id) in self.away:
                values: dict[str, Any] = {"state": "absent"}
            else:
                late = luck.random() < 0.05
                minutes = luck.randint(2, 25)
                values = {
                    "state": "late" if late else "present",
                    "signed_how": how,
                    "signed_at": start + timedelta(minutes=minutes if late else -minutes),
                }
                there.append(mark.deputy_id)
            writing.save("attendance", values, row=mark)
        return there

    def _marks(self, activity_id: int) -> Iterable[Any]:
        model: Any = LEDGERS["attendance"]
        session = self.office.diary.writing(self.office.actor()).session
        return session.scalars(select(model).where(model.activity_id == activity_id).order_by(model.id)).all()

    def bring_guests(self, activity_id: int, number: int, kind: str) -> None:
        office = self.office
        names: set[str] = set()
        while len(names) < number:
            names.add(office.voter())
        for name in sorted(names):
            unit, post = (self.luck.choice(list(office.organs)), "工作人员") if kind == "unit" else (office.village(), "")
            office.save(
                "activity_guests",
                {"activity": activity_id, "kind": kind, "name": name, "unit": unit, "post": post, "phone": mobile(self.luck)},
                by=office.people["liaison"],
            )

    def fulfil(self, activity_id: int, day: date, kind: str) -> None:
        """The planned items find their activity."""
        for item in self.items.pop((day.year, day.month, kind), []):
            self.office.edit("plan_items", item, {"activity": activity_id})

    def report(self, activity_id: int, day: date, title: str, there: int) -> None:
        """Most are reported within five working days, some late, a few not yet at all."""
        office = self.office
        if self.luck.random() < 0.06:
            return
        sent = office.workday(day, self.luck.choice((1, 2, 2, 3, 3, 4, 5, 8)))
        office.at(
            sent,
            15,
            lambda: office.save(
                "activity_reports",
                {
                    "activity": activity_id,
                    "sent_on": sent,
                    "sent_by": office.staff["liaison"],
                    "content": f"{day:%m月%d日}，{office.place.station}开展“{title}”，到会代表{there}人，收集意见若干条，已分类登记。",
                },
                by=office.people["liaison"],
            ),
        )

    def publish(self, activity_id: int, day: date, title: str) -> None:
        office, luck = self.office, self.luck
        if luck.random() > 0.55:
            return
        medium = luck.choice(list(OUTLETS))
        headline = luck.choice(HEADLINES).format(v=office.village(), p=luck.choice(office.place.products))
        published = day + office.days(1, 6)
        office.at(
            published,
            17,
            lambda: office.save(
                "publicity",
                {
                    "published_on": published,
                    "title": f"{headline}——{title}侧记",
                    "medium": medium,
                    "outlet": OUTLETS[medium],
                    "link": f"https://linxi.example/{published:%Y%m%d}/{activity_id}.html" if medium in ("website", "wechat") else "",
                    "author": office.people["second"],
                    "activity": activity_id,
                },
                by=office.people["second"],
            ),
        )
