"""Deputies report on their year, some of them in person before voters who then vote."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from .gatherings import Gatherings
from .people import Deputy, Office

_LAW = ("全年参加集中学习{n}次，读完代表法和组织法，记笔记两本。", "跟着小组学习{n}次，把惠民政策讲给邻居听。")
_CONGRESS = ("会期全程出席，审议发言{n}次，提出建议{m}件。", "按时到会，联名提出建议{m}件，发言{n}次。")
_VOTERS = ("走访群众{n}户，接待来访{m}次，帮助解决用水、出行等小事。", "联系{n}户家庭，转交意见{m}件，逐件回访。")
_GROUP = ("参加小组活动{n}次，视察调研{m}次，写调研短文一篇。", "随组视察{m}次，提出意见{n}条，多数被采纳。")
_POST = ("在岗位上带头守规矩，带动周边{n}户增收。", "本职工作考核合格，义务参加护林防火{n}天。")
_LEARNING = ("自学法律和业务知识，参加县里培训{m}天。", "听网课{n}节，向老代表请教写建议。")
_SHORT = ("下村次数不均衡，偏远组去得少，明年补上。", "建议质量还不高，调研不够深。", "外出较多，有{m}次活动请了假，今后注意安排时间。")
_VOICED = (
    "肯定其为村里修路的努力，希望多到偏远组走走。",
    "建议办理进度应常通报，代表当场表态每季度通报一次。",
    "群众评价务实，建议多关心留守儿童。",
    "接待日到得早、记得细，希望答复再快一些。",
)


class Reviews:
    """Duty reports and review meetings of one office."""

    def __init__(self, office: Office, gatherings: Gatherings) -> None:
        self.office, self.gatherings, self.luck = office, gatherings, office.luck
        self._reported: set[int] = set()

    def collect_reports(self, year: int) -> None:
        """In the last weeks of the year; a few hand in late, one does not."""
        office = self.office
        for deputy in office.deputies:
            for mandate in deputy.mandates.values():
                if self.luck.random() < 0.015:
                    continue
                late = self.luck.random() < 0.03
                day = office.workday(
                    date(year + 1, 1, 4) if late else date(year, 11, 10), self.luck.randint(1, 8) if late else self.luck.randint(0, 34)
                )
                self._collect(deputy, mandate, year, day)

    def _collect(self, deputy: Deputy, mandate: int, year: int, day: date) -> None:
        received = self.office.workday(day, self.luck.randint(0, 3))
        self.office.at(
            received,
            16,
            lambda: self.office.save(
                "duty_reports",
                {"mandate": mandate, "year": year, "form": "written", "submitted_on": day, "received_on": received, **self._headings()},
                by=deputy.name,
            ),
        )

    def _headings(self) -> dict[str, str]:
        pieces = zip(
            ("law_and_policy", "congress", "voters", "group_activities", "own_post", "learning", "shortcomings"),
            (_LAW, _CONGRESS, _VOTERS, _GROUP, _POST, _LEARNING, _SHORT),
            strict=True,
        )
        return {name: self.luck.choice(words).format(n=self.luck.randint(3, 18), m=self.luck.randint(1, 6)) for name, words in pieces}

    def plan_meeting(self, year: int, month: int) -> None:
        """Four times a year a group meets; four deputies report in person, each once in the term."""
        office = self.office
        if month % 3:
            return
        group = (year * 4 + month // 3) % len(office.groups)
        waiting = [each for each in office.deputies if office.place.near in each.mandates and each.id not in self._reported]
        reporting = sorted(waiting, key=lambda each: each.group != group)[:4]
        if not reporting:
            return
        group = reporting[0].group
        self._reported |= {each.id for each in reporting}
        day = office.workday(date(year, month, 17), self.luck.randint(0, 4))
        start = datetime.combine(day, time(9))
        office.at(office.workday(day, -8), 10, lambda: self._call(start, group, reporting))

    def _call(self, start: datetime, group: int, reporting: list[Deputy]) -> None:
        self._announce(start, group, reporting)

    def prepare_today(self) -> None:
        """One more meeting, this afternoon: all is settled, the reports are in, nobody has signed in. It is there to be played."""
        office = self.office
        today = office.diary.today
        waiting = [each for each in office.deputies if office.place.near in each.mandates and each.id not in self._reported][:4]
        if not waiting:
            return
        self._reported |= {each.id for each in waiting}
        start = datetime.combine(today, time(15))

        def announce() -> None:
            luck = self.luck.getstate()  # the rest of the county goes as it would without this meeting
            meeting = self._announce(start, waiting[0].group, waiting)
            names: set[str] = set()
            while len(names) < 36:
                names.add(office.voter())
            self.luck.setstate(luck)
            office.diary.at(datetime.combine(office.workday(today, -2), time(16)), lambda: self._list(meeting, sorted(names)))

        office.diary.at(datetime.combine(office.workday(today, -8), time(10)), announce)

    def _list(self, meeting: int, names: list[str]) -> None:
        for name in names:
            self.office.save("voter_representatives", {"meeting": meeting, "name": name}, by=self.office.people["liaison"])

    def _announce(self, start: datetime, group: int, reporting: list[Deputy]) -> int:
        office = self.office
        near = office.place.near
        audience = [each for each in office.deputies if each.group == group or each in reporting]
        title = f"{office.group_names[group]}述职评议会"
        convenor = office.convenors[group]
        chair = office.people["head"] if convenor in reporting else convenor.name
        row = office.save(
            "review_meetings",
            {
                "activity.title": title,
                "activity.start": start,
                "activity.end": start + timedelta(hours=3),
                "activity.place": f"{reporting[0].village}会议室",
                "activity.content": "听取述职，询问，无记名测评，当场公布",
                "activity.organiser": "group",
                "activity.group": office.groups[group],
                "activity.convenor": office.staff["head"],
                "activity.deputies": [each.id for each in audience],
                "group": office.groups[group],
                "audience": "voters",
                "reporters": [each.mandates[near] for each in reporting],
                "chair": chair,
                "scrutineers": f"{office.voter()}、{office.voter()}",
                "tellers": f"{office.voter()}、{office.voter()}",
            },
            by=office.people["liaison"],
        )
        self.gatherings.tell(row.activity_id, start, audience, title, public=start.date() - timedelta(days=5))
        before = start.date() - timedelta(days=5)
        for deputy in reporting:
            self._hand_in(deputy, row.id, before)
        office.diary.at(start + timedelta(hours=3, minutes=20), lambda: self._hold(row.id, row.activity_id, start, title, reporting))
        return int(row.id)

    def _hand_in(self, deputy: Deputy, meeting: int, day: date) -> None:
        office = self.office
        office.at(
            day,
            11,
            lambda: office.save(
                "duty_reports",
                {
                    "mandate": deputy.mandates[office.place.near],
                    "year": day.year,
                    "form": "direct",
                    "submitted_on": day,
                    "received_on": day,
                    "meeting": meeting,
                    **self._headings(),
                },
                by=deputy.name,
            ),
        )

    def _hold(self, meeting: int, activity: int, start: datetime, title: str, reporting: list[Deputy]) -> None:
        office, luck = self.office, self.luck
        by = office.people["liaison"]
        there = self.gatherings.sign_in(activity, start, absent=0.02)
        self.gatherings.held.append((activity, start.date(), title))
        self.gatherings.fulfil(activity, start.date(), "review")
        names: set[str] = set()
        while len(names) < 32:
            names.add(office.voter())
        signed = 0
        for number, name in enumerate(sorted(names)):
            present = number > 0 or luck.random() < 0.5
            signed += present
            office.save("voter_representatives", {"meeting": meeting, "name": name, "signed_in": present}, by=by)
        for deputy in reporting:
            office.save(
                "review_results",
                {
                    "meeting": meeting,
                    "mandate": deputy.mandates[office.place.near],
                    "published_at": start + timedelta(hours=2, minutes=45),
                    **self._votes(signed),
                },
                by=by,
            )
        for deputy, text in zip(reporting, luck.sample(_VOICED, len(_VOICED)), strict=False):
            office.save("voiced_opinions", {"meeting": meeting, "mandate": deputy.mandates[office.place.near], "text": text}, by=by)
        office.edit("review_meetings", meeting, {"record": f"到会选民代表{signed}人，{len(reporting)}名代表述职并接受测评。"}, by=by)
        reported = office.workday(start.date(), luck.randint(3, 12))
        office.at(reported, 10, lambda: office.edit("review_meetings", meeting, {"reported_on": reported}, by=by))
        self.gatherings.report(activity, start.date(), title, len(there))
        self.gatherings.publish(activity, start.date(), title)

    def _votes(self, signed: int) -> dict[str, Any]:
        luck = self.luck
        invalid, dissatisfied, abstained = luck.choice((0, 0, 1)), luck.choice((0, 0, 1, 2)), luck.choice((0, 0, 1))
        basically = luck.randint(1, 6)
        return {
            "issued": signed,
            "invalid": invalid,
            "dissatisfied": dissatisfied,
            "abstained": abstained,
            "basically_satisfied": basically,
            "satisfied": signed - invalid - dissatisfied - abstained - basically,
        }
