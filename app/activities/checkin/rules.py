"""Pure rules of signing in: what follows from touches, whenever they come in, and when one is too early or too late."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _

from app.core import refusals
from app.core.refusals import Refusal

from ..life.rules import over

USUAL_LATE_AFTER = 10
"""Minutes after the start from which somebody is late, where the activity does not say."""
SIGNED = frozenset({"present", "late"})
PRESENT, UNDO, SCAN, GUEST = "present", "undo", "scan", "guest"


@dataclass(frozen=True)
class Touch:
    """Somebody was marked as there, or the mark was taken back; `at` at the office's time."""

    kind: str
    at: datetime
    uid: str


def standing(touches: Iterable[Touch]) -> Touch | None:
    """The touch by which somebody is signed in: the first since the last undoing. None: not signed in.

    Touches count in the order in which they were made. One that was without network for an hour changes what stands exactly as
    if it had come in at once, so screens agree whatever the order of arrival.
    """
    found: Touch | None = None
    for touch in sorted(touches, key=lambda each: (each.at, each.kind == UNDO, each.uid)):
        if touch.kind == UNDO:
            found = None
        elif found is None:
            found = touch
    return found


def late_from(start: datetime, late_after: int | None) -> datetime:
    """Until this moment one is in time, the whole minute included."""
    return start + timedelta(minutes=(USUAL_LATE_AFTER if late_after is None else late_after) + 1)


def state_when_signed(at: datetime, start: datetime, late_after: int | None) -> str:
    """出席 or 迟到."""
    return "late" if at >= late_from(start, late_after) else "present"


def state_when_not_signed(on_leave: bool, closed: bool) -> str:
    """Whose mark was taken back, and who is still waited for when signing in is closed (S10-2)."""
    if on_leave:
        return "leave"
    return "absent" if closed else "pending"


def may_sign(at: datetime, status: str, start: datetime, closed_at: datetime | None) -> Iterable[Refusal]:
    """Nobody signs in to what was called off, before its day, or after signing in was closed; what was done before the closing
    and only comes in afterwards counts."""
    if status == "cancelled":
        yield Refusal("checkin_cancelled")
    elif at.date() < start.date():
        yield Refusal("checkin_too_early", None, {"day": f"{start:%Y-%m-%d}"})
    elif closed_at is not None and at > closed_at:
        yield Refusal("checkin_closed", None, {"when": f"{closed_at:%m-%d %H:%M}"})


def may_go_beside(kinds: Sequence[str], status: str) -> bool:
    """Whether a batch changes nothing but one deputy's mark: several deputies may sign in at the same instant. The first who signs in
    sets the activity going, a mark taken back may stop it again, and several at once could wait for one another."""
    return len(kinds) == 1 and kinds[0] in (PRESENT, SCAN) and status not in ("planned", "notified")


def may_close(status: str, start: datetime, closed_at: datetime | None, now: datetime) -> Iterable[Refusal]:
    """Signing in is closed once, from the activity's start on."""
    if status == "cancelled":
        yield Refusal("checkin_cancelled")
    elif closed_at is not None:
        yield Refusal("checkin_closed", None, {"when": f"{closed_at:%m-%d %H:%M}"})
    elif now < start:
        yield Refusal("checkin_not_begun", None, {"when": f"{start:%m-%d %H:%M}"})


def finished_by_closing(start: datetime, end: datetime | None, now: datetime, held: bool) -> datetime | None:
    """When an activity was over whose sign-in is closed now: its own end where that has passed, now where the office says that it was
    held; None: it may still go on."""
    if over(start, end, now):
        return end or start
    return now if held else None


def may_reopen(status: str, closed_at: datetime | None, reason: str) -> Iterable[Refusal]:
    """With a reason, and only while the activity has not been reported on: what was reported does not change by a touch."""
    if closed_at is None:
        yield Refusal("checkin_not_closed")
    elif status == "reported":
        yield Refusal("checkin_reported")
    elif not reason:
        yield Refusal("required", "reason")


@dataclass(frozen=True)
class Person:
    """A deputy of the station, as a line of the paper sheet may mean them."""

    id: int
    name: str
    pinyin: str
    invited: bool
    state: str
    hint: str = ""
    """What tells two of one name apart."""


@dataclass(frozen=True)
class Read:
    """What was understood of one name: `found` one, several of that name, or `like` ones that sound the same."""

    typed: str
    found: Sequence[Person] = ()
    like: Sequence[Person] = ()

    @property
    def signed(self) -> bool:
        return len(self.found) == 1 and self.found[0].state in SIGNED


def read_names(names: Iterable[str], people: Sequence[Person], sound: Any, key: Any) -> list[Read]:
    """Each name of the sheet once, in its order; `key` makes two ways of writing a name the same, `sound` gives its pinyin.

    The invited come before the others: of two who bear a name, the one who was invited is meant unless both or neither was.
    """
    by_name: dict[str, list[Person]] = {}
    for person in people:
        by_name.setdefault(key(person.name), []).append(person)
    read: dict[str, Read] = {}
    for typed in names:
        name = key(typed)
        if not name or name in read:
            continue
        found = by_name.get(name, [])
        invited = [person for person in found if person.invited]
        found = invited if len(invited) == 1 else found
        like: list[Person] = []
        if not found:
            said = sound(typed)
            like = [person for person in people if person.pinyin == said or _one_apart(key(person.name), name)][:4]
        read[name] = Read(typed, tuple(found), tuple(like))
    return list(read.values())


def _one_apart(one: str, other: str) -> bool:
    """The same length of two characters or more, and but one of them differs."""
    return len(one) == len(other) >= 3 and sum(a != b for a, b in zip(one, other, strict=True)) == 1


SENTENCES: dict[str, Any] = {
    "checkin_cancelled": _("The activity was called off: nobody signs in"),
    "checkin_too_early": _("Signing in begins on the day of the activity, %(day)s"),
    "checkin_closed": _("Signing in was closed on %(when)s; what was signed after that is entered by the office, with a reason"),
    "checkin_not_closed": _("Signing in is open"),
    "checkin_not_begun": _("Signing in is closed from the start of the activity on, %(when)s"),
    "checkin_reported": _("The activity was reported to the county; signing in stays closed"),
    "checkin_no_deputy": _("There is no such deputy at this station"),
    "checkin_unknown": _("The screen sent something that cannot be read; load its page anew"),
    "card_old": _("This card was replaced by a newer one; sign in by name"),
    "card_foreign": _("This card belongs to another station; sign in by name"),
    "card_unknown": _("“%(code)s” is no card of a deputy"),
    "digits": _("Type four digits"),
    "paper_nobody": _("No name was recognised"),
    "paper_open": _("Say who is meant by “%(name)s”, or leave the name out"),
}
refusals.SENTENCES.update(SENTENCES)
