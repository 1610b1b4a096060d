"""Pure rules of the congress."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import lazy_gettext as _

from app.core import refusals
from app.core.refusals import Refusal

_DIGITS = "零一二三四五六七八九"
_ONLY_OF_MOTIONS = frozenset({"on_agenda", "to_committee", "as_suggestion", "declined"})


def session_name(values: Mapping[str, Any]) -> dict[str, str]:
    """5 -> 第五次会议, as sessions are written."""
    tens, ones = divmod(values["ordinal"], 10)
    numeral = ("" if tens == 0 else "十" if tens == 1 else _DIGITS[tens] + "十") + (_DIGITS[ones] if ones else "")
    return {"name": f"第{numeral}次会议"}


def leave_is_written(values: Mapping[str, Any]) -> Iterable[Refusal]:
    """Leave from a session is approved on a written report alone (S10-3)."""
    if values.get("state") == "approved":
        if not values.get("written_leave"):
            yield Refusal("leave_not_written", "written_leave")
        elif values.get("written_on") is None:
            yield Refusal("required", "written_on")
    if values.get("written_on") is not None and not values.get("written_leave") and values.get("state") != "approved":
        yield Refusal("written_on_without_report", "written_leave")


def motion(values: Mapping[str, Any]) -> Iterable[Refusal]:
    """Who leads does not co-sign as well; only a motion can come on the agenda or be turned into a suggestion."""
    if values.get("lead") is not None and values["lead"] in (values.get("co_signers") or ()):
        yield Refusal("lead_co_signs", "co_signers")
    if values.get("kind") == "suggestion" and values.get("result") in _ONLY_OF_MOTIONS:
        yield Refusal("result_of_motions", "result")


def same_congress(session_term: tuple[str, int] | None, mandate_term: tuple[str, int] | None, field: str) -> Iterable[Refusal]:
    """A mandate counts in the sessions of its own congress: the same level and the same term (S10-3)."""
    if session_term is not None and mandate_term is not None and session_term != mandate_term:
        yield Refusal("other_congress", field)


SENTENCES = {
    "leave_not_written": _("Leave from a session needs the written leave report; without it the absence is not approved"),
    "written_on_without_report": _("There is a date of the written report: say that it was handed in"),
    "lead_co_signs": _("The lead deputy is not a co-signer as well"),
    "result_of_motions": _("Only a motion can have this result"),
    "other_congress": _("This mandate is not of the congress and term of the session"),
}
refusals.SENTENCES.update(SENTENCES)
