"""The lists and forms of the archives."""

from __future__ import annotations

from app.core.web.interface import LedgerInterface
from app.core.web.views import LedgerView

from .models import ArchiveCheck, ArchiveFile, ArchiveLoan, ArchiveVolume


class ArchiveFileView(LedgerView):
    datamodel = LedgerInterface(ArchiveFile)
    list_columns = ("file_no", "title", "responsible", "document_no", "dated_on", "pages", "retention", "volume", "filed_on")
    filter_columns = ("year", "retention", "volume", "secrecy")


class ArchiveVolumeView(LedgerView):
    datamodel = LedgerInterface(ArchiveVolume)
    list_columns = ("number", "title", "contents", "year", "retention", "room", "cabinet", "shelf", "bound_on")
    filter_columns = ("year", "contents", "retention")


class ArchiveLoanView(LedgerView):
    datamodel = LedgerInterface(ArchiveLoan)
    list_columns = ("out_on", "file", "borrower", "unit", "approved_by", "due_on", "back_on", "state")
    filter_columns = ("state", "file", "due_on")


class ArchiveCheckView(LedgerView):
    datamodel = LedgerInterface(ArchiveCheck)
    list_columns = ("checked_on", "room", "checker", "points", "temperature", "humidity", "state")
    filter_columns = ("state", "room")


LEDGERS = (ArchiveFileView, ArchiveVolumeView, ArchiveLoanView, ArchiveCheckView)
