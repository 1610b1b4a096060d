"""The official forms of filing (DA/T 22-2015), declared: their fields with a sample each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _

from app.core.paperwork.papers import Form, Slot

from .papers import LABELS_A_LINE, SPINES_A_SHEET, STAMPS_A_LINE, catalogue, labels, loan_slip, spines, stamps

_OF_CLASS = (
    Slot("fonds_no", _("Fonds no."), "Z109"),
    Slot("year", _("Year"), "2026"),
    Slot("retention", _("Retention"), "30年"),
    Slot("organ_code", _("Organ or subject code"), ""),
)
_STAMP = (
    ("fonds", _("Fonds no."), "Z109"),
    ("year", _("Year"), "2026"),
    ("item", _("Item no."), "0001"),
    ("organ", _("Organ or subject code"), ""),
    ("retention", _("Retention"), "30年"),
    ("pages", _("Number of pages"), "12"),
)
_OF_A_BOX = (
    ("fonds", _("Fonds no."), "Z109"),
    ("year", _("Year"), "2026"),
    ("retention", _("Retention"), "30年"),
    ("items", _("First and last item no."), "0001-0024"),
    ("count", _("How many items"), "24"),
    ("number", _("Volume no."), "2026-D30-01"),
    ("title", _("Volume title"), "2026年度30年"),
    ("place", _("Where it stands"), "档案室 1柜 2层"),
)


def _places(said: Iterable[tuple[str, Any, str]], most: int) -> tuple[Slot, ...]:
    """The fields of a line in which several stand side by side."""
    every = list(said)
    return tuple(Slot(f"{name}_{place}", label, sample) for place in range(1, most + 1) for name, label, sample in every)


FORMS = (
    Form(
        "file_catalogue",
        _("Catalogue of filed documents"),
        "archive_files",
        (
            Slot("station", _("Station"), "青石镇人大代表联络站"),
            Slot("made_on", _("Made on"), "2026年12月31日"),
            Slot(
                "groups",
                _("A part for each year and retention"),
                line=(
                    *_OF_CLASS,
                    Slot("count", _("How many items"), "2"),
                    Slot("pages", _("Number of pages"), "24"),
                    Slot("missing", _("Item numbers that are missing, with the reason"), ""),
                    Slot(
                        "lines",
                        _("A line for each item"),
                        line=(
                            Slot("no", _("Running number"), "1"),
                            Slot("file_no", _("Archival no."), "Z109-WS·2026-D30-0001"),
                            Slot("document_no", _("Document no."), "联站〔2026〕3号"),
                            Slot("responsible", _("Responsible party"), "青石镇人大代表联络站"),
                            Slot("title", _("Document title"), "三月代表接待选民日活动材料"),
                            Slot("dated_on", _("Date of the document"), "20260303"),
                            Slot("secrecy", _("Secrecy"), ""),
                            Slot("pages", _("Number of pages"), "12"),
                            Slot("note", _("Note"), ""),
                        ),
                    ),
                ),
            ),
        ),
        catalogue,
        together=True,
    ),
    Form(
        "filing_stamps",
        _("Filing stamps"),
        "archive_files",
        (Slot("lines", _("A line of %(count)s stamps", count=STAMPS_A_LINE), line=_places(_STAMP, STAMPS_A_LINE)),),
        stamps,
        together=True,
    ),
    Form(
        "box_spines",
        _("Spines of boxes"),
        "archive_volumes",
        tuple(
            Slot(f"sheets_{code}", _("A sheet of spines %(mm)s mm wide", mm=code), line=_places(_OF_A_BOX, most))
            for code, most in SPINES_A_SHEET.items()
        ),
        spines,
        together=True,
    ),
    Form(
        "box_labels",
        _("Labels of boxes"),
        "archive_volumes",
        (
            Slot("station", _("Station"), "青石镇人大代表联络站"),
            Slot("lines", _("A line of %(count)s labels", count=LABELS_A_LINE), line=_places(_OF_A_BOX, LABELS_A_LINE)),
        ),
        labels,
        together=True,
    ),
    Form(
        "loan_slip",
        _("Loan slip"),
        "archive_loans",
        (
            Slot("station", _("Station"), "青石镇人大代表联络站"),
            Slot("file_file_no", _("Archival no."), "Z109-WS·2026-D30-0001"),
            Slot("file_title", _("Document title"), "三月代表接待选民日活动材料"),
            Slot("file_pages", _("Number of pages"), "12"),
            Slot("file_retention", _("Retention"), "30年"),
            Slot("borrower", _("Borrower"), "王芳"),
            Slot("unit", _("Borrower's unit"), "党政办公室"),
            Slot("purpose", _("Purpose"), "编写年度大事记"),
            Slot("approved_by", _("Approved by"), "石春"),
            Slot("out_on", _("Lent on"), "2026年4月1日"),
            Slot("due_on", _("Due back on"), "2026年4月16日"),
            Slot("back_on", _("Given back on"), ""),
            Slot("condition", _("Condition on return"), ""),
            Slot("note", _("Note"), ""),
        ),
        loan_slip,
    ),
)
