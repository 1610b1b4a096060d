"""Duty reports, the meetings at which deputies are reviewed, and what the vote gave."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import CheckConstraint

from app.core.dictionary.columns import choice, day, integer, long_text, moment, reference, references, text, yes_no
from app.core.dictionary.entry import Entry, OneToOne, Subject
from app.core.dictionary.fields import Choices
from app.core.dictionary.ledger import StationLedger
from app.core.dictionary.masks import Personal
from app.core.dictionary.roles import OFFICE, REPORTS, RESULTS, REVIEWS, VOICED

from . import rules

REPORT_FORMS = Choices({"written": _("Report in writing"), "direct": _("Report in person")})
AUDIENCES = Choices({"voters": _("Voters"), "electoral_unit": _("The electoral unit"), "standing_committee": _("The standing committee")})
RESULT_SOURCES = Choices({"system": _("Counted by the system"), "paper": _("Entered from paper")}, tones={"system": "ok", "paper": "info"})

STAGES = Choices(
    {
        "preparing": _("In preparation"),
        "signing_in": _("Voters sign in"),
        "reporting": _("Reports are given"),
        "voting": _("Voting"),
        "counting": _("Counting"),
        "announced": _("Announced"),
        "minuted": _("Written down"),
        "reported": _("Reported to the county"),
    },
    tones={"preparing": "mute", "signing_in": "info", "reporting": "info", "voting": "warn", "counting": "warn", "announced": "ok",
           "minuted": "ok", "reported": "ok"},
)


class DutyReport(StationLedger):
    """述职报告 (S9-1, S9-3, S9-4): every mandate each year in writing, and once in the term in person. A draft until it is submitted."""

    __tablename__ = "duty_reports"
    entry = Entry(
        label=_("Duty reports"), one=_("duty report"), articles=("S9-1", "S9-3", "S9-4"), access=REPORTS,
        key=("mandate", "year", "form"), title=("mandate", "year", "form"), month="submitted_on", deputy="mandate.deputy",
        ordered=(("submitted_on", "received_on"),), check=rules.report,
    )
    mandate = reference(_("Deputy and mandate"), "mandates", required=True, width=22)
    year = integer(_("Year"), required=True, minimum=1954, maximum=2100)
    form = choice(_("Form of report"), REPORT_FORMS, required=True, default="written")
    submitted_on = day(_("Report submitted on"), hint=_("Empty: a draft, not handed in yet"))
    received_on = day(_("Received by the group on"))
    meeting = reference(
        _("Review meeting"), "review_meetings", width=26,
        hint=_("Of a report in person; found by itself if the meeting names the deputy"),
    )
    law_and_policy = long_text(
        _("1. Law and policy"), heading=_("Report under the seven headings"),
        hint=_("May stay empty where the report is attached"),
    )
    congress = long_text(_("2. Part in the congress"))
    voters = long_text(_("3. Voters heard and helped"))
    group_activities = long_text(_("4. Group activities and inspections"))
    own_post = long_text(_("5. Example at the own post"))
    learning = long_text(_("6. Learning"))
    shortcomings = long_text(_("7. Shortcomings and lessons"))
    __table_args__ = (
        CheckConstraint("meeting_id IS NULL OR form = 'direct'", name="ck_duty_reports_meeting_of_form"),
        CheckConstraint("received_on IS NULL OR submitted_on IS NOT NULL", name="ck_duty_reports_received"),
    )


class ReviewMeeting(StationLedger):
    """述职评议会 (S9-2, S9-4, S9-5, S9-6): an activity at which deputies report and are voted on."""

    __tablename__ = "review_meetings"
    entry = Entry(
        label=_("Review meetings"), one=_("review meeting"), articles=("S9-2", "S9-4", "S9-5", "S9-6"), access=REVIEWS,
        key=("activity",), title=("activity",), month="activity.start", group="group",
        one_to_one=OneToOne(field="activity", shown=("title", "start", "end", "place", "content"), fixed={"type": ("review",)}),
    )
    activity = reference(_("Activity"), "activities", required=True)
    group = reference(_("Deputy group"), "deputy_groups", heading=_("Review"))
    audience = choice(_("Audience"), AUDIENCES, required=True, default="voters")
    reporters = references(_("Deputies reporting"), "mandates", width=30)
    chair = text(_("Chair"), 40)
    scrutineers = text(_("Scrutineers"), 80)
    tellers = text(_("Tellers"), 80)
    opinions_voiced = long_text(_("Opinions voiced"), heading=_("Course and report upward"), width=40)
    record = long_text(_("Record of the meeting"), width=40)
    reported_on = day(_("Reported to the county on"))
    stage = choice(_("Stage"), STAGES, required=True, default="preparing", written_by_program=True)
    reports_begun_at = moment(_("Reports begun at"), written_by_program=True)


class VoicedOpinion(StationLedger):
    """评议意见 (S9-5): what was said of one deputy at a meeting, or of all who reported. The meeting's own column tells them together."""

    __tablename__ = "voiced_opinions"
    entry = Entry(
        label=_("Opinions voiced at reviews"), one=_("opinion voiced"), articles=("S9-5",), access=VOICED,
        key=("meeting", "mandate"), title=("meeting", "mandate"), month="meeting.activity.start", owned_by="meeting",
        deputy="mandate.deputy", group="meeting.group",
    )
    meeting = reference(_("Review meeting"), "review_meetings", required=True, width=26)
    mandate = reference(_("Deputy and mandate"), "mandates", width=22, hint=_("Empty: said of all who reported"))
    text = long_text(_("What was said"), required=True, width=40, hint=_("One opinion a line; no names of those who spoke"))


