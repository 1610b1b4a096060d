"""Duty reports, the minutes of a review meeting, and the report on it."""

from __future__ import annotations

from ..drawing import BODY, CENTRE, LEFT, RIGHT, SAN_HAO, SI_HAO, Paper
from .parts import counted, photos, text


def duty_report() -> bytes:
    paper = Paper(numbered=True)
    paper.title("人大代表述职报告", after=4)
    paper.line("（{{ year }}年度　{{ form }}）", SI_HAO, "楷体_GB2312", CENTRE, after=8)
    table = paper.table((30, 48, 32, 46))
    table.pair("述职代表", "{{ name }}", "届　次", "{{ term }}")
    table.pair("代表小组", "{{ group }}", "选　区", "{{ constituency }}")
    table.pair("提交日期", "{{ submitted_on }}", "小组收到日期", "{{ received_on }}")
    paper.line("", 8, after=4)
    text(paper)
    paper.line("述职人：　　　　　　　　", SAN_HAO, align=RIGHT, before=24)
    paper.line("年　　月　　日　　", SAN_HAO, align=RIGHT)
    return paper.saved()


def review_minutes() -> bytes:
    paper = Paper(numbered=True)
    paper.title("代表述职评议会会议记录", after=6)
    table = paper.table((32, 46, 26, 52))
    table.wide("会议名称", "{{ title }}", 10)
    table.pair("时　间", "{{ start }}", "地　点", "{{ place }}")
    table.pair("组织小组", "{{ group }}", "评议主体", "{{ audience }}")
    table.pair("主持人", "{{ chair }}", "记录人", "")
    table.pair("监票人", "{{ scrutineers }}", "计票人", "{{ tellers }}")
    table.wide("述职代表", "{{ reporters }}", 10)
    table.pair("应到选民代表", "{{ representatives }}", "实　到", "{{ signed_in }}")
    paper.line("", 8, after=4)
    text(paper)
    counted(paper)
    paper.line("主持人：　　　　　　　监票人：　　　　　　　记录人：", SI_HAO, BODY, LEFT, before=24)
    return paper.saved()


def review_report() -> bytes:
    paper = Paper(numbered=True)
    paper.title("关于“{{ title }}”的情况报告", after=14)
    paper.line("{{ addressee }}：", SAN_HAO, after=4)
    text(paper)
    counted(paper)
    paper.line("{{ station }}　　", SAN_HAO, align=RIGHT, before=24, kept=True)
    paper.line("{{ sent_on }}　　", SAN_HAO, align=RIGHT, after=10)
    photos(paper)
    return paper.saved()
