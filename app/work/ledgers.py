"""The lists of plans, tasks, publicity, bulletins, working days and parameters."""

from __future__ import annotations

from app.core.database import db
from app.core.web.interface import LedgerInterface
from app.core.web.rowforms import checklist
from app.core.web.views import LedgerView

from .models import AssignedTask, Bulletin, Plan, PlanItem, Publicity, Setting, WorkdayOverride
from .services import setting


class PlanView(LedgerView):
    datamodel = LedgerInterface(Plan)
    list_columns = ("year", "period", "author", "made_on", "status", "approved_on", "amended_on", "summarised_on")
    filter_columns = ("year", "period", "status")


class PlanItemView(LedgerView):
    datamodel = LedgerInterface(PlanItem)
    list_columns = ("planned_for", "title", "activity_type", "plan", "activity")
    filter_columns = ("activity_type", "plan")


class AssignedTaskView(LedgerView):
    datamodel = LedgerInterface(AssignedTask)
    list_columns = ("received_on", "giver", "title", "document", "due_on", "done_on", "handler")
    filter_columns = ("giver", "handler")


class PublicityView(LedgerView):
    datamodel = LedgerInterface(Publicity)
    list_columns = ("published_on", "title", "medium", "outlet", "activity", "author")
    filter_columns = ("medium",)


class BulletinView(LedgerView):
    datamodel = LedgerInterface(Bulletin)
    list_columns = ("sent_on", "kind", "audience", "title")
    filter_columns = ("kind", "audience")


class WorkdayOverrideView(LedgerView):
    datamodel = LedgerInterface(WorkdayOverride)
    list_columns = ("date", "kind", "source")
    filter_columns = ("kind",)


class SettingView(LedgerView):
    datamodel = LedgerInterface(Setting)
    list_columns = ("name", "value", "article", "origin", "since")
    filter_columns = ("origin",)


def archive_check_points(station_id: int | None) -> list[str]:
    """What an archive check of the station looks at (S11-4)."""
    return list(setting(db.session, station_id, "archive_check_points"))


checklist["archive_check_points"] = archive_check_points

LEDGERS = (PlanView, PlanItemView, AssignedTaskView, PublicityView, BulletinView, WorkdayOverrideView, SettingView)
