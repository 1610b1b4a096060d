"""Plans, tasks from above, publicity, bulletins, working days and parameters."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import CheckConstraint

from app.activities.services import ACTIVITY_TYPES
from app.core.dictionary.columns import choice, day, integer, long_text, reference, text
from app.core.dictionary.entry import Entry
from app.core.dictionary.fields import Choices
from app.core.dictionary.ledger import EitherLedger, SharedLedger, StationLedger
from app.core.dictionary.roles import COUNTY_KEPT, OFFICE, PLANNING, PROGRAMME, SETTINGS
from app.core.words import party_committee

from . import rules
from .settings import NAMES

PERIODS = Choices(
    {
        "year": _("Whole year"),
        "q1": _("First quarter"),
        "q2": _("Second quarter"),
        "q3": _("Third quarter"),
        "q4": _("Fourth quarter"),
    }
)
PLAN_STATES = Choices(
    {"drafted": _("Not approved yet"), "approved": _("Approved"), "amended": _("Changed after its approval")},
    tones={"drafted": "warn", "approved": "ok", "amended": "bad"},
)
GIVERS = Choices({"county": _("County standing committee"), "party": party_committee, "other": _("Another superior")})
MEDIA = Choices(
    {
        "newspaper": _("Newspaper"),
        "broadcast": _("Radio or television"),
        "website": _("Website"),
        "wechat": _("WeChat account"),
        "board": _("Notice board"),
        "other": _("Other medium"),
    }
)
BULLETIN_KINDS = Choices({"bulletin": _("Bulletin"), "circulation": _("Material circulated")})
AUDIENCES = Choices({"deputies": _("To deputies"), "public": _("To the public"), "both": _("To deputies and the public")})
DAY_KINDS = Choices({"workday": _("Working day"), "holiday": _("Day off")}, tones={"workday": "info", "holiday": "warn"})
ORIGINS = Choices({"given": _("Given by the regulations"), "ours": _("Set by the office")}, tones={"ours": "info"})


class Plan(StationLedger):
    """年度、季度工作计划 (S2-2, S4-2), drafted by the liaison officer, approved by the head; the year's summary with it."""

    __tablename__ = "plans"
    entry = Entry(
        label=_("Work plans"),
        one=_("work plan"),
        articles=("S2-2", "S4-2"),
        access=PLANNING,
        key=("year", "period"),
        title=("year", "period"),
        order="year",
        ordered=(("made_on", "approved_on"),),
        check=rules.plan_row,
    )
    year = integer(_("Year"), required=True, minimum=1990, maximum=2100, heading=_("Plan"))
    period = choice(_("Period"), PERIODS, required=True, default="year")
    content = long_text(_("Text of the plan"), width=40)
    author = reference(_("Author"), "station_staff")
    status = choice(_("Approval"), PLAN_STATES, required=True, default="drafted", written_by_program=True)
    made_on = day(_("Drawn up on"))
    approved_on = day(_("Approved on"), hint=_("By the head of station"))
    amended_on = day(_("Changed after approval on"), written_by_program=True)
    summary = long_text(_("Annual summary"), width=40, heading=_("Annual summary"))
    summarised_on = day(_("Summary written on"))
    __table_args__ = (
        CheckConstraint("period = 'year' OR (summary IS NULL AND summarised_on IS NULL)", name="ck_plans_summary"),
        CheckConstraint("amended_on IS NULL OR approved_on IS NOT NULL", name="ck_plans_amended"),
        CheckConstraint(
            "(status = 'drafted') = (approved_on IS NULL) AND (status = 'amended') = (amended_on IS NOT NULL)", name="ck_plans_approval",
        ),
    )


class PlanItem(StationLedger):
    """计划事项 (S2-2): what is planned for which month, and the activity that fulfilled it."""

    __tablename__ = "plan_items"
    entry = Entry(
        label=_("Planned items"),
        one=_("planned item"),
        articles=("S2-2",),
        access=PLANNING,
        key=("plan", "title"),
        title=("planned_for", "title"),
        month="planned_for",
        owned_by="plan",
        newest_first=False,
    )
    plan = reference(_("Work plan"), "plans", required=True)
    planned_for = day(_("Planned for"), required=True, hint=_("Any day of the month"))
    activity_type = choice(_("Activity type"), ACTIVITY_TYPES)
    title = text(_("What is planned"), 120, required=True, width=28)
    activity = reference(_("Fulfilled by"), "activities")
    note = long_text(_("Note"))


