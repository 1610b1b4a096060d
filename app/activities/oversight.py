"""What certain activities have besides: inspections, attended major events; and the supervision of laws and resolutions."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import CheckConstraint

from app.core.dictionary.columns import choice, day, long_text, reference, references, text, yes_no
from app.core.dictionary.entry import Entry, OneToOne
from app.core.dictionary.fields import Choices
from app.core.dictionary.ledger import StationLedger
from app.core.dictionary.roles import DEPUTY_ENTERED, OFFICE, PROGRAMME

from . import rules
from .types import INSPECTION_TYPES

CERTIFICATES = Choices({"alone": _("One deputy alone"), "joint": _("Several deputies jointly")})
OPENNESS = Choices({"open": _("Announced visit"), "covert": _("Unannounced visit")}, tones={"covert": "warn"})
FEEDBACK = Choices(
    {"open": _("Not fed back yet"), "some": _("Fed back to some"), "done": _("Fed back to all")},
    tones={"open": "warn", "some": "warn", "done": "ok"},
)
FED_BACK_BY = Choices({
    "letter": _("Letter"), "meeting": _("At a meeting"), "in_person": _("Face to face"), "phone": _("Phone call"),
})
SUPERVISED = Choices({"law": _("Law or regulation"), "resolution": _("Resolution or decision"), "opinion": _("Deliberation opinion")})

_SHOWN = ("title", "start", "end", "place", "content", "organiser", "convenor", "status", "everyone", "deputies")


class Inspection(StationLedger):
    """视察调研 (S6, S5-3(3), S4-5). Holders of certificates are attendance; deputies advise and settle nothing.
    A visit by certificate may be entered by its holder; the office confirms."""

    __tablename__ = "inspections"
    entry = Entry(
        label=_("Inspections and research"), one=_("inspection"), articles=("S6", "S5-3(3)", "S4-5"), access=DEPUTY_ENTERED,
        key=("activity",), title=("activity",), month="activity.start", deputy="holder", check=rules.inspection_row,
        one_to_one=OneToOne(field="activity", shown=("type", "topic", *_SHOWN), fixed={"type": INSPECTION_TYPES}),
    )
    activity = reference(_("Activity"), "activities", required=True)
    subject = text(_("Subject inspected"), 200, width=26, hint=_("What the title does not say"), heading=_("Inspection"))
    organs = references(_("Inspected organs"), "organs", through="inspected_organs")
    openness = choice(_("Announced or not"), OPENNESS, required=True, default="open")
    covert_reason = text(_("Why unannounced"), 200)
    covert_approver = text(_("Unannounced visit approved by"), 60)
    certificate = choice(_("Held by certificate"), CERTIFICATES, heading=_("By certificate"), hint=_("Empty: arranged by the station"))
    holder = reference(_("Holder of the certificate"), "deputies", hint=_("Who held it; jointly: the first. The others are invited"))
    station_told_on = day(_("Station told on"))
    findings = long_text(_("Findings"), width=32, heading=_("Result"))
    advice = long_text(_("Advice given"), width=32)
    report = long_text(_("Report"), width=32)
    reported_on = day(_("Report written on"))
    feedback = choice(_("Feedback to the organs"), FEEDBACK, written_by_program=True)
    fed_back_on = day(_("All fed back by"), written_by_program=True)
    motions = references(_("Motions it led to"), "motions")
    confirmed = yes_no(_("Confirmed by the office"), hint=_("What the office enters is confirmed by that"))
    __table_args__ = (
        CheckConstraint(
            "openness = 'open' OR (covert_reason IS NOT NULL AND covert_approver IS NOT NULL)", name="ck_inspections_covert",
        ),
        CheckConstraint("(certificate IS NULL) = (holder_id IS NULL)", name="ck_inspections_holder"),
    )


class InspectedOrgan(StationLedger):
    """被视察单位 (S6-3, S6-5): what was found and advised at one organ, when it was fed back to it, and what it answered."""

    __tablename__ = "inspected_organs"
    entry = Entry(
        label=_("Inspected organs"), one=_("inspected organ"), articles=("S6-3", "S6-5"), access=DEPUTY_ENTERED,
        key=("inspection", "organ"), title=("inspection", "organ"), month="inspection.activity.start", owned_by="inspection",
        deputy="inspection.holder", ordered=(("fed_back_on", "answered_on"),), check=rules.inspected_organ_row,
    )
    inspection = reference(_("Inspection"), "inspections", required=True, heading=_("Inspected organ"))
    organ = reference(_("Organ"), "organs", required=True, width=22)
    findings = long_text(_("Found there"), width=32, heading=_("Findings and advice"))
    advice = long_text(_("Advised there"), width=32)
    fed_back_on = day(_("Fed back on"), heading=_("Feedback"))
    fed_back_by = choice(_("Fed back how"), FED_BACK_BY)
    answer = long_text(_("What the organ answered"), width=32)
    answered_on = day(_("Answered on"))
    __table_args__ = (
        CheckConstraint(
            "fed_back_on IS NOT NULL OR (fed_back_by IS NULL AND answered_on IS NULL)", name="ck_inspected_organs_fed_back",
        ),
    )


class MajorEvent(StationLedger):
    """重大事项列席 (S4-4): deputies invited to what matters for the place."""

    __tablename__ = "major_events"
    entry = Entry(
        label=_("Attended major events"), one=_("major event"), articles=("S4-4",), access=PROGRAMME,
        key=("activity",), title=("activity",), month="activity.start",
        one_to_one=OneToOne(field="activity", shown=_SHOWN, fixed={"type": ("major_event",)}),
    )
    activity = reference(_("Activity"), "activities", required=True)
    host = reference(_("Organ that holds it"), "organs", heading=_("Major event"))
    matter = long_text(_("Matter"), width=32)
    advice = long_text(_("Advice given"), width=32)


class LawSupervision(StationLedger):
    """法律和决议执行监督 (S2-5); who took part is the attendance of the activity, where there was one."""

    __tablename__ = "law_supervision"
    entry = Entry(
        label=_("Supervision of laws and resolutions"), one=_("supervision of a law"), articles=("S2-5",), access=OFFICE,
        key=("supervised_on", "what"), title=("supervised_on", "what"), month="supervised_on",
    )
    supervised_on = day(_("Law supervised on"), required=True)
    kind = choice(_("Kind of rule"), SUPERVISED, required=True)
    what = text(_("Which law or resolution"), 120, required=True, width=28)
    place = text(_("Where supervised"), 120, width=18)
    activity = reference(_("Activity"), "activities")
    finding = long_text(_("Finding"), width=32)
    advice = long_text(_("Advice given"), width=32)
