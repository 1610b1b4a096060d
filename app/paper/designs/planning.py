"""The forms of a year: plan, summary, chronicle."""

from __future__ import annotations

from ..drawing import CENTRE, HEADING, LEFT, RIGHT, SAN_HAO, SI_HAO, XIAO_SI, Paper
from .parts import text


def work_plan() -> bytes:
    paper = Paper(numbered=True)
    paper.title("{{ station }}", after=0)
    paper.title("{{ when }}工作计划", after=16)
    text(paper)
    paper.line("{%p if items %}", 1)
    paper.line("{%p if paragraphs %}", 1)
    paper.line("附：计划事项", SAN_HAO, HEADING, before=8, after=6, kept=True)
    paper.line("{%p endif %}", 1)
    table = paper.table((12, 26, 40, 60, 18))
    table.row([(head, 1) for head in ("序号", "时　间", "活动类型", "计　划　事　项", "备　注")], 9, repeated=True)
    table.loop("i", "items", [f"{{{{ i.{field} }}}}" for field in ("no", "date", "type", "title", "note")], 9, whole=True)
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
    text(paper)
    paper.line("{{ station }}　　", SAN_HAO, align=RIGHT, before=24)
    paper.line("{{ written_on }}　　", SAN_HAO, align=RIGHT)
    return paper.saved()


def chronicle() -> bytes:
    paper = Paper(numbered=True)
    paper.title("{{ station }}大事记", after=2)
    paper.line("（{{ when }}）", SI_HAO, "楷体_GB2312", CENTRE, after=8)
    table = paper.table((44, 112))
    table.roomy()
    table.row([("时　间", 1), ("事　　项", 1)], 10, repeated=True)
    table.loop("l", "lines", ["{{ l.day }}", "{{ l.what }}"], 9, aligned=LEFT, whole=True)
    paper.end()
    return paper.saved()
