"""Filed documents, volumes, loans and the monthly check of the archive room."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import Any

from sqlalchemy import select

from app.archives.dossier.sealing import seal
from app.archives.filing.boxes import new_box, put
from app.archives.filing.rules import OF_ACTIVITY, OPINIONS, OTHER, proposed
from app.core.access.actor import Actor
from app.core.dictionary.ledger import LEDGERS
from app.work.services import setting

from .gatherings import Gatherings
from .people import Office

_POINTS = ("防火", "防盗", "防虫", "防潮", "防霉", "防晒")
_FAULTS = {
    "防火": ("灭火器压力不足", "换新灭火器两具"),
    "防盗": ("窗户插销松动", "更换插销并加防护网"),
    "防虫": ("柜底见虫卵", "清扫并更换防虫药"),
    "防潮": ("墙角返潮", "加装除湿机，墙面补涂防水"),
    "防霉": ("两盒案卷边缘有霉点", "通风晾晒，更换卷盒"),
    "防晒": ("窗帘破损透光", "更换遮光窗帘"),
}
_TOGETHER = {"防潮": "防霉", "防霉": "防潮"}
"""What is found together."""
_BORROWERS = ("县人大常委会代表联络工委", "县档案馆", "党政办公室", "村民委员会", "财政所")
_PURPOSES = ("核对上年建议办理情况", "编写年度大事记", "换届资料准备", "答复群众询问", "审计查阅")


class Archives:
    """One archive room."""

    def __init__(self, office: Office, gatherings: Gatherings) -> None:
        self.office, self.gatherings, self.luck = office, gatherings, office.luck
        self._files: list[int] = []
        self._out: set[int] = set()
        self._loose: list[int] = []
        self._months = 0
        self._filed = 0

    def plan_month(self, year: int, month: int) -> None:
        office = self.office
        self._months += 1
        filing = office.workday(date(year, month, 26))
        office.at(filing, 14, lambda: self._file(filing))
        if self._months % 17 != 8:  # one month the check was forgotten
            checked = office.workday(date(year, month, 18), self.luck.randint(0, 4))
            office.at(checked, 15, lambda: self._check(checked))
        lent = office.workday(date(year, month, self.luck.randint(5, 20)))
        office.at(lent, 10, lambda: self._lend(lent))
        if month == 1:
            signed = office.workday(date(year, month, 19))
            office.at(signed, 16, lambda: self._seal(year - 1))
        if month in (1, 3, 6, 9):
            bound = office.workday(date(year, month, 22))
            office.at(bound, 15, lambda: self._bind(bound))

    def _file(self, day: date) -> None:
        """Some of the month's activities are filed as they were held, some still wait; the office files its own letters."""
        office, luck = self.office, self.luck
        by = office.people["archivist"]
        fresh, self._filed = self.gatherings.held[self._filed :], len(self.gatherings.held)
        for activity, on, title in fresh[-3:]:
            record: Any = office.row("activities", activity)
            if record.status not in ("held", "reported") or luck.random() < 0.2:
                continue
            self._enter(
                {
                    "retention": self._retention(OF_ACTIVITY.get(record.type, OTHER)),
                    "title": f"{title}活动材料",
                    "responsible": office.place.station,
                    "document_no": f"联站〔{on.year}〕{luck.randint(1, 90)}号" if luck.random() < 0.5 else "",
                    "dated_on": on,
                    "pages": luck.randint(6, 40),
                    "filed_on": day,
                    "source_ledger": "activities",
                    "source_row": activity,
                },
                by,
            )
        self._enter(
            {
                "retention": "years10",
                "title": f"{day.month}月群众意见办理情况汇总",
                "responsible": office.people["liaison"],
                "dated_on": day - timedelta(days=luck.randint(0, 6)),
                "pages": luck.randint(3, 9),
                "secrecy": "internal",
                "filed_on": day,
            },
            by,
        )

    def _enter(self, values: dict[str, Any], by: str) -> None:
        given = {"category": "documents", **values}
        item = self.office.diary.writing(self.office.actor(by)).save("archive_files", given, by_program=True)
        self._files.append(item.id)
        self._loose.append(item.id)

    def _retention(self, word: str) -> str:
        """By the office's own table."""
        writing = self.office.diary.writing(self.office.actor())
        return proposed(setting(writing.session, self.office.station_id, "archive_retention"), word)

    def _bind(self, day: date) -> None:
        """In March the past year's opinions become a register; what lies loose is put into boxes, class by class."""
        office = self.office
        by = office.people["archivist"]
        writing = office.diary.writing(office.actor(by))
        if day.month == 3:
            self._register(day, by)
        classes: dict[tuple[int, str], list[Any]] = {}
        for item in (office.row("archive_files", each) for each in self._loose):
            classes.setdefault((item.year, item.retention), []).append(item)
        self._loose = []
        for items in classes.values():
            place = {"room": "档案室", "cabinet": f"{self.luck.randint(1, 4)}柜", "shelf": f"{self.luck.randint(1, 5)}层"}
            put(writing, items, new_box(writing, items[0], {**place, "thickness": self.luck.choice(("20", "30", "40"))}))

    def _register(self, day: date, by: str) -> None:
        opinions: Any = LEDGERS["opinions"]
        session = self.office.diary.writing(self.office.actor(by)).session
        last_year = (opinions.closed_on >= date(day.year - 1, 1, 1), opinions.closed_on <= date(day.year - 1, 12, 31))
        mine = (opinions.station_id == self.office.station_id, opinions.status == "closed")
        ids = list(session.scalars(select(opinions.id).where(*mine, *last_year)))
        if ids:
            self._enter(
                {
                    "retention": self._retention(OPINIONS),
                    "title": f"{day.year - 1}年度办结群众意见建议登记册",
                    "responsible": self.office.place.station,
                    "year": day.year - 1,
                    "dated_on": date(day.year - 1, 12, 31),
                    "pages": 2 + len(ids),
                    "filed_on": day,
                    "opinions": ids,
                },
                by,
            )

    def _seal(self, year: int) -> None:
        """The presidium seals everyone's year; what opinions come to afterwards is an addendum."""
        office = self.office
        board = Actor(office.people["board"], ("presidium",), station_id=office.station_id, home_id=office.station_id, source="demo")
        seal(office.diary.writing(board).session, board, year, None, "", None)

    def _lend(self, day: date) -> None:
        """Most come back in time; now and then one does not."""
        office, luck = self.office, self.luck
        free = [each for each in self._files if each not in self._out]
        if not free:
            return
        file = luck.choice(free)
        self._out.add(file)
        by = office.people["archivist"]
        row = office.save(
            "archive_loans",
            {
                "file": file,
                "borrower": office.voter(),
                "unit": luck.choice(_BORROWERS),
                "purpose": luck.choice(_PURPOSES),
                "approved_by": office.people["head"],
                "out_on": day,
                "due_on": day + timedelta(days=15),
            },
            by=by,
        )
        if luck.random() < 0.06:
            return
        back = office.workday(day, luck.randint(2, 14))

        def give_back() -> None:
            office.edit("archive_loans", row.id, {"back_on": back, "condition": "intact" if luck.random() < 0.95 else "damaged"}, by=by)
            self._out.discard(file)

        office.at(back, 16, give_back)

    def _check(self, day: date) -> None:
        office, luck = self.office, self.luck
        by = office.people["archivist"]
        faulty = luck.choice(_POINTS) if luck.random() < 0.22 else ""
        both = {faulty, _TOGETHER[faulty]} if faulty in _TOGETHER else {faulty}
        points = [{"point": each, "ok": each not in both, "words": _FAULTS[each][0] if each in both else ""} for each in _POINTS]
        summer = day.month in (6, 7, 8)
        row = office.save(
            "archive_checks",
            {
                "checked_on": day,
                "room": "档案室",
                "checker": by,
                "points": points,
                "temperature": f"{luck.uniform(21, 25) if summer else luck.uniform(15, 20):.1f}",
                "humidity": f"{luck.uniform(52, 66) if summer else luck.uniform(46, 58):.1f}",
            },
            by=by,
        )
        if not faulty or luck.random() < 0.12:
            return
        mended = office.workday(day, luck.randint(1, 6))
        again = office.workday(mended, luck.randint(1, 5))
        mends = [_FAULTS[each][1] for each in _POINTS if each in both]
        for fault, mend in zip(office.owned("archive_faults", check=row.id), mends, strict=True):
            remedy = {"remedy": mend, "put_right_by": office.people["second"], "put_right_on": mended}
            office.at(mended, 16, partial(office.edit, "archive_faults", fault, remedy, by=by))
            rechecked = {"rechecked_by": by, "rechecked_on": again}
            office.at(again, 16, partial(office.edit, "archive_faults", fault, rechecked, by=by))
