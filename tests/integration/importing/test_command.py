"""`flask --app app import-workbook`: counts and refused rows are printed; whatever stops it leaves nothing behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.core.database import db
from app.core.dictionary.ledger import LEDGERS
from tests.support import yearbook

STATION = "青石镇人大代表联络站"
ROOT = Path(__file__).parents[3]


def run(app: Flask, *arguments: str) -> str:
    said = app.test_cli_runner().invoke(args=["import-workbook", *arguments])
    assert said.exit_code == 0, said.output
    return said.output


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "青石镇2025年台账.xlsx"
    path.write_bytes(yearbook.year())
    return str(path)


def deputies(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(LEDGERS["deputies"])) or 0


def test_a_dry_run_prints_counts_and_refused_rows_and_writes_nothing(app: Flask, file: str) -> None:
    said = run(app, file, "--station", STATION, "--dry-run")
    assert "代表花名册”→" in said
    assert "新增 10，变更 0，相同 0，有误 3" in said
    assert "第 14 行" in said
    assert "1970.13" in said
    assert "食堂菜谱”不是本系统的台账" in said
    assert deputies(app) == 0


def test_then_it_is_imported_and_again_nothing_changes(app: Flask, file: str) -> None:
    assert "已导入" in run(app, file, "--station", STATION)
    assert deputies(app) == 10
    assert "台账没有变化" in run(app, file, "--station", STATION)


def test_an_unknown_station_and_a_picture_get_a_sentence_each(app: Flask, file: str, tmp_path: Path) -> None:
    said = app.test_cli_runner().invoke(args=["import-workbook", file, "--station", "没有的站"])
    assert said.exit_code == 1
    assert STATION in said.output
    picture = tmp_path / "照片.xlsx"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    said = app.test_cli_runner().invoke(args=["import-workbook", str(picture), "--station", STATION])
    assert said.exit_code == 1
    assert "Traceback" not in said.output


KILLED = """
import os, signal, sys
from pathlib import Path
from app import create_app
from app.core.access.actor import program
from app.core.database import db
from app.importing.services import offer, perform, read
app = create_app({"SQLALCHEMY_DATABASE_URI": sys.argv[1], "SECRET_KEY": "for a test only", "INSTANCE": Path(sys.argv[2])})

def killed(done, total):
    if done * 10 > total * 7:
        os.kill(os.getpid(), signal.SIGKILL)

with app.app_context():
    actor = program(1, "command", "test")
    offered = offer(db.session(), actor, 1, read(Path(sys.argv[3]).read_bytes(), "x.xlsx"))
    perform(actor, 1, offered, {}, killed, keep=True, reason="导入")
"""


@pytest.mark.both_databases
def test_killed_in_the_middle_nothing_of_it_is_there(app: Flask, file: str, tmp_path: Path) -> None:
    url = app.config["SQLALCHEMY_DATABASE_URI"]
    address = url.render_as_string(hide_password=False) if hasattr(url, "render_as_string") else str(url)
    ended = subprocess.run([sys.executable, "-c", KILLED, address, str(tmp_path), file], cwd=ROOT, check=False, env={**os.environ})
    assert ended.returncode == -signal.SIGKILL
    with app.app_context():
        for key, model in LEDGERS.items():
            if key != "stations":
                assert (key, db.session.scalar(select(func.count()).select_from(model))) == (key, 0)
    assert "新增 10" in run(app, file, "--station", STATION)
