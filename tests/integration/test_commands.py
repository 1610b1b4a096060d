"""What `flask --app app <verb>` does and says."""

from __future__ import annotations

from pathlib import Path

from flask import Flask
from python_calamine import CalamineWorkbook

from app.core import clock
from app.core.access.actor import program
from app.core.records.writing import change_set


def station(app: Flask) -> None:
    with app.app_context(), change_set(program(None, "test", "周敏")) as writing:
        row = writing.save("stations", {"name": "青石镇联络站", "kind": "township"})
        writing.save("bulletins", {
            "station_id": row.id, "title": "三季度工作通报", "sent_on": "2026-10-09", "kind": "bulletin", "audience": "deputies",
        }, by_program=True)


def test_the_month_of_a_station_becomes_a_workbook(app: Flask, tmp_path: Path) -> None:
    station(app)
    out = tmp_path / "十月.xlsx"
    said = app.test_cli_runner().invoke(args=["export-month", "--station", "青石镇联络站", "--month", "2026-10", str(out)])
    assert said.exit_code == 0, said.output
    book = CalamineWorkbook.from_path(str(out))
    assert any("三季度工作通报" in str(cell) for row in book.get_sheet_by_index(1).to_python() for cell in row)


def test_a_month_without_rows_becomes_a_cover_that_says_so(app: Flask, tmp_path: Path) -> None:
    station(app)
    out = tmp_path / "m.xlsx"
    said = app.test_cli_runner().invoke(args=["export-month", "--station", "青石镇联络站", "--month", "2020-01", str(out)])
    assert said.exit_code == 0, said.output
    book = CalamineWorkbook.from_path(str(out))
    assert len(book.sheet_names) == 1
    assert any("没有" in str(cell) for row in book.get_sheet_by_index(0).to_python() for cell in row)


def test_an_unknown_station_and_a_mistyped_month_get_a_sentence(app: Flask, tmp_path: Path) -> None:
    station(app)
    runner, out = app.test_cli_runner(), str(tmp_path / "m.xlsx")
    assert "青石镇联络站" in runner.invoke(args=["export-month", "--station", "没有的站", "--month", "2026-10", out]).output
    assert "2026-10" in runner.invoke(args=["export-month", "--station", "青石镇联络站", "--month", "2026年10月", out]).output


def test_the_search_table_is_built_anew(app: Flask) -> None:
    station(app)
    with app.app_context():
        from app.core.database import db, write_transaction
        from app.core.records.search import Searchable

        with write_transaction(db.session) as session:
            session.execute(Searchable.__table__.delete())
        assert app.test_cli_runner().invoke(args=["reindex"]).exit_code == 0
        titles = {row.title for row in db.session.query(Searchable)}
    assert {"青石镇联络站"} <= titles


def test_the_clock_of_the_office_is_shanghai() -> None:
    assert (clock.now() - clock.utc_now()).total_seconds() > 7 * 3600


def test_the_diagrams_in_the_documents_are_the_tables_of_the_program(app: Flask) -> None:
    answer = app.test_cli_runner().invoke(args=["workflows"])
    kept = Path(__file__).parents[2] / "docs" / "workflows.md"
    assert answer.output == kept.read_text(encoding="utf-8"), "run: flask --app app workflows > docs/workflows.md"
