"""What was not taken comes back as a workbook with the reason beside each row; put right, it comes in."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from python_calamine import load_workbook
from sqlalchemy import func, select
from xlsxwriter import Workbook

from app.core.access.actor import Actor
from app.core.database import db
from app.core.dictionary.ledger import LEDGERS
from app.importing.outcome import Outcome
from app.importing.papers import refused_workbook
from app.importing.services import Offered, offer, perform, read
from tests.support import yearbook


def brought(actor: Actor, content: bytes) -> tuple[list[Offered], Outcome]:
    offered = offer(db.session(), actor, actor.station_id, read(content, "台账.xlsx"))
    return offered, perform(actor, actor.station_id, offered, {}, lambda done, total: None, keep=True, reason="导入")


def rows_of(content: bytes) -> dict[str, list[list[Any]]]:
    book = load_workbook(BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def refused_of(actor: Actor) -> bytes:
    target = BytesIO()
    offered, outcome = brought(actor, yearbook.year())
    assert refused_workbook(target, offered, outcome.sheets) == 5
    return target.getvalue()


def written(sheets: dict[str, list[list[Any]]]) -> bytes:
    target = BytesIO()
    with Workbook(target) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return target.getvalue()


def test_each_refused_row_stands_there_with_its_reason(liaison: Actor) -> None:
    sheets = rows_of(refused_of(liaison))
    assert set(sheets) == {"代表花名册", "意见建议登记"}
    reasons = [row[-1] for row in sheets["代表花名册"][2:]]
    assert "第 14 行" in reasons[0]
    assert "出生年月（E14）" in reasons[0]
    assert "1970.13" in reasons[0]
    assert [row[1] for row in sheets["代表花名册"][2:]] == ["尤错月", "尤重证", "尤短号"]


def test_put_right_it_comes_in(liaison: Actor) -> None:
    sheets = rows_of(refused_of(liaison))
    roll, opinions = sheets["代表花名册"][2:], sheets["意见建议登记"][2:]
    roll[0][4], roll[1][9], roll[2][10] = "1970.12", "X20219999", "13800000093"
    opinions[0][1], opinions[0][8] = "2025.2.28", "当场答复"
    opinions[1][2] = yearbook.NAMES[0]
    _offered, outcome = brought(liaison, written(sheets))
    assert dict(outcome.counts) == {"new": 5}
    assert db.session.scalar(select(func.count()).select_from(LEDGERS["deputies"])) == 13
    assert db.session.scalar(select(func.count()).select_from(LEDGERS["opinions"])) == 6
