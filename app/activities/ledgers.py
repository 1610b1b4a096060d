"""The lists of activities and of all that belongs to one."""

from __future__ import annotations

from app.core.web.interface import LedgerInterface
from app.core.web.views import LedgerView

from .models import Activity, ActivityGuest, ActivityNotice, ActivityReport, Attendance, LeaveRequest
from .oversight import InspectedOrgan, Inspection, LawSupervision, MajorEvent


class ActivityView(LedgerView):
    datamodel = LedgerInterface(Activity)
    list_columns = ("start", "type", "title", "place", "organiser", "convenor", "status")
    filter_columns = ("type", "status", "organiser", "group")


class ActivityNoticeView(LedgerView):
    datamodel = LedgerInterface(ActivityNotice)
    list_columns = ("told_at", "activity", "whom", "deputy", "organ", "channel", "told_by", "reached")
    filter_columns = ("whom", "channel", "reached", "activity")


class AttendanceView(LedgerView):
    datamodel = LedgerInterface(Attendance)
    list_columns = ("activity.start", "activity", "deputy", "deputy.group", "told", "state", "signed_at", "signed_how")
    filter_columns = ("state", "told", "activity", "deputy", "deputy.group", "activity.type")


class ActivityGuestView(LedgerView):
    datamodel = LedgerInterface(ActivityGuest)
    list_columns = ("activity.start", "activity", "kind", "name", "unit", "phone", "signed_at")
    filter_columns = ("kind", "activity", "activity.type")


class LeaveRequestView(LedgerView):
    datamodel = LedgerInterface(LeaveRequest)
    list_columns = ("asked_at", "deputy", "activity", "session", "reason", "timing", "decision", "decided_on")
    filter_columns = ("decision", "timing", "reason", "deputy")


class ActivityReportView(LedgerView):
    datamodel = LedgerInterface(ActivityReport)
    list_columns = ("sent_on", "activity", "subject", "addressee", "sent_by")
    filter_columns = ("activity.type", "sent_by")


class InspectionView(LedgerView):
    datamodel = LedgerInterface(Inspection)
    list_columns = ("activity.start", "activity.type", "activity.title", "organs", "openness", "certificate", "reported_on", "feedback")
    filter_columns = ("activity.type", "openness", "certificate", "feedback", "holder")


class InspectedOrganView(LedgerView):
    datamodel = LedgerInterface(InspectedOrgan)
    list_columns = (
        "organ", "inspection.activity.start", "inspection.activity.title", "findings", "fed_back_on", "fed_back_by", "answered_on",
    )
    filter_columns = ("organ", "fed_back_by", "inspection.activity.type")


class MajorEventView(LedgerView):
    datamodel = LedgerInterface(MajorEvent)
    list_columns = ("activity.start", "activity.title", "activity.place", "host", "activity.status")
    filter_columns = ("host", "activity.status")


class LawSupervisionView(LedgerView):
    datamodel = LedgerInterface(LawSupervision)
    list_columns = ("supervised_on", "kind", "what", "place", "activity")
    filter_columns = ("kind",)


LEDGERS = (
    ActivityView, ActivityNoticeView, AttendanceView, ActivityGuestView, LeaveRequestView, ActivityReportView,
    InspectionView, InspectedOrganView, MajorEventView, LawSupervisionView,
)
