"""The forms about deputies: the roster and the duty card."""

from __future__ import annotations

from ..drawing import CENTRE, HEADING, LEFT, SI_HAO, WU_HAO, XIAO_SI, Paper


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
