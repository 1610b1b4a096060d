"""Official forms as Word documents: a template and plain values in, a document out. Pure: no database, no request."""

from .checking import Fault, faults_of
from .engine import TemplateFault, render
from .joining import bound, bundled, joined, streamed
from .words import boxes, long_date, month_of_birth, paragraphs, short_date

__all__ = [
    "Fault",
    "TemplateFault",
    "bound",
    "boxes",
    "bundled",
    "faults_of",
    "joined",
    "long_date",
    "month_of_birth",
    "paragraphs",
    "render",
    "short_date",
    "streamed",
]
