"""The list of reception days on the rota."""

from __future__ import annotations

from app.core.web.interface import LedgerInterface
from app.core.web.views import LedgerView

from .models import RotaDay


class RotaDayView(LedgerView):
    datamodel = LedgerInterface(RotaDay)
    list_columns = ("day", "deputies", "pinned", "away", "note")
    filter_columns = ("deputies",)


LEDGERS = (RotaDayView,)
