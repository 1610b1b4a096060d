"""What was voiced of each deputy at a meeting, and the meeting's own column that tells it together (S9-5)."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.orm import scoped_session

from app.core.access.actor import Actor
from app.core.records.saving import version_of
from app.core.records.writing import erase, write
from app.core.refusals import Refused
from app.review.models import DutyReport, ReviewMeeting, VoicedOpinion

pytestmark = pytest.mark.both_databases

Session = scoped_session[Any]


class Town:
    """A meeting at which two of three deputies report; one of the two has an account."""

    def __init__(self, session: Session) -> None:
        self.session = session
        station = write(Actor("设置", ("admin",)), "stations", {"name": "青石镇联络站", "kind": "township"})
        self.office = Actor("联络员", ("liaison",), station_id=station)
        term = write(self.office, "terms", {"level": "township", "ordinal": "10", "starts_on": "2021-12-01"})
        self.mandates, self.deputies = [], []
        for name in ("叶雪", "丁斌", "宋振"):
            self.deputies.append(write(self.office, "deputies", {"name": name, "sex": "female"}))
            self.mandates.append(write(self.office, "mandates", {"deputy": self.deputies[-1], "term": term, "certificate": name}))
        self.deputy = Actor("叶雪", ("deputy",), account_id=7, station_id=station, deputy_id=self.deputies[0])
        self.meeting = write(self.office, "review_meetings", {
            "activity.title": "代表述职评议", "activity.start": "2025-12-18 09:00", "reporters": self.mandates[:2]})

    def voice(self, number: int | None, text: str, actor: Actor | None = None) -> int:
        mandate = self.mandates[number] if number is not None else None
        return write(actor or self.office, "voiced_opinions", {"meeting": self.meeting, "mandate": mandate, "text": text})

    def change(self, key: str, row_id: int, changes: dict[str, Any], actor: Actor | None = None) -> None:
        model: Any = {"review_meetings": ReviewMeeting, "voiced_opinions": VoicedOpinion, "duty_reports": DutyReport}[key]
        write(actor or self.office, key, changes, row_id=row_id, version=version_of(self.session(), self.session.get_one(model, row_id)))

    @property
    def told(self) -> str | None:
        self.session.expire_all()
        return str(self.session.get_one(ReviewMeeting, self.meeting).opinions_voiced or "")


@pytest.fixture
def town(session: Session) -> Town:
    return Town(session)


def codes(call: Any, *given: Any) -> set[str]:
    with pytest.raises(Refused) as refused:
        call(*given)
    return refused.value.codes


def test_the_meeting_tells_together_what_was_voiced_of_each(town: Town) -> None:
    town.voice(0, "多到偏远组走走")
    second = town.voice(1, "建议每季度通报\n进度")
    town.voice(None, "三位代表都很务实")
    assert town.told == "三位代表都很务实\n丁斌：建议每季度通报；进度。\n叶雪：多到偏远组走走"
    town.change("voiced_opinions", second, {"text": "按季通报"})
    assert "丁斌：按季通报" in town.told
    erase(town.office, "voiced_opinions", second)
    assert town.told == "三位代表都很务实\n叶雪：多到偏远组走走"
    assert codes(town.change, "review_meetings", town.meeting, {"opinions_voiced": "改写"}) == {"opinions_by_deputy"}


def test_what_the_meeting_held_before_is_kept_as_said_of_all(town: Town, session: Session) -> None:
    town.change("review_meetings", town.meeting, {"opinions_voiced": "总体满意"})
    town.voice(0, "多走访")
    assert town.told == "总体满意\n叶雪：多走访"
    assert session.query(VoicedOpinion).filter_by(mandate_id=None).one().text == "总体满意"
    assert codes(town.voice, None, "又一条") == {"opinions_twice"}
    assert codes(town.voice, 0, "又一条") == {"opinions_twice"}


def test_only_of_who_reports_there_and_the_deputy_reads_alone(town: Town) -> None:
    assert codes(town.voice, 2, "没有述职") == {"not_reporting"}
    assert codes(town.voice, 0, "自己夸自己", town.deputy) == {"not_permitted"}
    town.voice(0, "好")
    assert codes(town.change, "review_meetings", town.meeting, {"reporters": town.mandates[1:2]}) == {"reporter_used"}
    assert codes(town.voice, 1, "长" * 20_001) == {"too_long"}
    assert codes(town.voice, 1, "长" * 19_999) == {"too_long"}


def test_a_report_is_a_draft_until_it_is_handed_in_and_the_deputys_until_the_group_has_it(town: Town) -> None:
    report = {"mandate": town.mandates[0], "year": "2025", "form": "written"}
    draft = write(town.deputy, "duty_reports", {**report, "learning": "自学"})
    assert codes(town.change, "duty_reports", draft, {"received_on": "2025-12-10"}) == {"required"}
    town.change("duty_reports", draft, {"submitted_on": "2025-12-09"}, town.deputy)
    assert codes(town.change, "duty_reports", draft, {"received_on": "2025-12-10"}, town.deputy) == {"received_by_group"}
    town.change("duty_reports", draft, {"received_on": "2025-12-10"})
    assert codes(town.change, "duty_reports", draft, {"learning": "补写"}, town.deputy) == {"report_with_group"}
    town.change("duty_reports", draft, {"learning": "补写"})
