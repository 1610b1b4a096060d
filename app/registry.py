"""The one list of areas, their ledgers and screens, and where each stands in the menu."""

from __future__ import annotations

from flask_appbuilder import AppBuilder
from flask_babel import lazy_gettext as _

from app.activities import forms as activities_forms
from app.activities import layouts as activities_layouts
from app.activities import ledgers as activities
from app.activities import letters as activities_letters
from app.activities import services as activities_services
from app.activities import telling as activities_telling
from app.activities.checkin import services as checkin_services
from app.activities.checkin.cardpages import CardsScreen
from app.activities.checkin.screens import CheckinByKey, CheckinScreen, checkin_button
from app.activities.guests.screens import GuestScreen
from app.activities.inspecting import letters as inspecting_letters
from app.activities.inspecting.screens import FeedbackScreen, feedback_button
from app.activities.leave.screens import LeaveScreen
from app.activities.leave.table import DECIDERS
from app.activities.life import panel as activities_panel
from app.activities.life.screens import TellingScreen
from app.activities.reporting import forms as reporting_forms
from app.activities.reporting import services as activity_reporting
from app.activities.reporting.screens import ReportScreen, report_button
from app.archives import forms as archives_forms
from app.archives import layouts as archives_layouts
from app.archives import ledgers as archives
from app.archives import services as archives_services
from app.archives import telling as archives_telling
from app.archives.dossier import papers as dossier_papers
from app.archives.dossier.entries import ConfirmingScreen, OwnEntryScreen
from app.archives.dossier.screens import DossierScreen, dossier_button
from app.archives.filing import entrance as filing
from app.archives.round import forms as round_forms
from app.archives.round import ledgers as rounds
from app.archives.round import services as round_services
from app.archives.round.logscreen import RoundLogScreen
from app.archives.round.screens import RoundByKey, RoundScreen, round_button
from app.congress import ledgers as congress
from app.congress import services as congress_services
from app.congress import telling as congress_telling
from app.core.dictionary.ledger import connect_ledgers
from app.core.lists import chronicle, filters
from app.core.paperwork import papers
from app.core.paperwork.papertemplates import KEEPERS as TEMPLATE_KEEPERS
from app.core.paperwork.papertemplates import TemplatesScreen
from app.core.rest.api import LedgerApi
from app.core.web import layout, quiet, rowpages
from app.core.web.filescreen import AttachmentScreen
from app.core.web.historypages import HistoryScreen
from app.core.web.layout import Group, Item
from app.core.web.recyclebin import RecycleBinScreen, keepers
from app.core.web.screens import LookupScreen, SearchScreen
from app.core.web.views import LedgerView
from app.core.workflows.stepapi import StepApi
from app.core.workflows.steppages import StepScreen
from app.core.workflows.workflow import WORKFLOWS
from app.first_visit import SetupScreen
from app.importing import layout as importing
from app.importing import sentences as _import_sentences  # noqa: F401 - registers them
from app.importing.screens import ImportScreen, importers
from app.people import forms as people_forms
from app.people import layouts as people_layouts
from app.people import ledgers as people
from app.people import services as people_services
from app.people import telling as people_telling
from app.people.screens import KEEPERS, AccountScreen, AccountsScreen
from app.reception import forms as reception_forms
from app.reception import layouts as reception_layouts
from app.reception import ledgers as reception
from app.reception import letters as reception_letters
from app.reception import services as reception_services
from app.reception import telling as reception_telling
from app.reception.analysis import papers as analysis_papers
from app.reception.analysis import services as analysis_services
from app.reception.analysis.screens import AnalysisScreen
from app.reception.announcing import forms as announcing_forms
from app.reception.announcing import services as announcing_services
from app.reception.deadlines import services as deadline_services
from app.reception.desk.screens import DeskByKey, DeskScreen, desk_button
from app.reception.rota import ledgers as rota
from app.reception.rota.screens import RotaScreen
from app.reception.suggesting import services as suggesting_services
from app.reception.way.screens import AssigningScreen, CallScreen
from app.reception.way.table import OFFICE as OPINION_OFFICE
from app.reception.way.table import SIGNERS as OPINION_SIGNERS
from app.review import layouts as review_layouts
from app.review import ledgers as review
from app.review import services as review_services
from app.review import telling as review_telling
from app.review.ballot import services as ballot_services
from app.review.ballot.screens import PREFIX as BALLOT_PREFIX
from app.review.ballot.screens import BallotByCode
from app.review.meeting import forms as meeting_forms
from app.review.meeting import services as meeting_services
from app.review.meeting.announcement import AnnouncementByKey
from app.review.meeting.screens import MeetingScreen, VotersByKey, meeting_button
from app.review.meeting.votescreens import VoteScreen
from app.review.reporting import forms as review_forms
from app.review.reporting import minutes as review_minutes
from app.review.reporting.minutesscreens import MinutesScreen, minutes_button
from app.review.reporting.outcomescreens import OutcomeScreen
from app.review.reporting.screens import DutyReportScreen, writing_button
from app.work import forms as work_forms
from app.work import ledgers as work
from app.work import services as work_services
from app.work import telling as work_telling
from app.work.planner.screens import OFFICE_ROLES, PlannerScreen
from app.work.planner.yearbook import YearbookScreen
from app.work.screens import MonthScreen

