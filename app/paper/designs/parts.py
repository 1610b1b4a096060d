"""What several forms have in common: photos two a line, running text."""

from __future__ import annotations

from ..drawing import BODY, HEADING, LEFT, SAN_HAO, SI_HAO, SPREAD, WU_HAO, XIAO_SI, Paper


def photos(paper: Paper, heading: str = "") -> None:
    """Two photos a line with their notes under them; nothing where there are none."""
    paper.line("{%p if photos %}", 1)
    if heading:
        paper.line(heading, SI_HAO, HEADING, before=10, after=6, kept=True)
    table = paper.table((78, 78), XIAO_SI)
    table.roomy()
    table.loop("x", "photos", ["{{ x.photo_1 }}\n{{ x.note_1 }}", "{{ x.photo_2 }}\n{{ x.note_2 }}"], 20, whole=True)
    paper.end()
    paper.line("{%p endif %}", 1)


def text(paper: Paper) -> None:
    """Paragraphs of running text; headings in their own letters."""
    paper.line("{%p for p in paragraphs %}", 1)
    paper.line("{%p if p.heading %}", 1)
    paper.line("{{ p.text }}", SAN_HAO, HEADING, indent=True, kept=True)
    paper.line("{%p else %}", 1)
    paper.line("{{ p.text }}", SAN_HAO, BODY, SPREAD, indent=True)
    paper.line("{%p endif %}", 1)
    paper.line("{%p endfor %}", 1)


def points(paper: Paper) -> None:
    """The numbered points of a letter, as many as are known."""
    paper.line("{%p for p in particulars %}", 1)
    paper.line("{{ p.text }}", SAN_HAO, BODY, after=4, indent=True)
    paper.line("{%p endfor %}", 1)


def contact(paper: Paper) -> None:
    """Whom to ask, and room for the seal; no line where neither a name nor a phone is known."""
    paper.line("{%p if contact %}", 1)
    paper.line("{{ contact }}", SAN_HAO, BODY, after=6, indent=True)
    paper.line("{%p endif %}", 1)
    paper.line("", XIAO_SI, after=16)


def counted(paper: Paper) -> None:
    """What a vote gave, a row for each deputy; nothing where nothing was counted."""
    paper.line("{%p if counts %}", 1)
    paper.line("附：测评结果", SI_HAO, HEADING, before=10, kept=True)
    columns = (
        ("序号", "no", 9), ("述职代表", "name", 19), ("发出", "issued", 11), ("收回", "returned", 11), ("有效", "valid", 11),
        ("无效", "invalid", 11), ("满意", "satisfied", 11), ("基本\n满意", "basically", 11), ("不满\n意", "dissatisfied", 11),
        ("弃权", "abstained", 11), ("满意率", "share", 15), ("封存码", "seal", 25),
    )
    table = paper.table([width for _head, _field, width in columns], WU_HAO)
    table.row([(head, 1) for head, _field, _width in columns], 11, repeated=True)
    table.loop("c", "counts", [f"{{{{ c.{field} }}}}" for _head, field, _width in columns], 9, whole=True)
    table.kept_together()
    paper.end(kept=True)
    paper.line("{%p endif %}", 1)


def items(paper: Paper, lines: str) -> None:
    """Entries of an archive, one a line."""
    table = paper.table((11, 24, 30, 67, 26), WU_HAO)
    table.row([(head, 1) for head in ("序号", "日　期", "类　别", "内　　容", "结　果")], 7, repeated=True)
    table.loop("x", lines, [f"{{{{ x.{field} }}}}" for field in ("no", "day", "kind", "what", "outcome")], 7, whole=True, aligned=LEFT)
