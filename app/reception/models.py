"""Receptions, visits, opinions and good deeds: where the station meets people."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import CheckConstraint

from app.core.dictionary.columns import choice, day, decimal, integer, long_text, moment, phone, reference, references, text, yes_no
from app.core.dictionary.entry import Entry, OneToOne, Subject
from app.core.dictionary.fields import Choices
from app.core.dictionary.ledger import StationLedger
from app.core.dictionary.masks import Personal
from app.core.dictionary.roles import DEPUTY_ENTERED, OWN_RECORD, PROGRAMME

from . import rules

CATEGORIES = Choices({
    "roads": _("Roads and traffic"), "farming": _("Farming"), "water": _("Water and irrigation"),
    "environment": _("Environment and sanitation"),
    "education_health": _("Education and health"), "welfare": _("Social security"), "land": _("Land and housing"),
    "village_affairs": _("Village affairs"), "safety": _("Public safety and disputes"), "business": _("Business and employment"),
    "other": _("Other category"),
})
HANDLING = Choices({
    "answered_on_spot": _("Answered on the spot"), "answered_after_enquiry": _("Answered after enquiry"),
    "explained": _("Explained to the person"), "to_gather": _("Unclear, to be gathered"), "to_assign": _("To be assigned"),
})
EXPLAINED_REASONS = Choices({"unlawful": _("Not lawful"), "unfeasible": _("Conditions not given")})
STATUSES = Choices(
    {
        "registered": _("Registered"), "gathering": _("To be gathered"), "to_assign": _("Awaiting assignment"), "assigned": _("Assigned"),
        "in_progress": _("In hand"), "answered": _("Answered"), "closed": _("Closed"), "second_round": _("Second round"),
        "filed": _("Filed"),
    },
    tones={
        "registered": "info", "gathering": "warn", "to_assign": "warn", "assigned": "info", "in_progress": "info", "answered": "ok",
        "closed": "ok", "second_round": "bad", "filed": "mute",
    },
)


ANNOUNCEMENTS = Choices(
    {"unposted": _("Not posted yet"), "posted": _("Posted"), "outdated": _("To be posted anew")},
    tones={"unposted": "warn", "posted": "ok", "outdated": "bad"},
)


class Reception(StationLedger):
    """接待选民登记 (S7, S5-3(2)): one with its activity; deputies on duty are its attendance, joint officials its guests. It keeps what
    was announced, so that a change asks for a new announcement (S7-3)."""

    __tablename__ = "receptions"
    entry = Entry(
        label=_("Receptions of voters"), one=_("reception"), articles=("S7", "S5-3(2)"), access=PROGRAMME,
        key=("activity",), title=("activity",), month="activity.start", ordered=(("announced_on", "announced_again_on"),),
        one_to_one=OneToOne(
            field="activity", shown=("title", "start", "end", "place", "content", "form", "status", "deputies"),
            fixed={"type": ("reception_day",)}),
    )
    activity = reference(_("Activity"), "activities", required=True)
    announced_on = day(
        _("Announced on"), heading=_("Announcement and record"), hint=_("Three days ahead, the day of announcing not counted"))
    announced_by = text(_("Posted by"), 40)
    announced_again_on = day(_("Posted anew on"), hint=_("After another deputy took over"))
    announcement = choice(_("Announcement"), ANNOUNCEMENTS, required=True, default="unposted", written_by_program=True)
    announced_deputies = references(_("Deputies announced"), "deputies", written_by_program=True)
    announced_start = moment(_("Start announced"), written_by_program=True)
    announced_place = text(_("Place announced"), 120, written_by_program=True)
    recorder = reference(_("Recorder"), "station_staff")
    voters_received = integer(_("Voters received"), hint=_("0 if nobody came; empty until it has taken place"), width=10)
    record = long_text(_("Record of the reception"), width=40)


class Visit(StationLedger):
    """走访联系群众 (S1-3, S11-2(1)): entered by the office or by the deputy; the office confirms."""

    __tablename__ = "visits"
    entry = Entry(
        label=_("Visits to people"), one=_("visit"), articles=("S1-3", "S11-2(1)"), access=DEPUTY_ENTERED, subject=Subject.VOTER,
        key=("visited_on", "deputy", "place"), title=("visited_on", "deputy", "place"), month="visited_on", deputy="deputy",
    )
    visited_on = day(_("Visited on"), required=True)
    deputy = reference(_("Deputy"), "deputies", required=True)
    place = text(_("Place visited"), 80, required=True, hint=_("Village, community or unit"), width=20)
    households = integer(_("Households visited"), width=10)
    persons = integer(_("Persons met"), width=10)
    persons_visited = text(_("Names of those visited"), 200, personal=Personal.NAME, hint=_("Only the office sees the names"))
    heard = long_text(_("What was heard"), width=40)
    confirmed = yes_no(_("Confirmed by the office"), hint=_("What the office enters is confirmed by that"))


class Opinion(StationLedger):
    """群众意见建议登记 (S8-1, S8-2, S7). Where it stands follows from its handling, assignments and replies."""

    __tablename__ = "opinions"
    __table_args__ = (
        CheckConstraint("heard_on IS NOT NULL", name="ck_opinions_heard"),
        CheckConstraint("reception_id IS NULL OR visit_id IS NULL", name="ck_opinions_one_source"),
        CheckConstraint("anonymous OR (voter_name IS NOT NULL AND voter_name <> '')", name="ck_opinions_name_or_anonymous"),
        CheckConstraint(
            "explained_reason IS NULL OR (handling IS NOT NULL AND handling = 'explained')", name="ck_opinions_explained_reason_handling"),
        CheckConstraint("referred_on IS NULL OR referred_to_id IS NOT NULL", name="ck_opinions_referred_to_filled"),
        CheckConstraint("filed_on IS NULL OR closed_on IS NOT NULL", name="ck_opinions_filed_closed"),
    )
    entry = Entry(
        label=_("Opinions of the people"), one=_("opinion"), articles=("S8-1", "S8-2", "S7"), access=OWN_RECORD, subject=Subject.VOTER,
        key=("number",), title=("number", "village", "category"), month="heard_on", deputy="deputy", confidential="confidential",
        ordered=(("heard_on", "referred_on"), ("heard_on", "closed_on"), ("closed_on", "filed_on")), check=rules.opinion,
    )
    number = text(_("Opinion no."), 20, required=True, written_by_program=True, width=11)
    reception = reference(_("Heard at the reception"), "receptions", heading=_("Where it was heard"),
                          hint=_("Leave reception and visit empty for what came by phone or letter"))
    visit = reference(_("Heard on the visit"), "visits")
    heard_on = day(_("Heard on"), hint=_("Left empty: the day of the reception or visit"))
    deputy = reference(_("Deputy"), "deputies")
    recorder = reference(_("Recorder"), "station_staff")
    voter_name = text(_("Voter's name"), 40, personal=Personal.NAME, heading=_("The person"))
    voter_phone = phone(_("Voter's phone"))
    voter_address = text(_("Voter's address"), 120, personal=Personal.ADDRESS, width=20)
    village = text(_("Village or community"), 40)
    co_signers = integer(_("Number of co-signers"), hint=_("How many others put it forward too"), width=8)
    anonymous = yes_no(_("Anonymous"))
    confidential = yes_no(_("Keep confidential"), hint=_("The name is kept from lists"))
    category = choice(_("Category"), CATEGORIES, heading=_("The matter"))
    law_related = yes_no(_("Concerns a lawsuit"), hint=_("Is referred to the organ in charge, not handled here"))
    words = long_text(_("Opinion as spoken"), required=True, width=44)
    handling = choice(_("How it is handled"), HANDLING, heading=_("What is done with it"),
                      hint=_("A deputy answers, explains or passes on, and settles nothing alone"))
    explained_reason = choice(_("Explained because"), EXPLAINED_REASONS)
    legal_basis = long_text(_("Law or policy it rests on"))
    referred_to = reference(_("Referred to"), "organs", hint=_("For what concerns a lawsuit"))
    referred_on = day(_("Referred on"))
    status = choice(_("Standing of the opinion"), STATUSES, required=True, written_by_program=True, default="registered")
    assign_due = day(_("To be assigned by"), heading=_("Time for assigning"), written_by_program=True,
                     hint=_("Working days from the end of the reception, that day not counted"))
    assign_due_provisional = yes_no(_("Provisional"), written_by_program=True,
                                    hint=_("The holidays of a year on the way are not known yet"))
    assign_due_by = text(_("Counted by the calendar"), 60, written_by_program=True)
    assign_signed_on = day(_("First signed on"), written_by_program=True, hint=_("The first signature stops the clock"))
    closed_on = day(
        _("Closed on"), heading=_("Closing and filing"), hint=_("Only with an answer, its form, and whether the person is satisfied"))
    filed_on = day(_("Filed on"))


class GoodDeed(StationLedger):
    """为群众办实事 (S9-3(3), S11-2(3)): entered by the office or by the deputy; the office confirms."""

    __tablename__ = "good_deeds"
    entry = Entry(
        label=_("Deeds for the people"), one=_("deed"), articles=("S9-3(3)", "S11-2(3)"), access=DEPUTY_ENTERED, subject=Subject.VOTER,
        key=("done_on", "deputy", "deed"), title=("done_on", "deputy", "deed"), month="done_on", deputy="deputy",
    )
    done_on = day(_("Done on"), required=True)
    deputy = reference(_("Deputy"), "deputies", required=True)
    deed = text(_("Deed done"), 120, required=True, width=32)
    for_whom = text(_("For whom"), 80, hint=_("Village, unit or group; no names of single persons"), width=20)
    persons = integer(_("Persons helped"), width=10)
    value = decimal(_("Value (yuan)"), width=12)
    note = long_text(_("Note"))
    confirmed = yes_no(_("Confirmed by the office"), hint=_("What the office enters is confirmed by that"))
