"""The forms of the archive rooms' inspection: record, notice, the month's sheet on the door, the register of readings."""

from __future__ import annotations

from ..drawing import BODY, HEADING, LEFT, RIGHT, SAN_HAO, SI_HAO, SPREAD, WU_HAO, XIAO_SI, Paper
from .parts import photos


def archive_check_record() -> bytes:
    paper = Paper()
    paper.title("档案安全检查记录表", after=6)
    paper.two_ends("{{ station }}", "库房：{{ room }}")
    table = paper.table((30, 48, 30, 48))
    table.pair("检查日期", "{{ checked_on }}", "检查人", "{{ checker }}")
    table.pair("温　度\n{{ temperature_limits }}", "{{ temperature }}", "相对湿度\n{{ humidity_limits }}", "{{ humidity }}")
    table.wide("标准来源", "{{ source }}", 8)
    points = paper.table((30, 30, 96))
    points.row([(head, 1) for head in ("检查项目", "情　况", "异　常　说　明")], 9, repeated=True)
    points.loop("p", "points", ["{{ p.point }}", "{{ p.judged }}", "{{ p.words }}"], 10, whole=True)
    at_once = paper.table((30, 126))
    at_once.row([("当场处理", 1), ("{{ at_once }}", 1)], 11)
    after = paper.table((16, 37, 29, 37, 37), WU_HAO)
    after.row([(head, 1) for head in ("项　目", "责任人、期限", "整改情况", "完成人、日期", "复查人、日期")], 9, repeated=True)
    after.loop(
        "f", "faults",
        ["{{ f.point }}", "{{ f.responsible }}\n{{ f.due_on }}", "{{ f.remedy }}", "{{ f.put_right_by }}\n{{ f.put_right_on }}",
         "{{ f.rechecked_by }}\n{{ f.rechecked_on }}"],
        14, whole=True,
    )
    signed = paper.table((30, 48, 30, 48))
    signed.pair("检查人签名", "", "负责人签名", "")
    paper.end()
    photos(paper)
    return paper.saved()


def rectification_notice() -> bytes:
    paper = Paper()
    paper.title("整 改 通 知", after=18)
    paper.line("{{ responsible }}：", SAN_HAO, after=6)
    paper.line(
        "{{ checked_on }}对{{ room }}进行档案安全检查（检查人：{{ checker }}），发现以下问题，请按期限整改完毕，并填写回执。",
        SAN_HAO, BODY, SPREAD, after=8, indent=True,
    )
    table = paper.table((14, 26, 74, 42))
    table.row([(head, 1) for head in ("序号", "项　目", "存　在　问　题", "整改期限")], 9, repeated=True)
    table.loop("f", "faults", ["{{ f.no }}", "{{ f.point }}", "{{ f.words }}", "{{ f.due_on }}"], 11, whole=True)
    paper.line("{{ station }}　　", SAN_HAO, align=RIGHT, before=16)
    paper.line("{{ made_on }}　　", SAN_HAO, align=RIGHT, after=14)
    paper.line("回　执", SI_HAO, HEADING, after=4, kept=True)
    slip = paper.table((12, 20, 50, 37, 37), WU_HAO)
    slip.row([(head, 1) for head in ("序号", "项　目", "整改情况", "完成人、日期", "复查人、日期")], 9, repeated=True)
    slip.loop(
        "f", "faults",
        ["{{ f.no }}", "{{ f.point }}", "{{ f.remedy }}", "{{ f.put_right_by }}\n{{ f.put_right_on }}",
         "{{ f.rechecked_by }}\n{{ f.rechecked_on }}"],
        14, whole=True,
    )
    paper.end()
    photos(paper)
    return paper.saved()


def archive_door_sheet() -> bytes:
    paper = Paper(landscape=True)
    paper.title("档案安全检查表（{{ year }}年{{ month }}月）", after=4)
    paper.two_ends("{{ station }}　{{ room }}", "温湿度标准：{{ limits }}")
    table = paper.table((14, *(15 for _point in range(6)), 17, 17, 62, 25))
    heads = ("日", *(f"{{{{ head_{at} }}}}" for at in range(1, 7)), "温度\n（℃）", "湿度\n（%）", "异常和整改情况", "检查人")
    table.row([(head, 1) for head in heads], 11, repeated=True)
    fields = ("day", *(f"point_{at}" for at in range(1, 7)), "temperature", "humidity")
    cells = [*(f"{{{{ l.{field} }}}}" for field in fields), "{{ l.note }}", "{{ l.checker }}"]
    table.loop("l", "lines", cells, 11.5, whole=True)
    paper.line("注：正常画“√”，异常画“×”并写明情况；贴于库房门后，月末归档。", WU_HAO, before=4)
    return paper.saved()


def climate_register() -> bytes:
    paper = Paper(numbered=True)
    paper.title("温湿度登记表（{{ year }}年）", after=4)
    paper.two_ends("{{ station }}　{{ room }}", "标准：{{ temperature_limits }}、{{ humidity_limits }}")
    table = paper.table((32, 20, 20, 30, 32, 22), XIAO_SI)
    table.row([(head, 1) for head in ("日　期", "温度（℃）", "湿度（%）", "是否合格", "采取措施", "记录人")], 11, repeated=True)
    fields = ("day", "temperature", "humidity", "judged", "measure", "checker")
    table.loop("l", "lines", [f"{{{{ l.{field} }}}}" for field in fields], 10, whole=True)
    paper.line("标准来源：{{ source }}", WU_HAO, align=LEFT, before=4)
    return paper.saved()
