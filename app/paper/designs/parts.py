"""What several forms have in common: photos two a line, running text."""

from __future__ import annotations

from ..drawing import BODY, HEADING, SAN_HAO, SPREAD, XIAO_SI, Paper


def photos(paper: Paper) -> None:
    """Two photos a line with their notes under them; nothing where there are none."""
    paper.line("{%p if photos %}", 1)
    table = paper.table((78, 78), XIAO_SI)
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
