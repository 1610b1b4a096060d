"""QR codes as drawings inside a page: nothing is fetched for them."""

from __future__ import annotations

from io import StringIO

import segno
from markupsafe import Markup


def qr_svg(text: str) -> Markup:
    """The code as an SVG element that takes the size of its frame."""
    code = segno.make(text, error="m", micro=False)
    return Markup(code.svg_inline(omitsize=True, border=2, svgclass="qr", lineclass=None))


def qr_lines(text: str) -> str:
    """The code in a terminal, half a line a dot."""
    drawn = StringIO()
    segno.make(text, error="l", micro=False).terminal(drawn, border=2, compact=True)
    return drawn.getvalue()
