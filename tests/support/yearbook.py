"""A station's year as offices keep it: titles over merged cells, headings in two lines, dates in five ways, a matrix of ticks, totals at
the end, and rows that are wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook

NAMES = ("丁一", "习二平", "马三", "欧阳四海", "单五", "仇六", "解七", "韦八", "毛九", "王十")
ORGANS = ("镇水利站", "县水利局")

Rows = Sequence[Sequence[Any]]


@dataclass
class SheetOf:
    """One sheet: titles over its whole width, the heading, rows, and what stands below."""

    name: str
    heading: Sequence[str]
    rows: Rows
    titles: Sequence[str] = ()
    below: Rows = field(default_factory=tuple)


def workbook(*sheets: SheetOf) -> bytes:
    """An xlsx with these sheets."""
    target = BytesIO()
    with Workbook(target) as book:
        day, centred = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"align": "center"})
        for each in sheets:
            sheet = book.add_worksheet(each.name)
            for number, title in enumerate(each.titles):
                sheet.merge_range(number, 0, number, len(each.heading) - 1, title, centred)
            sheet.write_row(len(each.titles), 0, each.heading)
            for number, row in enumerate([*each.rows, *each.below], start=len(each.titles) + 1):
                for place, cell in enumerate(row):
                    if isinstance(cell, date):
                        sheet.write_datetime(number, place, cell, day)
                    elif cell is not None:
                        sheet.write(number, place, cell)
    return target.getvalue()


def roll(titles: Sequence[str] = ("青石镇人大代表花名册", "填报单位:青石镇人大代表联络站    填报时间:2025年12月")) -> SheetOf:
    """Ten deputies, then a month that does not exist, a certificate given already, a phone that is too short, and a total."""
    births: list[Any] = ["1964年6月", date(1995, 1, 1), "1964.09", 1973.2, "1962-09", "1994年11月", "１９８０.５", "1970/3", "197803", "1981.10"]
    levels = ("县代表", "县级", "县人大代表", "县", "乡镇代表", "镇级", "乡镇人大代表", "乡镇级", "乡镇", "镇代表")
    rows: list[list[Any]] = []
    for number, (name, birth, level) in enumerate(zip(NAMES, births, levels, strict=True), start=1):
        spaced = f"{name[0]}\u3000{name[1]}" if len(name) == 2 else name
        phone: Any = 13800000000 + number if number % 3 else f" 138 0000 {number:04d}"
        rows.append([number, spaced, "男" if number % 2 else "女", "汉" if number % 2 else "汉族", birth, level, f"第{number}选区", "第一代表小组",
                     "农民", f"X2021{number:04d}", phone])
    wrong = [
        [11, "尤错月", "男", "汉", "1970.13", "县级", "第3选区", "第一代表小组", "农民", "X99990001", "13800000091"],
        [12, "尤重证", "女", "汉", "1980.5", "乡镇级", "第4选区", "第一代表小组", "教师", "X20210001", "13800000092"],
        [13, "尤短号", "女", "汉", "1981.6", "乡镇级", "第4选区", "第一代表小组", "教师", "Z99990003", "1380000003"],
    ]
    heading = ["序号", "姓 名", "性别", "民族", "出生\n年月", "代表层级", "所在选区", "代表小组", "工作单位\n及职务", "代表证号", "联系电话"]
    return SheetOf("代表花名册", heading, [*rows, *wrong], titles, [["", "合计", "", "", "", "", "", "", "", "", 13]])


def programme() -> SheetOf:
    """Three activities: a reception, an inspection, a study."""
    rows = [
        [1, "2025-01-07", "接待选民", "1月选民接待日", "联络站", 4, 3, 1, 0, "站长", "2025/1/16", ""],
        [2, date(2025, 3, 12), "视察", "视察道路建设", "产业园", 3, 2, 0, 1, "站长", date(2025, 3, 20), ""],
        [3, "2025年5月14日", "学习交流", "学习代表法", "村部", 2, 2, 0, 0, "站长", "", ""],
    ]
    heading = ["序号", "活动日期", "活动类型", "活动主题", "地点", "应到\n人数", "实到\n人数", "请假\n人数", "缺席\n人数", "召集人", "上报县人大\n时间", "备注"]
    return SheetOf("活动台账", heading, rows, ["2025年代表活动台账"], [["", "合计", "", "", "", 9, 7, "", "", "", "", ""]])


def matrix() -> SheetOf:
    """Who attended: nine marks."""
    rows = [
        [1, NAMES[0], "√", "√", ""], [2, NAMES[1], "√", "", "√"], [3, NAMES[2], "假", "×", ""], [4, NAMES[3], "√", "√", "√"],
        [5, NAMES[4], "", "", ""],
    ]
    return SheetOf("签到考勤", ["序号", "姓名", "1.7\n接待选民", "3.12\n视察", "5.14\n学习交流"], rows, ["2025年代表活动考勤表(√出席 假请假 ×缺席)"])


def opinions() -> SheetOf:
    """Four opinions, one of each way; then a day that does not exist, and a deputy that nobody knows."""
    rows = [
        [1, "2025-01-07", NAMES[0], "文青喜", "13866750957", "东村2组", "道路交通", "村口道路破损", "当场答复", "", "", "2025-01-07", "书面", "满意"],
        [2, "2025年1月7日", NAMES[1], "尹占新", 13812555148, "西村2组", "水利灌溉", "机井坏了", "转交办", "2025/1/10", ORGANS[0], "2025.1.20", "电话", "不满意"],
        [3, date(2025, 1, 7), NAMES[1], "匿名", "", "南村", "农业生产", "农机补贴未到账", "转交办", "2025.1.13", ORGANS[1], "2025.3.4", "电话", "基本满意"],
        [4, "2025.2.4", NAMES[3], "龚生文", "13936912288", "", "环境卫生", "垃圾清运不及时", "转交办", date(2025, 2, 19), ORGANS[0], "", "", ""],
        [5, "2025.2.30", NAMES[0], "叶国", "13900000000", "", "道路交通", "日期写错的一条", "转交办", "", "", "", "", ""],
        [6, date(2025, 1, 7), "查无此人", "姜淑", "13900000001", "", "道路交通", "代表对不上的一条", "当场答复", "", "", "", "", ""],
    ]
    heading = ["序号", "接待日期", "接待代表", "选民\n姓名", "联系电话", "住址", "类别", "意见建议内容", "处理方式", "交办日期", "承办单位", "答复日期", "答复形式",
               "选民是否\n满意"]
    return SheetOf("意见建议登记", heading, rows, ["2025年代表接待选民意见建议登记台账"])


def checks() -> SheetOf:
    """Two rounds of the archive room: one with damp."""
    rows = [
        [1, "2025.1.21", "档案管理员", "正常", "正常", "异常", 18, 74, "墙角返潮", "已开启除湿机"],
        [2, "2025年2月27日", "档案管理员", "正常", "正常", "正常", 16.5, 52, "", ""],
    ]
    return SheetOf("档案安全检查", ["序号", "检查日期", "检查人", "防火", "防盗", "防潮", "温度(℃)", "湿度(%)", "存在问题", "整改情况"], rows, ["2025年档案安全检查记录"])


def reports() -> SheetOf:
    """Two reports in person at one meeting, one in writing."""
    rows = [
        [1, NAMES[0], "直接述职", "2025年12月1日", date(2025, 12, 18), 31, 22, 7, 2, "2025/12/25"],
        [2, NAMES[1], "直接述职", date(2025, 12, 9), "2025-12-18", 33, 22, 2, 9, "2025-12-25"],
        [3, NAMES[2], "书面述职", "2025/12/4", "", "", "", "", "", ""],
    ]
    heading = ["序号", "姓名", "述职形式", "报告提交日期", "述职日期", "参评选民\n代表人数", "满意", "基本满意", "不满意", "上报日期"]
    return SheetOf("述职评议", heading, rows, ["2025年代表述职评议情况"])


def year() -> bytes:
    """The whole workbook, with a sheet that is none of ours."""
    menu = SheetOf("食堂菜谱", ["星期", "早餐", "午餐"], [["一", "稀饭", "面条"], ["二", "馒头", "米饭"]])
    return workbook(roll(), programme(), matrix(), opinions(), checks(), reports(), menu)
