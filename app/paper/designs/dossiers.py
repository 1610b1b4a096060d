"""The forms about a deputy's year: the dossier, and the summary of all."""

from __future__ import annotations

from ..drawing import CENTRE, HEADING, LEFT, SI_HAO, WU_HAO, XIAO_SI, Paper
from .parts import items

_HEADINGS = (
    ("people", "走访联系接待群众情况"),
    ("opinions", "提出意见建议情况"),
    ("deeds", "为群众办实事情况"),
    ("inspections", "参加视察调研、执法检查情况"),
    ("reporting", "述职情况"),
    ("other", "其他方面工作情况"),
)
_NUMERALS = "一二三四五六七八九十"


def dossier() -> bytes:
    paper = Paper(numbered=True)
    paper.title("人大代表履职档案", after=2)
    paper.line("（{{ year }}年度）", SI_HAO, "楷体_GB2312", CENTRE, after=4)
    paper.two_ends("{{ station }}", "{{ made_on }}")
    person = paper.table((28, 130))
    for label, field in (("姓　　名", "{{ name }}"), ("基本情况", "{{ person }}"), ("代表职务", "{{ offices }}")):
        person.row([(label, 1), (field, 1)], 9, labels=(0,), aligned=LEFT)
    paper.line("一、年度概况", SI_HAO, HEADING, before=8, kept=True)
    figures = paper.table((35, 22, 22, 35, 22, 22), WU_HAO)
    figures.row([(head, 1) for head in ("项　目", "本　人", "小组中位数") * 2], 7, repeated=True)
    cells = [f"{{{{ f.{name}{more} }}}}" for more in ("", "_2") for name in ("label", "value", "median")]
    figures.loop("f", "figures", cells, 7, whole=True)
    paper.line("", 6, after=0)
    months = paper.table((40, *(9,) * 12, 10), WU_HAO)
    months.row([("月　份", 1), *((str(month), 1) for month in range(1, 13)), ("合计", 1)], 7, repeated=True)
    months.loop("m", "months", ["{{ m.name }}", *(f"{{{{ m.m{month} }}}}" for month in range(1, 13)), "{{ m.sum }}"], 7, whole=True)
    for number, (category, name) in enumerate(_HEADINGS, 1):
        paper.line(f"{_NUMERALS[number]}、{name}（{{{{ {category}_count }}}}项）", SI_HAO, HEADING, before=8, kept=True)
        items(paper, f"{category}_lines")
    paper.line("八、未参加的活动", SI_HAO, HEADING, before=8, kept=True)
    items(paper, "missed_lines")
    paper.line("九、未经批准缺席本级人代会情况", SI_HAO, HEADING, before=8, kept=True)
    missed = paper.table((158,))
    missed.row([("{{ sessions_missed }}", 1)], 9, aligned=LEFT)
    paper.line("十、封存与补记", SI_HAO, HEADING, before=8, kept=True)
    sealed = paper.table((22, 24, 112), WU_HAO)
    sealed.row([("封　　存", 1), ("{{ seal }}", 2)], 10, labels=(0,), aligned=LEFT)
    sealed.row([("补　记", 1), ("日　期", 1), ("内　　容", 1)], 7)
    sealed.loop("a", "addendum_lines", [f"{{{{ a.{field} }}}}" for field in ("what", "day", "words")], 7, whole=True)
    paper.line("", 6, after=0)
    signature = paper.table((158,))
    signature.row([("{{ office }}意见：\n\n>（盖章）　　　　　\n>年　　月　　日　　", 1)], 28, aligned=LEFT, whole=True)
    paper.end()
    return paper.saved()


def dossier_summary() -> bytes:
    paper = Paper(landscape=True, numbered=True)
    paper.title("{{ year }}年度人大代表履职情况汇总表", after=2)
    paper.two_ends("{{ station }}　共 {{ count }} 人，已封存 {{ sealed }} 人", "{{ made_on }}", XIAO_SI)
    columns = (
        ("序号", "no", 8),
        ("姓　名", "name", 17),
        ("小　组", "group", 27),
        ("应到", "invited", 10),
        ("出席", "came", 10),
        ("出席率", "rate", 14),
        ("接待", "receptions", 10),
        ("走访", "visits", 10),
        ("转达\n意见", "opinions", 11),
        ("办结", "closed", 10),
        ("代表\n建议", "suggestions", 11),
        ("办\n实事", "deeds", 11),
        ("视察\n调研", "inspections", 11),
        ("述职", "reports", 10),
        ("人代会\n出席", "sessions_attended", 13),
        ("发言", "speeches", 10),
        ("议案\n建议", "motions", 11),
        ("合计", "total", 11),
        ("备注", "note", 20),
    )
    table = paper.table([width for _head, _field, width in columns], WU_HAO)
    table.row([(head, 1) for head, _field, _width in columns], 10, repeated=True)
    table.loop("d", "lines", [f"{{{{ d.{field} }}}}" for _head, field, _width in columns], 7, whole=True)
    paper.end()
    return paper.saved()
