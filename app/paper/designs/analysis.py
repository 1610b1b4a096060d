"""What is made of a year's opinions: the summary in figures, the cover and contents of the bound volume."""

from __future__ import annotations

from ..drawing import BODY, CENTRE, ER_HAO, HEADING, SAN_HAO, SI_HAO, SPREAD, WU_HAO, XIAO_SI, Paper


def opinion_summary() -> bytes:
    paper = Paper(landscape=True, numbered=True)
    paper.title("{{ year }}年度群众意见建议办理情况汇总", after=4)
    paper.two_ends("{{ station }}", "{{ made_on }}")
    paper.line(
        "全年收到意见建议 {{ received }} 件，已办结 {{ closed }} 件，未办结 {{ open }} 件，现逾期 {{ late }} 件；"
        "接待结束到签发的工作日中位数 {{ to_sign }}，签发到答复 {{ to_answer }}；"
        "已评价 {{ rated }} 件，满意和基本满意占 {{ content }}。",
        XIAO_SI, BODY, SPREAD, after=4, indent=True,
    )
    fields = (
        "received", "answered_on_spot", "answered_after_enquiry", "explained", "to_gather", "to_assign", "handling_none", "closed", "open",
        "to_sign", "to_answer", "satisfied", "mostly", "dissatisfied", "not_obtained", "satisfaction_none", "late",
    )
    heads = (
        "收到", "当场\n答复", "咨询\n后答", "解释\n说明", "待\n汇总", "转\n交办", "处理\n未填", "已\n办结", "未\n办结",
        "签发\n天数", "答复\n天数", "满意", "基本\n满意", "不\n满意", "未\n取得", "尚无\n评价", "现\n逾期",
    )
    parts = (("一、按月份", "月　份", "month"), ("二、按类别", "类　别", "category"),
             ("三、按承办单位", "承办单位", "organ"), ("四、按村（社区）", "村（社区）", "village"))
    for title, head, part in parts:
        paper.line(title, SI_HAO, HEADING, before=8, kept=True)
        table = paper.table((38, *(11 for _each in fields)), WU_HAO)
        table.row([(each, 1) for each in (head, *heads)], 12, repeated=True)
        table.loop("l", f"{part}_lines", ["{{ l.name }}", *(f"{{{{ l.{field} }}}}" for field in fields)], 7.5, whole=True)
    paper.line("五、现在逾期（不分登记年度）", SI_HAO, HEADING, before=8, kept=True)
    late = paper.table((80, 85, 25, 35), WU_HAO)
    late.row([(each, 1) for each in ("等待单位", "逾期情况", "件　数", "最早到期")], 9, repeated=True)
    late.loop("l", "late_lines", [f"{{{{ l.{field} }}}}" for field in ("who", "what", "count", "oldest")], 8, whole=True)
    paper.line("注：天数为工作日中位数。签发天数自接待结束次日起算，以首次签发为止；答复天数自交办单签发次日起算。", WU_HAO, before=6)
    return paper.saved()


def opinion_volume() -> bytes:
    paper = Paper()
    paper.line("", SAN_HAO, after=110)
    paper.title("{{ station }}", after=30)
    paper.title("群众意见建议登记办理册", after=30)
    paper.line("{{ year }}年度", ER_HAO, "楷体_GB2312", CENTRE, after=10)
    paper.line("第 {{ part }} 册　共 {{ parts }} 册", SAN_HAO, BODY, CENTRE, after=200)
    paper.line("本册 {{ count }} 件", SAN_HAO, BODY, CENTRE, after=10)
    paper.line("{{ office }}", SAN_HAO, BODY, CENTRE, after=10)
    paper.line("{{ made_on }}", SAN_HAO, BODY, CENTRE)
    paper.title("目　　录", after=8).paragraph_format.page_break_before = True
    table = paper.table((13, 23, 24, 54, 28, 18), WU_HAO)
    heads = ("件号", "编　号", "接待日期", "事　　由", "承办单位或\n处理方式", "满意\n程度")
    table.row([(each, 1) for each in heads], 11, repeated=True)
    table.loop("l", "lines", [f"{{{{ l.{field} }}}}" for field in ("no", "number", "day", "matter", "organ", "result")], 9, whole=True)
    paper.end()
    return paper.saved()
