"""The list of archive rooms."""

from __future__ import annotations

from app.core.web.interface import LedgerInterface
from app.core.web.views import LedgerView

from .models import ArchiveRoom


class ArchiveRoomView(LedgerView):
    datamodel = LedgerInterface(ArchiveRoom)
    list_columns = ("name", "place", "keeper", "meter", "since", "given_up_on")
    filter_columns = ("meter", "given_up_on")


LEDGERS = (ArchiveRoomView,)
