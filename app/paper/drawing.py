"""Drawing a template: pages, fonts, lines and tables as official papers have them.

A4 with the margins of GB/T 9704 (top 37, bottom 35, left 28, right 26 mm), titles 二号 小标宋, text 三号 仿宋, tables 小四 仿宋.
The fonts' other names stand in each document's font table, so that a machine without the named font takes the next of kin.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

BODY, TITLE, HEADING = "仿宋_GB2312", "方正小标宋简体", "黑体"
OTHER_NAMES = {BODY: "FangSong,仿宋", TITLE: "宋体,SimSun", HEADING: "SimHei"}
POSTER, ER_HAO, SAN_HAO, SI_HAO, XIAO_SI, WU_HAO = 36, 22, 16, 14, 12, 10.5
CENTRE, LEFT, RIGHT, SPREAD = (
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.LEFT,
    WD_ALIGN_PARAGRAPH.RIGHT,
    WD_ALIGN_PARAGRAPH.JUSTIFY,
)
_CUT = 'w:val="dashed" w:sz="4" w:color="808080"'
Cells = Sequence[tuple[str, int]]
"""Texts of a row and how many columns each spans."""


class Paper:
    """One template while it is made."""

    def __init__(self, landscape: bool = False, numbered: bool = False, margins: tuple[float, float, float, float] | None = None) -> None:
        """`margins`: top, bottom, left and right in millimetres, of sheets that are cut up; else those of official papers."""
        self.document = Document()
        self.document.element.body.remove_all("w:p")
        self._page(landscape, margins)
        self._fonts()
        if numbered:
            self._number_pages()

    def _page(self, landscape: bool, margins: tuple[float, float, float, float] | None) -> None:
        """Lying, the sheet is turned: its binding edge is on top."""
        section = self.document.sections[0]
        section.page_width, section.page_height = (Mm(297), Mm(210)) if landscape else (Mm(210), Mm(297))
        section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
        top, bottom, left, right = margins or ((28, 26, 37, 35) if landscape else (37, 35, 28, 26))
        section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = Mm(top), Mm(bottom), Mm(left), Mm(right)
        section.footer_distance = Mm(bottom / 2 if margins else 15 if landscape else 25)

    def _fonts(self) -> None:
        styles = self.document.styles
        defaults = styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
        for old in list(defaults):
            defaults.remove(old)
        defaults.append(_named_fonts(BODY))
        defaults.append(parse_xml(f'<w:lang {nsdecls("w")} w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'))
        normal = styles["Normal"]
        normal.font.size = Pt(XIAO_SI)
        normal.element.get_or_add_rPr().insert(0, _named_fonts(BODY))
        normal.paragraph_format.space_before = normal.paragraph_format.space_after = Pt(0)
        entries = "".join(
            f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/><w:family w:val="auto"/></w:font>'
            for name, other in OTHER_NAMES.items()
        )
        for part in self.document.part.package.iter_parts():
            if part.partname == "/word/fontTable.xml":
                part._blob = f'<?xml version="1.0" encoding="UTF-8"?><w:fonts {nsdecls("w")}>{entries}</w:fonts>'.encode()

    def _number_pages(self) -> None:
        line = self.document.sections[0].footer.paragraphs[0]
        line.alignment = CENTRE
        for text in ("— ", None, " —"):
            run = line.add_run(text or "")
            run.font.size = Pt(SI_HAO)
            _set_font(run, "宋体")
            if text is None:
                for kind in ("begin", "PAGE", "separate", "1", "end"):
                    run._r.append(_of_field(kind))

    def title(self, text: str, after: float = 10) -> Any:
        return self.line(text, ER_HAO, TITLE, CENTRE, after=after)

    def line(
        self,
        text: str = "",
        size: float = SI_HAO,
        font: str = BODY,
        align: Any = LEFT,
        *,
        after: float = 4,
        before: float = 0,
        indent: bool = False,
        kept: bool = False,
    ) -> Any:
        """`kept`: stays on the page of what follows."""
        paragraph = self.document.add_paragraph()
        paragraph.paragraph_format.keep_with_next = kept
        paragraph.alignment = align
        paragraph.paragraph_format.space_after = Pt(after)
        paragraph.paragraph_format.space_before = Pt(before)
        if indent:
            paragraph.paragraph_format.first_line_indent = Pt(2 * size)
        run = paragraph.add_run(text)
        run.font.size = Pt(size)
        _set_font(run, font)
        return paragraph

    def two_ends(self, left: str, right: str, size: float = XIAO_SI) -> None:
        """A line with a text at each end."""
        section = self.document.sections[0]
        width = section.page_width - section.left_margin - section.right_margin
        self.line(f"{left}\t{right}", size).paragraph_format.tab_stops.add_tab_stop(width, WD_TAB_ALIGNMENT.RIGHT)

    def table(self, widths: Sequence[float], size: float = XIAO_SI) -> Table:
        return Table(self.document, widths, size)

    def cut(self) -> None:
        """A dashed line to cut along."""
        properties = self.line("", 6, after=8)._p.get_or_add_pPr()
        properties.append(parse_xml(f'<w:pBdr {nsdecls("w")}><w:bottom {_CUT} w:space="1"/></w:pBdr>'))

    def end(self, kept: bool = False) -> None:
        """After a table a document needs a line; this one takes no room."""
        paragraph = self.line("", 1, after=0, kept=kept)
        paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        paragraph.paragraph_format.line_spacing = Pt(1)

    def saved(self) -> bytes:
        properties = self.document.core_properties
        properties.author = properties.comments = properties.title = ""
        relations = self.document.part.package.rels
        for name in [name for name, relation in relations.items() if relation.reltype.endswith("/thumbnail")]:
            del relations[name]
        written = BytesIO()
        self.document.save(written)
        return _with_one_date(written.getvalue())


class Table:
    """A table with columns of given widths in millimetres; rows grow with what is written into them."""

    def __init__(self, document: Any, widths: Sequence[float], size: float = XIAO_SI) -> None:
        self.widths, self.size = widths, size
        self.table = document.add_table(rows=0, cols=len(widths))
        self.table.style = "Table Grid"
        self.table.alignment = WD_TABLE_ALIGNMENT.CENTER
        self.table.autofit = False
        edge = 40 if size < XIAO_SI else 80
        self.table._tbl.tblPr.append(
            parse_xml(
                f'<w:tblCellMar {nsdecls("w")}><w:left w:w="{edge}" w:type="dxa"/><w:right w:w="{edge}" w:type="dxa"/></w:tblCellMar>'
            )
        )
        for column, width in zip(self.table.columns, widths, strict=True):
            column.width = Mm(width)

    def row(
        self,
        cells: Cells,
        height: float = 9,
        *,
        labels: Sequence[int] = (),
        aligned: Any = CENTRE,
        top: bool = False,
        repeated: bool = False,
        whole: bool = False,
        exact: bool = False,
    ) -> Any:
        """`labels`: which cells hold the words of the form itself; `repeated`: once more on each page; `whole`: on one page; `exact`: as
        high as that whatever stands in it."""
        row = self.table.add_row()
        row.height, row.height_rule = Mm(height), WD_ROW_HEIGHT_RULE.EXACTLY if exact else WD_ROW_HEIGHT_RULE.AT_LEAST
        if whole or repeated:
            row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        if repeated:
            row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        at = 0
        for index, (text, span) in enumerate(cells):
            cell = row.cells[at].merge(row.cells[at + span - 1]) if span > 1 else row.cells[at]
            cell.width = Mm(sum(self.widths[at : at + span]))
            at += span
            field = index not in labels
            self.write(cell, text, aligned if field else CENTRE, top=top and field)
        return row

    def write(self, cell: Any, text: str, aligned: Any, top: bool = False) -> None:
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.TOP if top else WD_CELL_VERTICAL_ALIGNMENT.CENTER
        for merged in cell.paragraphs[1:]:
            merged._p.getparent().remove(merged._p)
        for number, part in enumerate(text.split("\n")):
            paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
            paragraph.alignment = RIGHT if part.startswith(">") else aligned
            run = paragraph.add_run(part.removeprefix(">"))
            run.font.size = Pt(self.size)
            _set_font(run, BODY)

    def loop(self, each: str, rows: str, cells: Sequence[str], height: float = 9, **more: Any) -> None:
        """A row repeated for each of `rows`."""
        self.row([(f"{{%tr for {each} in {rows} %}}", len(self.widths))])
        self.row([(cell, 1) for cell in cells], height, **more)
        self.row([("{%tr endfor %}", len(self.widths))])

    def roomy(self) -> None:
        """Room above and below what stands in a cell: a picture would lie on its edges."""
        left = self.table._tbl.tblPr.find(qn("w:tblCellMar")).find(qn("w:left"))
        left.addprevious(parse_xml(f'<w:top {nsdecls("w")} w:w="80" w:type="dxa"/>'))
        left.addnext(parse_xml(f'<w:bottom {nsdecls("w")} w:w="40" w:type="dxa"/>'))

    def dashed(self) -> None:
        """Its lines are there to be cut along."""
        drawn = "".join(f'<w:{edge} {_CUT} w:space="0"/>' for edge in ("top", "left", "bottom", "right", "insideH", "insideV"))
        self.table._tbl.tblPr.append(parse_xml(f"<w:tblBorders {nsdecls('w')}>{drawn}</w:tblBorders>"))

    def enlarged(self, naming: str, size: float) -> None:
        """Lines whose field bears such a name stand out."""
        for row in self.table.rows:
            for paragraph in (each for cell in row.cells for each in cell.paragraphs if naming in each.text):
                for run in paragraph.runs:
                    run.font.size, run.font.bold = Pt(size), True

    def kept_together(self) -> None:
        """No page ends within the table, nor between it and what follows."""
        for row in self.table.rows:
            for cell in row.cells:
                for paragraph in cell.paragraphs:
                    paragraph.paragraph_format.keep_with_next = True

    def pair(self, label: str, field: str, second: str, second_field: str) -> None:
        """Two labels with a field each."""
        self.row([(label, 1), (field, 1), (second, 1), (second_field, 1)], 10, whole=True)

    def wide(self, label: str, text: str, height: float, top: bool = False) -> None:
        """A label, and a field over all the rest; a long text begins at its top."""
        self.row([(label, 1), (text, len(self.widths) - 1)], height, labels=(0,), aligned=LEFT, top=top)


def _named_fonts(name: str) -> Any:
    return parse_xml(f'<w:rFonts {nsdecls("w")} w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="Times New Roman"/>')


def _set_font(run: Any, name: str) -> None:
    properties = run._r.get_or_add_rPr()
    for old in properties.findall(qn("w:rFonts")):
        properties.remove(old)
    properties.insert(0, _named_fonts(name))


def _of_field(kind: str) -> Any:
    if kind in ("begin", "separate", "end"):
        mark = OxmlElement("w:fldChar")
        mark.set(qn("w:fldCharType"), kind)
        return mark
    text = OxmlElement("w:instrText" if kind == "PAGE" else "w:t")
    text.text = kind
    return text


def _with_one_date(data: bytes) -> bytes:
    """The package with its parts in one order and of one date, or each making would give other bytes."""
    written = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(written, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(ZipInfo(name, (1980, 1, 1, 0, 0, 0)), old.read(name), ZIP_DEFLATED)
    return written.getvalue()
