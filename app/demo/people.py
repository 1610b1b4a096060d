"""A station's people: staff, groups, constituencies, organs, and its deputies with their mandates."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from .county import County
from .diary import Desk, Diary
from .names import RARE, landline, mobile, person
from .places import Place

FULL_HOUSE = 76
FAR_MANDATES = 13
BOTH = 2
_CADRE_UNITS = ("{v}党支部书记", "{v}村委会主任", "{t}党委委员", "{t}财政所所长", "{t}综合服务中心主任")
_UNITS = {
    "worker": ("{t}工业园机械厂班组长", "县建材厂技工", "{t}供水站管网工", "县客运公司驾驶员"),
    "farmer": ("{v}种植户", "{v}{p}合作社社员", "{v}养殖户", "{v}家庭农场主"),
    "technician": ("{t}中心学校教师", "{t}卫生院主治医师", "县农技推广站高级农艺师", "{t}兽医站兽医师"),
    "cadre": _CADRE_UNITS,
    "entrepreneur": ("{t}{p}合作社理事长", "{v}{p}加工厂厂长", "县众兴商贸公司经理", "{t}电商服务站站长"),
    "soldier": ("{t}武装部干事", "县消防救援大队班长"),
    "other": ("{v}乡村医生", "{v}退役军人服务站志愿者", "{v}网格员"),
}
_OCCUPATIONS = (
    ("farmer",) * 8 + ("cadre",) * 5 + ("technician",) * 4 + ("worker",) * 3 + ("entrepreneur",) * 3 + ("other",) * 2 + ("soldier",)
)


@dataclass
class Deputy:
    """A deputy as the demo remembers one."""

    id: int
    name: str
    group: int
    village: str
    mandates: dict[str, int] = field(default_factory=dict)


class Office(Desk):
    """A station's office: who works there, who its deputies are, what it knows by id."""

    def __init__(self, diary: Diary, place: Place, county: County, seed: int, size: int) -> None:
        super().__init__(diary, place.station, seed)
        self.place, self.county, self.size = place, county, size
        self.staff: dict[str, int] = {}
        self.people: dict[str, str] = {}
        self.deputies: list[Deputy] = []
        self.groups: list[int] = []
        self.group_names: list[str] = []
        self.convenors: list[Deputy] = []
        self.organs: dict[str, int] = {}
        self.terms: dict[str, int] = {}
        self._taken: set[str] = set()

    def new_name(self, female: bool | None = None, surname: str = "") -> str:
        return person(self.luck, self._taken, self.chance(0.4) if female is None else female, surname)

    def voter(self) -> str:
        """Someone of the public; two may well have one name."""
        return person(self.luck, set(), self.chance(0.45))

    def village(self) -> str:
        return self.luck.choice(self.place.villages)

    def own_organ(self) -> int:
        return self.luck.choice(list(self.organs.values()))

    def some(self, most: int) -> list[Deputy]:
        return self.luck.sample(self.deputies, min(most, len(self.deputies)))

    def open(self) -> None:
        """The first day: who is there, and who is a deputy."""
        self.station_id = self.county.stations[self.place.name]
        self.calendar = self.county.calendar
        self._employ()
        self._settle()
        self._elect()

    def _employ(self) -> None:
        begin = self.diary.begin
        board = "人大工委" if self.place.street else "人大主席团"
        self.people["board"] = self.new_name(False)
        for role, post, note in (
            ("head", "head", f"{board}负责人兼任"),
            ("deputy_head", "deputy_head", ""),
            ("liaison", "liaison", "专职"),
            ("second", "liaison", "兼管接待室"),
            ("archivist", "archivist", "持档案岗位培训证"),
        ):
            self.people[role] = self.new_name(role in ("liaison", "archivist"))
            self.staff[role] = self.save(
                "station_staff",
                {"name": self.people[role], "post": post, "phone": mobile(self.luck), "since": begin - self.days(200, 1400), "note": note},
            ).id
        self.save(
            "archive_rooms",
            {"name": "档案室", "place": "办公楼二楼", "keeper": self.staff["archivist"], "meter": True, "since": begin},
            by=self.people["archivist"],
        )
        self.save(
            "station_staff",
            {
                "name": self.new_name(),
                "post": "liaison",
                "phone": mobile(self.luck),
                "since": begin - timedelta(days=1600),
                "until": begin - timedelta(days=210),
                "note": "调县直单位工作",
            },
        )
        own = {"archive_temperature_most": "26", "archive_humidity_most": "65", "review_report_workdays": "7", "fonds_number": self.place.fonds}
        for name, value in own.items():
            self.save("settings", {"name": name, "value": value, "since": begin, "note": "结合本站实际"}, by=self.people["head"])

    def _settle(self) -> None:
        place = self.place
        for number, name in enumerate(("第一", "第二", "第三", "第四", "第五"), start=1):
            self.group_names.append(f"{name}代表小组")
            self.groups.append(
                self.save("deputy_groups", {"name": self.group_names[-1], "note": f"活动点设在{place.villages[number * 2 - 2]}"}).id
            )
        self.constituencies = [
            self.save("constituencies", {"number": f"{number:02d}", "name": f"{village}选区", "kind": "constituency"}).id
            for number, village in enumerate(place.villages, start=1)
        ]
        self.unit = self.save("constituencies", {"number": "90", "name": f"{COUNTY_UNIT[place.far]}选举单位", "kind": "electoral_unit"}).id
        for name in place.organs:
            self.organs[name] = self.save(
                "organs", {"name": name, "level": "township", "contact": self.new_name(), "phone": landline(self.luck)}
            ).id
        self.terms = dict(self.county.terms)
        if not place.street:
            self.terms["township"] = self.save("terms", self.county.term("township")).id

    def _elect(self) -> None:
        """In the full house 63 mandates of the near level, 13 of the far, two deputies with both, two with the level above alone."""
        size = self.size
        far, both, above = (FAR_MANDATES, BOTH, 2) if size == FULL_HOUSE else (max(2, size // 6), 1, 1)
        near = size - far - above + both
        levels: list[tuple[str, ...]] = [(self.place.near, self.place.far)] * both
        levels += [(self.place.far,)] * (far - both) + [(self.place.near,)] * (near - both)
        levels += [("province" if self.place.street else "city",)] * above
        self.luck.shuffle(levels)
        for number, wanted in enumerate(levels):
            deputy = self._deputy(number)
            for level in wanted:
                deputy.mandates[level] = self._mandate(number, deputy, level)
        for index, group in enumerate(self.groups):
            convenor = next(
                (each for each in self.deputies if each.group == index and self.place.near in each.mandates), self.deputies[index]
            )
            self.convenors.append(convenor)
            self.edit("deputy_groups", group, {"convenor": convenor.id})

    def _deputy(self, number: int) -> Deputy:
        luck, place = self.luck, self.place
        female = self.chance(0.38)
        name = self.new_name(female, RARE[number] if number < len(RARE) else "")
        village, group = place.villages[number % len(place.villages)], number % len(self.groups)
        occupation = luck.choice(_OCCUPATIONS)
        unit = luck.choice(_UNITS[occupation]).format(v=village, t=place.name, p=luck.choice(place.products))
        row = self.save(
            "deputies",
            {
                "name": name,
                "sex": "female" if female else "male",
                "nation": "汉族" if number % 15 else luck.choice(("回族", "满族", "土家族")),
                "birth": date(1960, 1, 1) + self.days(0, 365 * 37),
                "phone": mobile(luck) if number % 20 else landline(luck),
                "party": luck.choice(("communist",) * 6 + ("masses",) * 4 + ("democratic", "independent")),
                "education": luck.choice(("junior", "senior", "senior", "college", "college", "bachelor", "postgraduate")),
                "address": f"{place.name}{village}{luck.randint(1, 12)}组{luck.randint(1, 80)}号",
                "occupation": occupation,
                "unit": unit,
                "group": self.groups[group],
                "official_order": 1 if number == 5 else None,
            },
        )
        self.deputies.append(Deputy(row.id, name, group, village))
        return self.deputies[-1]

    def _mandate(self, number: int, deputy: Deputy, level: str) -> int:
        first = date(self.county.first_year, 12, 10)
        late = number == 11
        values: dict[str, Any] = {
            "deputy": deputy.id,
            "term": self.terms[level],
            "elected_on": first + timedelta(days=500) if late else first,
            "elected": "by_election" if late else "elected",
            "certificate": f"{LETTER[level]}{self.place.fonds[-2:] if level != self.place.near else ''}{number + 1:04d}",
            "constituency": self.constituencies[number % len(self.constituencies)] if level in ("county", "township") else self.unit,
        }
        return int(self.save("mandates", values).id)

    def change_mandates(self) -> None:
        """One deputy moves away, one is suspended for a while."""
        near = [each for each in self.deputies if list(each.mandates) == [self.place.near]]
        suspended, leaver = sorted(near, key=lambda each: each not in self.convenors)[-2:]
        begin, span = self.diary.begin, (self.diary.today - self.diary.begin).days
        left, halted = begin + timedelta(days=span * 9 // 10), begin + timedelta(days=span // 2)
        resumed = halted + timedelta(days=max(20, span // 8))
        self.at(left, 15, lambda: self._change(leaver, "ended", left, "工作调动，迁出本行政区域"))
        self.at(halted, 15, lambda: self._change(suspended, "suspended", halted, "因涉及案件接受调查"))
        self.at(resumed, 15, lambda: self._change(suspended, "serving", resumed, "案件终结，恢复执行代表职务"))

    def _change(self, deputy: Deputy, state: str, since: date, reason: str) -> None:
        self.edit("mandates", deputy.mandates[self.place.near], {"state": state, "state_since": since, "state_reason": reason})


LETTER = {"township": "X", "county": "C", "city": "S", "province": "P"}
COUNTY_UNIT = {"county": "县直第一", "city": "县人民代表大会"}