class AssignedTask(StationLedger):
    """上级交办工作 (S1-6, S4-9, S2-8)."""

    __tablename__ = "assigned_tasks"
    entry = Entry(
        label=_("Tasks from above"),
        one=_("task from above"),
        articles=("S1-6", "S4-9", "S2-8"),
        access=OFFICE,
        key=("received_on", "title"),
        title=("received_on", "title"),
        month="received_on",
        ordered=(("received_on", "due_on"), ("received_on", "done_on")),
    )
    received_on = day(_("Received on"), required=True, heading=_("Task"))
    giver = choice(_("Given by"), GIVERS, required=True, default="county")
    title = text(_("Task"), 120, required=True, width=28)
    document = text(_("Document no."), 60)
    content = long_text(_("What is asked"), width=36)
    due_on = day(_("Due on"))
    handler = reference(_("Handled by"), "station_staff", heading=_("Completion"))
    done_on = day(_("Completed on"))
    result = long_text(_("Result"), width=36)


class Publicity(StationLedger):
    """宣传报道 (S4-7, S3)."""

    __tablename__ = "publicity"
    entry = Entry(
        label=_("Publicity"),
        one=_("published report"),
        articles=("S4-7", "S3"),
        access=PROGRAMME,
        key=("title", "published_on"),
        title=("published_on", "title"),
        month="published_on",
        check=rules.publicity_row,
    )
    published_on = day(_("Published on"), required=True)
    title = text(_("Headline"), 120, required=True, width=30)
    medium = choice(_("Medium"), MEDIA, required=True)
    outlet = text(_("Published in"), 80, width=18, hint=_("Name of the paper, station or account"))
    link = text(_("Link"), 500, width=24)
    author = text(_("Written by"), 60)
    activity = reference(_("Activity"), "activities")


class Bulletin(StationLedger):
    """工作通报和信息传递 (S4-6)."""

    __tablename__ = "bulletins"
    entry = Entry(
        label=_("Bulletins and circulated material"),
        one=_("bulletin"),
        articles=("S4-6",),
        access=PROGRAMME,
        key=("title", "sent_on"),
        title=("sent_on", "title"),
        month="sent_on",
    )
    sent_on = day(_("Sent out on"), required=True)
    kind = choice(_("Kind of bulletin"), BULLETIN_KINDS, required=True, default="bulletin")
    audience = choice(_("To whom"), AUDIENCES, required=True)
    title = text(_("Title"), 120, required=True, width=30)
    content = long_text(_("Text"), width=40)


class WorkdayOverride(SharedLedger):
    """工作日调整 (S8-3): days off and working days that the calendar does not know."""

    __tablename__ = "workday_overrides"
    entry = Entry(
        label=_("Adjusted working days"),
        one=_("adjusted working day"),
        articles=("S8-3",),
        access=COUNTY_KEPT,
        key=("date",),
        title=("date", "kind"),
        month="date",
    )
    date = day(_("Date"), required=True)
    kind = choice(_("Working day or day off"), DAY_KINDS, required=True)
    source = text(_("Source notice"), 120, width=30)


class Setting(EitherLedger):
    """制度参数: the numbers that the duties are computed with; the county's, and a station's own where it may differ."""

    __tablename__ = "settings"
    entry = Entry(
        label=_("Parameters of the regulations"),
        one=_("parameter"),
        articles=("S1",),
        access=SETTINGS,
        key=("name",),
        title=("name",),
        newest_first=False,
        order="place",
        check=rules.setting_row,
        derive=rules.setting_facts,
    )
    name = choice(_("Parameter"), NAMES, required=True, width=34)
    value = text(_("Value"), 400, required=True, width=24)
    since = day(_("In force since"))
    article = text(_("Article"), 20, written_by_program=True)
    origin = choice(_("Origin"), ORIGINS, written_by_program=True)
    place = integer(_("Place in the list"), written_by_program=True)
    note = text(_("Note"), 200)
