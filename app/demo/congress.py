"""Congress sessions as a station sees them: who attended, who spoke, what was moved, what the station did for it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from .county import Session
from .people import Deputy, Office

_REPORTS = ("政府工作报告", "财政预算执行情况报告", "人大工作报告", "民生实事项目完成情况报告", "国民经济计划报告")
_GISTS = (
    "赞成报告。建议把农村道路管护经费列入年度预算，明确到村。",
    "报告讲实绩也讲不足。希望加快供水管网改造，公布分年计划。",
    "建议扶持本地加工企业，帮助解决用工和贷款。",
    "建议增加乡村医生岗位，稳定队伍。",
    "关注校园周边安全，建议增设护栏和信号灯。",
    "建议把养老服务点建到村，资金向偏远村倾斜。",
)
_MOTIONS = (
    ("关于修建{v}灌溉泵站的建议", "suggestion"),
    ("关于集镇雨污分流改造的建议", "suggestion"),
    ("关于将古树名木保护列入年度监督计划的议案", "motion"),
    ("关于扩建敬老院的建议", "suggestion"),
    ("关于加强集贸市场消防安全的建议", "suggestion"),
    ("关于推进农村客运一体化的议案", "motion"),
    ("关于完善{v}公墓建设的建议", "suggestion"),
    ("关于建立民生实事项目代表票决制的议案", "motion"),
    ("关于增设社区充电车棚的建议", "suggestion"),
    ("关于加固{v}河堤的建议", "suggestion"),
)
_SERVICES = (
    ("before", "组织代表会前视察", -9),
    ("before", "通知代表报到并核对名单", -5),
    ("before", "收集代表议案建议初稿", -7),
    ("during", "安排代表用餐和车辆", 0),
    ("during", "整理分组审议发言", 0),
    ("after", "把会议精神材料发给代表", 4),
    ("after", "汇总代表会后反馈", 8),
)


class Congress:
    """One office's part in the sessions."""

    def __init__(self, office: Office) -> None:
        self.office, self.luck = office, office.luck
        self._missed = False

    def convene(self, year: int, month: int) -> None:
        """A township's own congress, in January and in July."""
        office = self.office
        if office.place.street or month not in (1, 7):
            return
        first = office.workday(date(year, month, 14))
        office.at(
            office.workday(first, -15),
            9,
            lambda: self.expect(office.county.session_row("township", office.terms["township"], first, first + timedelta(days=1), office)),
        )

    def expect(self, session: Session) -> None:
        """A session is called: what the station does before, while and after it."""
        office = self.office
        members = [each for each in office.deputies if session.level in each.mandates]
        if not members:
            return
        for phase, what, offset in _SERVICES:
            self._serve(session, phase, what, session.first + timedelta(days=offset))
        away = self.luck.sample(members, 2) if len(members) > 3 else []
        if away:
            office.at(office.workday(session.first, -1), 9, lambda: self._ask_leave(session, away[0]))
        office.at(session.last, 18, lambda: self._record(session, members, away))

    def _serve(self, session: Session, phase: str, what: str, day: date) -> None:
        office = self.office
        office.at(
            day,
            17,
            lambda: office.save(
                "congress_services",
                {"session": session.id, "phase": phase, "what": what, "who": office.people["liaison"], "done_on": day},
                by=office.people["liaison"],
            ),
        )

    def _ask_leave(self, session: Session, deputy: Deputy) -> None:
        office = self.office
        office.save(
            "leave_requests",
            {
                "deputy": deputy.id,
                "session": session.id,
                "reason": "illness",
                "words": "手术住院，附医院证明",
                "asked_at": office.diary.moment,
                "written": True,
                "decision": "approved",
                "decided_by": "大会主席团",
                "decided_on": office.diary.moment.date(),
            },
            by=office.people["liaison"],
        )

    def _record(self, session: Session, members: list[Deputy], away: list[Deputy]) -> None:
        office, luck = self.office, self.luck
        excused, missing = (away[0] if away else None), None
        if away and not self._missed and session.level == office.place.near:
            missing, self._missed = away[1], True
        there = [each for each in members if each is not excused and each is not missing]
        for deputy in members:
            values: dict[str, Any] = {"session": session.id, "mandate": deputy.mandates[session.level]}
            if deputy is excused:
                values |= {"state": "approved", "reason": "illness", "written_leave": True, "written_on": office.workday(session.first, -1)}
            elif deputy is missing:
                values |= {"state": "unapproved", "note": "未提交书面请假，电话未接通"}
            office.save("congress_attendance", values, by=office.people["liaison"])
        for deputy in luck.sample(there, min(len(there), luck.randint(4, 8))):
            office.save(
                "congress_speeches",
                {
                    "session": session.id,
                    "mandate": deputy.mandates[session.level],
                    "spoken_on": session.last,
                    "title": luck.choice(_REPORTS),
                    "gist": luck.choice(_GISTS),
                },
                by=office.people["liaison"],
            )
        wanted = luck.sample(_MOTIONS, min(len(there), luck.randint(2, 4)))
        for number, (title, kind) in enumerate(wanted, start=1):
            lead, *others = luck.sample(there, min(len(there), 4))
            self._move(session, number, title.format(v=lead.village), kind, lead, others)

    def _move(self, session: Session, number: int, title: str, kind: str, lead: Deputy, others: list[Deputy]) -> None:
        office, luck = self.office, self.luck
        row = office.save(
            "motions",
            {
                "session": session.id,
                "kind": kind,
                "number": f"第{number + 10}号",
                "title": title,
                "lead": lead.mandates[session.level],
                "co_signers": [each.mandates[session.level] for each in others],
                "submitted_on": session.first,
                "wording": f"{title.removeprefix('关于')}：事由清楚，群众呼声集中，请列入办理。",
            },
            by=office.people["liaison"],
        )
        known = office.workday(session.last, luck.randint(20, 70))
        result = (
            luck.choice(("on_agenda", "to_committee", "as_suggestion", "declined"))
            if kind == "motion"
            else luck.choice(("solved", "planned", "planned", "later", "noted"))
        )
        office.at(
            known,
            10,
            lambda: office.edit(
                "motions",
                row.id,
                {"result": result, "result_on": known, "reply": "承办单位书面答复，当面听取了提出人的意见。"},
                by=office.people["liaison"],
            ),
        )


def call_shared_sessions(offices: list[Office], congresses: list[Congress], year: int) -> None:
    """City and county congresses meet once a year; the county enters them for all."""
    county = offices[0].county
    for level, month, day in (("city", 1, 8), ("county", 2, 20)):
        first = county.workday(date(year, month, day))

        def call(level: str = level, first: date = first) -> None:
            session = county.session_row(level, county.terms[level], first, first + timedelta(days=2), county)
            for congress in congresses:
                congress.expect(session)

        county.diary.at(datetime.combine(county.workday(first, -12), time(9, 30)), call)
