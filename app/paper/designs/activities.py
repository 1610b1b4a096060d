"""The forms of an activity: notice, leave, the sheet to sign, the report, and what an inspection writes."""

from __future__ import annotations

from ..drawing import BODY, CENTRE, HEADING, RIGHT, SAN_HAO, SI_HAO, SPREAD, XIAO_SI, Paper
from .parts import contact, photos, points, text


def activity_notice() -> bytes:
    paper = Paper()
    paper.title("活 动 通 知", after=24)
    paper.line("各位代表：", SAN_HAO, after=6)
    paper.line("{{ sentence }}", SAN_HAO, BODY, SPREAD, after=6, indent=True)
    points(paper)
    paper.line("请安排好工作，按时参加。确因特殊情况不能参加的，请在活动开始前请假。", SAN_HAO, BODY, SPREAD, after=6, indent=True)
    contact(paper)
    paper.line("{{ station }}　　", SAN_HAO, align=RIGHT)
    paper.line("{{ made_on }}　　", SAN_HAO, align=RIGHT)
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
    photos(paper)
    paper.line("{%p endif %}", 1)
    return paper.saved()


def activity_report() -> bytes:
    paper = Paper(numbered=True)
    paper.title("{{ title }}", after=14)
    paper.line("{{ addressee }}：", SAN_HAO, after=4)
    text(paper)
    paper.line("{{ station }}　　", SAN_HAO, align=RIGHT, before=24)
    paper.line("{{ sent_on }}　　", SAN_HAO, align=RIGHT, after=10)
    photos(paper, "附：现场照片")
    return paper.saved()


def inspection_notice() -> bytes:
    paper = Paper()
    paper.title("关于开展代表视察调研的通知函", after=24)
    paper.line("{{ organ }}：", SAN_HAO, after=6)
    paper.line("{{ sentence }}", SAN_HAO, BODY, SPREAD, after=6, indent=True)
    points(paper)
    paper.line("请提前准备有关情况和资料，安排负责人到场介绍，并如实回答代表询问。", SAN_HAO, BODY, SPREAD, after=6, indent=True)
    contact(paper)
    paper.line("{{ station }}　　", SAN_HAO, align=RIGHT)
    paper.line("{{ made_on }}　　", SAN_HAO, align=RIGHT)
    paper.end()
    return paper.saved()


def inspection_feedback() -> bytes:
    paper = Paper()
    paper.title("视察调研情况反馈函", after=24)
    paper.line("{{ organ }}：", SAN_HAO, after=6)
    paper.line("{{ sentence }}", SAN_HAO, BODY, SPREAD, after=6, indent=True)
    for heading, field in (("一、视察中发现的情况", "findings"), ("二、代表提出的建议、批评和意见", "advice")):
        paper.line(heading, SAN_HAO, HEADING, before=8, kept=True, indent=True)
        paper.line(f"{{{{ {field} }}}}", SAN_HAO, BODY, after=4, indent=True)
    paper.line("以上意见，请认真研究处理，并将研究处理情况告知联络站。", SAN_HAO, BODY, SPREAD, before=8, after=6, indent=True)
    contact(paper)
    paper.line("{{ station }}　　", SAN_HAO, align=RIGHT)
    paper.line("{{ fed_back_on }}　　", SAN_HAO, align=RIGHT)
    paper.end()
    return paper.saved()


def work_unit_letter() -> bytes:
    paper = Paper()
    paper.title("致代表所在单位函", after=24)
    paper.line("{{ addressee }}：", SAN_HAO, after=6)
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
        paper.line(f"{{{{ {field} }}}}", SAN_HAO, BODY, after=4, indent=True)
    paper.line("参加代表：{{ deputies }}", SAN_HAO, BODY, SPREAD, before=8, after=36, indent=True)
    paper.line("{{ station }}　　", SAN_HAO, align=RIGHT)
    paper.line("{{ reported_on }}　　", SAN_HAO, align=RIGHT)
    paper.end()
    return paper.saved()
