"""The papers of the files (DA/T 22-2015): catalogue, stamps, spines and labels in their real sizes, the loan slip."""

from __future__ import annotations

from ..drawing import BODY, LEFT, WU_HAO, XIAO_SI, Paper

STAMP = (("fonds", "year", "item"), ("organ", "retention", "pages"))
CELL_MM, STAMP_LINE_MM, STAMPS = 15, 8, 4
SPINE = (
    ("全宗号", "fonds", 28), ("年度", "year", 28), ("保管\n期限", "retention", 32), ("起止\n件号", "items", 50), ("盒号", "number", 62),
)
LABEL = (
    ("全宗号", "fonds"), ("年　度", "year"), ("保管期限", "retention"), ("起止件号", "items"), ("件　数", "count"), ("存　址", "place"),
)


def file_catalogue() -> bytes:
    paper = Paper(landscape=True, numbered=True)
    paper.line("{%p for g in groups %}", 1)
    paper.line("{%p if not loop.first %}", 1)
    paper.line("", 1, after=0).paragraph_format.page_break_before = True
    paper.line("{%p endif %}", 1)
    paper.title("归档文件目录", after=4)
    paper.two_ends(
        "{{ station }}　全宗号：{{ g.fonds_no }}　年度：{{ g.year }}　保管期限：{{ g.retention }}"
        "{% if g.organ_code %}　机构（问题）：{{ g.organ_code }}{% endif %}",
        "共 {{ g.count }} 件 {{ g.pages }} 页",
    )
    columns = (
        ("序号", "no", 9), ("档　号", "file_no", 52), ("文　号", "document_no", 28), ("责任者", "responsible", 30),
        ("题　　名", "title", 51), ("日　期", "dated_on", 24), ("密级", "secrecy", 11), ("页数", "pages", 10), ("备注", "note", 10),
    )
    table = paper.table([width for _head, _field, width in columns], WU_HAO)
    table.row([(head, 1) for head, _field, _width in columns], 10, repeated=True)
    table.loop("l", "g.lines", [f"{{{{ l.{field} }}}}" for _head, field, _width in columns], 9, whole=True)
    paper.line("{%p if g.missing %}", 1)
    paper.line("缺号：{{ g.missing }}", WU_HAO, before=6)
    paper.line("{%p endif %}", 1)
    paper.line("{%p endfor %}", 1)
    paper.two_ends("整理人：　　　　　　　　　　检查人：", "{{ made_on }}")
    return paper.saved()


def filing_stamps() -> bytes:
    """Each 45 mm by 16 mm, four a line."""
    paper = Paper(margins=(12, 10, 10, 10))
    gutter = 2
    table = paper.table([CELL_MM, CELL_MM, CELL_MM, gutter] * STAMPS, 8)
    table.row([("{%tr for l in lines %}", len(table.widths))])
    for line in STAMP:
        cells = [
            cell for place in range(1, STAMPS + 1) for cell in (*((f"{{{{ l.{field}_{place} }}}}", 1) for field in line), ("", 1))
        ]
        table.row(cells, STAMP_LINE_MM, exact=True, whole=True)
    table.row([("", len(table.widths))], 3, exact=True)
    table.row([("{%tr endfor %}", len(table.widths))])
    paper.end()
    return paper.saved()


def box_spines() -> bytes:
    """Strips as wide as their boxes, to be cut along the lines; a sheet is as high as a page."""
    paper = Paper(margins=(12, 8, 13, 13))
    for width in (20, 30, 40, 50):
        most = 184 // width
        paper.line(f"{{%p for s in sheets_{width} %}}", 1)
        table = paper.table([width] * most, XIAO_SI if width > 20 else WU_HAO)
        for head, field, height in SPINE:
            table.row([(head, 1)] * most, 14, exact=True, whole=True)
            table.row([(f"{{{{ s.{field}_{place} }}}}", 1) for place in range(1, most + 1)], height, exact=True, whole=True)
        paper.end()
        paper.line("{%p endfor %}", 1)
    return paper.saved()


def box_labels() -> bytes:
    """Two a line, 92 mm wide."""
    paper = Paper(margins=(12, 8, 13, 13))
    table = paper.table((24, 68) * 2, XIAO_SI)
    table.row([("{%tr for l in lines %}", 4)])
    table.row([cell for place in (1, 2) for cell in ((f"{{{{ l.number_{place} }}}}　{{{{ l.title_{place} }}}}", 2),)], 12, whole=True)
    for head, field in LABEL:
        table.row([cell for place in (1, 2) for cell in ((head, 1), (f"{{{{ l.{field}_{place} }}}}", 1))], 8.5, whole=True)
    table.row([("", 4)], 4, exact=True)
    table.row([("{%tr endfor %}", 4)])
    paper.end()
    return paper.saved()


def loan_slip() -> bytes:
    paper = Paper()
    paper.title("档 案 借 阅 单", after=6)
    paper.two_ends("{{ station }}", "")
    table = paper.table((30, 48, 30, 48))
    table.wide("档　号", "{{ file_file_no }}", 10)
    table.wide("题　名", "{{ file_title }}", 14)
    table.pair("页　数", "{{ file_pages }}", "保管期限", "{{ file_retention }}")
    table.pair("借阅人", "{{ borrower }}", "单　位", "{{ unit }}")
    table.wide("用　途", "{{ purpose }}", 12)
    table.pair("借出日期", "{{ out_on }}", "应还日期", "{{ due_on }}")
    table.pair("批准人", "{{ approved_by }}", "借阅人签名", "")
    table.pair("归还日期", "{{ back_on }}", "归还时状况", "{{ condition }}")
    table.pair("还件人签名", "", "经手人签名", "")
    table.wide("备　注", "{{ note }}", 14)
    paper.line("须知：借阅人应保持档案完整，不得拆散、涂改、转借；到期归还，需要续借的，到期前办理。", XIAO_SI, BODY, LEFT, before=8)
    paper.end()
    return paper.saved()
