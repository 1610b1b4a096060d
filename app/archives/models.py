"""Filed documents, the volumes they are bound in, who borrowed them, and the checks of the archive room."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy import text as sql

from app.core.dictionary.columns import choice, day, decimal, integer, long_text, points, reference, references, text
from app.core.dictionary.entry import Entry
from app.core.dictionary.fields import Choices
from app.core.dictionary.ledger import StationLedger
from app.core.dictionary.roles import ARCHIVES

from . import rules

CATEGORIES = Choices({
    "documents": _("WS documents"), "photos": _("ZP photographs"), "recordings": _("LY sound recordings"), "videos": _("LX videos"),
    "objects": _("SW objects"), "special": _("ZY special files"),
})
RETENTION = Choices({"permanent": _("Permanent"), "years30": _("30 years"), "years10": _("10 years")})
SECRECY = Choices(
    {
        "public": _("Public"), "internal": _("Internal"), "secret": _("Secret"), "confidential": _("Confidential"),
        "top_secret": _("Top secret"),
    },
    tones={"internal": "mute", "secret": "warn", "confidential": "bad", "top_secret": "bad"},
)
VOLUME_CONTENTS = Choices({
    "opinions": _("Opinions of the year"), "performance": _("Deputies' performance archives"), "documents": _("Documents of the station"),
    "other": _("Other contents"),
})
THICKNESS = Choices({"20": "20", "30": "30", "40": "40", "50": "50"})
LOAN_STATES = Choices({"out": _("Lent out"), "returned": _("Given back")}, tones={"out": "warn", "returned": "ok"})
CONDITIONS = Choices(
    {"intact": _("Intact"), "damaged": _("Damaged"), "incomplete": _("Pages missing")},
    tones={"intact": "ok", "damaged": "bad", "incomplete": "bad"},
)
CHECK_STATES = Choices(
    {
        "in_order": _("All in order"), "fault": _("Fault to be put right"), "put_right": _("Put right, to be re-checked"),
        "rechecked": _("Put right and re-checked"),
    },
    tones={"in_order": "ok", "fault": "bad", "put_right": "warn", "rechecked": "ok"},
)


class ArchiveVolume(StationLedger):
    """案卷、盒 (S8-6)."""

    __tablename__ = "archive_volumes"
    entry = Entry(
        label=_("Volumes and boxes"), one=_("volume or box"), articles=("S8-6",), access=ARCHIVES,
        key=("number",), title=("number", "title"), month="bound_on",
    )
    number = text(_("Volume no."), 40, required=True)
    title = text(_("Volume title"), 120, required=True, width=30)
    contents = choice(_("Contents"), VOLUME_CONTENTS, required=True, default="documents")
    year = integer(_("Year"), required=True, minimum=1949, maximum=2100)
    retention = choice(_("Retention"), RETENTION, required=True, default="years30")
    bound_on = day(_("Bound on"), required=True)
    room = text(_("Archive room"), 40, heading=_("Where it stands"))
    cabinet = text(_("Cabinet"), 20)
    shelf = text(_("Shelf"), 20)
    thickness = choice(_("Thickness of the box (mm)"), THICKNESS, required=True, default="30", hint=_("Its spine is printed as wide"))
    note = long_text(_("Note"))


class ArchiveFile(StationLedger):
    """归档文件 (S11, S4-8, S8-6), described as DA/T 22-2015 asks."""

    __tablename__ = "archive_files"
    entry = Entry(
        label=_("Filed documents"), one=_("filed document"), articles=("S11", "S4-8", "S8-6"), access=ARCHIVES,
        key=("file_no",), title=("file_no", "title"), month="filed_on", ordered=(("dated_on", "filed_on"),),
    )
    file_no = text(_("Archival no."), 80, width=28, heading=_("Archival number"), hint=_("Leave empty: it is made of the parts below"))
    fonds_no = text(_("Fonds no."), 20, hint=_("Leave empty: as the parameters say"))
    category = choice(_("Archival category"), CATEGORIES, required=True, default="documents")
    year = integer(_("Year"), minimum=1949, maximum=2100, hint=_("Leave empty: the year of the document's date"))
    retention = choice(_("Retention"), RETENTION, required=True, default="years30")
    organ_code = text(_("Organ or subject code"), 20, hint=_("Only where the station's documents are divided so"))
    item_no = integer(_("Item no."), minimum=1, maximum=9999, hint=_("Leave empty: the next one"))
    title = text(_("Document title"), 200, required=True, width=40, heading=_("Document"))
    responsible = text(_("Responsible party"), 80, width=18)
    document_no = text(_("Document no."), 60, width=18)
    dated_on = day(_("Date of the document"))
    pages = integer(_("Number of pages"), minimum=1)
    secrecy = choice(_("Secrecy"), SECRECY, required=True, default="public")
    filed_on = day(_("Filed on"), required=True, heading=_("Filing"))
    volume = reference(_("Volume or box"), "archive_volumes", width=20)
    note = long_text(_("Note"))
    source_ledger = text(_("Made from ledger"), 40, written_by_program=True, unseen=True)
    source_row = integer(_("Made from row"), minimum=1, written_by_program=True, unseen=True)
    opinions = references(_("Opinions filed in it"), "opinions", written_by_program=True, unseen=True)
    __table_args__ = (
        CheckConstraint("file_no IS NOT NULL AND file_no <> ''", name="ck_archive_files_file_no_given"),
        CheckConstraint("year IS NOT NULL", name="ck_archive_files_year_given"),
        CheckConstraint("(source_ledger IS NULL) = (source_row IS NULL)", name="ck_archive_files_source_whole"),
        UniqueConstraint("source_ledger", "source_row", name="uq_archive_files_source"),
    )


class ArchiveLoan(StationLedger):
    """档案借阅 (S11-4)."""

    __tablename__ = "archive_loans"
    entry = Entry(
        label=_("Archive loans"), one=_("archive loan"), articles=("S11-4",), access=ARCHIVES,
        key=("file", "out_on"), title=("file", "out_on"), month="out_on", ordered=(("out_on", "due_on"), ("out_on", "back_on")),
        check=rules.loan, derive=rules.loan_state,
    )
    file = reference(_("Filed document"), "archive_files", required=True, width=34)
    borrower = text(_("Borrower"), 40, required=True)
    unit = text(_("Borrower's unit"), 80, width=20)
    purpose = text(_("Purpose"), 200, width=26)
    approved_by = text(_("Approved by"), 40)
    out_on = day(_("Lent on"), required=True)
    due_on = day(_("Due back on"))
    back_on = day(_("Given back on"), heading=_("Return"))
    condition = choice(_("Condition on return"), CONDITIONS)
    state = choice(_("Loan state"), LOAN_STATES, required=True, default="out", written_by_program=True)
    note = long_text(_("Note"))
    __table_args__ = (
        CheckConstraint("condition IS NULL OR back_on IS NOT NULL", name="ck_archive_loans_condition_of_return"),
        CheckConstraint("(state = 'returned') = (back_on IS NOT NULL)", name="ck_archive_loans_state_holds"),
        Index("uq_archive_loans_out", "file_id", unique=True, sqlite_where=sql("back_on IS NULL"), postgresql_where=sql("back_on IS NULL")),
    )


class ArchiveCheck(StationLedger):
    """档案安全检查 (S11-4): each point judged, a fault in words; each fault is a task of its own."""

    __tablename__ = "archive_checks"
    entry = Entry(
        label=_("Archive safety checks"), one=_("archive safety check"), articles=("S11-4",), access=ARCHIVES,
        key=("checked_on", "room"), title=("checked_on", "room"), month="checked_on", check=rules.check,
    )
    checked_on = day(_("Checked on"), required=True)
    room = text(_("Archive room"), 40, required=True, default="档案室")
    checker = text(_("Checker"), 40, required=True)
    points = points(_("Points checked"), "archive_check_points", width=34)
    temperature = decimal(_("Temperature °C"), minimum=-30, maximum=60)
    humidity = decimal(_("Humidity %"), minimum=0, maximum=100)
    remedy = long_text(_("What was done at once"), hint=_("What becomes of a fault stands with the fault"))
    state = choice(_("State of the check"), CHECK_STATES, required=True, default="in_order", written_by_program=True)
