"""Activities, their notices, attendance, guests, leave and reports."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy import text as sql

from app.core.dictionary.columns import choice, day, integer, long_text, moment, phone, reference, references, text, yes_no
from app.core.dictionary.entry import Entry, Subject
from app.core.dictionary.fields import Choices
from app.core.dictionary.ledger import StationLedger
from app.core.dictionary.masks import Personal
from app.core.dictionary.roles import DECIDED, OFFICE, OWN_RECORD, PROGRAMME
from app.core.words import presidium

from . import rules
from .types import ACTIVITY_TYPES

TOPICS = Choices({
    "county_topic": _("Topic of the county congress"), "group_topic": _("Topic of the group"), "public_concern": _("Concern of the public"),
    "suggestion_handling": _("Handling of suggestions"), "congress_topic": _("Topic of the congress session"),
})
ORGANISERS = Choices({
    "station": _("Liaison station"), "county": _("County standing committee"), "presidium": presidium, "group": _("Deputy group"),
})
ARRANGED = Choices({"station": _("Arranged by the station"), "certificate": _("By a deputy's certificate")})
STUDY_SUBJECTS = Choices({
    "law_policy": _("Constitution, laws and policies"), "current_affairs": _("Current affairs"),
    "congress_system": _("The congress system"), "rights_duties": _("Rights and duties of deputies"),
    "professional": _("Knowledge for the work"),
})
STATUSES = Choices(
    {
        "planned": _("Planned"), "notified": _("All told"), "under_way": _("Under way"), "held": _("Held"),
        "reported": _("Reported to the county"), "cancelled": _("Called off"),
    },
    tones={"planned": "info", "notified": "info", "under_way": "warn", "held": "ok", "reported": "ok", "cancelled": "mute"},
)
TOLD = Choices(
    {"untold": _("Not told yet"), "told": _("Told"), "unreached": _("Not reached"), "again": _("To be told again")},
    tones={"untold": "mute", "told": "ok", "unreached": "bad", "again": "warn"},
)
RECIPIENTS = Choices({
    "all_deputies": _("All invited deputies"), "deputy": _("A single deputy"), "organ": _("The inspected organ"),
    "work_unit": _("The deputy's work unit"), "public": _("The public"),
})
CHANNELS = Choices({"phone": _("Phone call"), "announcement": _("Public announcement"), "letter": _("Letter"), "sms": _("Text message")})
ATTENDANCE_STATES = Choices(
    {"pending": _("Not yet signed in"), "present": _("Present"), "late": _("Late"), "leave": _("On leave"), "absent": _("Absent")},
    tones={"pending": "mute", "present": "ok", "late": "warn", "leave": "info", "absent": "bad"},
)
SIGNED_HOW = Choices({
    "paper": _("Signed on paper"), "scan": _("Scanned the code"), "screen": _("Touched on the screen"), "office": _("Marked by the office"),
})
GUEST_KINDS = Choices({"voter": _("Voter"), "masses": _("Resident"), "unit": _("Staff of an organ")})
LEAVE_REASONS = Choices({"private": _("Private matter"), "illness": _("Illness"), "work": _("Work")})
DECISIONS = Choices(
    {"pending": _("Not yet decided"), "approved": _("Leave granted"), "declined": _("Leave refused")},
    tones={"pending": "warn", "approved": "ok", "declined": "bad"},
)
LEAVE_TIMING = Choices({"before": _("Asked beforehand"), "after": _("Asked afterwards")}, tones={"before": "ok", "after": "warn"})


class Activity(StationLedger):
    """活动 (S5, S4-3, S1). Inspections, receptions, review meetings and major events share its life, date and place."""

    __tablename__ = "activities"
    entry = Entry(
        label=_("Activities"), one=_("activity"), articles=("S5", "S4-3", "S1"), access=PROGRAMME,
        key=("start", "type", "title"), title=("start", "title"), month="start", check=rules.activity_row,
    )
    type = choice(_("Activity type"), ACTIVITY_TYPES, required=True, heading=_("Activity"))
    title = text(_("Activity title"), 120, required=True, width=26)
    topic = choice(_("Where the topic comes from"), TOPICS)
    status = choice(_("Status"), STATUSES, required=True, default="planned", written_by_program=True)
    start = moment(_("Start"), required=True, heading=_("Time and place"))
    end = moment(_("End"))
    late_after = integer(_("Late after (minutes)"), maximum=600, hint=_("Counted from the start; empty: ten minutes"))
    place = text(_("Place"), 120, width=18)
    content = long_text(_("Content"), width=32, heading=_("What it is about"))
    form = text(_("Form of the activity"), 60, hint=_("A meeting, a look on site, visits from house to house"))
    study_subject = choice(_("Subject of study"), STUDY_SUBJECTS)
    speaker = text(_("Speaker"), 60)
    organiser = choice(_("Organiser"), ORGANISERS, required=True, default="station", heading=_("Organisation"))
    convenor = reference(_("Convened by"), "station_staff")
    group = reference(_("Deputy group"), "deputy_groups", hint=_("Where a group holds it"))
    arranged = choice(_("How arranged"), ARRANGED, required=True, default="station", written_by_program=True)
    everyone = yes_no(_("For all deputies"), hint=_("Invites every deputy who is in office on that day"), heading=_("Invited"))
    deputies = references(_("Deputies invited"), "deputies", through="attendance")
    note = long_text(_("Note"))
    moved_at = moment(_("Time or place changed at"), written_by_program=True, heading=_("What became of it"))
    checkin_closed_at = moment(_("Signing in closed at"), written_by_program=True)
    finished_at = moment(_("Held, as noted at"), written_by_program=True)
    cancelled_on = day(_("Called off on"), written_by_program=True)
    cancel_reason = text(_("Why it was called off"), 200, written_by_program=True)
    __table_args__ = (
        CheckConstraint('"end" >= start', name="ck_activities_end_after_start"),
        CheckConstraint(
            "(cancelled_on IS NULL) = (cancel_reason IS NULL) AND (status = 'cancelled') = (cancelled_on IS NOT NULL)",
            name="ck_activities_cancelled",
        ),
        CheckConstraint(
            "(status IN ('held', 'reported')) = (finished_at IS NOT NULL AND cancelled_on IS NULL)", name="ck_activities_finished",
        ),
    )


class ActivityNotice(StationLedger):
    """活动通知登记 (S5-4, S7-3, S6-4): one row for all by phone, exceptions singly; told again after a change is another row."""

    __tablename__ = "activity_notices"
    entry = Entry(
        label=_("Activity notices"), one=_("activity notice"), articles=("S5-4", "S7-3", "S6-4"), access=OFFICE,
        key=("activity", "whom", "told_at", "deputy", "organ"), title=("told_at", "activity", "whom"), month="told_at", owned_by="activity",
        check=rules.notice_recipient,
    )
    activity = reference(_("Activity"), "activities", required=True)
    whom = choice(_("Told to"), RECIPIENTS, required=True, default="all_deputies")
    deputy = reference(_("Deputy"), "deputies", hint=_("For a single deputy or the deputy's work unit"))
    organ = reference(_("Organ"), "organs", hint=_("For the inspected organ"))
    told_at = moment(_("Told on"), required=True)
    channel = choice(_("Channel"), CHANNELS, required=True, default="phone")
    told_by = reference(_("Told by"), "station_staff")
    reached = yes_no(_("Reached"), default=True)
    words = long_text(_("What was told"), hint=_("Time, place, content and form"))
    __table_args__ = (
        CheckConstraint(
            "(whom IN ('deputy', 'work_unit')) = (deputy_id IS NOT NULL) AND (whom = 'organ') = (organ_id IS NOT NULL)",
            name="ck_activity_notices_recipient",
        ),
        Index(
            "uq_activity_notices_all", "station_id", "activity_id", "whom", "told_at", unique=True,
            sqlite_where=sql("deputy_id IS NULL AND organ_id IS NULL"), postgresql_where=sql("deputy_id IS NULL AND organ_id IS NULL"),
        ),
        UniqueConstraint("station_id", "activity_id", "whom", "told_at", "deputy_id", name="uq_activity_notices_deputy"),
        UniqueConstraint("station_id", "activity_id", "whom", "told_at", "organ_id", name="uq_activity_notices_organ"),
    )


class Attendance(StationLedger):
    """考勤签到 (S4-6, S10-2): inviting makes the row, signing in fills it."""

    __tablename__ = "attendance"
    entry = Entry(
        label=_("Attendance"), one=_("attendance mark"), articles=("S4-6", "S10-2"), access=OWN_RECORD,
        key=("activity", "deputy"), title=("activity", "deputy"), month="activity.start", owned_by="activity", deputy="deputy",
        check=rules.attendance_row,
    )
    activity = reference(_("Activity"), "activities", required=True)
    deputy = reference(_("Deputy"), "deputies", required=True)
    state = choice(_("Attendance state"), ATTENDANCE_STATES, required=True, default="pending")
    signed_at = moment(_("Signed in at"))
    signed_how = choice(_("Signed in how"), SIGNED_HOW)
    told = choice(_("Told of the activity"), TOLD, required=True, default="untold", written_by_program=True)
    sent_later = yes_no(_("Sent after closing"), written_by_program=True)
    note = text(_("Note"), 200)
    __table_args__ = (
        CheckConstraint("signed_at IS NULL OR state IN ('present', 'late')", name="ck_attendance_signed"),
    )


class ActivityGuest(StationLedger):
    """参加人员 (S3, S2-4, S8-1): voters, residents and staff of organs who took part."""

    __tablename__ = "activity_guests"
    entry = Entry(
        label=_("Guests of activities"), one=_("guest"), articles=("S3", "S2-4", "S8-1"), access=OFFICE,
        key=("activity", "name"), title=("activity", "name"), month="activity.start", owned_by="activity", subject=Subject.VOTER,
    )
    activity = reference(_("Activity"), "activities", required=True)
    kind = choice(_("Kind of guest"), GUEST_KINDS, required=True, default="voter")
    name = text(_("Name"), 40, required=True, personal=Personal.NAME)
    unit = text(_("Work unit or village"), 120, width=22)
    post = text(_("Post"), 60)
    phone = phone(_("Phone"))
    signed_at = moment(_("Signed in at"))
    note = text(_("Note"), 200)


class LeaveRequest(StationLedger):
    """请假 (S5-4, S10-3, S10-4). A congress decides on leave from its sessions; the station only records it."""

    __tablename__ = "leave_requests"
    entry = Entry(
        label=_("Leave requests"), one=_("leave request"), articles=("S5-4", "S10-3", "S10-4"), access=DECIDED,
        key=("deputy", "activity", "session"), title=("deputy", "activity", "session"), month="asked_at", deputy="deputy",
        exactly_one=("activity", "session"), check=rules.leave_row,
    )
    deputy = reference(_("Deputy"), "deputies", required=True, heading=_("Request"))
    activity = reference(_("Activity"), "activities")
    session = reference(_("Congress session"), "congress_sessions")
    reason = choice(_("Reason for leave"), LEAVE_REASONS, required=True)
    words = text(_("Details"), 200, width=24)
    asked_at = moment(_("Asked on"), required=True)
    timing = choice(_("Beforehand or afterwards"), LEAVE_TIMING, written_by_program=True)
    written = yes_no(_("Written report handed in"), hint=_("Needed for leave from a congress session"))
    decision = choice(_("Decision"), DECISIONS, required=True, default="pending", heading=_("Decision"))
    decided_by = text(_("Decided by"), 60)
    decided_on = day(_("Decided on"))
    __table_args__ = (
        UniqueConstraint("station_id", "deputy_id", "activity_id", name="uq_leave_requests_activity"),
        UniqueConstraint("station_id", "deputy_id", "session_id", name="uq_leave_requests_session"),
        CheckConstraint("decided_on >= date(asked_at)", name="ck_leave_requests_decided_after_asked"),
        CheckConstraint("session_id IS NULL OR decision <> 'approved' OR written", name="ck_leave_requests_written"),
    )


class ActivityReport(StationLedger):
    """活动情况汇报 (S5-5, S4-6, S9-6) to the county, a draft until it is sent; without an activity it is a
    general report on the station's work."""

    __tablename__ = "activity_reports"
    entry = Entry(
        label=_("Reports to the county"), one=_("report to the county"), articles=("S5-5", "S4-6", "S9-6"), access=OFFICE,
        key=("activity", "sent_on", "subject"), title=("sent_on", "activity", "subject"), month="sent_on", check=rules.report_row,
    )
    activity = reference(_("Activity"), "activities", hint=_("Empty: a general report"))
    subject = text(_("Subject of the report"), 120, width=24)
    addressee = text(_("Sent to"), 60, default="县人大常委会代表联络工委", width=24)
    content = long_text(_("Text"), width=36)
    sent_on = day(_("Sent on"), hint=_("Empty: a draft, not sent yet"))
    sent_by = reference(_("Sent by"), "station_staff")
    __table_args__ = (
        CheckConstraint("activity_id IS NOT NULL OR subject IS NOT NULL", name="ck_activity_reports_subject"),
        UniqueConstraint("station_id", "activity_id", "sent_on", name="uq_activity_reports_activity"),
        Index(
            "uq_activity_reports_general", "station_id", "sent_on", "subject", unique=True,
            sqlite_where=sql("activity_id IS NULL"), postgresql_where=sql("activity_id IS NULL"),
        ),
    )
