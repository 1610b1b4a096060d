"""Congress sessions, who attended, who spoke, what was moved, and what the station did for it."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import CheckConstraint

from app.core.dictionary.columns import choice, day, integer, long_text, reference, references, text, yes_no
from app.core.dictionary.entry import Entry
from app.core.dictionary.fields import Choices
from app.core.dictionary.ledger import EitherLedger, StationLedger
from app.core.dictionary.roles import COUNTY_OR_STATION, OFFICE, OWN_RECORD

from . import rules

SESSION_ATTENDANCE = Choices(
    {"attended": _("Attended the session"), "approved": _("Leave approved by the congress"), "unapproved": _("Absent without approval")},
    tones={"attended": "ok", "approved": "info", "unapproved": "bad"},
)
LEAVE_REASONS = Choices({"private": _("Private matter"), "illness": _("Illness"), "work": _("Work")})
MOTION_KINDS = Choices({"motion": _("Motion"), "suggestion": _("Suggestion at the congress")})
MOTION_RESULTS = Choices(
    {
        "pending": _("Being handled"), "on_agenda": _("Put on the agenda"), "to_committee": _("Passed to a committee"),
        "as_suggestion": _("Handled as a suggestion"), "declined": _("Not put on the agenda"), "solved": _("A: solved"),
        "planned": _("B: planned"), "later": _("C: not possible for now"), "noted": _("D: kept for reference"),
    },
    tones={
        "pending": "info", "on_agenda": "ok", "to_committee": "ok", "as_suggestion": "info", "declined": "mute",
        "solved": "ok", "planned": "info", "later": "warn", "noted": "mute",
    },
)
PHASES = Choices({"before": _("Before the session"), "during": _("During the session"), "after": _("After the session")})


class CongressSession(EitherLedger):
    """人代会会议 (S1-5, S10-3): the county's, and a township's own. Its level is its term's."""

    __tablename__ = "congress_sessions"
    entry = Entry(
        label=_("Congress sessions"), one=_("congress session"), articles=("S1-5", "S10-3"), access=COUNTY_OR_STATION,
        key=("term", "ordinal"), title=("term", "name"), month="starts_on", ordered=(("starts_on", "ends_on"),),
        derive=rules.session_name,
    )
    term = reference(_("Term"), "terms", required=True)
    ordinal = integer(_("Session no."), required=True, minimum=1, maximum=99, hint=_("5 for the fifth session of the term"))
    name = text(_("Session name"), 40, written_by_program=True, width=16)
    starts_on = day(_("Opens on"), required=True)
    ends_on = day(_("Closes on"))


class CongressAttendance(StationLedger):
    """人代会出席 (S10-2, S10-3): one row a mandate; leave is approved by the congress, never by the station."""

    __tablename__ = "congress_attendance"
    entry = Entry(
        label=_("Congress attendance"), one=_("congress attendance record"), articles=("S10-2", "S10-3"), access=OWN_RECORD,
        key=("session", "mandate"), title=("session", "mandate"), month="session.starts_on", deputy="mandate.deputy",
        check=rules.leave_is_written,
    )
    session = reference(_("Session of the congress"), "congress_sessions", required=True, width=22)
    mandate = reference(_("Deputy and mandate"), "mandates", required=True, width=22)
    state = choice(_("Attendance at the session"), SESSION_ATTENDANCE, required=True, default="attended")
    reason = choice(_("Reason for leave"), LEAVE_REASONS, heading=_("Leave from the session"))
    written_leave = yes_no(_("Written leave report handed in"), hint=_("The congress approves leave only on a written report"))
    written_on = day(_("Written leave report of"))
    note = long_text(_("Note"))
    __table_args__ = (
        CheckConstraint("state <> 'approved' OR (written_leave AND written_on IS NOT NULL)", name="ck_congress_attendance_written_leave"),
        CheckConstraint("written_on IS NULL OR written_leave", name="ck_congress_attendance_written_on"),
    )


class CongressSpeech(StationLedger):
    """审议发言 (S10-3, S9-3)."""

    __tablename__ = "congress_speeches"
    entry = Entry(
        label=_("Speeches in deliberation"), one=_("speech"), articles=("S10-3", "S9-3"), access=OWN_RECORD,
        key=("session", "mandate", "title"), title=("mandate", "title"), month="spoken_on", deputy="mandate.deputy",
    )
    session = reference(_("Session of the congress"), "congress_sessions", required=True, width=22)
    mandate = reference(_("Deputy and mandate"), "mandates", required=True, width=22)
    spoken_on = day(_("Spoken on"), required=True)
    title = text(_("Report deliberated"), 120, required=True, width=28, hint=_("The report or item that was deliberated"))
    gist = long_text(_("Gist of the speech"), width=40)


class Motion(StationLedger):
    """议案和大会建议 (S9-3, S10-3)."""

    __tablename__ = "motions"
    entry = Entry(
        label=_("Motions and suggestions at the congress"), one=_("motion or suggestion"), articles=("S9-3", "S10-3"), access=OWN_RECORD,
        key=("session", "title"), title=("title",), month="submitted_on", deputy="lead.deputy", ordered=(("submitted_on", "result_on"),),
        check=rules.motion,
    )
    session = reference(_("Session of the congress"), "congress_sessions", required=True, width=22)
    kind = choice(_("Motion or suggestion"), MOTION_KINDS, required=True, default="suggestion")
    number = text(_("Motion no."), 30, hint=_("As the congress numbered it"))
    title = text(_("Subject of the motion"), 120, required=True, width=28)
    lead = reference(_("Lead deputy"), "mandates", required=True, width=22)
    co_signers = references(_("Co-signers"), "mandates")
    submitted_on = day(_("Submitted on"), required=True)
    wording = long_text(_("Text of the motion"), width=40)
    result = choice(_("Result of handling"), MOTION_RESULTS, default="pending", heading=_("Result of the motion"))
    result_on = day(_("Result known on"))
    reply = long_text(_("Reply received"))
    __table_args__ = (
        CheckConstraint(
            "kind <> 'suggestion' OR result IS NULL OR result NOT IN ('on_agenda', 'to_committee', 'as_suggestion', 'declined')",
            name="ck_motions_result_of_kind",
        ),
    )


class CongressService(StationLedger):
    """会议服务 (S1-5, S2-7): what the station did for its deputies around a session."""

    __tablename__ = "congress_services"
    entry = Entry(
        label=_("Services to the congress"), one=_("service to the congress"), articles=("S1-5", "S2-7"), access=OFFICE,
        key=("session", "what"), title=("session", "what"), month="done_on",
    )
    session = reference(_("Session of the congress"), "congress_sessions", required=True, width=22)
    phase = choice(_("Phase"), PHASES, required=True, default="before")
    what = text(_("Service given"), 120, required=True, width=30)
    who = text(_("Done by"), 80)
    done_on = day(_("Service done on"), required=True)
    note = long_text(_("Note"))
