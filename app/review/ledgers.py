"""The lists and forms of reports and reviews."""

from __future__ import annotations

from app.core.web.interface import LedgerInterface
from app.core.web.views import LedgerView

from .models import DutyReport, ReviewMeeting, ReviewResult, VoicedOpinion, VoterRepresentative


class DutyReportView(LedgerView):
    datamodel = LedgerInterface(DutyReport)
    list_columns = ("year", "mandate.deputy", "mandate.term", "form", "submitted_on", "received_on", "meeting")
    filter_columns = ("year", "mandate.deputy", "mandate.deputy.group", "form")


class ReviewMeetingView(LedgerView):
    datamodel = LedgerInterface(ReviewMeeting)
    list_columns = ("activity.start", "activity.title", "group", "audience", "reporters", "chair", "stage", "reported_on")
    filter_columns = ("group", "audience", "stage")


class VoicedOpinionView(LedgerView):
    datamodel = LedgerInterface(VoicedOpinion)
    list_columns = ("meeting.activity.start", "meeting", "mandate", "text")
    filter_columns = ("meeting", "mandate.deputy")


class VoterRepresentativeView(LedgerView):
    datamodel = LedgerInterface(VoterRepresentative)
    list_columns = ("meeting.activity.start", "meeting", "name", "signed_in")
    filter_columns = ("meeting", "signed_in")


class ReviewResultView(LedgerView):
    datamodel = LedgerInterface(ReviewResult)
    list_columns = (
        "meeting.activity.start", "mandate.deputy", "satisfied", "basically_satisfied", "dissatisfied", "abstained", "valid", "source",
        "published_at",
    )
    filter_columns = ("meeting", "mandate.deputy", "source")


LEDGERS = (DutyReportView, ReviewMeetingView, VoicedOpinionView, VoterRepresentativeView, ReviewResultView)
