"""What the archives' ledgers do besides being written."""

from __future__ import annotations

from app.core import clock
from app.core.records.hooks import Saving, before_restoring, before_saving
from app.core.refusals import Refusal, Refused, refuse_any
from app.work.services import setting

from . import rules
from .dossier.rules import figures as figures  # what a record amounts to
from .dossier.services import records as records  # duty reports are drafted from the facts of dossiers
from .models import ArchiveLoan
from .round.reminding import reminders as reminders  # the workbench asks the area's services


@before_saving("archive_files")
def number_the_file(saving: Saving) -> None:
    """Give a filed document its place and archival number; a number that came along from paper is kept, and the series follows."""
    if not saving.is_new and not saving.changed(*rules.PARTS, "item_no", "file_no"):
        return
    session, values = saving.writing.session, saving.values
    pattern = str(setting(session, saving.station_id, "archive_number_pattern"))
    if values["year"] is None and values["dated_on"] is not None:
        values["year"] = values["dated_on"].year
    if values["year"] is None:
        raise Refused(Refusal("required", "year"))
    if values["fonds_no"] is None:
        values["fonds_no"] = setting(session, saving.station_id, "fonds_number")
    _forget_what_no_longer_holds(saving, pattern)
    if values["file_no"] is not None:
        refuse_any(rules.item_agrees(pattern, values))
        values["item_no"] = rules.item_in(pattern, values, values["file_no"]) or values["item_no"]
    series = _series(saving, pattern)
    if values["item_no"] is not None:
        saving.writing.store.keep_up(*series, values["item_no"])
    elif values["file_no"] is None:
        values["item_no"] = saving.writing.store.next_number(*series)
    if values["file_no"] is None:
        values["file_no"] = rules.file_number(pattern, values, values["item_no"])


def _forget_what_no_longer_holds(saving: Saving, pattern: str) -> None:
    """A document moved to another class gets the next number there; a new item number makes a new archival number."""
    values, before = saving.values, saving.before
    if saving.is_new or saving.changed("file_no") or before["item_no"] is None:
        return
    was_ours = before["file_no"] == rules.file_number(pattern, before, before["item_no"])
    if was_ours and (values["item_no"] is None or values["file_no"] != rules.file_number(pattern, values, values["item_no"])):
        values["file_no"] = None
        if not saving.changed("item_no"):
            values["item_no"] = None


def _series(saving: Saving, pattern: str) -> tuple[int, str, int]:
    """One series for each class: items are numbered within the lowest class (DA/T 22-2015)."""
    assert saving.station_id is not None
    return saving.station_id, series_name(rules.class_of(pattern, saving.values)), saving.values["year"]


def series_name(class_of_items: str) -> str:
    """What the numbers of a class are counted under."""
    return f"archive_files {class_of_items}"[:80]


@before_saving("archive_loans")
@before_restoring("archive_loans")
def lend_only_what_is_in(saving: Saving) -> None:
    loans = saving.writing.rows(ArchiveLoan, saving.station_id, file=saving.values["file"])
    others = sorted(((each.out_on, each.back_on) for each in loans if each.id != saving.row.id), key=lambda loan: loan[0])
    refuse_any(rules.file_is_in(saving.values["out_on"], saving.values["back_on"], others))


@before_saving("archive_checks")
def check_is_of_the_past(saving: Saving) -> None:
    refuse_any(rules.not_after_today(saving.values, clock.today()))
