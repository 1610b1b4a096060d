"""A "no" is a value: rules answer with refusals, one table turns them into sentences."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

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


SENTENCES: dict[str, Any] = {
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
    "in_the_way": _("%(ledger)s “%(title)s”: %(why)s"),
    "target_gone": _("“%(field)s” leads to a row of %(ledger)s that is no longer there"),
    "target_in_bin": _("“%(field)s” leads to “%(title)s” (%(ledger)s), which is in the recycle bin too: restore it first"),
    "station_gone": _("The station whose row it was is no longer there"),
    "changed_since": _("“%(field)s” was changed again since; take back the later change first"),
    "nothing_to_take_back": _("This change holds nothing that could be taken back"),
    "referred_to": _("Cannot be deleted: it is used by %(by)s"),
    "not_permitted": _("Your role may not do this"),
    "conflict": _("Someone wrote the same at this moment; save once more"),
    "wrong_station": _("Choose a station"),
    "station_fixed": _("A row stays with the station where it was entered"),
}
