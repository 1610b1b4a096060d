"""What becomes of opinions: assignments, replies, supervision, and suggestions between sessions."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import CheckConstraint, ForeignKeyConstraint, UniqueConstraint

from app.core.dictionary.columns import choice, day, integer, long_text, reference, references, text, yes_no
from app.core.dictionary.entry import Entry
from app.core.dictionary.fields import Choices
from app.core.dictionary.ledger import StationLedger
from app.core.dictionary.roles import OWN_RECORD, SIGNED, SUPERVISED

from . import rules
from .suggesting import rules as suggesting

ANSWERED_BY = Choices({"deputy": _("Deputy"), "organ_head": _("Head of the organ"), "staff": _("Staff of the office")})
REPLY_FORMS = Choices({"written": _("In writing"), "phone": _("By phone"), "in_person": _("In person"), "posted": _("By public notice")})
SATISFACTION = Choices(
    {"satisfied": _("Satisfied"), "mostly": _("Mostly satisfied"), "dissatisfied": _("Dissatisfied"), "not_obtained": _("Not obtained")},
    tones={"satisfied": "ok", "mostly": "info", "dissatisfied": "bad", "not_obtained": "mute"},
)
NOT_OBTAINED = Choices({"anonymous": _("Person is anonymous"), "unreachable": _("Cannot be reached"), "declined": _("Declined to say")})
SUPERVISION_FORMS = Choices({
    "phone": _("By phone"), "visit": _("On site"), "meeting": _("At a meeting"), "letter": _("Letter of supervision"),
})
SUGGESTION_LEVELS = Choices({"county": _("County organs"), "township": _("Township organs")})
RESULTS = Choices(
    {
        "a": _("A: settled"), "b": _("B: being settled or planned"), "c": _("C: conditions not given for now"),
        "d": _("D: taken as reference"),
    },
    tones={"a": "ok", "b": "info", "c": "warn", "d": "mute"},
)
SUGGESTION_STATES = Choices(
    {
        "submitted": _("Submitted"), "handed_over": _("Handed over"), "answered": _("Answered"), "second_round": _("Second round"),
        "closed": _("Closed"),
    },
    tones={"submitted": "warn", "handed_over": "info", "answered": "info", "second_round": "bad", "closed": "ok"},
)
VERDICTS = Choices(
    {code: SATISFACTION.labels[code] for code in ("satisfied", "mostly", "dissatisfied")},
    tones={"satisfied": "ok", "mostly": "info", "dissatisfied": "bad"},
)


class Assignment(StationLedger):
    """意见建议交办单 (S8-3, S8-4): one sheet to one organ; another round is another sheet."""

    __tablename__ = "assignments"
    __table_args__ = (
        UniqueConstraint("station_id", "number", name="uq_assignments_number"),
        UniqueConstraint("opinion_id", "id", name="uq_assignments_opinion"),
        CheckConstraint("signed_by IS NULL OR signed_on IS NOT NULL", name="ck_assignments_signed"),
        CheckConstraint("received_by IS NULL OR received_on IS NOT NULL", name="ck_assignments_received"),
        CheckConstraint(
            "(returned_on IS NULL AND returned_reason IS NULL) OR (returned_on IS NOT NULL AND returned_reason IS NOT NULL)",
            name="ck_assignments_returned"),
    )
    entry = Entry(
        label=_("Assignments"), one=_("assignment sheet"), articles=("S8-3", "S8-4"), access=SIGNED,
        key=("opinion", "round"), title=("number", "organ"), month="assigned_on", owned_by="opinion", deputy="opinion.deputy",
        ordered=(("assigned_on", "due"), ("signed_on", "due"), ("signed_on", "received_on"), ("signed_on", "returned_on"),
                 ("received_on", "returned_on")),
        check=rules.assignment,
    )
    number = text(_("Assignment no."), 20, required=True, written_by_program=True, width=11)
    opinion = reference(_("Opinion"), "opinions", required=True)
    round = integer(_("Round of handling"), required=True, minimum=1, written_by_program=True, width=6)
    assigned_on = day(_("Assigned on"), required=True)
    organ = reference(_("Lead organ"), "organs", required=True, hint=_("County matters become a suggestion between sessions"))
    co_organs = references(_("Assisting organs"), "organs")
    instruction = long_text(_("Assignment text"), width=36)
    due = day(_("To be answered by"))
    signed_by = text(_("Signed by"), 40, heading=_("Signing"), hint=_("Whoever signed the paper sheet"))
    signed_on = day(_("Signed on"), hint=_("Stops the clock of seven working days"))
    received_by = text(_("Receipt signed by"), 40, heading=_("Receipt or return"))
    received_on = day(_("Receipt signed on"))
    returned_on = day(_("Returned on"))
    returned_reason = text(_("Reason of the return"), 200, width=24)
    county_past = yes_no(_("County matter of the past"), written_by_program=True,
                         hint=_("Was assigned straight to a county organ; entered late and kept as it was"))


class Reply(StationLedger):
    """答复与反馈 (S8-2, S8-5), those given on the spot as well."""

    __tablename__ = "replies"
    __table_args__ = (
        ForeignKeyConstraint(
            ["opinion_id", "assignment_id"], ["assignments.opinion_id", "assignments.id"], name="fk_replies_opinion_assignment"),
        CheckConstraint(
            "CASE WHEN satisfaction = 'not_obtained' THEN 1 ELSE 0 END = CASE WHEN not_obtained_reason IS NULL THEN 0 ELSE 1 END",
            name="ck_replies_not_obtained_because"),
    )
    entry = Entry(
        label=_("Replies and feedback"), one=_("reply"), articles=("S8-2", "S8-5"), access=OWN_RECORD,
        key=("opinion", "round"), title=("opinion", "replied_on"), month="replied_on", owned_by="opinion", deputy="opinion.deputy",
        ordered=(("replied_on", "asked_on"),), check=rules.reply,
    )
    opinion = reference(_("Opinion"), "opinions", required=True)
    round = integer(_("Round of reply"), required=True, minimum=1, written_by_program=True, width=6)
    assignment = reference(_("Answers the assignment"), "assignments", hint=_("Empty: answered on the spot or without an assignment"))
    replied_on = day(_("Replied on"), required=True)
    form = choice(_("Form of the reply"), REPLY_FORMS)
    answered_by = choice(_("Answered by"), ANSWERED_BY)
    answerer = text(_("Name of who answered"), 40)
    answer = long_text(_("Answer"), width=40)
    satisfaction = choice(_("Satisfaction"), SATISFACTION, heading=_("What the person says to it"))
    not_obtained_reason = choice(_("Not obtained because"), NOT_OBTAINED)
    dissatisfied_because = text(_("Dissatisfied because"), 200, hint=_("Goes along to the second handling"))
    asked_on = day(_("Satisfaction asked on"))


class Suggestion(StationLedger):
    """闭会期间代表建议、意见 (S8-3, S2-6, S4-3): answered within its term, judged by its deputy, handled once more where that did not
    satisfy. Where it stands follows from its days."""

    __tablename__ = "suggestions"
    __table_args__ = (
        CheckConstraint("answered_on IS NOT NULL OR (result IS NULL AND verdict IS NULL)", name="ck_suggestions_answered"),
        CheckConstraint("complex_reason IS NULL OR complex", name="ck_suggestions_complex"),
        CheckConstraint("again_on IS NULL OR (verdict IS NOT NULL AND verdict = 'dissatisfied')", name="ck_suggestions_again"),
        CheckConstraint("again_on IS NOT NULL OR (again_due IS NULL AND again_answered_on IS NULL)", name="ck_suggestions_again_first"),
        CheckConstraint(
            "again_answered_on IS NOT NULL OR (again_result IS NULL AND again_verdict IS NULL)", name="ck_suggestions_again_answered"),
        CheckConstraint(
            "(returned_on IS NULL AND returned_reason IS NULL AND returned_organ_id IS NULL AND handed_before_on IS NULL) OR"
            " (returned_on IS NOT NULL AND returned_reason IS NOT NULL AND returned_organ_id IS NOT NULL AND handed_before_on IS NOT NULL)",
            name="ck_suggestions_returned"),
    )
    entry = Entry(
        label=_("Suggestions between sessions"), one=_("suggestion"), articles=("S8-3", "S2-6", "S4-3"), access=OWN_RECORD,
        key=("number",), title=("number", "title"), month="submitted_on", deputy="deputy",
        ordered=(("submitted_on", "handed_over_on"), ("submitted_on", "due"), ("handed_over_on", "due"), ("submitted_on", "answered_on"),
                 ("handed_over_on", "answered_on"), ("answered_on", "asked_on"), ("answered_on", "again_on"), ("again_on", "again_due"),
                 ("again_on", "again_answered_on"), ("again_answered_on", "again_asked_on"), ("submitted_on", "handed_before_on"),
                 ("handed_before_on", "returned_on"), ("returned_on", "handed_over_on")),
        check=suggesting.row,
    )
    number = text(_("Suggestion no."), 20, required=True, written_by_program=True, width=11)
    title = text(_("Suggestion title"), 100, required=True, hint=_("One matter each"), width=30)
    deputy = reference(_("Lead deputy"), "deputies", required=True)
    co_signers = references(_("Co-signing deputies"), "deputies")
    submitted_on = day(_("Submitted on"), required=True)
    content = long_text(_("Text of the suggestion"), required=True, width=44)
    opinions = references(_("Opinions it grew from"), "opinions")
    status = choice(
        _("Standing of the suggestion"), SUGGESTION_STATES, required=True, written_by_program=True, default="submitted")
    level = choice(_("Directed to"), SUGGESTION_LEVELS, required=True, default="county", heading=_("Handing over"))
    organ = reference(_("Lead organ"), "organs")
    co_organs = references(_("Assisting organs"), "organs")
    handed_over_on = day(_("Handed over on"))
    due = day(_("To be answered by"), hint=_("Left empty: three months after handing over, a complex one six"))
    complex = yes_no(_("Complex matter"), hint=_("Is given six months instead of three, with the reason"))
    complex_reason = text(_("Why it is complex"), 200)
    returned_organ = reference(_("Returned by"), "organs", heading=_("Return by an organ that is not competent"))
    handed_before_on = day(_("Had been handed over to it on"))
    returned_on = day(_("Returned on"), hint=_("Handed over to another organ after this; the term then runs anew"))
    returned_reason = text(_("Reason of the return"), 200)
    answered_on = day(_("Answered on"), heading=_("Answer of the organ"))
    result = choice(_("Result of the suggestion"), RESULTS)
    answer = long_text(_("Text of the answer"), width=36)
    verdict = choice(_("Deputy's verdict"), VERDICTS)
    asked_on = day(_("Verdict given on"))
    dissatisfied_because = text(_("Dissatisfied because"), 200, hint=_("Goes along to the second handling"))
    again_on = day(_("Handled again from"), heading=_("Second handling"), hint=_("Once more, where the deputy is not satisfied"))
    again_due = day(_("To be answered again by"))
    again_answered_on = day(_("Answered again on"))
    again_result = choice(_("Result of the second handling"), RESULTS)
    again_answer = long_text(_("What the organ answered again"), width=36)
    again_verdict = choice(_("Verdict on the second handling"), VERDICTS)
    again_asked_on = day(_("Second verdict given on"))


class Supervision(StationLedger):
    """督办记录 (S8-4, S4-3, S2-3): of an assignment or of a suggestion."""

    __tablename__ = "supervision"
    __table_args__ = (
        UniqueConstraint("station_id", "supervised_on", "assignment_id", name="uq_supervision_assignment_day"),
        UniqueConstraint("station_id", "supervised_on", "suggestion_id", name="uq_supervision_suggestion_day"),
    )
    entry = Entry(
        label=_("Supervision records"), one=_("supervision record"), articles=("S8-4", "S4-3", "S2-3"), access=SUPERVISED,
        key=("supervised_on", "assignment", "suggestion"), title=("supervised_on", "assignment", "suggestion"), month="supervised_on",
        exactly_one=("assignment", "suggestion"), also_under=("assignment.opinion",),
    )
    supervised_on = day(_("Supervised on"), required=True)
    assignment = reference(_("Assignment supervised"), "assignments")
    suggestion = reference(_("Suggestion supervised"), "suggestions")
    by_whom = text(_("Supervised by"), 60, required=True)
    form = choice(_("Form of supervision"), SUPERVISION_FORMS, required=True)
    finding = long_text(_("Finding of the supervision"), width=40)
