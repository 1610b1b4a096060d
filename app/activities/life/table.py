"""The table of an activity's life (S5-4, S5-5): what follows from notices, signatures and reports, and what the office decides."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy.orm import Session

from app.core import clock
from app.core.records.store import Store
from app.core.workflows.workflow import Move, Workflow, register

from ..models import Activity, ActivityReport, Attendance
from ..rules import SIGNED_IN
from . import rules

OFFICE = frozenset({"head", "liaison"})


def facts_of(session: Session, activity: Any) -> rules.Facts:
    """The facts of an activity as it is in the database."""
    own = {name: getattr(activity, name) for name in ("start", "end", "cancelled_on", "finished_at")}
    return facts(Store(session), activity.station_id, activity.id, own)


def facts(store: Store, station_id: int | None, activity_id: int | None, values: Any) -> rules.Facts:
    """The facts of an activity with these values; None: one that is just being entered."""
    marks = [] if activity_id is None else store.rows(Attendance, station_id, activity=activity_id)
    reports = [] if activity_id is None else store.rows(ActivityReport, station_id, activity=activity_id)
    return rules.Facts(
        start=values["start"],
        now=clock.now(),
        end=values["end"],
        cancelled=values["cancelled_on"] is not None,
        finished=values["finished_at"] is not None,
        reported=any(each.sent_on is not None for each in reports),
        invited=len(marks),
        open=sum(mark.state != "leave" and mark.told != "told" for mark in marks),
        signed_in=sum(mark.state in SIGNED_IN for mark in marks),
    )


LIFE = register(
    Workflow(
        ledger=Activity.__tablename__,
        column="status",
        line=("planned", "notified", "under_way", "held", "reported"),
        read=facts_of,
        moves=(
            Move(name="tell", label=_("All who are invited have been told"), leaves=("planned",), to="notified", needs=rules.not_all_told),
            Move(name="tell_again", label=_("More are invited, or time or place changed"), leaves=("notified",), to="planned"),
            Move(
                name="begin",
                label=_("The first deputy has signed in"),
                leaves=("planned", "notified"),
                to="under_way",
                needs=rules.nobody_there,
            ),
            Move(name="none_there", label=_("Nobody has signed in after all"), leaves=("under_way",), to="planned"),
            Move(
                name="finish",
                label=_("It was held"),
                leaves=("planned", "notified", "under_way"),
                to="held",
                who=OFFICE,
                needs=rules.not_begun,
                sets={"finished_at": lambda hand: hand.now},
                back=_("Not held yet after all"),
            ),
            Move(name="report", label=_("Reported to the county committee"), leaves=("held",), to="reported", needs=rules.no_report),
            Move(name="report_gone", label=_("The report was deleted"), leaves=("reported",), to="held"),
            Move(
                name="cancel",
                label=_("Call off"),
                leaves=("planned", "notified"),
                to="cancelled",
                who=OFFICE,
                sets={"cancelled_on": lambda hand: hand.now.date()},
                asks=("cancel_reason",),
                back=_("It takes place after all"),
            ),
        ),
        mends={
            "nobody_invited": "/telling/{id}",
            "not_all_told": "/telling/{id}",
            "nobody_signed_in": "/activities/show/{id}?tab=attendance-activity",
            "report_missing": "/reporting/{id}",
        },
    )
)
