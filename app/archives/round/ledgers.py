"""The lists of archive rooms and of the faults found there."""

from __future__ import annotations

from app.core.web.interface import LedgerInterface
from app.core.web.views import LedgerView

from .models import ArchiveFault, ArchiveRoom


class ArchiveRoomView(LedgerView):
    datamodel = LedgerInterface(ArchiveRoom)
    list_columns = ("name", "place", "keeper", "meter", "since", "given_up_on")
    filter_columns = ("meter", "given_up_on")


class ArchiveFaultView(LedgerView):
    datamodel = LedgerInterface(ArchiveFault)
    list_columns = ("found_on", "check.room", "point", "words", "responsible", "due_on", "put_right_on", "state")
    filter_columns = ("state", "point", "due_on")


LEDGERS = (ArchiveRoomView, ArchiveFaultView)