class VoterRepresentative(StationLedger):
    """评议选民代表 (S9-4): who was there for the voters; at least thirty before a vote opens."""

    __tablename__ = "voter_representatives"
    entry = Entry(
        label=_("Voter representatives"), one=_("voter representative"), articles=("S9-4",), access=OFFICE,
        key=("meeting", "name"), title=("name",), month="meeting.activity.start", owned_by="meeting", subject=Subject.VOTER,
        newest_first=False, order="id",
    )
    meeting = reference(_("Review meeting"), "review_meetings", required=True, width=26)
    name = text(_("Name"), 40, required=True, personal=Personal.NAME, hint=_("Of two with one name, add the village"))
    signed_in = yes_no(_("Signed in"))


class ReviewResult(StationLedger):
    """测评结果 (S9-5): one row a mandate at a meeting; counts only, no ballot."""

    __tablename__ = "review_results"
    entry = Entry(
        label=_("Review results"), one=_("review result"), articles=("S9-5",), access=RESULTS,
        key=("meeting", "mandate"), title=("meeting", "mandate"), month="meeting.activity.start", owned_by="meeting",
        deputy="mandate.deputy", check=rules.sums_agree, derive=rules.sums_and_seal,
    )
    meeting = reference(_("Review meeting"), "review_meetings", required=True, width=26)
    mandate = reference(_("Deputy and mandate"), "mandates", required=True, width=22)
    satisfied = integer(_("Votes: satisfied"), required=True, heading=_("Votes"))
    basically_satisfied = integer(_("Votes: basically satisfied"), required=True)
    dissatisfied = integer(_("Votes: dissatisfied"), required=True)
    abstained = integer(_("Votes: abstained"), required=True, default=0)
    issued = integer(_("Ballots issued"), required=True, heading=_("Ballots"))
    returned = integer(_("Ballots returned"), hint=_("Empty: valid and invalid together"))
    valid = integer(_("Valid ballots"), hint=_("Empty: the sum of the votes"))
    invalid = integer(_("Invalid ballots"), required=True, default=0)
    source = choice(_("Source of the count"), RESULT_SOURCES, required=True, default="paper", written_by_program=True)
    published_at = moment(_("Published at"), hint=_("At the meeting itself"), heading=_("Publication"))
    seal = text(_("Seal of the count"), 16, written_by_program=True)
    __table_args__ = (
        CheckConstraint("returned IS NOT NULL AND valid IS NOT NULL", name="ck_review_results_counted"),
        CheckConstraint("returned <= issued", name="ck_review_results_returned"),
        CheckConstraint("valid + invalid = returned", name="ck_review_results_valid"),
        CheckConstraint("satisfied + basically_satisfied + dissatisfied + abstained = valid", name="ck_review_results_votes"),
        CheckConstraint("(published_at IS NULL) = (seal IS NULL)", name="ck_review_results_sealed"),
    )
