"""The rooms in which archives lie, inspected month by month, and the faults found there."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import CheckConstraint

from app.core.dictionary.columns import choice, day, long_text, reference, text, yes_no
from app.core.dictionary.entry import Entry
from app.core.dictionary.fields import Choices
from app.core.dictionary.ledger import StationLedger
from app.core.dictionary.roles import ARCHIVES

from . import rules

FAULT_STATES = Choices(
    {"fault": _("Fault to be put right"), "put_right": _("Put right, to be re-checked"), "rechecked": _("Put right and re-checked")},
    tones={"fault": "bad", "put_right": "warn", "rechecked": "ok"},
)


class ArchiveRoom(StationLedger):
    """档案库房 (S11-4). Checks name their room by its name, so that a sheet from elsewhere fits; a new name carries them along."""

    __tablename__ = "archive_rooms"
    entry = Entry(
        label=_("Archive rooms"), one=_("archive room"), articles=("S11-4",), access=ARCHIVES,
        key=("name",), title=("name",), newest_first=False, ordered=(("since", "given_up_on"),),
    )
    name = text(_("Name of the room"), 40, required=True)
    place = text(_("Where it is"), 80, width=20)
    keeper = reference(_("Keeper of the room"), "station_staff", hint=_("Is given the faults found there, unless someone else is named"))
    meter = yes_no(_("Has a thermometer and hygrometer"), default=True)
    since = day(_("In use since"), hint=_("Months before it are not asked for"))
    given_up_on = day(_("Given up on"))
    note = long_text(_("Note"))


class ArchiveFault(StationLedger):
    """库房异常整改 (S11-4, R24): a point found not in order at a check; who puts it right, until when, and who looked at it again."""

    __tablename__ = "archive_faults"
    entry = Entry(
        label=_("Faults of archive rooms"), one=_("fault of an archive room"), articles=("S11-4",), access=ARCHIVES,
        key=("check", "point"), title=("check", "point"), month="found_on", owned_by="check",
        ordered=(("put_right_on", "rechecked_on"),),
        check=rules.fault, derive=rules.fault_state,
    )
    check = reference(_("Archive check"), "archive_checks", required=True, heading=_("Fault"))
    found_on = day(_("Found on"), written_by_program=True)
    point = text(_("Point"), 20, required=True)
    words = text(_("What is wrong"), 200, required=True, width=30)
    responsible = text(
        _("To be put right by whom"), 40, heading=_("Putting it right"), hint=_("Left empty: the keeper of the room"),
    )
    due_on = day(_("To be put right until"), hint=_("Left empty: as the parameters say"))
    remedy = long_text(_("What was done about it"))
    put_right_by = text(_("Put right by"), 40)
    put_right_on = day(_("Put right on"))
    rechecked_by = text(_("Re-checked by"), 40)
    rechecked_on = day(_("Re-checked on"))
    state = choice(_("State of the fault"), FAULT_STATES, required=True, default="fault", written_by_program=True)
    __table_args__ = (
        CheckConstraint("due_on >= found_on", name="ck_archive_faults_due_on_after_found_on"),
        CheckConstraint("put_right_on >= found_on", name="ck_archive_faults_put_right_on_after_found_on"),
        CheckConstraint("put_right_on IS NULL OR put_right_by IS NOT NULL", name="ck_archive_faults_put_right_by"),
        CheckConstraint("rechecked_on IS NULL OR put_right_on IS NOT NULL", name="ck_archive_faults_recheck_needs_repair"),
        CheckConstraint(
            "(state <> 'put_right' OR put_right_on IS NOT NULL) AND (state <> 'rechecked' OR rechecked_on IS NOT NULL)",
            name="ck_archive_faults_state_holds",
        ),
    )