AREAS = (people, work, activities, reception, rota, congress, review, archives, rounds)
SERVICES = (
    people_services, work_services, activities_services, checkin_services, reception_services, suggesting_services, announcing_services,
    deadline_services, congress_services, review_services, ballot_services, meeting_services, archives_services, round_services,
    filing,
)
"""Imported for their hooks: what a ledger does besides being written."""
SCREENS = (
    LookupScreen,
    SearchScreen,
    AttachmentScreen,
    HistoryScreen,
    StepScreen,
    RecycleBinScreen,
    SetupScreen,
    AccountScreen,
    AccountsScreen,
    MonthScreen,
    RotaScreen,
    PlannerScreen,
    YearbookScreen,
    ReportScreen,
    TemplatesScreen,
    ImportScreen,
    CheckinByKey,
    CheckinScreen,
    CardsScreen,
    TellingScreen,
    GuestScreen,
    LeaveScreen,
    FeedbackScreen,
    BallotByCode,
    DeskByKey,
    DeskScreen,
    AssigningScreen,
    CallScreen,
    AnalysisScreen,
    RoundByKey,
    RoundScreen,
    DutyReportScreen,
    MinutesScreen,
    OutcomeScreen,
    DossierScreen,
    OwnEntryScreen,
    ConfirmingScreen,
    RoundLogScreen,
    VotersByKey,
    MeetingScreen,
    VoteScreen,
    AnnouncementByKey,
    *filing.SCREENS,
)
TELLING = (people_telling, activities_telling, reception_telling, congress_telling, review_telling, archives_telling, work_telling)
"""What each area tells of a period: the chronicle, and the figures of summaries."""
FORMS = (
    *people_forms.FORMS,
    *archives_forms.FORMS,
    *dossier_papers.FORMS,
    *filing.FORMS,
    *reception_forms.FORMS,
    *reception_letters.FORMS,
    *announcing_forms.FORMS,
    *activities_forms.FORMS,
    *activities_letters.FORMS,
    *inspecting_letters.FORMS,
    *reporting_forms.FORMS,
    *work_forms.FORMS,
    *analysis_papers.FORMS,
    *review_forms.FORMS,
    *round_forms.FORMS,
    *meeting_forms.FORMS,
)
"""Official forms as Word documents."""
LAYOUTS = (people_layouts, activities_layouts, reception_layouts, archives_layouts, review_layouts)
"""Sheets of which one line feeds several ledgers, and the words that offices write."""
VIEWS: tuple[type[LedgerView], ...] = tuple(view for area in AREAS for view in area.LEDGERS)

EVERYONE = frozenset({"admin", "county", "head", "liaison", "archivist", "presidium", "convenor", "deputy"})


def _ledgers(*keys: str) -> list[Item]:
    return [Item(key) for key in keys]


connect_ledgers()
quiet.PREFIXES[:] = [BALLOT_PREFIX]
chronicle.TELLERS[:] = [each.TELLER for each in TELLING]
papers.FORMS.update({form.key: form for form in FORMS})
filters.DERIVED["opinions"] = {**analysis_services.FILTERS, **filing.FILTERS}
for area in LAYOUTS:
    importing.CHOICE_WORDS.update(getattr(area, "CHOICE_WORDS", {}))
    importing.HEADINGS.update(getattr(area, "HEADINGS", {}))
    importing.SPELLINGS.update(getattr(area, "SPELLINGS", {}))
    importing.PROPOSALS.update(getattr(area, "PROPOSALS", {}))
