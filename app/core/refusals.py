"""A "no" is a value: rules answer with refusals, one table turns them into sentences."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

from flask_babel import lazy_gettext as _


@dataclass(frozen=True)
class Refusal:
    """One reason why something is not done.

    `code` is a key of SENTENCES, `field` the name of the column it concerns (None: the row as a whole),
    `facts` what the sentence names.
    """

    code: str
    field: str | None = None
    facts: Mapping[str, Any] = dataclasses.field(default_factory=dict)

    def sentence(self) -> str:
        return str(SENTENCES[self.code]) % {name: str(value) for name, value in self.facts.items()}


class Refused(Exception):
    """Raised by services and by write(); nothing was written."""

    def __init__(self, *refusals: Refusal) -> None:
        super().__init__(", ".join(refusal.code for refusal in refusals))
        self.refusals: tuple[Refusal, ...] = refusals

    def by_field(self) -> dict[str | None, list[str]]:
        sentences: dict[str | None, list[str]] = {}
        for refusal in self.refusals:
            sentences.setdefault(refusal.field, []).append(refusal.sentence())
        return sentences

    @property
    def codes(self) -> set[str]:
        return {refusal.code for refusal in self.refusals}


class NotThere(Exception):
    """No such row for this actor: another station's row and a missing one look alike."""


def refuse_any(refusals: Iterable[Refusal]) -> None:
    """Raise Refused when there is at least one refusal."""
    found = tuple(refusals)
    if found:
        raise Refused(*found)


class HasFields(Protocol):
    """A ledger, as far as naming a column needs it."""

    fields: ClassVar[Mapping[str, Any]]


def named(refusals: Iterable[Refusal], *models: type[HasFields]) -> list[Refusal]:
    """The same with the column's name before each reason: where there is no field beside which it could stand."""
    said = []
    for refusal in refusals:
        model = next((each for each in models if refusal.field in each.fields), None)
        label = model.fields[refusal.field].label if model is not None and refusal.field else None
        facts = {"field": label, "why": refusal.sentence()}
        said.append(refusal if label is None else Refusal("of_field", refusal.field, facts))
    return said


SENTENCES: dict[str, Any] = {
    "of_field": _("%(field)s: %(why)s"),
    "required": _("This must be filled in"),
    "too_long": _("At most %(most)s characters; there are %(now)s"),
    "not_a_date": _("“%(raw)s” is no date; write it like 2026-11-03"),
    "not_a_datetime": _("“%(raw)s” is no date and time; write it like 2026-11-03 09:00"),
    "not_an_integer": _("“%(raw)s” is no whole number"),
    "not_a_number": _("“%(raw)s” is no number"),
    "not_a_boolean": _("“%(raw)s” is neither yes nor no"),
    "not_text": _("This is no text"),
    "not_a_phone": _("“%(raw)s” is no phone number: a mobile has 11 digits, a landline is written 0377-6912345"),
    "mobile_digits": _("A mobile number has 11 digits; there are %(now)s"),
    "not_a_choice": _("“%(raw)s” is not one of the choices"),
    "not_points": _("The points of the check cannot be read"),
    "point_not_judged": _("Say for “%(point)s” whether it is in order"),
    "no_such_row": _("What was chosen does not exist"),
    "too_small": _("At least %(least)s"),
    "too_large": _("At most %(most)s"),
    "year_out_of_range": _("The year must lie between 1900 and 2100"),
    "before": _("This may not be earlier than “%(other)s”"),
    "exactly_one": _("Fill in exactly one of: %(fields)s"),
    "taken": _("This is already in the ledger: %(title)s"),
    "masked_value": _("This value is masked; leave it as it is or type the whole value anew"),
    "stale": _("%(who)s changed this row meanwhile (%(when)s). Your text is kept: compare, then save again"),
    "version_missing": _("The version of the row is missing; open it again and save"),
    "unknown_field": _("There is no such column"),
    "not_writable": _("This is filled in by the program"),
    "in_the_way": _("In the way of “%(title)s” (%(ledger)s): %(why)s"),
    "target_gone": _("“%(field)s” leads to a row of %(ledger)s that is no longer there"),
    "target_in_bin": _("“%(field)s” leads to “%(title)s” (%(ledger)s), which is in the recycle bin too: restore it first"),
    "station_gone": _("The station whose row it was is no longer there"),
    "changed_since": _("“%(field)s” was changed again since; take back the later change first"),
    "nothing_to_take_back": _("This change holds nothing that could be taken back"),
    "referred_to": _("Cannot be deleted: it is used by %(by)s"),
    "screen_key_unknown": _("This address opens no screen; scan the code on the page of the activity anew"),
    "screen_withdrawn": _("This screen was closed by the office; have it opened anew and scan the new code"),
    "screen_expired": _("This screen was opened for a day that is over; have it opened anew and scan the new code"),
    "screen_opener_gone": _("Who opened this screen may no longer do so; have it opened anew by somebody else"),
    "screen_row_gone": _("What this screen was opened for has been deleted"),
    "operation_unreadable": _("The screen sent something that cannot be read; load its page anew"),
    "operation_elsewhere": _("The same operation was already sent for something else"),
    "not_permitted": _("Your role may not do this"),
    "conflict": _("Someone wrote the same at this moment; save once more"),
    "wrong_station": _("Choose a station"),
    "file_empty": _("“%(name)s” is empty"),
    "file_too_large": _("“%(name)s” is larger than %(most)s MB; make it smaller or split it"),
    "file_too_many": _("“%(name)s” was not added: a row takes at most %(most)s files"),
    "file_there": _("“%(name)s” was not added: the same file is there already"),
    "file_misnamed": _("“%(name)s” is really a %(type)s file, though its name ends in %(ending)s; check that it is the right file"),
    "file_heic": _("“%(name)s” is an HEIC picture, which office PCs cannot show; save it as JPG first"),
    "file_other_picture": _("“%(name)s” is a picture of another kind; save it as JPG or PNG first"),
    "file_program": _("“%(name)s” is a program and is not taken"),
    "file_archive": _("“%(name)s” is an archive; unpack it and add the files one by one"),
    "file_web_page": _("“%(name)s” is a web page or an SVG drawing and is not taken; save it as PDF"),
    "file_bomb": _("“%(name)s” would swell beyond all measure when opened and is not taken"),
    "file_macros": _("“%(name)s” contains macros; save it without them"),
    "file_password": _("“%(name)s” is protected by a password; save it without one"),
    "file_damaged": _("“%(name)s” is damaged and cannot be read"),
    "file_unknown": _("“%(name)s” is none of the kinds that are taken: JPG, PNG, WebP, PDF, Word, Excel, WPS, ET"),
    "disk_full": _("The disk of the server is full: nothing was stored. Tell the administrator"),
    "station_fixed": _("A row stays with the station where it was entered"),
    "nothing_chosen": _("Nothing is chosen"),
    "too_many_rows": _("At most %(most)s rows at a time; narrow the choice"),
    "template_unfit": _("The template of “%(form)s” cannot be filled in (%(words)s); look at it under Settings, Form templates"),
    "template_missing": _("Choose a file"),
    "template_too_large": _("The file is too large: at most %(words)s MB"),
    "template_no_docx": _("This is no Word document (docx). Save it in Word or WPS as docx and try again"),
    "template_active": _("The file holds macros, embedded objects or links to other files; take them out and try again"),
    "template_unknown_fields": _("The template names fields that this form does not have: %(words)s"),
    "template_syntax": _("The template cannot be filled in: %(words)s"),
}
