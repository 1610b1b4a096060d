"""The import's pages, as the liaison officer goes through them, and as others try them."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, stream_encode_multipart

from app.core.database import db
from app.importing.jobs import jobs_of
from app.importing.models import Import
from tests.support import yearbook
from tests.support.databases import Scene
from tests.support.office import OFFICE, Office, form_of, words_of


@pytest.fixture
def scene() -> Scene:
    return OFFICE


@pytest.fixture
def office(app: Flask) -> Office:
    return Office(app)


@pytest.fixture
def liaison(office: Office) -> FlaskClient:
    return office.browser("liaison1")


def uploaded(client: FlaskClient, content: bytes, name: str = "台账.xlsx", **more: Any) -> TestResponse:
    stream, length, boundary = stream_encode_multipart({"file": FileStorage(BytesIO(content), name), **more}, use_tempfile=False)
    return client.post("/import/", input_stream=stream, content_length=length, content_type=f'multipart/form-data; boundary="{boundary}"')


def import_of(answer: TestResponse) -> int:
    found = re.search(r"/import/(\d+)", answer.location or "")
    assert found, answer.get_data(as_text=True)[:2000]
    return int(found[1])


def ended(app: Flask, client: FlaskClient, import_id: int) -> TestResponse:
    """The import's page once its thread is done."""
    jobs_of(app).wait(import_id)
    return client.get(f"/import/{import_id}")


def rehearsed(app: Flask, client: FlaskClient, content: bytes, **more: Any) -> int:
    import_id = import_of(uploaded(client, content, **more))
    page = client.get(f"/import/{import_id}/match")
    assert client.post(f"/import/{import_id}/match", data=form_of(page)).status_code == 302
    ended(app, client, import_id)
    return import_id


def kept(app: Flask, import_id: int) -> Import:
    with app.app_context():
        found = db.session.get_one(Import, import_id)
        assert found.outcome is not None
        assert found.content is None or found.content
        return found


@pytest.mark.both_databases
def test_a_workbook_is_matched_rehearsed_imported_and_taken_back(app: Flask, office: Office, liaison: FlaskClient) -> None:
    before = len(office.rows("deputies"))
    import_id = rehearsed(app, liaison, yearbook.year())
    page = liaison.get(f"/import/{import_id}")
    words = words_of(page)
    assert "试导入结果" in words
    assert "食堂菜谱" in words
    assert "1970.13" in words
    assert len(office.rows("deputies")) == before
    assert "正式导入" in words_of(liaison.get(f"/import/{import_id}/write"))
    liaison.post(f"/import/{import_id}/write")
    assert "已导入" in words_of(ended(app, liaison, import_id))

    assert len(office.rows("deputies")) == before + 10
    answer = liaison.get(f"/import/{import_id}/refused")
    assert answer.mimetype.endswith("spreadsheetml.sheet")
    liaison.post(f"/import/{import_id}/undo", data={"reason": "传错了"})
    assert "已撤销" in words_of(ended(app, liaison, import_id))
    assert len(office.rows("deputies")) == before
    assert kept(app, import_id).content is None


def test_another_stations_import_does_not_exist(app: Flask, office: Office, liaison: FlaskClient) -> None:
    import_id = rehearsed(app, liaison, yearbook.year())
    other = office.browser("liaison2")
    for path in ("", "/match", "/progress", "/write", "/undo", "/refused"):
        assert other.get(f"/import/{import_id}{path}").status_code == 404
    for path in ("/match", "/rehearse", "/again", "/write", "/undo"):
        assert other.post(f"/import/{import_id}{path}").status_code == 404
    assert "台账.xlsx" not in words_of(other.get("/import/"))


@pytest.mark.parametrize("username", ["convenor1", "deputy1"])
def test_who_keeps_no_ledger_of_the_station_imports_nothing(office: Office, username: str) -> None:
    client = office.browser(username)
    assert client.get("/import/").status_code == 403
    assert "/import/" not in client.get("/leave_requests/list/").get_data(as_text=True)


