"""Each row tells its own history, in people's words, and one change of it can be taken back."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from app.core.database import db
from app.core.dictionary.ledger import LEDGERS
from app.core.records.history import Change
from tests.support.databases import Scene
from tests.support.office import OFFICE, STREET, Office, form_of, words_of

pytestmark = pytest.mark.both_databases


@pytest.fixture
def scene() -> Scene:
    return OFFICE


def change(office: Office, key: str, row_id: int, changes: dict[str, Any], who: str = "liaison1", reason: str | None = None) -> int:
    """Changes a row; gives the id of what was recorded of it."""
    office.write(who, key, changes, row_id=row_id, version=office.version(key, row_id), reason=reason)
    with office.app.app_context():
        found = select(Change.id).where(Change.ledger == key, Change.row_id == row_id).order_by(Change.id.desc()).limit(1)
        return int(db.session.scalars(found).one())


def history(office: Office, who: str, key: str, row_id: int, more: str = "") -> str:
    answer = office.browser(who).get(f"/{key}/show/{row_id}?tab=history{more}")
    assert answer.status_code == 200
    return words_of(answer)


def test_a_change_says_who_when_from_where_why_and_what_in_words(office: Office) -> None:
    deputy = office.id_of("deputies", "石春")
    group = office.rows("deputies", LEDGERS["deputies"].id == deputy)[0].group_id
    change(office, "deputies", deputy, {"sex": "female", "group": None, "birth": "1975-06-07"}, reason="核对身份证")
    words = history(office, "liaison1", "deputies", deputy)
    assert group is not None
    for said in ("liaison1先生", "来自：网页", "原因：核对身份证", "性别 男 → 女", "代表小组 第1组 → —", "1975-06-07"):
        assert said in words, said
    assert "female" not in words
    assert "2026" in words


def test_several_references_stand_by_their_titles_and_a_detail_tells_its_activitys_history(office: Office) -> None:
    reception = office.write("liaison1", "receptions", {"activity.title": "三月接待", "activity.start": "2026-03-03 09:00"})
    office.write(
        "liaison1", "receptions", {"activity.deputies": [office.id_of("deputies", "石春")], "activity.place": "东村"},
        row_id=reception, version=office.version("receptions", reception),
    )
    words = history(office, "liaison1", "receptions", reception)
    assert "石春" in words
    assert "地点 — → 东村" in words


def test_a_row_referred_to_that_is_gone_is_said_to_be_deleted(office: Office) -> None:
    deputy = office.id_of("deputies", "解明")
    group = office.write("liaison1", "deputy_groups", {"name": "临时组"})
    change(office, "deputies", deputy, {"group": group})
    change(office, "deputies", deputy, {"group": None})
    assert "临时组" in history(office, "liaison1", "deputies", deputy)
    assert office.browser("liaison1").post(f"/deputy_groups/delete/{group}").status_code == 302
    assert "（已删除）" in history(office, "liaison1", "deputies", deputy)


def test_a_long_history_is_paged(office: Office) -> None:
    organ = office.write("liaison1", "organs", {"name": "农机站0", "level": "township"})
    for number in range(1, 25):
        change(office, "organs", organ, {"name": f"农机站{number}"})
    first, second = (history(office, "liaison1", "organs", organ, f"&page={page}") for page in (1, 2))
    assert "农机站23 → 农机站24" in first
    assert "农机站2 → 农机站3" not in first
    assert "农机站2 → 农机站3" in second
    assert "农机站23 → 农机站24" not in second


@pytest.mark.parametrize(
    ("who", "seen", "unseen"),
    [
        ("liaison1", ("13955556666", "13812342222"), ()),
        ("archivist1", ("139****6666", "138****2222"), ("13955556666", "13812342222")),
        ("county", ("139****6666",), ("13955556666", "13812342222")),
    ],
)
def test_personal_values_are_masked_in_the_history_as_everywhere(
    office: Office, who: str, seen: tuple[str, ...], unseen: tuple[str, ...]
) -> None:
    deputy = office.id_of("deputies", "解明")
    change(office, "deputies", deputy, {"phone": "13955556666"})
    words = history(office, who, "deputies", deputy)
    assert all(each in words for each in seen)
    assert not any(each in words for each in unseen)


def test_hidden_values_do_not_stand_in_the_history_at_all(office: Office) -> None:
    opinion = office.opinion_of(office.township)
    change(office, "opinions", opinion, {"voter_name": "李桂兰", "voter_phone": "13955556666"})
    words = history(office, "deputy1", "opinions", opinion)
    for hidden in ("李", "张", "139", "136", "6666"):
        assert hidden not in words.split("历史", 1)[1], hidden


def test_a_name_to_be_kept_confidential_stands_in_no_history(office: Office) -> None:
    opinion = office.opinion_of(office.township)
    flag = LEDGERS["opinions"].entry.confidential
    change(office, "opinions", opinion, {"voter_name": "李桂兰"})
    change(office, "opinions", opinion, {flag: "1"})
    words = history(office, "archivist1", "opinions", opinion)
    assert "李*" not in words
    assert "张*" not in words
    assert "李桂兰" in history(office, "liaison1", "opinions", opinion)


def test_another_stations_history_does_not_exist(office: Office) -> None:
    deputy = office.id_of("deputies", "白云")
    made = change(office, "deputies", deputy, {"sex": "female"}, who="liaison2")
    assert office.browser("liaison1").get(f"/deputies/show/{deputy}?tab=history").status_code == 404
    assert office.browser("liaison1").get(f"/history/undo/{made}").status_code == 404
    assert office.browser("liaison1").post(f"/history/undo/{made}", data={"version": "2"}).status_code == 404
    assert office.row("deputies", deputy).sex == "female"
    assert STREET not in words_of(office.browser("liaison1").get("/recycle_bin/list/"))


def test_one_change_is_taken_back_with_its_reason_and_can_be_taken_back_itself(office: Office) -> None:
    deputy = office.id_of("deputies", "解明")
    made = change(office, "deputies", deputy, {"sex": "female", "phone": "13955556666", "birth": None})
    browser = office.browser("liaison1")
    page = browser.get(f"/history/undo/{made}")
    assert "“女”恢复为“男”" in words_of(page)
    answer = browser.post(f"/history/undo/{made}", data={**form_of(page), "reason": "改错了人"})
    assert answer.status_code == 302
    row = office.row("deputies", deputy)
    assert (row.sex, row.phone, str(row.birth)) == ("male", "13812342222", "1971-05-02")
    assert "改错了人" in history(office, "liaison1", "deputies", deputy)
    with office.app.app_context():
        changes = select(Change.id).where(Change.ledger == "deputies", Change.row_id == deputy).order_by(Change.id.desc())
        last = db.session.scalars(changes.limit(1)).one()
    page = browser.get(f"/history/undo/{last}")
    assert browser.post(f"/history/undo/{last}", data=form_of(page)).status_code == 302
    assert office.row("deputies", deputy).phone == "13955556666"


def test_what_was_changed_since_is_not_taken_back(office: Office) -> None:
    deputy = office.id_of("deputies", "解明")
    first = change(office, "deputies", deputy, {"sex": "female", "nation": "回族"})
    change(office, "deputies", deputy, {"nation": "满族"})
    browser = office.browser("liaison1")
    answer = browser.post(f"/history/undo/{first}", data=form_of(browser.get(f"/history/undo/{first}")))
    assert answer.status_code == 422
    assert "“民族”之后又改过" in words_of(answer)
    assert (office.row("deputies", deputy).sex, office.row("deputies", deputy).nation) == ("female", "满族")


def test_a_page_opened_before_another_change_takes_nothing_back(office: Office) -> None:
    deputy = office.id_of("deputies", "解明")
    first = change(office, "deputies", deputy, {"sex": "female"})
    browser = office.browser("liaison1")
    page = browser.get(f"/history/undo/{first}")
    change(office, "deputies", deputy, {"nation": "满族"})
    assert browser.post(f"/history/undo/{first}", data=form_of(page)).status_code == 422
    assert office.row("deputies", deputy).sex == "female"


def test_a_reference_that_is_gone_is_not_taken_back(office: Office) -> None:
    deputy = office.id_of("deputies", "解明")
    group = office.write("liaison1", "deputy_groups", {"name": "临时组"})
    change(office, "deputies", deputy, {"group": group})
    made = change(office, "deputies", deputy, {"group": None})
    browser = office.browser("liaison1")
    assert browser.post(f"/deputy_groups/delete/{group}").status_code == 302
    answer = browser.post(f"/history/undo/{made}", data=form_of(browser.get(f"/history/undo/{made}")))
    assert answer.status_code == 422
    assert "代表小组：" in words_of(answer)
    assert office.row("deputies", deputy).group_id is None


@pytest.mark.parametrize("who", ["archivist1", "deputy1"])
def test_who_may_not_edit_the_row_takes_nothing_back(office: Office, who: str) -> None:
    deputy = office.id_of("deputies", "石春")
    made = change(office, "deputies", deputy, {"sex": "female"})
    browser = office.browser(who)
    assert "/history/undo/" not in browser.get(f"/deputies/show/{deputy}?tab=history").text
    assert browser.get(f"/history/undo/{made}").status_code == 403
    assert browser.post(f"/history/undo/{made}", data={"version": office.version("deputies", deputy)}).status_code == 403
    assert office.row("deputies", deputy).sex == "female"


def test_a_rows_first_entry_offers_nothing_to_take_back(office: Office) -> None:
    deputy = office.id_of("deputies", "仇兰")
    with office.app.app_context():
        made = db.session.scalars(select(Change.id).where(Change.ledger == "deputies", Change.row_id == deputy)).one()
    assert office.browser("liaison1").get(f"/history/undo/{made}").status_code == 404
    assert office.browser("liaison1").get("/history/undo/999999").status_code == 404
