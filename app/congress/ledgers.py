"""The lists and forms of the congress."""

from __future__ import annotations

from app.core.web.interface import LedgerInterface
from app.core.web.views import LedgerView

from .models import CongressAttendance, CongressService, CongressSession, CongressSpeech, Motion


class CongressSessionView(LedgerView):
    datamodel = LedgerInterface(CongressSession)
    list_columns = ("term.level", "term", "name", "starts_on", "ends_on")
    filter_columns = ("term", "term.level")


class CongressAttendanceView(LedgerView):
    datamodel = LedgerInterface(CongressAttendance)
    list_columns = ("session", "mandate.deputy", "mandate.term", "state", "reason", "written_on")
    filter_columns = ("session", "mandate.deputy", "state")


class CongressSpeechView(LedgerView):
    datamodel = LedgerInterface(CongressSpeech)
    list_columns = ("spoken_on", "session", "mandate.deputy", "title", "gist")
    filter_columns = ("session", "mandate.deputy")


class MotionView(LedgerView):
    datamodel = LedgerInterface(Motion)
    list_columns = ("submitted_on", "session", "kind", "number", "title", "lead.deputy", "result")
    filter_columns = ("session", "lead.deputy", "kind", "result")


class CongressServiceView(LedgerView):
    datamodel = LedgerInterface(CongressService)
    list_columns = ("done_on", "session", "phase", "what", "who")
    filter_columns = ("session", "phase")


LEDGERS = (CongressSessionView, CongressAttendanceView, CongressSpeechView, MotionView, CongressServiceView)