def test_a_station_file_is_seen_by_those_who_see_names_in_the_clear_alone(app: Flask, office: Office, liaison: FlaskClient) -> None:
    import_id = rehearsed(app, liaison, yearbook.year())
    assert office.browser("head1").get(f"/import/{import_id}").status_code == 200
    assert office.browser("archivist1").get(f"/import/{import_id}").status_code == 404
    assert office.browser("presidium1").get(f"/import/{import_id}/match").status_code == 404


def test_without_a_station_only_what_the_county_keeps_comes_in(office: Office) -> None:
    client = office.browser("county")
    page = words_of(client.get("/import/"))
    assert "尚未选择联络站" in page
    assert client.get("/import/template/organs").status_code == 200
    assert client.get("/import/template/opinions").status_code == 404


def test_the_blank_of_every_ledger_can_be_downloaded(liaison: FlaskClient) -> None:
    page = liaison.get("/import/").get_data(as_text=True)
    keys = re.findall(r'href="/import/template/(\w+)"', page)
    assert len(keys) > 40
    for key in keys:
        assert liaison.get(f"/import/template/{key}").data.startswith(b"PK")


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "", "请先选择文件"),
        (b"\x89PNG\r\n\x1a\n" + b"0" * 100, "台账.xlsx", "不是表格文件"),
        (b"a" * (20 * 1024 * 1024 + 1), "台账.csv", "20 MB"),
    ],
)
def test_what_is_wrong_with_a_file_stands_beside_it(liaison: FlaskClient, content: bytes, name: str, sentence: str) -> None:
    answer = uploaded(liaison, content, name)
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert sentence in re.findall(r'id="file-wrong"[^>]*>([^<]*)<', page)[0]


def test_a_very_long_file_name_and_markup_in_names_do_no_harm(liaison: FlaskClient) -> None:
    sheet = yearbook.roll()
    sheet.name = "<b>'&\"花名册"
    import_id = import_of(uploaded(liaison, yearbook.workbook(sheet), "../长" + "x" * 10_000 + "<i>.xlsx"))
    page = liaison.get(f"/import/{import_id}/match").get_data(as_text=True)
    assert "&lt;b&gt;" in page
    assert "<b>'" not in page
    assert "<i>.xlsx" not in page


def test_many_sheets_are_opened_a_few_at_a_time(liaison: FlaskClient) -> None:
    sheets = []
    for number in range(60):
        sheet = yearbook.roll()
        sheet.name, sheet.rows = f"表{number}", sheet.rows[:2]
        sheets.append(sheet)
    import_id = import_of(uploaded(liaison, yearbook.workbook(*sheets)))
    page = liaison.get(f"/import/{import_id}/match").get_data(as_text=True)
    assert page.count("data-kind") == 12
    assert len(page) < 400_000
    assert liaison.get(f"/import/{import_id}/match?sheet=55").get_data(as_text=True).count("data-kind") == 1


def test_a_column_is_corrected_and_the_correction_is_remembered(app: Flask, liaison: FlaskClient) -> None:
    sheet = yearbook.roll()
    sheet.heading = [
        "序号",
        "姓 名",
        "性别",
        "民族",
        "出生\n年月",
        "代表层级",
        "所在选区",
        "代表小组",
        "工作单位\n及职务",
        "代表证号",
        "小灵通",
    ]
    content = yearbook.workbook(sheet)
    import_id = import_of(uploaded(liaison, content))
    page = liaison.get(f"/import/{import_id}/match")
    assert "1 列未能识别" in words_of(page)
    sent = form_of(page)
    assert sent["s0.c10"] == [""] or sent["s0.c10"] == ""
    sent["s0.c10"] = "deputies.phone"
    liaison.post(f"/import/{import_id}/match", data=sent)
    assert "K16" in words_of(ended(app, liaison, import_id))
    again = import_of(uploaded(liaison, content))
    assert "未能识别" not in words_of(liaison.get(f"/import/{again}/match"))


def test_another_kind_of_sheet_brings_its_own_columns_and_keeps_the_other_corrections(liaison: FlaskClient) -> None:
    import_id = import_of(uploaded(liaison, yearbook.workbook(yearbook.roll(), yearbook.checks())))
    sent = form_of(liaison.get(f"/import/{import_id}/match"))
    sent |= {"s0.c10": "", "s1.layout": "opinions", "anew": "1"}
    answer = liaison.post(f"/import/{import_id}/match", data=sent)
    assert "请指定哪一列是" in words_of(answer)
    there = form_of(answer)
    assert "".join(there["s0.c10"]) == ""
    assert "".join(there["s1.was"]) == "opinions"
    refused = liaison.post(f"/import/{import_id}/match", data=there)
    assert refused.status_code == 422
    assert "意见建议登记台账" in words_of(refused) or "群众意见建议登记" in words_of(refused)


