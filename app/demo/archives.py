"""Filed documents, volumes, loans and the monthly check of the archive room."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from app.archives.dossier.sealing import seal
from app.core.access.actor import Actor

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
_BORROWERS = ("县人大常委会代表联络工委", "县档案馆", "党政办公室", "村民委员会", "财政所")
_PURPOSES = ("核对上年建议办理情况", "编写年度大事记", "换届资料准备", "答复群众询问", "审计查阅")


class Archives:
    """One archive room."""

    def __init__(self, office: Office, gatherings: Gatherings) -> None:
        self.office, self.gatherings, self.luck = office, gatherings, office.luck
        self._files: list[int] = []
        self._out: set[int] = set()
        self._volumes: dict[int, int] = {}
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
        """The month's activities leave a report and now and then photographs; the office files its own letters."""
        office, luck = self.office, self.luck
        by = office.people["archivist"]
        volume = self._volumes.get(day.year)
        fresh, self._filed = self.gatherings.held[self._filed :], len(self.gatherings.held)
        for _activity, on, title in fresh[-4:]:
            photos = luck.random() < 0.25
            self._files.append(
                office.save(
                    "archive_files",
                    {
                        "fonds_no": office.place.fonds,
                        "category": "photos" if photos else "documents",
                        "retention": luck.choice(("years30", "years10", "permanent")),
                        "title": f"{title}{'照片' if photos else '情况汇报'}",
                        "responsible": office.place.station,
                        "document_no": "" if photos else f"联站〔{on.year}〕{luck.randint(1, 90)}号",
                        "dated_on": on,
                        "pages": luck.randint(2, 16),
                        "filed_on": day,
                        "volume": volume,
                    },
                    by=by,
                ).id
            )
        self._files.append(
            office.save(
                "archive_files",
                {
                    "fonds_no": office.place.fonds,
                    "category": "documents",
                    "retention": "years10",
                    "title": f"{day.month}月群众意见办理情况汇总",
                    "responsible": office.people["liaison"],
                    "dated_on": day - timedelta(days=luck.randint(0, 6)),
                    "pages": luck.randint(3, 9),
                    "secrecy": "internal",
                    "filed_on": day,
                    "volume": volume,
                },
                by=by,
            ).id
        )

    def _bind(self, day: date) -> None:
        office = self.office
        contents, title = {
            1: ("performance", f"{day.year - 1}年度代表履职档案"),
            3: ("opinions", f"{day.year - 1}年度群众意见办理卷"),
            6: ("documents", f"{day.year}年上半年文书卷"),
            9: ("other", f"{day.year}年活动照片册"),
        }[day.month]
        self._volumes[day.year] = office.save(
            "archive_volumes",
            {
                "number": f"{day.year}-{len(self._volumes) + 1:02d}-{day.month:02d}",
                "title": title,
                "contents": contents,
                "year": day.year - (day.month < 6),
                "retention": "permanent" if day.month == 1 else "years30",
                "bound_on": day,
                "room": "档案室",
                "cabinet": f"{self.luck.randint(1, 4)}柜",
                "shelf": f"{self.luck.randint(1, 5)}层",
            },
            by=office.people["archivist"],
        ).id

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
        points = [{"point": each, "ok": each != faulty, "words": _FAULTS[each][0] if each == faulty else ""} for each in _POINTS]
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
        remedy: dict[str, Any] = {"remedy": _FAULTS[faulty][1], "put_right_by": office.people["second"], "put_right_on": mended}
        office.at(mended, 16, lambda: office.edit("archive_checks", row.id, remedy, by=by))
        again = office.workday(mended, luck.randint(1, 5))
        office.at(again, 16, lambda: office.edit("archive_checks", row.id, {"rechecked_on": again}, by=by))
