"""What the steps of an opinion write beside its own columns: sheets, answers, suggestions, reminders."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from app.core.dictionary.ledger import Ledger
from app.core.records.saving import Writing
from app.core.workflows.stepping import save_beside

from ..facts import facts_of, suggestions
from ..outcomes import Assignment, Reply
from . import rules

Answers = Mapping[str, Any]


def _sheet(session: Session, opinion: Any) -> Any:
    """The sheet that counts."""
    found = rules.live(facts_of(session, opinion))
    return session.get(Assignment, found.id) if found is not None else None


def _answer(session: Session, opinion: Any) -> Any:
    """The answer that counts."""
    found = rules.answer(facts_of(session, opinion))
    return session.get(Reply, found.id) if found is not None else None


def sheet_of(session: Session, opinion: Any) -> Ledger | None:
    """The sheet to which signed papers belong; of one that just came back, that one."""
    returned = rules.last_returned(facts_of(session, opinion))
    found: Ledger | None = session.get(Assignment, returned.id) if returned is not None else _sheet(session, opinion)
    return found


def draw_up(writing: Writing, opinion: Any, answers: Answers) -> None:
    """A sheet to an organ; a second handling says why."""
    if "replies.dissatisfied_because" in answers:
        reply = _answer(writing.session, opinion)
        because = {name: value for name, value in answers.items() if name == "replies.dissatisfied_because"}
        save_beside(writing, "replies", because, row=reply)
    save_beside(writing, "assignments", answers, opinion=opinion.id, station_id=opinion.station_id)


def drop_draft(writing: Writing, opinion: Any, _answers: Answers) -> None:
    writing.erase(_sheet(writing.session, opinion))


def write_on_sheet(writing: Writing, opinion: Any, answers: Answers) -> None:
    """The sheet is signed, received, returned."""
    save_beside(writing, "assignments", answers, row=_sheet(writing.session, opinion))


def unsign(writing: Writing, opinion: Any, _answers: Answers) -> None:
    save_beside(writing, "assignments", {}, row=_sheet(writing.session, opinion), signed_by=None, signed_on=None)


def unreceive(writing: Writing, opinion: Any, _answers: Answers) -> None:
    save_beside(writing, "assignments", {}, row=_sheet(writing.session, opinion), received_by=None, received_on=None)


def unreturn(writing: Writing, opinion: Any, _answers: Answers) -> None:
    save_beside(writing, "assignments", {}, row=sheet_of(writing.session, opinion), returned_on=None, returned_reason=None)


def answer(writing: Writing, opinion: Any, answers: Answers) -> None:
    """What the person was told; who says at once what is thought of it is asked on that day."""
    sheet = _sheet(writing.session, opinion)
    more: dict[str, Any] = {"opinion": opinion.id, "station_id": opinion.station_id, "assignment": sheet.id if sheet is not None else None}
    if answers.get("replies.satisfaction"):
        more["asked_on"] = answers.get("replies.replied_on")
    save_beside(writing, "replies", answers, **more)


def unanswer(writing: Writing, opinion: Any, _answers: Answers) -> None:
    writing.erase(_answer(writing.session, opinion))


def note_satisfaction(writing: Writing, opinion: Any, answers: Answers) -> None:
    save_beside(writing, "replies", answers, row=_answer(writing.session, opinion))


def unask(writing: Writing, opinion: Any, _answers: Answers) -> None:
    empty = dict.fromkeys(("satisfaction", "not_obtained_reason", "dissatisfied_because", "asked_on"))
    save_beside(writing, "replies", {}, row=_answer(writing.session, opinion), **empty)


def suggest(writing: Writing, opinion: Any, answers: Answers) -> None:
    save_beside(writing, "suggestions", answers, opinions=[opinion.id], station_id=opinion.station_id)


def unsuggest(writing: Writing, opinion: Any, _answers: Answers) -> None:
    """The opinion leaves its suggestion; one that grew from nothing else goes with it, unless an organ has had it in hand."""
    for suggestion in suggestions(writing.store, opinion.id):
        others = [each for each in writing.targets(suggestion, "opinions") if each != opinion.id]
        if others or suggestion.returned_on is not None:
            writing.save("suggestions", {"opinions": others}, row=suggestion, by_program=True)
        else:
            writing.erase(suggestion)


def remind(writing: Writing, opinion: Any, answers: Answers) -> None:
    """A reminder of the sheet; of what became a suggestion, of that."""
    sheet = _sheet(writing.session, opinion)
    target = {"assignment": sheet.id} if sheet is not None else {"suggestion": suggestions(writing.store, opinion.id)[0].id}
    save_beside(writing, "supervision", answers, station_id=opinion.station_id, **target)


def again(session: Session, opinion: Any) -> dict[str, Any]:
    """What a second handling takes over from the first."""
    sheet, reply = _sheet(session, opinion), _answer(session, opinion)
    return {
        "assignments.organ": sheet.organ_id if sheet is not None else None,
        "replies.dissatisfied_because": reply.dissatisfied_because if reply is not None else None,
    }


def as_heard(_session: Session, opinion: Any) -> dict[str, Any]:
    """On the spot it is answered when it is heard."""
    return {"replies.replied_on": opinion.heard_on}


def as_spoken(_session: Session, opinion: Any) -> dict[str, Any]:
    """A suggestion says what the person said, by the deputy who heard it."""
    return {"suggestions.content": opinion.words, "suggestions.deputy": opinion.deputy_id}
