"""The forms of receptions, opinions and suggestions."""

from __future__ import annotations

from ..drawing import BODY, CENTRE, ER_HAO, LEFT, POSTER, RIGHT, SAN_HAO, SPREAD, TITLE, Paper


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
    feedback = paper.table((12, 29, 22, 22, 42, 29))
    feedback.row([("反馈记录", 6)], 8, repeated=True)
    feedback.row([(head, 1) for head in ("序号", "答复时间", "答复形式", "答复人", "答　复　内　容", "选民是否满意")], 8, repeated=True)
    fields = ("replied_on", "form", "answerer", "answer", "satisfaction")
    feedback.loop("r", "replies", ["{{ loop.index }}", *(f"{{{{ r.{field} }}}}" for field in fields)], 13)
    paper.end()
    return paper.saved()


def reception_announcement() -> bytes:
    """A poster: large, to be read from where people pass by."""
    paper = Paper()
    paper.line("{{ office }}", ER_HAO, TITLE, CENTRE, after=10)
    paper.line("代表接待选民公告", POSTER, TITLE, CENTRE, after=14)
    paper.line("{{ station }}组织人大代表接待选民，欢迎前来反映意见和建议。", ER_HAO, BODY, SPREAD, after=8, indent=True)
    parts = (("时　　间", "{{ day }}\n{{ hours }}"), ("地　　点", "{{ place }}"), ("主要内容", "{{ content }}"),
             ("接待代表", "{{ deputies }}"), ("联 系 人", "{{ contact }}"))
    table = paper.table((40, 116), ER_HAO)
    for label, text in parts:
        table.row([(label, 1), (text, 1)], 15, labels=(0,), aligned=LEFT, whole=True)
    paper.line("{{ station }}　　", ER_HAO, align=RIGHT, before=14)
    paper.line("{{ posted_on }}　　", ER_HAO, align=RIGHT)
    paper.end()
    return paper.saved()


def suggestion_form() -> bytes:
    """The co-signers stand below their lead, so that they are never left alone on a second page."""
    paper = Paper()
    paper.title("闭会期间代表建议、意见表", after=6)
    paper.two_ends("{{ station }}", "编号：{{ number }}")
    table = paper.table((30, 48, 30, 48))
    table.wide("标　题", "{{ title }}", 10)
    table.pair("领衔代表", "{{ deputy }}", "代表证号", "{{ certificate }}")
    table.pair("工作单位\n及职务", "{{ unit }}", "联系电话", "{{ phone }}")
    signers = paper.table((30, 63, 63))
    heads = signers.row([(head, 1) for head in ("附议代表", "姓　　名", "代表证号")], 9, repeated=True)
    for cell in heads.cells:
        cell.paragraphs[0].paragraph_format.keep_with_next = True
    signers.loop("s", "signers", ["{{ loop.index }}", "{{ s.name }}", "{{ s.certificate }}"], 9)
    table = paper.table((30, 48, 30, 48))
    table.pair("提出日期", "{{ submitted_on }}", "交办层级", "{{ level }}")
    table.wide("建议、意见\n内　　容", "{{ content }}", 16, top=True)
    table.pair("主办单位", "{{ organ }}", "协办单位", "{{ co_organs }}")
    table.pair("交办日期", "{{ handed_over_on }}", "办理期限", "{{ due }}")
    table.wide("办理期限说明", "{{ term }}", 10)
    table.wide("退办情况", "{{ returned }}", 9)
    table.pair("答复日期", "{{ answered_on }}", "评价日期", "{{ asked_on }}")
    table.wide("答复内容", "{{ answer }}", 10, top=True)
    table.wide("办理结果", "{{ result }}", 11)
    table.wide("代表意见", "{{ verdict }}\n{{ dissatisfied_because }}", 12)
    table.pair("第二次办理\n交办日期", "{{ again_on }}", "办理期限", "{{ again_due }}")
    table.pair("再次答复\n日　　期", "{{ again_answered_on }}", "代表意见", "{{ again_verdict }}")
    table.wide("再次办理\n结　　果", "{{ again_result }}\n{{ again_answer }}", 10)
    paper.end()
    return paper.saved()


def supervision_letter() -> bytes:
    paper = Paper()
    paper.title("督　办　函", after=24)
    paper.line("{{ organ }}：", SAN_HAO, after=6)
    paper.line("{{ sentence }}", SAN_HAO, BODY, SPREAD, after=6, indent=True)
    paper.line("事项：{{ matter }}", SAN_HAO, BODY, SPREAD, after=6, indent=True)
    paper.line("督办情况：{{ finding }}", SAN_HAO, BODY, SPREAD, after=6, indent=True)
    paper.line("请抓紧办理，将办理情况书面答复提出人，并抄送联络站。", SAN_HAO, BODY, SPREAD, after=6, indent=True)
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
