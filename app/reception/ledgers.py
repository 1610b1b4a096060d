"""Pages of receptions, opinions and what becomes of them."""

from __future__ import annotations

from app.core.web.interface import LedgerInterface
from app.core.web.views import LedgerView

from .models import GoodDeed, Opinion, Reception, Visit
from .outcomes import Assignment, Reply, Suggestion, Supervision


class ReceptionView(LedgerView):
    datamodel = LedgerInterface(Reception)
    list_columns = (
        "activity.start", "activity.title", "activity.place", "activity.deputies", "activity.status", "voters_received", "announced_on",
        "announcement",
    )
    filter_columns = ("activity.status", "announcement", "activity.deputies", "recorder")


class VisitView(LedgerView):
    datamodel = LedgerInterface(Visit)
    list_columns = ("visited_on", "deputy", "place", "households", "persons", "heard", "confirmed")
    filter_columns = ("deputy", "confirmed")


class OpinionView(LedgerView):
    datamodel = LedgerInterface(Opinion)
    list_columns = ("number", "heard_on", "voter_name", "village", "category", "words", "deputy", "assign_due", "status")
    filter_columns = ("status", "category", "handling", "words", "deputy", "reception", "heard_on")


class AssignmentView(LedgerView):
    datamodel = LedgerInterface(Assignment)
    list_columns = ("number", "opinion", "round", "assigned_on", "organ", "signed_on", "due", "received_on", "returned_on")
    filter_columns = ("organ", "due", "signed_on")


class ReplyView(LedgerView):
    datamodel = LedgerInterface(Reply)
    list_columns = ("opinion", "round", "replied_on", "form", "answered_by", "answer", "satisfaction")
    filter_columns = ("satisfaction", "form", "answered_by")


class SupervisionView(LedgerView):
    datamodel = LedgerInterface(Supervision)
    list_columns = ("supervised_on", "assignment", "suggestion", "by_whom", "form", "finding")
    filter_columns = ("form", "assignment", "suggestion")


class SuggestionView(LedgerView):
    datamodel = LedgerInterface(Suggestion)
    list_columns = ("number", "title", "deputy", "submitted_on", "organ", "due", "answered_on", "result", "verdict", "status")
    filter_columns = ("status", "deputy", "level", "organ", "result")


class GoodDeedView(LedgerView):
    datamodel = LedgerInterface(GoodDeed)
    list_columns = ("done_on", "deputy", "deed", "for_whom", "persons", "value")
    filter_columns = ("deputy",)


LEDGERS = (
    ReceptionView, VisitView, OpinionView, AssignmentView, ReplyView, SupervisionView, SuggestionView, GoodDeedView,
)
