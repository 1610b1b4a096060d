"""Makes the built-in templates anew: `python -m app.paper.make_templates`. The same script gives the same files.

A template to be changed is changed here; a new form is a function here, named after its key. Two braces name a field of the form,
`{%tr for x in xs %}` repeats the row of a table; the fields are those that the form's declaration lists.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from .drawing import BODY, CENTRE, ER_HAO, HEADING, LEFT, RIGHT, SAN_HAO, SI_HAO, SPREAD, WU_HAO, XIAO_SI, Paper

FOLDER = Path(__file__).parent / "templates"


def roster() -> bytes:
    paper = Paper(landscape=True, numbered=True)
    paper.title("{{ town }}人大代表花名册", after=2)
    paper.line("（按姓氏笔画为序）", XIAO_SI, "楷体_GB2312", CENTRE, after=2)
    paper.two_ends("共 {{ count }} 人，其中女 {{ women }} 人", "{{ made_on }}")
    columns = (
        ("序号", "no", 8),
        ("姓　名", "name", 17),
        ("性别", "sex", 8),
        ("民族", "nation", 12),
        ("出生\n年月", "birth", 15),
        ("政治\n面貌", "party", 18),
        ("文化\n程度", "education", 17),
        ("工作单位及职务", "unit", 30),
        ("选区（选举单位）", "constituency", 25),
        ("届　次", "terms", 21),
        ("代表\n证号", "certificate", 17),
        ("联系电话", "phone", 26),
        ("备注", "note", 11),
    )
    table = paper.table([width for _head, _field, width in columns], WU_HAO)
    table.row([(head, 1) for head, _field, _width in columns], 11, repeated=True)
    table.loop("d", "deputies", [f"{{{{ d.{field} }}}}" for _head, field, _width in columns], 9, whole=True)
    paper.end()
    return paper.saved()


def duty_card() -> bytes:
    paper = Paper(numbered=True)
    paper.title("人大代表履职登记卡", after=2)
    paper.line("（{{ year }}年度）", SI_HAO, "楷体_GB2312", CENTRE, after=4)
    paper.two_ends("{{ station }}", "所属小组：{{ group }}")
    person = paper.table((24, 41, 22, 39, 30))
    rows = [
        (("姓　名", "{{ name }}"), ("性　别", "{{ sex }}")),
        (("民　族", "{{ nation }}"), ("出生年月", "{{ birth }}")),
        (("政治面貌", "{{ party }}"), ("文化程度", "{{ education }}")),
    ]
    drawn = [person.row([(text, 1) for pair in row for text in pair] + [("", 1)], 10) for row in rows]
    photo = drawn[0].cells[4].merge(drawn[-1].cells[4])
    person.write(photo, "照\n\n片", CENTRE)
    for label, field in (("联系电话", "{{ phone }}"), ("工作单位及职务", "{{ unit }}"), ("住　址", "{{ address }}")):
        person.row([(label, 1), (field, 4)], 10, labels=(0,), aligned=LEFT)
    paper.line("一、代表职务", SI_HAO, HEADING, before=8, kept=True)
    offices = paper.table((32, 48, 24, 28, 24))
    offices.row([(head, 1) for head in ("届　次", "选区（选举单位）", "代表证号", "当选日期", "状　态")], repeated=True)
    offices.loop("m", "mandates", [f"{{{{ m.{field} }}}}" for field in ("term", "constituency", "certificate", "elected_on", "state")])
    paper.line("二、履职情况", SI_HAO, HEADING, before=8, kept=True)
    work = paper.table((13, 32, 41, 70))
    work.row([(head, 1) for head in ("序号", "日　期", "类　别", "履　职　内　容")], repeated=True)
    work.loop("w", "work", [f"{{{{ w.{field} }}}}" for field in ("no", "day", "kind", "what")], whole=True)
    paper.line("三、活动考勤", SI_HAO, HEADING, before=8, kept=True)
    marks = paper.table((39, 39, 39, 39))
    marks.row([(head, 1) for head in ("应参加活动（次）", "出　席（次）", "请　假（次）", "缺　席（次）")])
    marks.row([(f"{{{{ {field} }}}}", 1) for field in ("invited", "came", "leave", "absent")])
    paper.line("四、联络站意见", SI_HAO, HEADING, before=8, kept=True)
    opinion = paper.table((156,))
    opinion.row([("\n\n>（盖章）　　　　　\n>年　　月　　日　　", 1)], 32, aligned=LEFT, whole=True)
    paper.end()
    return paper.saved()


def opinion_register() -> bytes:
    paper = Paper()
    paper.title("代表接待选民建议、意见登记表", after=6)
    paper.two_ends("{{ station }}", "编号：{{ number }}")
    table = paper.table((30, 48, 30, 48))
    table.pair("接待时间", "{{ heard_on }}", "接待地点", "{{ place }}")
    table.pair("接待代表", "{{ deputy }}", "记录人", "{{ recorder }}")
    table.pair("选民姓名", "{{ voter_name }}", "联系电话", "{{ voter_phone }}")
    table.pair("村（社区）", "{{ village }}", "附议人数", "{{ co_signers }}")
    table.wide("住　址", "{{ voter_address }}", 10)
    table.wide("意见类别", "{{ category }}", 10)
    table.wide("选民建议、\n意见内容", "{{ words }}", 46, top=True)
    table.wide("处理方式", "{{ handling }}", 14)
    table.wide("法律政策依据", "{{ legal_basis }}", 14)
    table.wide("答复、解释\n情　　况", "{{ answer }}", 30, top=True)
    table.wide("选民是否满意", "{{ satisfaction }}", 12)
    table.pair("代表签名", "", "选民签名", "")
    paper.end()
    return paper.saved()


def assignment_sheet() -> bytes:
    paper = Paper()
    paper.title("接待群众建议、意见交办单", after=6)
    paper.two_ends("交办单位：{{ office }}", "编号：{{ number }}")
    table = paper.table((30, 48, 30, 48))
    table.pair("承办单位", "{{ organ }}", "协办单位", "{{ co_organs }}")
    table.pair("交办日期", "{{ assigned_on }}", "办理期限", "{{ due }}")
    table.pair("反映人", "{{ voter_name }}", "联系电话", "{{ voter_phone }}")
    table.pair("住　址", "{{ voter_address }}", "村（社区）", "{{ village }}")
    table.pair("接待代表", "{{ deputy }}", "接待时间", "{{ heard_on }}")
    table.wide("建议、意见\n内　　容", "{{ words }}", 38, top=True)
    table.wide("交办意见", "{{ instruction }}\n\n>签发人：{{ signed_by }}　　　{{ signed_on }}　", 30, top=True)
    table.pair("签收人", "{{ received_by }}", "签收日期", "{{ received_on }}")
    table.wide("退办日期、\n理　　由", "{{ returned }}", 10)
    feedback = paper.table((12, 25, 22, 22, 46, 29))
    feedback.row([("反馈记录", 6)], 8, repeated=True)
    feedback.row([(head, 1) for head in ("序号", "答复时间", "答复形式", "答复人", "答　复　内　容", "选民是否满意")], 8, repeated=True)
    fields = ("replied_on", "form", "answerer", "answer", "satisfaction")
    feedback.loop("r", "replies", ["{{ loop.index }}", *(f"{{{{ r.{field} }}}}" for field in fields)], 13)
    paper.end()
    return paper.saved()


def leave_report() -> bytes:
    paper = Paper()
    paper.title("请 假 报 告", after=24)
    paper.line("{{ addressee }}：", SAN_HAO, after=6)
    paper.line("{{ sentence }}", SAN_HAO, BODY, SPREAD, after=6, indent=True)
    paper.line("特此报告，请予批准。", SAN_HAO, after=30, indent=True)
    paper.line("请假人：{{ deputy }}（签名）　　　　　　　　", SAN_HAO, align=RIGHT)
    paper.line("{{ asked_on }}　　", SAN_HAO, align=RIGHT, after=24)
    table = paper.table((30, 48, 30, 48))
    table.pair("工作单位\n及职务", "{{ unit }}", "联系电话", "{{ phone }}")
    table.pair("请假事项", "{{ occasion }}", "举行时间", "{{ held_on }}")
    table.pair("请假事由", "{{ reason }}", "请假时间", "{{ timing }}")
    table.wide("审批意见", "{{ decision }}\n\n>审批人：{{ decided_by }}　　　　{{ decided_on }}　", 36, top=True)
    table.wide("备　注", "", 14)
    paper.end()
    return paper.saved()


def sign_in_sheet() -> bytes:
    paper = Paper(numbered=True)
    paper.title("活 动 签 到 表", after=6)
    paper.two_ends("{{ station }}", "应到代表：{{ invited }} 人")
    about = paper.table((26, 58, 24, 48))
    about.wide("活动名称", "{{ title }}", 10)
    about.pair("时　间", "{{ start }}", "地　点", "{{ place }}")
    about.pair("活动类型", "{{ type }}", "组织单位", "{{ organiser }}")
    paper.line("", 4, after=0)
    grid = paper.table((13, 25, 40, 13, 25, 40))
    grid.row([(head, 1) for head in ("序号", "姓　名", "签　　名") * 2], 10, repeated=True)
    grid.loop("p", "pairs", [f"{{{{ p.{field}_{side} }}}}" for side in (1, 2) for field in ("no", "name", "mark")], 11.5)
    paper.end()
    paper.line("{%p if annex %}", 1)
    paper.line("附：签到原件和现场照片", SAN_HAO, HEADING, after=6, kept=True).paragraph_format.page_break_before = True
    paper.line("{%p for s in scans %}", 1)
    paper.line("{{ s.scan }}", SI_HAO, align=CENTRE, after=4)
    paper.line("{{ s.note }}", XIAO_SI, align=CENTRE, after=6)
    paper.line("{%p endfor %}", 1)
    _photos(paper)
    paper.line("{%p endif %}", 1)
    return paper.saved()


def _photos(paper: Paper) -> None:
    """Two photos a line with their notes under them; nothing where there are none."""
    paper.line("{%p if photos %}", 1)
    table = paper.table((78, 78), XIAO_SI)
    table.loop("x", "photos", ["{{ x.photo_1 }}\n{{ x.note_1 }}", "{{ x.photo_2 }}\n{{ x.note_2 }}"], 20, whole=True)
    paper.end()
    paper.line("{%p endif %}", 1)


def activity_report() -> bytes:
    paper = Paper(numbered=True)
    paper.title("{{ title }}", after=14)
    paper.line("{{ addressee }}：", SAN_HAO, after=4)
    _text(paper)
    paper.line("{{ station }}　　", SAN_HAO, align=RIGHT, before=24)
    paper.line("{{ sent_on }}　　", SAN_HAO, align=RIGHT, after=10)
    _photos(paper)
    return paper.saved()


def work_plan() -> bytes:
    paper = Paper(numbered=True)
    paper.title("{{ station }}", after=0)
    paper.title("{{ when }}工作计划", after=16)
    _text(paper)
    paper.line("{%p if items %}", 1)
    paper.line("附：计划事项", SAN_HAO, HEADING, before=8, after=6, kept=True)
    table = paper.table((12, 20, 26, 72, 26))
    table.row([(head, 1) for head in ("序号", "月　份", "活动类型", "计　划　事　项", "备　注")], 9, repeated=True)
    table.loop("i", "items", [f"{{{{ i.{field} }}}}" for field in ("no", "month", "type", "title", "note")], 9, whole=True)
    paper.line("{%p endif %}", 1)
    paper.line("", XIAO_SI, after=10)
    table = paper.table((26, 52, 26, 52))
    table.pair("编　制", "{{ author }}", "编制日期", "{{ made_on }}")
    table.pair("站　长", "", "批准日期", "{{ approved_on }}")
    paper.end()
    return paper.saved()


def annual_summary() -> bytes:
    paper = Paper(numbered=True)
    paper.title("{{ station }}", after=0)
    paper.title("{{ when }}工作总结", after=16)
    _text(paper)
    paper.line("{{ station }}　　", SAN_HAO, align=RIGHT, before=24)
    paper.line("{{ written_on }}　　", SAN_HAO, align=RIGHT)
    return paper.saved()


def _text(paper: Paper) -> None:
    """Paragraphs of running text; headings in their own letters."""
    paper.line("{%p for p in paragraphs %}", 1)
    paper.line("{%p if p.heading %}", 1)
    paper.line("{{ p.text }}", SAN_HAO, HEADING, indent=True, kept=True)
    paper.line("{%p else %}", 1)
    paper.line("{{ p.text }}", SAN_HAO, BODY, SPREAD, indent=True)
    paper.line("{%p endif %}", 1)
    paper.line("{%p endfor %}", 1)


def chronicle() -> bytes:
    paper = Paper(numbered=True)
    paper.title("{{ station }}大事记", after=2)
    paper.line("（{{ when }}）", SI_HAO, "楷体_GB2312", CENTRE, after=8)
    table = paper.table((38, 118))
    table.row([("时　间", 1), ("事　　项", 1)], 10, repeated=True)
    table.loop("l", "lines", ["{{ l.day }}", "{{ l.what }}"], 9, aligned=LEFT, whole=True)
    paper.end()
    return paper.saved()


def activity_notice() -> bytes:
    paper = Paper()
    paper.title("活 动 通 知", after=24)
    paper.line("各位代表：", SAN_HAO, after=6)
    paper.line("{{ sentence }}", SAN_HAO, BODY, SPREAD, after=6, indent=True)
    for label, field in (("一、时间：", "start"), ("二、地点：", "place"), ("三、内容：", "content"), ("四、方式：", "form")):
        paper.line(f"{label}{{{{ {field} }}}}", SAN_HAO, BODY, after=4, indent=True)
    paper.line("五、参加人员：应到代表 {{ invited }} 人", SAN_HAO, BODY, after=6, indent=True)
    paper.line("请安排好工作，按时参加。确因特殊情况不能参加的，请在活动开始前请假。", SAN_HAO, BODY, SPREAD, after=6, indent=True)
    paper.line("联系人：{{ convenor }}　　联系电话：{{ phone }}", SAN_HAO, BODY, after=36, indent=True)
    paper.line("{{ station }}　　", SAN_HAO, align=RIGHT)
    paper.line("{{ made_on }}　　", SAN_HAO, align=RIGHT)
    paper.end()
    return paper.saved()


def inspection_notice() -> bytes:
    paper = Paper()
    paper.title("关于开展代表视察调研的通知函", after=24)
    paper.line("{{ organ }}：", SAN_HAO, after=6)
    paper.line("{{ sentence }}", SAN_HAO, BODY, SPREAD, after=6, indent=True)
    for label, field in (("一、视察内容：", "subject"), ("二、时　间：", "start"), ("三、地　点：", "place"), ("四、方　式：", "form")):
        paper.line(f"{label}{{{{ {field} }}}}", SAN_HAO, BODY, after=4, indent=True)
    paper.line("请提前准备有关情况和资料，安排负责人到场介绍，并如实回答代表询问。", SAN_HAO, BODY, SPREAD, after=6, indent=True)
    paper.line("联系人：{{ convenor }}　　联系电话：{{ phone }}", SAN_HAO, BODY, after=36, indent=True)
    paper.line("{{ station }}　　", SAN_HAO, align=RIGHT)
    paper.line("{{ made_on }}　　", SAN_HAO, align=RIGHT)
    paper.end()
    return paper.saved()


def work_unit_letter() -> bytes:
    paper = Paper()
    paper.title("致代表所在单位函", after=24)
    paper.line("{{ unit }}：", SAN_HAO, after=6)
    paper.line("{{ sentence }}", SAN_HAO, BODY, SPREAD, after=6, indent=True)
    paper.line("请予支持，安排好代表的工作，并按规定保障其参加活动期间的待遇。", SAN_HAO, BODY, SPREAD, after=6, indent=True)
    paper.line("特此致函。", SAN_HAO, BODY, after=36, indent=True)
    paper.line("{{ station }}　　", SAN_HAO, align=RIGHT)
    paper.line("{{ made_on }}　　", SAN_HAO, align=RIGHT)
    paper.end()
    return paper.saved()


def inspection_report() -> bytes:
    paper = Paper(numbered=True)
    paper.title("{{ title }}", after=2)
    paper.line("（{{ type }}报告）", SI_HAO, "楷体_GB2312", CENTRE, after=10)
    paper.line("{{ sentence }}", SAN_HAO, BODY, SPREAD, after=6, indent=True)
    parts = (("一、发现的情况", "findings"), ("二、代表的建议", "advice"), ("三、报告", "report"), ("四、反馈", "feedback"))
    for heading, field in parts:
        paper.line(heading, SAN_HAO, HEADING, before=8, kept=True, indent=True)
        paper.line(f"{{{{ {field} }}}}", SAN_HAO, BODY, SPREAD, after=4, indent=True)
    paper.line("参加代表：{{ deputies }}", SAN_HAO, BODY, SPREAD, before=8, after=36, indent=True)
    paper.line("{{ station }}　　", SAN_HAO, align=RIGHT)
    paper.line("{{ reported_on }}　　", SAN_HAO, align=RIGHT)
    paper.end()
    return paper.saved()


def suggestion_form() -> bytes:
    paper = Paper()
    paper.title("闭会期间代表建议、意见表", after=6)
    paper.two_ends("{{ station }}", "编号：{{ number }}")
    table = paper.table((30, 48, 30, 48))
    table.wide("标　题", "{{ title }}", 12)
    table.pair("领衔代表", "{{ deputy }}", "代表证号", "{{ certificate }}")
    table.pair("工作单位\n及职务", "{{ unit }}", "联系电话", "{{ phone }}")
    table.pair("提出日期", "{{ submitted_on }}", "交办层级", "{{ level }}")
    table.wide("建议、意见\n内　　容", "{{ content }}", 60, top=True)
    table.pair("主办单位", "{{ organ }}", "协办单位", "{{ co_organs }}")
    table.pair("交办日期", "{{ handed_over_on }}", "办理期限", "{{ due }}")
    table.wide("答复日期", "{{ answered_on }}", 10)
    table.wide("办理结果", "{{ result }}", 14)
    table.wide("代表意见", "{{ verdict }}", 12)
    signers = paper.table((30, 63, 63))
    signers.row([(head, 1) for head in ("附议代表", "姓　　名", "代表证号")], 9, repeated=True)
    signers.loop("s", "signers", ["{{ loop.index }}", "{{ s.name }}", "{{ s.certificate }}"], 9)
    paper.end()
    return paper.saved()


def supervision_letter() -> bytes:
    paper = Paper()
    paper.title("督　办　函", after=24)
    paper.line("{{ organ }}：", SAN_HAO, after=6)
    paper.line("{{ sentence }}", SAN_HAO, BODY, SPREAD, after=6, indent=True)
    paper.line("事项：{{ matter }}", SAN_HAO, BODY, SPREAD, after=6, indent=True)
    paper.line("督办情况：{{ finding }}", SAN_HAO, BODY, SPREAD, after=6, indent=True)
    paper.line("请抓紧办理，将办理情况书面答复本人，并抄送联络站。", SAN_HAO, BODY, SPREAD, after=6, indent=True)
    paper.line("督办人：{{ by_whom }}", SAN_HAO, BODY, after=36, indent=True)
    paper.line("{{ office }}　　", SAN_HAO, align=RIGHT)
    paper.line("{{ made_on }}　　", SAN_HAO, align=RIGHT)
    paper.end()
    return paper.saved()


def answer_letter() -> bytes:
    paper = Paper()
    paper.title("答　复　函", after=24)
    paper.line("{{ addressee }}：", SAN_HAO, after=6)
    paper.line("{{ sentence }}", SAN_HAO, BODY, SPREAD, after=6, indent=True)
    paper.line("{{ words }}", SAN_HAO, BODY, SPREAD, after=6, indent=True)
    paper.line("现答复如下：", SAN_HAO, BODY, after=6, indent=True)
    paper.line("{{ answer }}", SAN_HAO, BODY, SPREAD, after=6, indent=True)
    paper.line("答复人：{{ answerer }}", SAN_HAO, BODY, after=36, indent=True)
    paper.line("{{ station }}　　", SAN_HAO, align=RIGHT)
    paper.line("{{ made_on }}　　", SAN_HAO, align=RIGHT)
    paper.end()
    return paper.saved()


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


TEMPLATES: dict[str, Callable[[], bytes]] = {
    made.__name__: made
    for made in (
        roster,
        duty_card,
        opinion_register,
        assignment_sheet,
        leave_report,
        sign_in_sheet,
        activity_report,
        work_plan,
        annual_summary,
        chronicle,
        activity_notice,
        inspection_notice,
        work_unit_letter,
        inspection_report,
        suggestion_form,
        supervision_letter,
        answer_letter,
        opinion_summary,
        opinion_volume,
    )
}


def main() -> None:
    """Write every template beside this script."""
    FOLDER.mkdir(exist_ok=True)
    for key, made in TEMPLATES.items():
        (FOLDER / f"{key}.docx").write_bytes(made())


if __name__ == "__main__":
    main()