importing.LAYOUTS.update({each.key: each for area in LAYOUTS for each in area.LAYOUTS})
importing.LAYOUTS.update({view.datamodel.obj.__tablename__: importing.ledger_layout(view.datamodel.obj.__tablename__) for view in VIEWS})
layout.MENU[:] = [
    Group("home", _("Workbench"), url="/", roles=EVERYONE),
    Group(
        "people",
        _("People"),
        [
            *_ledgers("deputies", "mandates", "deputy_groups", "constituencies"),
            Item(label=_("Deputies' cards"), url="/cards/list/", roles=CardsScreen.open_to or frozenset()),
        ],
    ),
    Group(
        "activities",
        _("Activities"),
        [
            *_ledgers("activities", "attendance"),
            Item(label=_("Ask for and decide on leave"), url="/leave/", roles=DECIDERS | {"deputy"}),
            *_ledgers(
                "leave_requests",
                "activity_notices",
                "activity_guests",
                "activity_reports",
                "inspections",
                "inspected_organs",
                "major_events",
                "law_supervision",
            ),
        ],
    ),
    Group(
        "reception",
        _("Receptions and opinions"),
        [
            Item(label=_("Plan the receptions"), url="/rota/", roles=RotaScreen.open_to or frozenset()),
            *_ledgers("reception_rota", "receptions", "opinions"),
            Item(label=_("Assignment desk"), url="/assigning/", roles=OPINION_SIGNERS),
            Item(label=_("Return calls"), url="/calls/", roles=OPINION_OFFICE),
            *_ledgers("assignments", "replies", "supervision", "suggestions", "visits", "good_deeds"),
            Item(label=_("Analysis of opinions"), url="/opinion_analysis/", roles=AnalysisScreen.open_to or frozenset()),
        ],
    ),
    Group(
        "congress",
        _("People's congress"),
        _ledgers("congress_sessions", "congress_attendance", "congress_speeches", "motions", "congress_services"),
    ),
    Group(
        "review",
        _("Duty reports and review"),
        [
            Item(label=_("Duty reports of the year"), url="/duty_reporting/", roles=DutyReportScreen.open_to or frozenset()),
            *_ledgers("duty_reports", "review_meetings", "voiced_opinions", "voter_representatives", "review_results"),
            Item(label=_("What results may lead to"), url="/review_outcomes/", roles=OutcomeScreen.open_to or frozenset()),
        ],
    ),
    Group(
        "archives",
        _("Archives"),
        [
            Item(label=_("Performance archives"), url="/dossiers/", roles=DossierScreen.open_to or frozenset()),
            Item(label=_("My entries"), url="/own_entries/", roles=OwnEntryScreen.open_to or frozenset()),
            Item(label=_("Confirm deputies' entries"), url="/confirming/", roles=ConfirmingScreen.open_to or frozenset()),
            *filing.MENU,
            Item(label=_("Log of inspection rounds"), url="/roundlog/", roles=RoundLogScreen.open_to or frozenset()),
            *_ledgers("archive_checks", "archive_faults", "archive_rooms"),
        ],
    ),
    Group(
        "work",
        _("Station work"),
        [
            Item(label=_("Year planner"), url="/planner/", roles=OFFICE_ROLES),
            Item(label=_("Chronicle"), url="/yearbook/chronicle", roles=OFFICE_ROLES),
            *_ledgers("plans", "plan_items", "assigned_tasks", "publicity", "bulletins", "station_staff"),
        ],
    ),
    Group("month", _("Monthly ledgers"), url="/month/", roles=MonthScreen.open_to or frozenset()),
    Group("import", _("Import workbooks"), url="/import/", roles=importers()),
    Group(
        "settings",
        _("Settings"),
        [
            *_ledgers("stations", "organs", "terms", "workday_overrides", "settings"),
            Item(label=_("Form templates"), url="/templates/list/", roles=TEMPLATE_KEEPERS),
            Item(label=_("Accounts"), url="/accounts/list/", roles=KEEPERS),
            Item(label=_("Recycle bin"), url="/recycle_bin/list/", roles=keepers()),
        ],
    ),
]
rowpages.buttons_of["activities"] = [checkin_button, report_button]
rowpages.summary_of.update({"activities": activities_panel.summary})
rowpages.buttons_of["inspections"] = [feedback_button]
rowpages.buttons_of["receptions"] = [desk_button]
rowpages.buttons_of["archive_rooms"] = [round_button]
rowpages.buttons_of["duty_reports"] = [writing_button]
rowpages.buttons_of["review_meetings"] = [meeting_button, minutes_button]
activity_reporting.WAYS["review"] = activity_reporting.Way("review_report_workdays", review_minutes.draft_upward)
rowpages.buttons_of["deputies"] = [dossier_button]
filing.show_on_pages()
rowpages.list_columns_of.update({view.datamodel.obj.__tablename__: view.list_columns for view in VIEWS})


def register(appbuilder: AppBuilder) -> None:
    """Every ledger's pages and REST, and the own screens."""
    for view in VIEWS:
        appbuilder.add_view_no_menu(view)
        base = StepApi if view.datamodel.obj.__tablename__ in WORKFLOWS else LedgerApi
        appbuilder.add_api(type(f"{view.__name__}Api", (base,), {"datamodel": view.datamodel, "filter_columns": view.filter_columns}))
    for screen in SCREENS:
        appbuilder.add_view_no_menu(screen)