@pytest.mark.parametrize("forged", [{"s0.c10": "users.password"}, {"s0.c10": "deputies.name"}, {"s0.layout": "no_such"}])
def test_forged_columns_are_refused_or_left_out(app: Flask, liaison: FlaskClient, forged: dict[str, str]) -> None:
    import_id = import_of(uploaded(liaison, yearbook.workbook(yearbook.roll())))
    answer = liaison.post(f"/import/{import_id}/match", data={**form_of(liaison.get(f"/import/{import_id}/match")), **forged})
    assert answer.status_code == (302 if "s0.layout" in forged else 422)
    ended(app, liaison, import_id)
    assert kept(app, import_id).state in ("matched", "failed")


def test_one_of_two_of_that_name_is_chosen_and_another_stations_row_is_not(app: Flask, office: Office, liaison: FlaskClient) -> None:
    office.write("liaison1", "deputies", {"name": "石春", "sex": "female", "birth": "1990-01-01"})
    sheet = yearbook.opinions()
    sheet.rows = [
        [1, "2025-01-07", "石春", "文青喜", "13866750957", "东村2组", "道路", "路灯不亮", "当场答复", "", "", "2025-01-07", "书面", "满意"]
    ]
    import_id = rehearsed(app, liaison, yearbook.workbook(sheet))
    page = liaison.get(f"/import/{import_id}")
    assert "待选择 1" in words_of(page)
    (name,) = [key for key in form_of(page) if key.startswith("a:@")]
    foreign = office.id_of("deputies", "白云")
    for forged in (str(foreign), "999999", "x", "1" * 40):
        liaison.post(f"/import/{import_id}/rehearse", data={name: forged, "a:users=1": "1", "a:opinions.category=道路": "no_such"})
        assert "待选择 1" in words_of(ended(app, liaison, import_id))
    meant = office.rows("deputies")[-1].id
    liaison.post(f"/import/{import_id}/rehearse", data={name: str(meant)})
    assert "待选择 0" in words_of(ended(app, liaison, import_id))
    liaison.post(f"/import/{import_id}/write")
    ended(app, liaison, import_id)
    assert office.rows("opinions")[-1].deputy_id == meant


def test_a_word_that_no_set_knows_is_settled_for_all_rows(app: Flask, liaison: FlaskClient) -> None:
    sheet = yearbook.opinions()
    sheet.rows = [
        [
            number,
            "2025-01-07",
            "石春",
            "文青喜",
            "13866750957",
            "东村2组",
            "杂七杂八",
            f"第{number}件",
            "当场答复",
            "",
            "",
            "2025-01-07",
            "书面",
            "满意",
        ]
        for number in (1, 2)
    ]
    import_id = rehearsed(app, liaison, yearbook.workbook(sheet))
    page = liaison.get(f"/import/{import_id}")
    assert "有误 2" in words_of(page)
    assert page.get_data(as_text=True).count('name="a:opinions.category=杂七杂八"') == 1
    liaison.post(f"/import/{import_id}/rehearse", data={"a:opinions.category=杂七杂八": "other"})
    assert "新增 2" in words_of(ended(app, liaison, import_id))


def test_an_unknown_deputy_and_a_new_organ_are_settled_by_rows_that_are_there(app: Flask, office: Office, liaison: FlaskClient) -> None:
    import_id = rehearsed(app, liaison, yearbook.workbook(yearbook.opinions()))
    known = office.id_of("deputies", "解明")
    organ = office.id_of("organs", "青石民政所")
    given = {"a:deputies=查无此人": str(known), "a:organs=镇水利站": str(organ)} | {
        f"a:deputies={name}": str(known) for name in yearbook.NAMES
    }
    liaison.post(f"/import/{import_id}/rehearse", data=given)
    page = words_of(ended(app, liaison, import_id))
    assert "有误 1" in page
    assert "不新增，用所选的记录" in page
    liaison.post(f"/import/{import_id}/rehearse", data={"a:organs=镇水利站": ""})
    assert "organs=镇水利站" not in kept(app, import_id).answers
    ended(app, liaison, import_id)


