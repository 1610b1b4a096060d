"""What an import says no to, in words."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from app.core import refusals

SENTENCES = {
    "two_of_that_name": _("There are several called “%(name)s”; choose which one is meant"),
    "nobody_of_that_name": _("“%(name)s” is not in “%(ledger)s”"),
    "no_term": _("No term of the level “%(level)s” is known for %(year)s; enter it under Terms"),
    "no_activity_that_day": _("“%(heading)s”: there is no activity on %(day)s; enter or import the activity first"),
    "two_activities_that_day": _(
        "“%(heading)s”: which of the activities on %(day)s is meant cannot be told; write its type or title in the heading"
    ),
    "no_mark": _("“%(raw)s” under “%(heading)s” is no mark of attendance: √ present, 假 on leave, × absent, 迟 late"),
    "not_judged": _("“%(raw)s” under “%(point)s” is neither in order nor a fault"),
    "no_mandate": _("This deputy has no mandate in the ledger"),
    "which_mandate": _("This deputy has several mandates; choose which one is meant"),
    "differs_from_line": _("Says something else of the same row than line %(line)s"),
    "column_missing": _("%(sheet)s: say which column is “%(column)s”, or leave the sheet out"),
    "column_twice": _("%(sheet)s: two columns are said to be “%(column)s”; leave one of them out"),
    "import_broke": _("The import stopped through a fault of the program; nothing of it was written. It can be run again"),
    "import_not_done": _("Only a finished import can be taken back"),
    "import_row_changed": _("%(ledger)s “%(title)s” was changed since"),
    "import_detail": _("%(ledger)s “%(title)s” was added to an activity that was there before; take it back there"),
    "import_running": _("This import is under way"),
    "import_over": _("The file of this import is no longer kept; upload it again"),
    "nothing_to_import": _("No sheet of this file is one of the ledgers"),
    "workbook_missing": _("Choose a file first"),
    "workbook_too_big": _("The file is larger than 20 MB; split it"),
    "workbook_too_many_rows": _("The file has more than 50,000 rows; split it"),
    **dict.fromkeys(
        ("workbook_too_many_columns", "workbook_too_many_cells"),
        _("A sheet of the file is wider or larger than any ledger; delete what stands far to the right or below"),
    ),
    "workbook_encrypted": _("The file is protected by a password; save it without one and upload it again"),
    "workbook_macro": _("The file contains macros; save it as an ordinary workbook (xlsx) and upload it again"),
    "workbook_bomb": _("The file would swell beyond all measure when opened and is not taken"),
    "workbook_not_a_workbook": _("This is no workbook, whatever its name says; xlsx, xls, et and csv are taken"),
    "workbook_broken": _("The file is damaged and cannot be read; open it in WPS or Excel and save it anew"),
    "workbook_empty": _("The file is empty"),
}
refusals.SENTENCES.update(SENTENCES)
