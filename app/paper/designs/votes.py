"""The forms of a vote: the paper ballot, the slips of electronic ballots, the sheet with the result of the count."""

from __future__ import annotations

from ..drawing import BODY, CENTRE, LEFT, RIGHT, SAN_HAO, SI_HAO, SPREAD, WU_HAO, XIAO_SI, Paper

_GRADES = tuple(f"{{{{ grade_{number} }}}}" for number in range(1, 5))


def ballot_paper() -> bytes:
    """Ballots one under the other, none of them parted between two pages, with a line between them to cut along."""
    paper = Paper()
    paper.line("{%p for b in ballots %}", 1)
    paper.line("{{ heading }}", 18, "方正小标宋简体", CENTRE, after=2, kept=True)
    paper.line("{{ title }}　{{ held_on }}", WU_HAO, BODY, CENTRE, after=3, kept=True)
    table = paper.table((44, 28, 28, 28, 28), XIAO_SI)
    table.row([(text, 1) for text in ("述职代表", *_GRADES)], 8)
    table.loop("l", "lines", ["{{ l.name }}", "", "", "", ""], 8.5, whole=True)
    table.kept_together()
    paper.line(
        "请在每位代表一行中选一项画“○”，不写姓名。一行不画或画两项以上，该行无效。画好后折起，投入票箱。",
        WU_HAO, BODY, SPREAD, before=3, after=2, kept=True,
    )
    paper.line("（联络站盖章有效）　　　", WU_HAO, BODY, RIGHT, after=2, kept=True)
    paper.cut()
    paper.line("{%p endfor %}", 1)
    return paper.saved()


def ballot_slips() -> bytes:
    """Eight slips a sheet, to be cut along the dashed lines: a code, the same as a picture, and what to do with it."""
    paper = Paper()
    table = paper.table((78, 78), WU_HAO)
    table.dashed()
    fields = ("head", "title", "qr", "code", "how", "once")
    cells = ["\n".join(f"{{{{ p.{field}_{side} }}}}" for field in fields) for side in (1, 2)]
    table.loop("p", "pairs", cells, 54, whole=True)
    table.enlarged("code_", SAN_HAO)
    paper.end()
    return paper.saved()


def count_sheet() -> bytes:
    paper = Paper(numbered=True)
    paper.title("述职评议测评计票结果单", after=6)
    paper.two_ends("{{ station }}", "{{ held_on }}")
    about = paper.table((26, 52, 26, 52))
    about.wide("会　议", "{{ title }}", 10)
    about.pair("地　点", "{{ place }}", "参加范围", "{{ audience }}")
    about.pair("应　到", "{{ expected }}", "实　到", "{{ signed_in }}")
    about.pair("发出票", "{{ issued }}", "收回票", "{{ returned }}")
    paper.line("", 4, after=0)
    table = paper.table((28, 18, 21, 18, 16, 16, 16, 23), XIAO_SI)
    table.row([(text, 1) for text in ("代　表", *_GRADES, "有效", "无效", "满意率")], 11, repeated=True)
    fields = ("name", "votes_1", "votes_2", "votes_3", "votes_4", "valid", "invalid", "rate")
    table.loop("l", "lines", [f"{{{{ l.{field} }}}}" for field in fields], 9.5, whole=True)
    paper.line("{{ formula }}", WU_HAO, before=4)
    paper.line("{{ note }}", WU_HAO)
    signatures = paper.table((26, 52, 26, 52))
    signatures.pair("主持人", "{{ chair }}", "公布时间", "{{ announced_at }}")
    signatures.pair("计票人", "{{ tellers }}", "签　名", "")
    signatures.pair("监票人", "{{ scrutineers }}", "签　名", "{{ signed_by }}")
    signatures.row([("封存码", 1), ("{{ seal }}", 3)], 10, labels=(0,), aligned=LEFT)
    paper.line("封存码由以上全部数字算出，任何一个数字改动，封存码即不相符。", WU_HAO, before=4)
    paper.line("（盖章）　　　　　　", SI_HAO, align=RIGHT, before=18)
    return paper.saved()