def test_two_clicks_at_once_import_once(app: Flask, office: Office, liaison: FlaskClient) -> None:
    import_id = rehearsed(app, liaison, yearbook.year())
    liaison.post(f"/import/{import_id}/write")
    liaison.post(f"/import/{import_id}/write")
    ended(app, liaison, import_id)
    before = len(office.rows("opinions"))
    liaison.post(f"/import/{import_id}/write")
    liaison.post(f"/import/{import_id}/again")
    ended(app, liaison, import_id)
    assert len(office.rows("opinions")) == before


@pytest.mark.parametrize(("state", "said"), [("rehearsing", "已试导入"), ("writing", "已导入")])
def test_what_was_cut_off_can_be_run_again(app: Flask, liaison: FlaskClient, state: str, said: str) -> None:
    import_id = rehearsed(app, liaison, yearbook.year())
    with app.app_context():
        db.session.get_one(Import, import_id).state = state
        db.session.commit()
    page = words_of(liaison.get(f"/import/{import_id}"))
    assert "重新执行" in page
    assert liaison.get(f"/import/{import_id}/progress").get_json() == {"going": True, "here": False, "done": 0, "total": 0}
    liaison.post(f"/import/{import_id}/again")
    assert said in words_of(ended(app, liaison, import_id))


def test_a_fault_stops_it_with_a_sentence_and_no_value_in_the_log(
    app: Flask, office: Office, liaison: FlaskClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    of_a_voter = office.rows("opinions")[0].voter_name

    def fails(*_arguments: Any, **_more: Any) -> None:
        raise ValueError(of_a_voter)

    import_id = rehearsed(app, liaison, yearbook.year())
    before = len(office.rows("deputies"))
    monkeypatch.setattr("app.importing.stages.perform", fails)
    liaison.post(f"/import/{import_id}/write")
    assert "程序出错" in words_of(ended(app, liaison, import_id))
    assert "ValueError" in caplog.text
    assert of_a_voter not in caplog.text
    assert len(office.rows("deputies")) == before


def test_an_import_with_a_row_changed_since_stays_and_says_why(app: Flask, office: Office, liaison: FlaskClient) -> None:
    import_id = rehearsed(app, liaison, yearbook.year())
    liaison.post(f"/import/{import_id}/write")
    ended(app, liaison, import_id)
    row = office.rows("deputies")[-1]
    office.write("head1", "deputies", {"note": "改过"}, row_id=row.id, version=office.version("deputies", row.id))
    liaison.post(f"/import/{import_id}/undo")
    page = words_of(ended(app, liaison, import_id))
    assert row.name in page
    assert kept(app, import_id).state == "done"


def test_files_older_than_a_month_are_dropped_and_the_page_says_so(app: Flask, liaison: FlaskClient) -> None:
    import_id = rehearsed(app, liaison, yearbook.year())
    with app.app_context():
        found = db.session.get_one(Import, import_id)
        found.at = found.at - timedelta(days=31)
        db.session.commit()
    uploaded(liaison, yearbook.year())
    page = words_of(liaison.get(f"/import/{import_id}"))
    assert "只保留行数" in page
    assert "尤错月" not in page
    assert kept(app, import_id).content is None
    assert liaison.get(f"/import/{import_id}/match").status_code == 302


def test_a_page_of_many_refused_rows_stays_light(app: Flask, liaison: FlaskClient) -> None:
    sheet = yearbook.roll()
    sheet.rows = [[number, f"丁{number}", "男", "汉", "1970.13", "县级", "", "", "", f"X{number}", ""] for number in range(1, 2001)]
    import_id = rehearsed(app, liaison, yearbook.workbook(sheet))
    page = liaison.get(f"/import/{import_id}")
    assert "有误 2000" in words_of(page)
    assert len(page.data) < 120_000
    assert "第 40 / 40 页" in words_of(liaison.get(f"/import/{import_id}?sheet=0&standing=wrong&page=40"))
